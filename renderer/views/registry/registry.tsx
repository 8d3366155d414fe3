import { Button, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useCallback, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { REGISTRY_KINDS, type RegistryKind } from "../../../shared/model/registry.ts";
import { Empty } from "../../parts/empty.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RowGrid } from "../../parts/finding-table/row-grid.tsx";
import { useCaseActs } from "../../session/case-acts.ts";
import { usePlace, useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommand } from "../../session/use-command.ts";
import { counted } from "../../text/format.ts";
import { columnsFor } from "./columns.tsx";
import { Conflicts } from "./conflicts.tsx";
import { JoinDialog } from "./join-dialog.tsx";
import { Joined } from "./joined.tsx";
import { useRegistryRows } from "./use-registry-rows.ts";
import "./registry.css";

const TITLES: Readonly<Record<RegistryKind, string>> = {
  developers: "Developers",
  apps: "Apps",
  grants: "Grants",
  consents: "Consents",
  resources: "Resources",
};
const CONFLICTS = "conflicts";
const JOINED = "joined";

/** `grants\ntallowby`, as places keep it: which table, and what stands in its box. */
function tableOf(of: string | undefined): {
  readonly kind: RegistryKind | typeof CONFLICTS | typeof JOINED;
  readonly text: string;
} {
  const [kind = "", ...text] = (of ?? "").split("\n");
  const known = [...REGISTRY_KINDS, CONFLICTS, JOINED].find((each) => each === kind) ?? "developers";
  return { kind: known as RegistryKind, text: text.join("\n") };
}

/** Who is who: the registry's rows, searched, each with where it came from, and what in it contradicts. */
export function RegistryScreen(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const readOnly = useReadOnly();
  const box = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<RefusalData>();
  const refuse = useCallback((error: RefusalData | undefined) => setRefused(error), []);
  const acts = useCaseActs(refuse);
  const inForce = useAsk("registryInForce", {});
  const conflicts = useAsk("registryConflicts", {});
  const joined = useAsk("joinedDevelopers", {});
  const [joining, setJoining] = useState<readonly string[]>();
  const { kind, text } = tableOf(place.of);
  const told = conflicts.reply?.groups.reduce((sum, group) => sum + group.told.length, 0);
  const open = (of: string) => session.go({ screen: "registry", of });
  useCommand("filter", () => box.current?.focus());
  const tab = (name: string, title: string, count: number | undefined) => (
    <button
      key={name}
      type="button"
      role="tab"
      aria-selected={kind === name}
      tabIndex={kind === name ? 0 : -1}
      onClick={() => open(name === CONFLICTS || name === JOINED ? name : `${name}${text === "" ? "" : `\n${text}`}`)}
    >
      {title}{" "}
      <span className={name === CONFLICTS && (count ?? 0) > 0 ? "warning" : "muted"}>
        {count === undefined ? "" : figure(count)}
      </span>
    </button>
  );
  return (
    <section className="registry" aria-label="Registry" data-region tabIndex={-1}>
      <div className="registry-head">
        <nav aria-label="Place">
          <button type="button" className="link" onClick={() => session.go({ screen: "sources" })}>
            Sources
          </button>{" "}
          /
        </nav>
        <h1 tabIndex={-1}>Registry</h1>
        <div
          className="registry-tabs screen-tabs"
          role="tablist"
          aria-label="Registry"
          onKeyDown={(event) => {
            const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
            if (by === 0) return;
            event.preventDefault();
            const tabs = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("[role=tab]")];
            const at = tabs.indexOf(document.activeElement as HTMLButtonElement);
            const next = tabs[(at + by + tabs.length) % tabs.length];
            next?.focus();
            next?.click();
          }}
        >
          {REGISTRY_KINDS.map((each) => tab(each, TITLES[each], inForce.reply?.counts[each]))}
          {tab(CONFLICTS, "Conflicts", told)}
          {tab(JOINED, "Joined", joined.reply?.joins.length)}
        </div>
        <span className="gap" />
        {kind !== CONFLICTS && kind !== JOINED && (
          <InputGroup
            inputRef={box}
            type="search"
            aria-label={`Find ${kind}`}
            placeholder={`Find ${kind}`}
            value={text}
            onChange={(event) =>
              session.amend({ of: `${kind}\n${event.currentTarget.value}`, sort: place.sort, row: undefined })
            }
            onKeyDown={(event) => {
              if (event.key !== "Escape" || text === "") return;
              event.preventDefault();
              session.amend({ of: kind, sort: place.sort, row: undefined });
            }}
          />
        )}
        <Button
          text="Import registry"
          disabled={readOnly !== undefined}
          title={readOnly ?? ""}
          onClick={acts.importRegistry}
        />
      </div>
      {refused && <ErrorPanel error={refused} />}
      {kind === CONFLICTS ? (
        <Conflicts asked={conflicts} onJoin={setJoining} />
      ) : kind === JOINED ? (
        <Joined asked={joined} onJoin={() => setJoining([])} />
      ) : (
        <Table key={kind} kind={kind} text={text} onJoin={setJoining} />
      )}
      {joining && <JoinDialog ids={joining} onClose={() => setJoining(undefined)} />}
    </section>
  );
}

interface TableProps {
  readonly kind: RegistryKind;
  readonly text: string;
  onJoin(ids: readonly string[]): void;
}

function Table({ kind, text, onJoin }: TableProps): ReactNode {
  const readOnly = useReadOnly();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const session = useSession();
  const place = usePlace();
  const { page, rowAt, onView, error } = useRegistryRows(kind, text, place.sort);
  const [by, way] = (place.sort ?? "").split(":");
  const order = place.sort === undefined ? undefined : { column: by ?? "", isDescending: way === "desc" };
  const toRow = (row: number) => page && page.matched > 0 && session.amend({ row });
  useCommand("row.first", () => toRow(0));
  useCommand("row.last", () => toRow((page?.matched ?? 1) - 1));
  if (error) return <ErrorPanel error={error} />;
  if (!page) return <p className="muted">Reading the registry.</p>;
  if (page.total === 0)
    return (
      <Empty why={`No ${kind} in the registry. A file of them (CSV, JSON or XLSX) is recognised by its columns.`} />
    );
  if (page.matched === 0) return <Empty why={`No row holds "${text}". Without it there are ${figure(page.total)}.`} />;
  const developer = (id: string) => session.go({ screen: "developer", of: id });
  const calls = (filter: string) => session.go({ screen: "explore", text: filter });
  return (
    <>
      <p className="muted registry-count" role="status">
        {page.matched === page.total
          ? counted(page.total, "row")
          : `${figure(page.matched)} of ${counted(page.total, "row")}`}
        {kind === "developers" && (
          <>
            {" "}
            <Button
              size="small"
              variant="outlined"
              text={picked.size === 2 ? "Join as one" : "Join two developers"}
              disabled={readOnly !== undefined || picked.size > 2}
              title={readOnly ?? (picked.size > 2 ? "Two at a time" : "")}
              onClick={() => onJoin([...picked])}
            />
          </>
        )}
      </p>
      <RowGrid
        fills
        label={TITLES[kind]}
        columns={columnsFor(kind, { developer, calls })}
        count={page.matched}
        rowAt={rowAt}
        keyOf={(row) => (kind === "developers" ? String(row.values.developer_id) : JSON.stringify(row.values))}
        {...(kind === "developers" && {
          picked,
          onPick: (index: number) => {
            const id = String(rowAt(index)?.values.developer_id);
            setPicked(
              (before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]),
            );
          },
        })}
        onOpen={(row) => {
          const { developer_id: id, app } = row.values;
          if (kind === "developers" && id !== undefined) developer(String(id));
          else if (app !== undefined)
            session.go({ screen: "registry", of: `${kind === "apps" ? "grants" : "apps"}\n${app}` });
        }}
        order={order}
        onSort={(column) =>
          session.amend({ sort: by === column && way !== "desc" ? `${column}:desc` : column, row: undefined })
        }
        current={place.row}
        onCurrent={(row) => session.amend({ row })}
        onView={onView}
      />
    </>
  );
}

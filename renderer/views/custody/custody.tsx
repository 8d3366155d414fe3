import { Button, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { CustodyRow } from "../../../shared/contract/case.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Hash } from "../../parts/hash.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { Page } from "../../parts/page.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { Updating } from "../../parts/updating.tsx";
import { ask, desktop } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { usePlace, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommand } from "../../session/use-command.ts";
import { counted, instant, personName } from "../../text/format.ts";
import { actWords } from "./words.ts";
import "./custody.css";

const PAGE = 200;
const MOST = 10_000;

/** Who did what, when: every act on the case, chained. */
export function Custody(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const [search, setSearch] = useState("");
  const [asking, setAsking] = useState("");
  const [limit, setLimit] = useState(PAGE);
  const [verdict, setVerdict] = useState<Reply<"custody">>();
  const [isVerifying, setIsVerifying] = useState(false);
  const [refused, setRefused] = useState<RefusalData>();
  const field = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState<CustodyRow>();

  useEffect(() => {
    const timer = setTimeout(() => {
      setAsking(search);
      setLimit(PAGE);
    }, 120);
    return () => clearTimeout(timer);
  }, [search]);
  const asked = useAsk("custodyRows", { offset: 0, limit, ...(asking === "" ? {} : { search: asking }) });

  const verify = async () => {
    setRefused(undefined);
    setIsVerifying(true);
    try {
      setVerdict(await ask("custody", {}));
    } catch (error) {
      setRefused(refusalOf(error));
    } finally {
      setIsVerifying(false);
    }
  };
  const checkpoint = async () => {
    setRefused(undefined);
    try {
      const { file } = await desktop("chooseSave", { name: "checkpoint.json", title: "Write a checkpoint" });
      if (file === undefined) return;
      const written = await session.act("checkpoint", { file });
      session.say(`Checkpoint written: ${counted(written.entries, "entry", "entries")}. Keep it outside the case.`);
    } catch (error) {
      setRefused(refusalOf(error));
    }
  };
  useCommand("custody.verify", () => void verify());
  useCommand("custody.checkpoint", () => void checkpoint());
  useCommand("filter", () => field.current?.focus());

  return (
    <Page
      title="Custody"
      actions={
        <>
          <Button text="Write a checkpoint" onClick={checkpoint} />
          <Button intent="primary" text="Verify" loading={isVerifying} onClick={verify} />
        </>
      }
    >
      {refused && <ErrorPanel error={refused} />}
      {verdict && (
        <p className={verdict.ok ? "custody-verdict good" : "custody-verdict danger"} role="status">
          {verdict.ok
            ? `Unbroken: ${counted(verdict.entries, "entry", "entries")}, each with the digest of the one before. Head `
            : `Broken: ${verdict.why ?? "the chain does not hold"}. Head `}
          <Hash sha256={verdict.head} />
        </p>
      )}
      <InputGroup
        inputRef={field}
        type="search"
        aria-label="Filter the entries"
        placeholder="A name, an act, a filter, a file"
        className="custody-search"
        value={search}
        onValueChange={setSearch}
      />
      <Updating asked={asked}>
        {({ rows, total }) => (
          <div className="custody">
            {rows.length === 0 ? (
              <p>No entry holds "{asking}".</p>
            ) : (
              <div className="table-scroll custody-table">
                <RecordTable
                  label="Custody"
                  rows={rows}
                  columns={COLUMNS}
                  keyOf={(row) => row.seq}
                  current={place.row}
                  onMove={(row) => session.amend({ row })}
                  onOpen={(row) => setOpened(row)}
                />
              </div>
            )}
            <p className="muted">
              {counted(rows.length, "entry", "entries")} of {figure(total)}, newest first.{" "}
              {rows.length < total && rows.length < MOST && (
                <button type="button" className="link" onClick={() => setLimit(Math.min(MOST, limit * 5))}>
                  Show more
                </button>
              )}
            </p>
            {opened && <Entry entry={opened} onClose={() => setOpened(undefined)} />}
          </div>
        )}
      </Updating>
    </Page>
  );
}

function Entry({ entry, onClose }: { entry: CustodyRow; onClose(): void }): ReactNode {
  return (
    <section className="panel" aria-label={`Entry ${entry.seq}`}>
      <div className="section-head">
        <h2>Entry {figure(entry.seq)}</h2>
        <span className="gap" />
        <Button size="small" variant="outlined" text="Close" onClick={onClose} />
      </div>
      <pre className="mono custody-entry">
        {JSON.stringify(entry, undefined, 2)
          .split("\n")
          .map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one entry never move
            <div key={index}>
              <Inert text={line} most={4000} />
            </div>
          ))}
      </pre>
    </section>
  );
}

/** The name; the address behind it is in the title and in the opened entry. */
function Who({ by }: { by: string }): ReactNode {
  return (
    <span className="nowrap" title={inertText(by)}>
      <Inert text={personName(by)} most={60} />
    </span>
  );
}

const COLUMNS: readonly Column<CustodyRow>[] = [
  { title: "No", isFigure: true, width: "56px", cell: (row) => figure(row.seq) },
  { title: "Time", width: "224px", cell: (row) => <span className="mono nowrap">{instant(row.at)}</span> },
  { title: "Who", width: "144px", cell: (row) => <Who by={row.by} /> },
  { title: "What", cell: (row) => <Inert text={actWords(row)} most={400} /> },
  { title: "Before it", width: "112px", cell: (row) => <Hash sha256={row.previous} /> },
];

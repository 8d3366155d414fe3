import { Button } from "@blueprintjs/core";
import { Import as ImportIcon } from "@blueprintjs/icons";
import { type ReactNode, useCallback, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { Empty } from "../../parts/empty.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Hash } from "../../parts/hash.tsx";
import { Inert } from "../../parts/inert.tsx";
import { NumberLink } from "../../parts/number-link.tsx";
import { Page } from "../../parts/page.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useCaseActs } from "../../session/case-acts.ts";
import { usePlace, useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommandState } from "../../session/use-command.ts";
import { counted, day } from "../../text/format.ts";
import { ledgerOf, ledgerWords, zoneWords } from "../../text/ledger-words.ts";
import { ContextLists } from "./context-lists.tsx";
import { SourceDrawer } from "./source-drawer.tsx";
import { Unfinished } from "./unfinished.tsx";
import { Untold } from "./untold.tsx";
import "./sources.css";

/** What went in, to the line; who is who; and the policy it is judged by. */
export function Sources(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const readOnly = useReadOnly();
  const unfinished = useShared((state) => state.info?.unfinished);
  const imports = useCommandState("logs.import");
  const [refused, setRefused] = useState<RefusalData>();
  const refuse = useCallback((error: RefusalData | undefined) => setRefused(error), []);
  const acts = useCaseActs(refuse);
  const asked = useAsk("sources", {});
  const sources = asked.reply?.sources ?? [];
  const opened = sources.find((source) => String(source.source) === place.of);
  const withdrawn = sources.filter((source) => source.withdrawn);
  const hasRejected = sources.some((source) => source.rejected > 0);

  return (
    <Page
      title="Sources"
      actions={
        <>
          <Button
            text="Rejected"
            disabled={!hasRejected}
            title={hasRejected ? "Rejected lines, with their reasons" : "No rejected lines."}
            onClick={() => session.go({ of: String(sources.find((source) => source.rejected > 0)?.source) })}
          />
          <Button
            intent={sources.length > 0 ? "primary" : "none"}
            text="Import logs"
            disabled={!imports.isEnabled}
            title={imports.why ?? ""}
            onClick={acts.importLogs}
          />
        </>
      }
    >
      {refused && <ErrorPanel error={refused} />}
      {unfinished?.map((name) => (
        <Unfinished key={name} name={name} />
      ))}
      <Updating asked={asked}>
        {() =>
          sources.length === 0 ? (
            <Empty
              icon={<ImportIcon size={40} aria-hidden />}
              why={readOnly === undefined ? "No calls yet. Drop log files here, or import them." : "No calls yet."}
              {...(readOnly === undefined
                ? { action: <Button intent="primary" text="Import logs" onClick={acts.importLogs} /> }
                : {})}
            />
          ) : (
            <>
              <p className="ledger">{ledgerWords(ledgerOf(sources.filter((source) => !source.withdrawn)))}</p>
              {withdrawn.length > 0 && (
                <p className="warning">
                  {counted(withdrawn.length, "source")} withdrawn and in no count: {ledgerWords(ledgerOf(withdrawn))}
                </p>
              )}
              <Untold sources={sources} />
              <div className="table-scroll sources-table">
                <RecordTable
                  label="Sources"
                  rows={sources}
                  columns={COLUMNS}
                  keyOf={(source) => source.source}
                  current={place.row}
                  onMove={(row) => session.amend({ row })}
                  onOpen={(source) => session.go({ of: String(source.source), row: sources.indexOf(source) })}
                />
              </div>
            </>
          )
        }
      </Updating>
      <ContextLists acts={acts} />
      {opened && <SourceDrawer source={opened} onClose={() => session.amend({ of: undefined })} />}
    </Page>
  );
}

/** Opens a source's details. `words`: the number of its rejected records, which stand there. */
function OpenSource({ source, words }: { source: SourceState; words?: string }): ReactNode {
  const session = useSession();
  return (
    <button
      type="button"
      className="link"
      title={words === undefined ? undefined : "Show the rejected records"}
      onClick={() => session.go({ of: String(source.source) })}
    >
      {words ?? <Inert text={source.member === undefined ? source.file : `${source.file} / ${source.member}`} />}
    </button>
  );
}

const COLUMNS: readonly Column<SourceState>[] = [
  {
    title: "No",
    isFigure: true,
    width: "48px",
    cell: (source) => <span title="The number by which filters name the source">{source.source}</span>,
  },
  { title: "File", cell: (source) => <OpenSource source={source} /> },
  { title: "Format", cell: (source) => <Inert text={source.format} /> },
  {
    title: "Zone, and how known",
    cell: (source) => <span className={source.timezone_from === "assumed" ? "warning" : ""}>{zoneWords(source)}</span>,
  },
  {
    title: "First to last (UTC)",
    cell: (source) => (
      <span className="mono nowrap">
        {source.first && source.last ? `${day(source.first)} to ${day(source.last)}` : "no calls"}
      </span>
    ),
  },
  {
    title: "Lines",
    isFigure: true,
    cell: (source) => (
      <span title="Physical lines of the file: what each became stands in the source's details">
        {figure(source.lines)}
      </span>
    ),
  },
  {
    title: "Calls",
    isFigure: true,
    cell: (source) =>
      source.withdrawn ? (
        <span className="warning">withdrawn</span>
      ) : (
        <NumberLink value={source.events - source.duplicates} filter={`source:${source.source}`} />
      ),
  },
  {
    title: "Duplicates",
    isFigure: true,
    cell: (source) =>
      source.duplicates === 0 || source.withdrawn ? (
        figure(source.duplicates)
      ) : (
        <NumberLink value={source.duplicates} filter={`source:${source.source} duplicate:yes`} />
      ),
  },
  {
    title: "Rejected",
    isFigure: true,
    cell: (source) =>
      source.rejected === 0 ? figure(0) : <OpenSource source={source} words={figure(source.rejected)} />,
  },
  { title: "sha256", cell: (source) => <Hash sha256={source.sha256} /> },
];

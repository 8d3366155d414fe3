import { Button, Callout } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { Hash } from "../../parts/hash.tsx";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { SideSheet } from "../../parts/side-sheet.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useReadOnly } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, instant, size } from "../../text/format.ts";
import { ledgerOf, ledgerWords, zoneWords } from "../../text/ledger-words.ts";
import { Clock } from "./clock.tsx";
import { ReadAgain } from "./read-again.tsx";
import { Withdraw } from "./withdraw.tsx";

const PAGE = 100;

/** One source: where it came from, its ledger, its rejected lines as they stand in the original. */
export function SourceDrawer({ source, onClose }: { source: SourceState; onClose(): void }): ReactNode {
  const [limit, setLimit] = useState(PAGE);
  const [act, setAct] = useState<"withdraw" | "read again">();
  const readOnly = useReadOnly();
  const asked = useAsk("rejects", { source: source.source, offset: 0, limit });
  const done = () => setAct(undefined);
  return (
    <SideSheet isOpen size={720} title={<Inert text={source.file} />} onClose={onClose} className="source-drawer">
      <div className="source-drawer-body">
        <p className="ledger">{ledgerWords(ledgerOf([source]))}</p>
        {source.withdrawn && (
          <Callout intent="warning">
            Withdrawn {instant(source.withdrawn.at)} by <Inert text={source.withdrawn.by} />: in no count.{" "}
            <Inert text={source.withdrawn.reason} />
          </Callout>
        )}
        <div className="row-of-buttons">
          <Button
            text="Read again"
            disabled={readOnly !== undefined || source.withdrawn !== undefined}
            title={readOnly ?? (source.withdrawn ? "Count it again first." : "")}
            onClick={() => setAct("read again")}
          />
          <Button
            text={source.withdrawn ? "Count it again" : "Withdraw"}
            disabled={readOnly !== undefined}
            title={readOnly ?? ""}
            onClick={() => setAct("withdraw")}
          />
        </div>
        {act === "withdraw" && <Withdraw source={source} onClose={done} />}
        {act === "read again" && <ReadAgain source={source} onClose={done} />}
        <dl className="facts">
          <dt>Source</dt>
          <dd>
            {source.source} <FilterLink filter={`source:${source.source}`}>Show the rows</FilterLink>
          </dd>
          <dt>Format</dt>
          <dd>
            <Inert text={source.format} />, {source.encoding}
            {source.compression === undefined ? "" : `, ${source.compression}`}
          </dd>
          <dt>Zone</dt>
          <dd>{zoneWords(source)}</dd>
          <dt>First call</dt>
          <dd className="mono">{source.first ? instant(source.first) : "no calls"}</dd>
          <dt>Last call</dt>
          <dd className="mono">{source.last ? instant(source.last) : "no calls"}</dd>
          <Clock source={source.source} />
          {source.reference && (
            <>
              <dt>Original</dt>
              <dd>
                {REFERENCE[source.reference.state]}: <Inert text={source.reference.path} />
              </dd>
            </>
          )}
          <dt>Size</dt>
          <dd>{size(source.bytes)}</dd>
          <dt>Duplicates</dt>
          <dd>{counted(source.duplicates, "call")}, kept and left out of every count</dd>
          <dt>sha256</dt>
          <dd>
            <Hash sha256={source.sha256} /> <span className="mono muted source-hash">{source.sha256}</span>
          </dd>
        </dl>
        <h3>Rejected lines</h3>
        <Updating asked={asked}>
          {({ total, rejects }) =>
            total === 0 ? (
              <p className="muted">No rejected lines.</p>
            ) : (
              <>
                <div className="table-scroll">
                  <RecordTable
                    label="Rejected lines"
                    rows={rejects}
                    columns={COLUMNS}
                    keyOf={(row) => `${row.line} ${row.text.length}`}
                  />
                </div>
                {rejects.length < total && (
                  <p>
                    {counted(rejects.length, "record")} of {counted(total, "record")}{" "}
                    {limit < 1000 && (
                      <Button
                        size="small"
                        variant="outlined"
                        text="Show more"
                        onClick={() => setLimit(Math.min(1000, limit * 4))}
                      />
                    )}
                  </p>
                )}
              </>
            )
          }
        </Updating>
      </div>
    </SideSheet>
  );
}

/** An original that was left where it lay, by what its size and date say now. */
const REFERENCE = {
  unchanged: "not copied; where it was found",
  changed: "not copied, and changed since",
  gone: "not copied, and gone",
} as const;

const COLUMNS: readonly Column<Reply<"rejects">["rejects"][number]>[] = [
  { title: "Line", isFigure: true, cell: (row) => figure(row.line) },
  { title: "Reason", cell: (row) => <Inert text={row.reason} /> },
  {
    title: "In the original",
    cell: (row) => (
      <span className="mono reject-text">
        <Inert text={row.text} most={400} />
      </span>
    ),
  },
];

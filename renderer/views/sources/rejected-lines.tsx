import { Button } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { Inert } from "../../parts/inert.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";

/** Lines that are shown at first, and at most. */
const FIRST_LINES = 100;
const MAX_LINES = 1000;

/** The lines of a source that are no calls, as they stand in the original, and why. */
export function RejectedLines({ source }: { source: number }): ReactNode {
  const [limit, setLimit] = useState(FIRST_LINES);
  const asked = useAsk("rejects", { source, offset: 0, limit });
  return (
    <>
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
                  {limit < MAX_LINES && (
                    <Button
                      size="small"
                      variant="outlined"
                      text="Show more"
                      onClick={() => setLimit(Math.min(MAX_LINES, limit * 4))}
                    />
                  )}
                </p>
              )}
            </>
          )
        }
      </Updating>
    </>
  );
}

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

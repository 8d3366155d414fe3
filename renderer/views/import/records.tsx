import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { InspectedRecord } from "../../../shared/contract/desktop.ts";
import { Inert } from "../../parts/inert.tsx";
import { clock, counted } from "../../text/format.ts";

const PLACE_FIELDS = new Set(["line", "offset", "length", "time"]);

/** The first records: each as it stands in the original, beside the call it becomes or why it becomes none. */
export function Records({ records }: { records: readonly InspectedRecord[] }): ReactNode {
  const rejected = records.filter(({ reason }) => reason !== undefined).length;
  return (
    <section aria-label="Preview" className="import-lines">
      <h2>Preview</h2>
      <p className={rejected > 0 ? "warning" : "muted"}>
        {counted(records.length - rejected, "call")} and {figure(rejected)} rejected of the first{" "}
        {counted(records.length, "record")}.
      </p>
      <div className="table-scroll" tabIndex={0} role="group" aria-label="First records">
        <table className="table preview-table">
          <thead>
            <tr>
              <th scope="col" className="figure">
                Line
              </th>
              <th scope="col">In the original</th>
              <th scope="col">The call, times in UTC</th>
            </tr>
          </thead>
          <tbody>
            {records.map((record, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the records of one look never move
              <tr key={index}>
                <td className="figure">{figure(record.line)}</td>
                <td className="mono preview-line">
                  <Inert text={record.original} most={600} />
                </td>
                <td>{record.event ? <Call event={record.event} /> : <Rejected reason={record.reason ?? ""} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Rejected({ reason }: { reason: string }): ReactNode {
  return (
    <p className="warning">
      Rejected: <Inert text={reason} most={300} />
    </p>
  );
}

function Call({ event }: { event: NonNullable<InspectedRecord["event"]> }): ReactNode {
  return (
    <dl className="preview-call">
      <div>
        <dt>time</dt>
        <dd className="mono">{clock(event.time)}</dd>
      </div>
      {Object.entries(event)
        .filter(([field]) => !PLACE_FIELDS.has(field))
        .map(([field, value]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd className="mono">
              <Inert text={Array.isArray(value) ? value.join(", ") : String(value)} most={200} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

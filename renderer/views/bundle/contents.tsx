import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { counted, size } from "../../text/format.ts";

interface ContentsProps {
  readonly choice: Reply<"bundleChoice">;
  readonly withOriginals: boolean;
}

/** How many calls the bundle will hold and why each of them, and whether the originals go along. */
export function Contents({ choice, withOriginals }: ContentsProps): ReactNode {
  const { events, left_out, reasons, originals, line_bytes, findings } = choice;
  return (
    <>
      <p className="bundle-count">
        {counted(findings, "finding")}, {counted(events, "call")} with {size(line_bytes)} of original lines; left out:{" "}
        {figure(left_out)}
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Because</th>
            <th scope="col">Filter</th>
            <th scope="col" className="figure">
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {reasons.map((reason) => (
            <tr key={`${reason.why} ${reason.filter}`}>
              <td>
                <Inert text={reason.why} />
              </td>
              <td className="mono bundle-filter">
                <Inert text={reason.filter} most={200} />
              </td>
              <td className="figure">
                <FilterLink filter={reason.filter}>{figure(reason.events)}</FilterLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="bundle-originals">
        {withOriginals
          ? `Originals: ${counted(originals.files, "file")}, ${size(originals.bytes)}, unpacked and unchanged.`
          : `Originals stay in the case: ${counted(originals.files, "file")}, ${size(originals.bytes)}. Their digests are in the bundle.`}
      </p>
    </>
  );
}

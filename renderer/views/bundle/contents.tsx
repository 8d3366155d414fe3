import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { DISPOSITIONS, type Disposition } from "../../../shared/model/finding.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { counted, size } from "../../text/format.ts";

interface ContentsProps {
  readonly choice: Reply<"bundleChoice">;
  /** Of which findings it has the calls; absent: of all. */
  readonly states: readonly Disposition[] | undefined;
  readonly withOriginals: boolean;
}

/** What is left out of findings in other states, and how many there are of each. */
function statesWords({ by_state }: Reply<"bundleChoice">, states: readonly Disposition[]): string {
  const left = DISPOSITIONS.filter((state) => !states.includes(state));
  const others = left.reduce((sum, state) => sum + by_state[state], 0);
  if (others === 0) return "No finding is in another state.";
  const each = left.filter((state) => by_state[state] > 0).map((state) => `${figure(by_state[state])} ${state}`);
  return `Of ${counted(others, "finding")} in other states${each.length === 0 ? "" : ` (${each.join(", ")})`} their numbers go along, and not the calls that they alone rest on. Totals are then on trust for whoever verifies it.`;
}

/** How many calls the bundle will hold and why each of them, and whether the originals go along. */
export function Contents({ choice, states, withOriginals }: ContentsProps): ReactNode {
  const { events, left_out, reasons, originals, line_bytes, findings } = choice;
  return (
    <>
      <p className="bundle-count">
        {counted(findings, "finding")}, {counted(events, "call")} with {size(line_bytes)} of original lines; left out:{" "}
        {figure(left_out)}
      </p>
      {states !== undefined && <p>{statesWords(choice, states)}</p>}
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

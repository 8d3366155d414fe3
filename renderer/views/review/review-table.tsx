import { Checkbox } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { ReviewRow } from "../../../shared/model/accountability/review-file.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { canBeTaken, isChanged, isTicked, type SeenActs } from "./chosen-acts.ts";

const ACT_WORDS: Readonly<Record<ReviewRow["act"], string>> = {
  confirm: "confirms",
  dispute: "disputes",
  comment: "comment",
  tag: "tags",
  decide: "decided",
};

/** Each act beside what stands here. What differs says what ticking it will do. */
export function ReviewTable({
  acts,
  seen,
  onTick,
}: {
  acts: readonly ReviewRow[];
  seen: SeenActs;
  onTick(row: ReviewRow, isTicked: boolean): void;
}): ReactNode {
  if (acts.length === 0) return <p className="muted">All of it is in the case already.</p>;
  return (
    <div className="table-scroll review-acts">
      <table className="table" aria-label="Acts of the review">
        <thead>
          <tr>
            <th scope="col" className="review-tick">
              <span className="visually-hidden">Take in</span>
            </th>
            <th scope="col">Act</th>
            <th scope="col">On</th>
            <th scope="col">Says</th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
          {acts.map((row) => (
            <tr key={row.n}>
              <td>
                <Checkbox
                  className="review-box"
                  checked={isTicked(seen, row)}
                  disabled={!canBeTaken(row)}
                  aria-label={`Take in act ${row.n}: ${ACT_WORDS[row.act]} ${inertText(row.about).slice(0, 200)}`}
                  onChange={({ currentTarget }) => onTick(row, currentTarget.checked)}
                />
              </td>
              <td>{ACT_WORDS[row.act]}</td>
              <td className="review-text">
                <Inert text={row.about} most={300} />
              </td>
              <td className="review-text">
                <Inert text={row.says} most={1000} />
                {row.act === "decide" && (
                  <span className="muted">
                    {" "}
                    (<Inert text={row.by} most={200} />)
                  </span>
                )}
              </td>
              <td className="review-text">
                <Inert text={row.here} most={300} />
                {row.state === "differs" && <p className="warning">differs. {adds(row)}</p>}
                {row.state === "lost" && <p className="muted">Nothing to take in.</p>}
                {isChanged(seen, row) && canBeTaken(row) && <p className="warning">Changed here meanwhile.</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What ticking it will do. */
function adds({ act, by }: ReviewRow): string {
  const who = inertText(by).slice(0, 100);
  return act === "decide"
    ? "Ticked, it becomes the decision; the one before stays in custody."
    : `Ticked, it adds what ${who} says; your decision stays.`;
}

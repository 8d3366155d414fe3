import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { Disposition } from "../../../shared/model/finding.ts";
import { DECISIONS, type Decide, type Subject } from "../../parts/finding-table/decide.tsx";
import { Review } from "../../parts/finding-table/review.tsx";
import { counted } from "../../text/format.ts";

const DISPOSITIONS: readonly Disposition[] = ["confirmed", "dismissed", "disputed", "open"];

/** What can be done with the findings that are picked, each act with one reason for all of them. */
export function PickedBar({
  chosen,
  decide,
  onClear,
}: {
  chosen: readonly Subject[];
  decide: Decide;
  onClear: () => void;
}): ReactNode {
  return (
    <div className="picked-bar">
      <strong>{counted(chosen.length, "finding")} selected</strong>
      {DISPOSITIONS.map((to) => {
        const open = chosen.filter((each) => each.status !== to);
        return (
          <Button
            key={to}
            size="small"
            text={DECISIONS[to].verb}
            disabled={decide.why !== undefined || open.length === 0}
            title={decide.why ?? (open.length === 0 ? `All of them are ${DECISIONS[to].word}` : "")}
            onClick={() => decide.ask(open, to)}
          />
        );
      })}
      <Review subjects={chosen} why={decide.why} />
      <span className="gap" />
      <Button size="small" variant="minimal" text="Clear" onClick={onClear} />
    </div>
  );
}

import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { FilterLink } from "../../parts/number-link.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, peopleWords } from "../../text/format.ts";
import type { Fault } from "./faults.ts";

interface Props {
  readonly label: string;
  /** What is wrong with the line. */
  readonly faults: readonly Fault[];
  /** Under the id, which the field names as its description. */
  readonly faultId: string;
  readonly isChanged?: boolean;
  readonly children: ReactNode;
  /** The calls left after it, if it leaves any out. */
  readonly count?: ReactNode;
}

/** A line of a rule: its name, its field, and what is left of the calls after it. */
export function Line({ label, faults, faultId, isChanged = false, children, count }: Props): ReactNode {
  return (
    <div className={isChanged ? "rule-line changed" : "rule-line"}>
      <span className="rule-label">{label}</span>
      <div className="rule-field">
        {children}
        {faults.length > 0 && (
          <div id={faultId} role="alert" className="rule-faults">
            {faults.map((fault) => (
              <p key={fault.text} className={fault.isWarning ? "warning" : "danger"}>
                {fault.text}
              </p>
            ))}
          </div>
        )}
      </div>
      <div className="rule-count">{count}</div>
    </div>
  );
}

/**
 * How many calls, developers and people a line leaves: counted by the filter that the number opens. `isWaiting`: a field is not
 * readable, so the last numbers stand, dimmed.
 */
export function LineCount({
  filter,
  all,
  isWaiting,
}: {
  filter: string;
  /** Every call of the case: the bar is a part of them. */
  all: number | undefined;
  isWaiting: boolean;
}): ReactNode {
  const when = isWaiting ? "held" : "drawn";
  const calls = useAsk("query", { filter, facets: ["developer"] }, when);
  const people = useAsk("people", { filter }, when);
  const { reply } = calls;
  if (calls.error) return <span className="muted">not counted</span>;
  if (!reply) return <span className="muted">counting</span>;
  const developers = (reply.facets?.developer ?? []).filter(({ value }) => value !== undefined).length;
  const share = all === undefined || all === 0 ? 0 : reply.count / all;
  return (
    <div className={isWaiting || calls.isUpdating ? "line-count dimmed" : "line-count"}>
      <span>
        {reply.count === 0 ? "0" : <FilterLink filter={filter}>{figure(reply.count)}</FilterLink>}{" "}
        <span className="muted" title="Who made these calls: the number before it opens them">
          by {counted(developers, "developer")}
        </span>
      </span>
      <span className="muted" title={people.reply ? peopleWords(people.reply.people) : ""}>
        {people.reply
          ? people.reply.people.basis === "not-logged"
            ? "people not logged"
            : peopleWords(people.reply.people)
          : "counting"}
      </span>
      <svg className="line-share" width="100%" height="2" aria-hidden>
        <rect width={`${Math.max(share * 100, reply.count > 0 ? 1 : 0)}%`} height="2" />
      </svg>
    </div>
  );
}

import { type ReactNode, useState } from "react";
import type { FieldName } from "../../../shared/filter/fields.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { Inert } from "../inert.tsx";
import { Line } from "./line.tsx";
import { MainFields } from "./main-fields.tsx";
import { OtherFields } from "./other-fields.tsx";

interface FieldsPanelProps {
  readonly call: CallDetail;
  readonly filter: string;
  readonly tags: readonly string[];
  onInclude(field: FieldName, value: string): void;
}

/** What was read of the call, its tags, why it counts, and the beginning of its line. */
export function FieldsPanel({ call, filter, tags, onInclude }: FieldsPanelProps): ReactNode {
  const [isAll, setIsAll] = useState(false);
  return (
    <div className="detail-panel">
      <MainFields call={call} onInclude={onInclude} />
      {isAll && <OtherFields call={call} onInclude={onInclude} />}
      <button type="button" className="link detail-more" onClick={() => setIsAll(!isAll)}>
        {isAll ? "Fewer fields" : "All fields"}
      </button>
      <Tags own={call.event.tags ?? []} tags={tags} />
      <Verdicts verdicts={call.verdicts} />
      <Line call={call} filter={filter} lines={8} />
    </div>
  );
}

/** The call's tags, each with the number of its key. */
function Tags({ own, tags }: { own: readonly string[]; tags: readonly string[] }): ReactNode {
  if (own.length === 0) return null;
  return (
    <p className="detail-tags">
      {own.map((tag) => {
        const number = tagNumber(tags, tag);
        return (
          <span key={tag} className="detail-tag">
            <span className={`tag-mark tag-${number}`}>{number === OTHER_TAG ? "+" : number}</span> <Inert text={tag} />
          </span>
        );
      })}
    </p>
  );
}

/** The number of every tag beyond the eight that have a colour. */
const OTHER_TAG = 9;

function tagNumber(tags: readonly string[], tag: string): number {
  const at = tags.indexOf(tag) + 1;
  return at >= 1 && at < OTHER_TAG ? at : OTHER_TAG;
}

const LEVEL_WORDS = { obtained: "Got data", possible: "May have got data", attempted: "Tried, got nothing" } as const;

/** What each rule says of the call. */
function Verdicts({ verdicts }: Pick<CallDetail, "verdicts">): ReactNode {
  return verdicts.map((verdict) => (
    <p
      key={verdict.rule}
      className={`verdict verdict-${verdict.level ?? "none"}`}
      title={verdict.title ?? verdict.rule}
    >
      <strong>{verdict.level === undefined ? "Counts nowhere." : `${LEVEL_WORDS[verdict.level]}.`}</strong>{" "}
      <Inert text={verdict.why} />
    </p>
  ));
}

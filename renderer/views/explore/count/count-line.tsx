import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../../shared/base/figure.ts";
import type { Progress } from "../../../../shared/contract/contract.ts";
import type { ExploreReply } from "../../../../shared/model/explore.ts";
import type { People } from "../../../../shared/model/finding.ts";
import type { Asked } from "../../../session/use-ask.ts";
import { counted, percent } from "../../../text/format.ts";
import { PeopleWords } from "./people-words.tsx";

interface CountLineProps {
  readonly asked: Asked<ExploreReply>;
  readonly reply: ExploreReply;
  readonly people: People | undefined;
  readonly chosen: number;
  /** Why nothing may be written. */
  readonly readOnly: string | undefined;
  /** What stands at the end of the line. */
  readonly children: ReactNode;
  onTag(): void;
  onNote(): void;
}

/** How many calls of how many, how many people and how sure, how many are selected; and what can be done with them. */
export function CountLine({
  asked,
  reply,
  people,
  chosen,
  readOnly,
  children,
  onTag,
  onNote,
}: CountLineProps): ReactNode {
  const isOld = !asked.isCurrent && (asked.isUpdating || asked.error !== undefined);
  return (
    <div className="count-line" role="group" aria-label="Count">
      <p className={isOld ? "count dimmed" : "count"}>
        <strong>{figure(reply.count)}</strong> of {counted(reply.total, "call")}
        <span className="count-dot" aria-hidden>
          ·
        </span>
        {people ? <PeopleWords people={people} /> : <span className="muted">counting people</span>}
        {chosen > 0 && (
          <>
            <span className="count-dot" aria-hidden>
              ·
            </span>
            <span className="muted">{figure(chosen)} selected</span>
          </>
        )}
      </p>
      <span className="visually-hidden" role="status">
        {asked.isCurrent ? `${figure(reply.count)} of ${counted(reply.total, "call")}` : ""}
      </span>
      <Button
        size="small"
        disabled={readOnly !== undefined || reply.count === 0}
        title={readOnly ?? "t"}
        onClick={onTag}
      >
        Tag <kbd>t</kbd>
      </Button>
      <Button
        size="small"
        disabled={readOnly !== undefined || reply.count === 0}
        title={readOnly ?? "n"}
        onClick={onNote}
      >
        Note <kbd>n</kbd>
      </Button>
      {!asked.isCurrent && asked.isUpdating && (
        <span className="muted count-updating">
          {asked.progress ? searchedWords(asked.progress) : "updating"}{" "}
          {asked.isLong && (
            <button type="button" className="link" onClick={asked.cancel}>
              Cancel
            </button>
          )}
        </span>
      )}
      <span className="gap" />
      {children}
    </div>
  );
}

/** `searched 38 % of the lines, at least 12 found`. */
function searchedWords({ done, total = 0, records = 0 }: Progress): string {
  return `searched ${percent(done, total)} of the lines, at least ${figure(records)} found`;
}

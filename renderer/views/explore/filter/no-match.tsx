import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../../shared/base/figure.ts";
import { parse } from "../../../../shared/filter/parse.ts";
import { Empty } from "../../../parts/empty.tsx";
import { useAsk } from "../../../session/use-ask.ts";

interface NoMatchProps {
  readonly text: string;
  readonly isWaiting: boolean;
  onText(text: string): void;
}

/** Why there is no row: how many there are without the last term, and the way to them. */
export function NoMatch({ text, isWaiting, onText }: NoMatchProps): ReactNode {
  const without = withoutLast(text);
  const asked = useAsk("query", without === undefined ? undefined : { filter: without });
  const count = without === undefined || !asked.isCurrent ? undefined : asked.reply?.count;
  const clear = <Button text="Clear the filter" disabled={isWaiting} onClick={() => onText("")} />;
  const takeOut = (rest: string) => (
    <Button text="Take out the last term" disabled={isWaiting} onClick={() => onText(rest)} />
  );
  return (
    <div className="no-match">
      <Empty
        why={
          count === undefined || count === 0
            ? "No call matches."
            : `No call matches. Without the last term there are ${figure(count)}.`
        }
        {...(without === undefined ? {} : { action: count === 0 ? clear : takeOut(without) })}
      />
    </div>
  );
}

/** The text without the last member of its outermost `and`. */
function withoutLast(text: string): string | undefined {
  const filter = parse(text);
  if (filter.kind !== "and" || filter.terms.length === 0) return text.trim() === "" ? undefined : "";
  const before = filter.terms.at(-2);
  // parentheses around the whole would be left open
  if (!before || filter.at < (filter.terms[0]?.at ?? 0)) return "";
  return text.slice(0, before.end - 1);
}

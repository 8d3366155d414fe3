import { type ReactNode, useMemo } from "react";
import { figure } from "../../../../shared/base/figure.ts";
import { both, without } from "../../../../shared/filter/together.ts";
import type { ExploreReply } from "../../../../shared/model/explore.ts";
import { NumberLink } from "../../../parts/number-link.tsx";
import { useAsk } from "../../../session/use-ask.ts";

/** `1,204 in both · 48 only left · 12 only right`, each the way to its rows. */
export function SharedCalls({ left, right }: { left: ExploreReply; right: ExploreReply }): ReactNode {
  const texts = useMemo(
    () => ({
      both: both(left.filter, right.filter),
      left: without(left.filter, right.filter),
      right: without(right.filter, left.filter),
    }),
    [left.filter, right.filter],
  );
  const asked = useAsk("query", { filter: texts.both });
  const count = asked.isCurrent ? asked.reply?.count : undefined;
  if (count === undefined) return <span className="muted">counting what both hold</span>;
  const part = (words: string, value: number, filter: string | undefined) => (
    <span className="nowrap">
      {value === 0 || filter === undefined ? figure(value) : <NumberLink value={value} filter={filter} />} {words}
    </span>
  );
  return (
    <span className="compare-shared" role="status">
      {part("in both", count, texts.both)}
      {part("only left", left.count - count, texts.left)}
      {part("only right", right.count - count, texts.right)}
    </span>
  );
}

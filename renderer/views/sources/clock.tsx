import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { SourceClock } from "../../../shared/model/clocks.ts";
import { useAsk } from "../../session/use-ask.ts";
import { counted, instant, span } from "../../text/format.ts";

/** How far a source's records follow their own times: its order, its usual disorder, and where its clock jumped. */
export function Clock({ source }: { source: number }): ReactNode {
  const asked = useAsk("clocks", {});
  const clock = asked.reply?.clocks.find((each) => each.source === source);
  if (!clock) return null;
  return (
    <>
      <dt>Order</dt>
      <dd>{orderWords(clock)}</dd>
      {clock.jumps > 0 && (
        <>
          <dt>Clock jumps</dt>
          <dd className="warning">
            {counted(clock.jumps, "jump")}
            {clock.first_jumps.slice(0, 3).map((jump) => (
              <div key={jump.line} className="mono">
                line {figure(jump.line)}: {instant(jump.from)} to {instant(jump.to)}, {span(jump.seconds)} back
              </div>
            ))}
          </dd>
        </>
      )}
    </>
  );
}

function orderWords({ order, backward, usual, furthest }: SourceClock): string {
  if (backward === 0) return order;
  const far = usual > 0 ? `usually by ${span(usual)}, at most ${span(furthest)}` : `by ${span(furthest)} at most`;
  return `${order}, ${counted(backward, "step")} the other way, ${far}`;
}

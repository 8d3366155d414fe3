import type { ReactNode } from "react";
import type { ZoneDoubt } from "../../shared/model/accountability/sensitivity.ts";
import type { SourceState } from "../../shared/model/source.ts";
import { useAsk } from "../session/use-ask.ts";
import { counted } from "../text/format.ts";
import { Inert } from "./inert.tsx";
import { FilterLink } from "./number-link.tsx";

/** Under the zone of a source that somebody chose or assumed: what another zone could move, by rule. */
export function ZoneDoubts({ source }: { source: SourceState }): ReactNode {
  const isStated = source.timezone_from === "timestamps";
  const { reply } = useAsk("sensitivity", isStated ? undefined : {});
  const rules = reply?.rules ?? [];
  return rules.map(({ rule, zones }) => {
    const doubt = zones.find((each) => each.source === source.source);
    return (
      doubt && (
        <p key={rule} className="muted">
          {doubt.could_move.events === 0 ? "Another zone moves no call" : <CouldMove rule={rule} doubt={doubt} />}
          {rules.length > 1 && (
            <>
              {" "}
              under <Inert text={rule} />
            </>
          )}
          .
        </p>
      )
    );
  });
}

/** `could move 12 calls of 3 developers`, and the way to them. */
export function CouldMove({ rule, doubt }: { rule: string; doubt: ZoneDoubt }): ReactNode {
  const { reply } = useAsk("zoneCalls", { rule, source: doubt.source });
  const { events, developers } = doubt.could_move;
  const words = `${counted(events, "call")} of ${counted(developers, "developer")}`;
  return (
    <>
      Another zone could move{" "}
      {reply?.filter === undefined ? words : <FilterLink filter={reply.filter}>{words}</FilterLink>}
    </>
  );
}

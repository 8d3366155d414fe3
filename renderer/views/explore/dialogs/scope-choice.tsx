import { Radio, RadioGroup } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { counted } from "../../../text/format.ts";
import type { Picks } from "../rows/picked-calls.ts";

/** What an act is done to: the chosen rows, or all that the filter matches. */
export type Scope = "chosen" | "all";

interface ScopeProps {
  readonly chosen: Picks | undefined;
  readonly all: Picks;
  readonly scope: Scope;
  onScope(scope: Scope): void;
}

/** One call, some, or everything the filter matches: said with its number. */
export function ScopeChoice({ chosen, all, scope, onScope }: ScopeProps): ReactNode {
  return (
    <RadioGroup name="scope" selectedValue={scope} onChange={(event) => onScope(event.currentTarget.value as Scope)}>
      {chosen && (
        <Radio
          value="chosen"
          label={chosen.count === 1 ? "This call" : `The ${counted(chosen.count, "selected call")}`}
        />
      )}
      <Radio value="all" label={`All ${counted(all.count, "call")} that the filter matches`} />
    </RadioGroup>
  );
}

import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { Reply } from "../../../shared/contract/contract.ts";
import { Updating } from "../../parts/updating.tsx";
import type { Asked } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { DryRunPanel } from "./dry-run.tsx";
import type { Fault } from "./faults.ts";
import type { Draft } from "./use-draft.ts";

interface Props {
  readonly draft: Draft;
  readonly dry: Asked<Reply<"policyDryRun">>;
  /** What must be mended before anything is worked out. */
  readonly broken: readonly Fault[];
  /** The id of the rule in view. */
  readonly rule: string | undefined;
  /** Why it cannot be set. */
  readonly why: string | undefined;
  readonly onSet: () => void;
}

/** What setting the draft would change, and the ways to set, discard and export it. */
export function ChangePane({ draft, dry, broken, rule, why, onSet }: Props): ReactNode {
  const [first] = broken;
  return (
    <section className="policy-change" aria-label="What it would change">
      <h2>What it would change</h2>
      <div className="policy-change-body">
        {broken.length > 0 ? (
          <p className="muted">
            {counted(broken.length, "field")} to mend first: {first?.text}
          </p>
        ) : (
          <Updating asked={dry}>
            {(reply) => (
              <>
                <p className="muted">Worked out from the logs as they are. Nothing is set yet.</p>
                <DryRunPanel reply={reply} rule={rule} />
              </>
            )}
          </Updating>
        )}
      </div>
      <div className="policy-foot">
        <Button
          intent="primary"
          text="Set policy"
          disabled={why !== undefined}
          title={why ?? "Ctrl+Enter"}
          onClick={onSet}
        />
        <Button
          text="Discard"
          disabled={!draft.isChanged}
          title={draft.isChanged ? "Back to what is set" : "Nothing is changed"}
          onClick={draft.discard}
        />
        <span className="gap" />
        <Button
          text="Export JSON"
          disabled={broken.length > 0}
          title={broken.length > 0 ? (first?.text ?? "") : ""}
          onClick={() => void draft.exportJson()}
        />
      </div>
    </section>
  );
}

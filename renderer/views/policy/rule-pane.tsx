import type { ReactNode } from "react";
import type { DryRunRule } from "../../../shared/model/accountability/dry-run.ts";
import type { PolicyDraft } from "../../session/policy-draft.ts";
import type { Fault } from "./faults.ts";
import { RuleForm } from "./rule-form.tsx";
import type { Draft } from "./use-draft.ts";
import type { Known } from "./use-known.ts";

interface Props {
  readonly draft: Draft;
  /** Which rule is in view. */
  readonly chosen: number;
  /** What it is compared with. */
  readonly before: PolicyDraft | undefined;
  readonly known: Known;
  readonly faults: readonly Fault[];
  readonly worked: DryRunRule | undefined;
  readonly why: string | undefined;
  readonly onOpen: (id: string) => void;
}

/** The rule in view, and what a template or a filter gave of it. */
export function RulePane({ draft, chosen, before, known, faults, worked, why, onOpen }: Props): ReactNode {
  const { policy } = draft;
  const rule = policy.rules[chosen];
  return (
    <div className="policy-rule">
      {draft.took !== "" && (
        <p className="policy-took" role="status">
          {draft.took}
        </p>
      )}
      {rule === undefined ? (
        <p className="policy-none">
          A policy has no rule yet. Choose one on the left: each begins with what the logs hold.
        </p>
      ) : (
        <RuleForm
          key={chosen}
          draft={policy}
          rule={rule}
          before={before?.rules.find((each) => each.id === rule.id) ?? before?.rules[chosen]}
          policyBefore={before}
          known={known}
          faults={faults.filter((fault) => fault.rule === chosen || fault.rule === undefined)}
          worked={worked}
          why={why}
          onRule={(change) => {
            draft.changeRule(chosen, change);
            if (change.id !== undefined) onOpen(change.id);
          }}
          onPolicy={draft.change}
          onDuplicate={() => onOpen(draft.add(rule))}
          onRemove={() => {
            draft.remove(chosen);
            onOpen(policy.rules[chosen === 0 ? 1 : chosen - 1]?.id ?? "");
          }}
        />
      )}
    </div>
  );
}

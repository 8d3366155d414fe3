import { HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useSyncExternalStore } from "react";
import type { Rule } from "../../../shared/model/policy.ts";
import { useShared } from "../../session/session.tsx";
import { createStore } from "../../session/store.ts";

/** The rule that Answer, Developers and a developer's page speak of: one choice for all three. */
const chosen = createStore<string | undefined>(undefined);

/** The rule in view: the one chosen, else the policy's first; undefined without a policy. */
export function useRule(): Rule | undefined {
  const policy = useShared((state) => state.policy);
  const id = useSyncExternalStore(chosen.subscribe, chosen.get);
  return policy?.rules.find((rule) => rule.id === id) ?? policy?.rules[0];
}

const ruleTitle = (rule: Rule): string => rule.title ?? rule.id;

/** The rule in view, and the choice of another. */
export function RuleSelect({ rule }: { rule: Rule }): ReactNode {
  const policy = useShared((state) => state.policy);
  const rules = policy?.rules ?? [rule];
  return (
    <label className="rule-select">
      <span className="muted">Rule</span>
      <HTMLSelect
        value={rule.id}
        onChange={(event) => {
          const { value } = event.currentTarget;
          chosen.update(() => value);
        }}
        options={rules.map((each) => ({ value: each.id, label: ruleTitle(each) }))}
      />
    </label>
  );
}

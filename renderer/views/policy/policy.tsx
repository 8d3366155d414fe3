import { type ReactNode, useState } from "react";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { useCaseActs } from "../../session/case-acts.ts";
import { documentOf } from "../../session/policy-draft.ts";
import { usePlace, useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { ChangePane } from "./change-pane.tsx";
import { faultsOf } from "./faults.ts";
import { PolicyHead } from "./policy-head.tsx";
import { RuleList } from "./rule-list.tsx";
import { RulePane } from "./rule-pane.tsx";
import { SetDialog } from "./set-dialog.tsx";
import { useDraft } from "./use-draft.ts";
import { useKnown } from "./use-known.ts";
import { BEING_WORKED_OUT, useSetting } from "./use-setting.ts";
import { useSettled } from "./use-settled.ts";
import "./policy.css";

/** The policy, rule by rule: written, compared with what is set, and set. */
export function PolicyScreen(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const readOnly = useReadOnly();
  const known = useKnown();
  const history = useAsk("policies", {});
  const draft = useDraft();
  const acts = useCaseActs();
  const [against, setAgainst] = useState<number>();
  const [isBeside, setIsBeside] = useState(false);
  const { policy } = draft;
  const faults = faultsOf(policy, known);
  const broken = faults.filter((fault) => !fault.isWarning);
  const [first] = broken;
  const chosen = Math.max(
    0,
    policy.rules.findIndex((rule) => rule.id === place.of),
  );
  const rule = policy.rules[chosen];
  const written = documentOf(policy);
  const document = useSettled(written);
  // Of a draft that was just mended the last one that stood still may be the one with the mistake.
  const isSettled = document === written;
  const dry = useAsk(
    "policyDryRun",
    { document, ...(against === undefined ? {} : { against }) },
    broken.length > 0 || !isSettled ? "held" : "drawn",
  );
  const before = against === undefined ? draft.inForce : draft.setAs(history.reply?.policies, against);
  const why =
    readOnly ??
    (first
      ? first.text
      : !draft.isChanged
        ? "Nothing is changed"
        : !isSettled || !dry.reply || !dry.isCurrent
          ? BEING_WORKED_OUT
          : undefined);
  const setting = useSetting(why);
  const open = (id: string) => session.amend({ of: id });
  const set = async (note: string) => {
    const { rules } = await draft.set(note);
    session.say(`Policy in force: ${rules.length === 1 ? "1 rule" : `${rules.length} rules`}.`);
  };
  return (
    <section className="policy" aria-label="Policy" data-region tabIndex={-1}>
      <PolicyHead draft={draft} why={readOnly} against={against} onAgainst={setAgainst} />
      {draft.error && <ErrorPanel error={draft.error} />}
      <div className="policy-tabs screen-tabs" role="tablist" aria-label="Policy">
        <button type="button" role="tab" aria-selected={!isBeside} onClick={() => setIsBeside(false)}>
          Rules
        </button>
        <button type="button" role="tab" aria-selected={isBeside} onClick={() => setIsBeside(true)}>
          What it would change
        </button>
      </div>
      <div className={isBeside ? "policy-columns beside" : "policy-columns"}>
        <RuleList
          policy={policy}
          chosen={chosen}
          faults={faults}
          known={known}
          why={readOnly}
          onOpen={open}
          onBegun={(begun) => {
            const id = draft.add(begun.rule, begun.asOf);
            draft.setTook(begun.took);
            open(id);
          }}
          onImport={acts.importPolicy}
        />
        <RulePane
          draft={draft}
          chosen={chosen}
          before={before}
          known={known}
          faults={faults}
          worked={dry.reply?.rules.find((each) => each.rule === rule?.id)}
          why={readOnly}
          onOpen={open}
        />
        <ChangePane draft={draft} dry={dry} broken={broken} rule={rule?.id} why={why} onSet={setting.ask} />
      </div>
      {setting.isAsked && dry.reply && <SetDialog change={dry.reply} onSet={set} onClose={setting.end} />}
    </section>
  );
}

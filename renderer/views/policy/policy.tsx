import { Button } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useCaseActs } from "../../session/case-acts.ts";
import { documentOf } from "../../session/policy-draft.ts";
import { usePlace, useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { minute } from "../../text/format.ts";
import { DryRunPanel } from "./dry-run.tsx";
import { faultsOf } from "./faults.ts";
import { RuleForm } from "./rule-form.tsx";
import { RuleList } from "./rule-list.tsx";
import { SetDialog } from "./set-dialog.tsx";
import { useDraft } from "./use-draft.ts";
import { useKnown } from "./use-known.ts";
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
  const [isSetting, setIsSetting] = useState(false);
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
  const document = useSettled(documentOf(policy));
  const dry = useAsk(
    "policyDryRun",
    { document, ...(against === undefined ? {} : { against }) },
    broken.length > 0 ? "held" : "drawn",
  );
  const before = against === undefined ? draft.inForce : draft.setAs(history.reply?.policies, against);
  const why =
    readOnly ??
    (first
      ? first.text
      : !draft.isChanged
        ? "Nothing is changed"
        : !dry.reply || !dry.isCurrent
          ? "The change is being worked out"
          : undefined);
  const open = (id: string) => session.amend({ of: id });
  const set = async (note: string) => {
    const { rules } = await draft.set(note);
    session.say(`Policy in force: ${rules.length === 1 ? "1 rule" : `${rules.length} rules`}.`);
  };
  return (
    <section
      className="policy"
      aria-label="Policy"
      data-region
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isSetting) return;
        event.preventDefault();
        if (why === undefined) setIsSetting(true);
        else session.say(why.endsWith(".") ? why : `${why}.`);
      }}
    >
      <div className="policy-head">
        <nav aria-label="Place">
          <button type="button" className="link" onClick={() => session.go({ screen: "sources" })}>
            Sources
          </button>{" "}
          /
        </nav>
        <h1 tabIndex={-1}>Policy</h1>
        <input
          className="field-input policy-title"
          aria-label="Title of the policy"
          placeholder="Title"
          disabled={readOnly !== undefined}
          value={policy.title}
          onChange={(event) => draft.change({ title: event.currentTarget.value })}
        />
        <label className="policy-label">
          Authority
          <input
            className="field-input"
            placeholder="order or decision"
            disabled={readOnly !== undefined}
            value={policy.authority}
            onChange={(event) => draft.change({ authority: event.currentTarget.value })}
          />
        </label>
        {draft.isChanged && <span className="badge warning">changed, not set</span>}
        <span className="gap" />
        <label className="policy-label">
          Compare with
          <select
            className="field-input"
            value={against ?? ""}
            onChange={(event) =>
              setAgainst(event.currentTarget.value === "" ? undefined : Number(event.currentTarget.value))
            }
          >
            <option value="">{draft.inForce ? "the one in force" : "no policy"}</option>
            {history.reply?.policies.slice(1).map((each) => (
              <option key={each.n} value={each.n}>
                as set {minute(each.at)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {draft.error && <ErrorPanel error={draft.error} />}
      <div className="policy-tabs" role="tablist" aria-label="Policy">
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
              worked={dry.reply?.rules.find((each) => each.rule === rule.id)}
              why={readOnly}
              onRule={(change) => {
                draft.changeRule(chosen, change);
                if (change.id !== undefined) open(change.id);
              }}
              onPolicy={draft.change}
              onDuplicate={() => open(draft.add(rule))}
              onRemove={() => {
                draft.remove(chosen);
                open(policy.rules[chosen === 0 ? 1 : chosen - 1]?.id ?? "");
              }}
            />
          )}
        </div>
        <section className="policy-change" aria-label="What it would change">
          <h2>What it would change</h2>
          <div className="policy-change-body">
            {broken.length > 0 ? (
              <p className="muted">
                {counted(broken.length)} to mend first: {first?.text}
              </p>
            ) : (
              <Updating asked={dry}>
                {(reply) => (
                  <>
                    <p className="muted">Worked out from the logs as they are. Nothing is set yet.</p>
                    <DryRunPanel reply={reply} rule={rule?.id} />
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
              onClick={() => setIsSetting(true)}
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
      </div>
      {isSetting && dry.reply && <SetDialog change={dry.reply} onSet={set} onClose={() => setIsSetting(false)} />}
    </section>
  );
}

const counted = (faults: number): string => (faults === 1 ? "1 field" : `${faults} fields`);

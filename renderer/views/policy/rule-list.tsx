import { type ReactNode, useEffect, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import type { PolicyDraft, RuleDraft } from "../../session/policy-draft.ts";
import { refusalOf } from "../../session/refusal.ts";
import { usePlace, useSession } from "../../session/session.tsx";
import { cutoffOf, dayOrTime } from "./days.ts";
import type { Fault } from "./faults.ts";
import { ruleOfFilter } from "./from-filter.ts";
import { TEMPLATES } from "./templates.ts";
import type { Known } from "./use-known.ts";

/** A rule that was begun, and what is to be said of it. */
export interface Begun {
  readonly rule: RuleDraft;
  readonly took: string;
  readonly asOf?: string;
}

interface Props {
  readonly policy: PolicyDraft;
  readonly chosen: number;
  readonly faults: readonly Fault[];
  readonly known: Known;
  readonly why: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onBegun: (begun: Begun) => void;
  readonly onImport: () => void;
}

/** Of a place on this screen that is to begin so. */
const FROM_THE_FILTER = "from the filter";

/** The rules of the policy, and where a new one begins. */
export function RuleList({ policy, chosen, faults, known, why, onOpen, onBegun, onImport }: Props): ReactNode {
  const session = useSession();
  const { text, of } = usePlace();
  const [error, setError] = useState<RefusalData>();
  const begin = (make: () => Promise<Begun>) => {
    setError(undefined);
    make().then(onBegun, (fault: unknown) => setError(refusalOf(fault)));
  };
  const fromFilter = async (): Promise<Begun> => {
    const { rule, asOf, left } = ruleOfFilter(text);
    return {
      rule: { ...rule, title: "", id: "from-the-filter" },
      took: [`From the filter ${text}.`, ...left].join(" "),
      ...(asOf === undefined ? {} : { asOf }),
    };
  };
  // asked for on another screen, by its command
  const isAsked = of === FROM_THE_FILTER;
  const began = useRef(false);
  useEffect(() => {
    if (!isAsked) began.current = false;
    if (!isAsked || began.current) return;
    began.current = true;
    session.amend({ of: undefined });
    begin(fromFilter);
  });
  const button = (name: string, run: () => void, off?: string) => (
    <li key={name}>
      <button
        type="button"
        className="link"
        disabled={(why ?? off) !== undefined}
        title={why ?? off ?? ""}
        onClick={run}
      >
        {name}
      </button>
    </li>
  );
  return (
    <section className="policy-rules" aria-label="Rules">
      <ul className="policy-list">
        {policy.rules.map((rule, index) => (
          // two rules may bear one id until that is mended
          // biome-ignore lint/suspicious/noArrayIndexKey: an id is no key while it is written
          <li key={index}>
            <button
              type="button"
              className="policy-item"
              aria-current={index === chosen ? "true" : undefined}
              onClick={() => onOpen(rule.id)}
            >
              <strong title={inertText(rule.title)}>
                <Inert text={rule.title === "" ? rule.id : rule.title} most={120} />
              </strong>
              <RuleState rule={rule} faults={faults.filter((fault) => fault.rule === index)} />
            </button>
          </li>
        ))}
      </ul>
      <h2>New rule</h2>
      <ul className="policy-new">
        {button(
          "from the filter in Explore",
          () => begin(fromFilter),
          text.trim() === "" ? "Explore has no filter now" : undefined,
        )}
        {TEMPLATES.map((template) => button(template.title, () => begin(() => template.begin(known))))}
      </ul>
      <h2>From a file</h2>
      <ul className="policy-new">{button("import a policy (JSON)", onImport)}</ul>
      {error && <ErrorPanel error={error} />}
    </section>
  );
}

function RuleState({ rule, faults }: { rule: RuleDraft; faults: readonly Fault[] }): ReactNode {
  const [fault] = faults.toSorted((a, b) => Number(a.isWarning ?? false) - Number(b.isWarning ?? false));
  if (fault) return <span className={fault.isWarning ? "warning" : "danger"}>{fault.text}</span>;
  const cutoff = cutoffOf(rule);
  return <span className="muted">{cutoff === undefined ? "" : `since ${dayOrTime(cutoff)}`}</span>;
}

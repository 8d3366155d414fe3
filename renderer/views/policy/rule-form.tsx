import { Button } from "@blueprintjs/core";
import { type ReactNode, useId } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { DryRunRule } from "../../../shared/model/accountability/dry-run.ts";
import { CALLERS } from "../../../shared/model/event.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import type { PolicyDraft, RuleDraft } from "../../session/policy-draft.ts";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { asOfOf, cutoffOf, dayOrTime } from "./days.ts";
import type { Fault } from "./faults.ts";
import { filterAfter, hasSets, type LineName } from "./funnel.ts";
import { Line, LineCount } from "./line.tsx";
import { ListField } from "./list-field.tsx";
import type { Known } from "./use-known.ts";
import { ruleInWords } from "./words.ts";

interface Props {
  readonly draft: PolicyDraft;
  readonly rule: RuleDraft;
  /** The same rule as it is set; absent: it is new. */
  readonly before: RuleDraft | undefined;
  readonly policyBefore: PolicyDraft | undefined;
  readonly known: Known;
  readonly faults: readonly Fault[];
  /** What was worked out of the rule as it would be; absent: not yet. */
  readonly worked: DryRunRule | undefined;
  /** Why nothing can be written. */
  readonly why: string | undefined;
  readonly onRule: (change: Partial<RuleDraft>) => void;
  readonly onPolicy: (change: Partial<PolicyDraft>) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

/** One rule, line by line, each with the calls that are left after it and all those above. */
export function RuleForm(props: Props): ReactNode {
  const { draft, rule, known, faults, why, onDuplicate, onRemove } = props;
  const all = useAsk("query", { filter: "" });
  const isWaiting = faults.some((fault) => !fault.isWarning && fault.key !== "id");
  const count = (line: LineName) => (
    <LineCount filter={filterAfter(line, draft, rule, known.lastCall)} all={all.reply?.count} isWaiting={isWaiting} />
  );
  const last = filterAfter("exempt_apps", draft, rule, known.lastCall);
  const left = useAsk("query", { filter: last }, isWaiting ? "held" : "drawn");
  return (
    <section className="rule-form" aria-label="Rule">
      <div className="rule-head">
        <h2>Rule</h2>
        <span className="mono muted cut">
          <Inert text={rule.id} most={80} />
        </span>
        <span className="gap" />
        <span className="muted">Calls left</span>
      </div>
      <NameLines {...props} count={count("all")} />
      <ScopeLines {...props} count={count} />
      <TimeLines {...props} count={count} />
      <GrantLines {...props} count={count} />
      <div className="rule-line">
        <span className="rule-label">In words</span>
        <p className="rule-words">
          <Inert text={ruleInWords(rule)} />
        </p>
      </div>
      <div className="rule-foot">
        {left.reply !== undefined && left.reply.count > 0 && !hasSets(rule) && (
          <FilterLink filter={last}>Show the {figure(left.reply.count)} calls</FilterLink>
        )}
        <span className="gap" />
        <Button size="small" text="Duplicate" disabled={why !== undefined} title={why ?? ""} onClick={onDuplicate} />
        <Button
          size="small"
          text="Remove this rule"
          disabled={why !== undefined}
          title={why ?? ""}
          onClick={onRemove}
        />
      </div>
      {hasSets(rule) && (
        <p className="muted rule-note">
          The operations name a set that Exhibit brings: the numbers below that line are before it, as no filter says
          it.
        </p>
      )}
    </section>
  );
}

type Counted = Props & { readonly count: (line: LineName) => ReactNode };

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function useLine({ rule, before, faults }: Props, ...keys: (keyof RuleDraft)[]) {
  const faultId = useId();
  const own = faults.filter((fault) => (keys as string[]).includes(fault.key));
  return {
    faults: own,
    faultId,
    isChanged: before === undefined || keys.some((key) => !isSame(rule[key], before[key])),
    described: own.length > 0 ? faultId : undefined,
  };
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isOff: boolean;
  readonly described: string | undefined;
  readonly className?: string;
  readonly placeholder?: string;
}

function Text({ label, value, onChange, isOff, described, className = "", placeholder = "" }: TextProps): ReactNode {
  return (
    <input
      className={`field-input ${className}`}
      aria-label={label}
      aria-invalid={described !== undefined}
      aria-describedby={described}
      placeholder={placeholder}
      disabled={isOff}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function NameLines(props: Props & { readonly count: ReactNode }): ReactNode {
  const { rule, why, onRule, count } = props;
  const title = useLine(props, "title");
  const id = useLine(props, "id");
  const isOff = why !== undefined;
  return (
    <>
      <Line label="Title" {...title} count={count}>
        <Text
          label="Title"
          value={rule.title}
          placeholder="what the rule forbids, in a few words"
          onChange={(value) => onRule({ title: value })}
          isOff={isOff}
          described={title.described}
        />
      </Line>
      <Line label="Id" {...id}>
        <Text
          label="Id"
          className="mono"
          value={rule.id}
          onChange={(value) => onRule({ id: value })}
          isOff={isOff}
          described={id.described}
        />
      </Line>
    </>
  );
}

function ScopeLines(props: Counted): ReactNode {
  const { rule, known, why, onRule, count } = props;
  const api = useLine(props, "api");
  const operations = useLine(props, "operations");
  const caller = useLine(props, "caller");
  const filter = useLine(props, "filter");
  const isOff = why !== undefined;
  return (
    <>
      <Line label="API" {...api} count={count("api")}>
        <ListField
          label="API"
          values={rule.api}
          onChange={(values) => onRule({ api: values })}
          known={known.apis}
          placeholder={rule.api.length === 0 ? "any API; add one" : "add"}
          isOff={isOff}
          fault={api.described}
        />
      </Line>
      <Line label="Operations" {...operations} count={count("operations")}>
        <ListField
          label="Operations"
          values={rule.operations}
          onChange={(values) => onRule({ operations: values })}
          known={known.operations}
          placeholder={rule.operations.length === 0 ? "any operation; add one, * stands for anything" : "add"}
          isOff={isOff}
          fault={operations.described}
        />
      </Line>
      <Line label="Callers" {...caller} count={count("caller")}>
        <select
          className="field-input"
          aria-label="Callers"
          disabled={isOff}
          value={rule.caller.join(" ")}
          onChange={(event) =>
            onRule({ caller: event.currentTarget.value === "" ? [] : event.currentTarget.value.split(" ") })
          }
        >
          <option value="">all but the platform's own services</option>
          <option value={CALLERS.join(" ")}>all</option>
          {CALLERS.map((each) => (
            <option key={each} value={each}>
              only {each}
            </option>
          ))}
          {rule.caller.length > 1 && rule.caller.length < CALLERS.length && (
            <option value={rule.caller.join(" ")}>only {rule.caller.join(" and ")}</option>
          )}
        </select>
      </Line>
      <Line label="Also only" {...filter} count={count("filter")}>
        <Text
          label="Also only"
          className="mono"
          placeholder="any filter; empty: no more"
          value={rule.filter}
          onChange={(value) => onRule({ filter: value })}
          isOff={isOff}
          described={filter.described}
        />
      </Line>
    </>
  );
}

function TimeLines(props: Counted): ReactNode {
  const { draft, rule, policyBefore, why, faults, onRule, onPolicy, count, known } = props;
  const force = useLine(props, "effective_from", "grace_days");
  const fields = useLine(props, "restricted_fields");
  const asOfId = useId();
  const asOf = faults.filter((fault) => fault.key === "as_of" || fault.key === "recent_days");
  const described = asOf.length > 0 ? asOfId : undefined;
  const isOff = why !== undefined;
  const cutoff = cutoffOf(rule);
  const end = asOfOf(draft.as_of);
  return (
    <>
      <Line label="In force from" {...force} count={count("effective_from")}>
        <div className="rule-inline">
          <Text
            label="In force from"
            className="mono date"
            placeholder="2018-04-04"
            value={rule.effective_from}
            onChange={(value) => onRule({ effective_from: value })}
            isOff={isOff}
            described={force.described}
          />
          and
          <Text
            label="Days of grace"
            className="number"
            value={rule.grace_days}
            onChange={(value) => onRule({ grace_days: value })}
            isOff={isOff}
            described={force.described}
          />
          days of grace{cutoff === undefined ? "" : ": cutoff "}
          {cutoff !== undefined && <span className="mono nowrap">{dayOrTime(cutoff)}</span>}
        </div>
      </Line>
      <Line
        label="As of"
        faults={asOf}
        faultId={asOfId}
        isChanged={
          policyBefore === undefined ||
          policyBefore.as_of !== draft.as_of ||
          policyBefore.recent_days !== draft.recent_days
        }
        count={count("as_of")}
      >
        <div className="rule-inline">
          <Text
            label="As of"
            className="mono date"
            placeholder={known.lastCall === undefined ? "the last call" : known.lastCall.slice(0, 10)}
            value={draft.as_of}
            onChange={(value) => onPolicy({ as_of: value })}
            isOff={isOff}
            described={described}
          />
          recent is the last
          <Text
            label="Recent days"
            className="number"
            value={draft.recent_days}
            onChange={(value) => onPolicy({ recent_days: value })}
            isOff={isOff}
            described={described}
          />
          days
        </div>
        <p className="muted rule-hint">
          {draft.as_of.trim() === ""
            ? "Empty: the last call. Holds for every rule."
            : end === undefined
              ? "Holds for every rule."
              : `Before ${dayOrTime(end)}. Holds for every rule.`}
        </p>
      </Line>
      <Line label="Restricted fields" {...fields} count={count("restricted_fields")}>
        <ListField
          label="Restricted fields"
          values={rule.restricted_fields}
          onChange={(values) => onRule({ restricted_fields: values })}
          known={known.fields}
          placeholder={rule.restricted_fields.length === 0 ? "all that is returned; add one" : "add"}
          isOff={isOff}
          fault={fields.described}
        />
        {rule.restricted_fields.length > 0 && <p className="muted rule-hint">Or fields not logged.</p>}
      </Line>
    </>
  );
}

function GrantLines(props: Counted): ReactNode {
  const { rule, known, worked, why, onRule, count } = props;
  const held = worked?.after?.entitled.developers;
  const excused = excusedBy(worked);
  const permission = useLine(props, "permission");
  const consent = useLine(props, "consent_permission");
  const exempt = useLine(props, "exempt_apps");
  const isOff = why !== undefined;
  const choice = (
    label: string,
    value: string,
    values: Known["permissions"],
    none: string,
    change: (value: string) => void,
    described: string | undefined,
  ) => (
    <select
      className="field-input"
      aria-label={label}
      aria-describedby={described}
      disabled={isOff}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    >
      <option value="">{none}</option>
      {values.map((each) => (
        <option key={each.value} value={each.value}>
          {each.value} ({figure(each.count)})
        </option>
      ))}
      {value !== "" && !values.some((each) => each.value === value) && <option value={value}>{value}</option>}
    </select>
  );
  return (
    <>
      <Line
        label="Permission"
        {...permission}
        count={
          rule.permission !== "" &&
          held !== undefined && (
            <span
              className="muted"
              title="By the registry, in the rule's time: once the policy is set, Answer opens their grants"
            >
              {counted(held, "developer")} held it
            </span>
          )
        }
      >
        {choice(
          "Permission",
          rule.permission,
          known.permissions,
          known.permissions.length === 0 ? "none: no grant is in the registry" : "none: nothing says who kept access",
          (value) => onRule({ permission: value }),
          permission.described,
        )}
      </Line>
      <Line
        label="Consent"
        {...consent}
        count={
          rule.consent_permission !== "" &&
          excused !== undefined && (
            <span className="muted" title="Calls that list nobody but people who consented: no filter names them">
              {counted(excused, "call")} left out
            </span>
          )
        }
      >
        {choice(
          "Consent",
          rule.consent_permission,
          known.consents,
          known.consents.length === 0 ? "none: no consent is in the registry" : "none: nobody's consent excuses a call",
          (value) => onRule({ consent_permission: value }),
          consent.described,
        )}
      </Line>
      <Line label="Exempt apps" {...exempt} count={count("exempt_apps")}>
        <ListField
          label="Exempt apps"
          values={rule.exempt_apps}
          onChange={(values) => onRule({ exempt_apps: values })}
          known={known.apps}
          placeholder={rule.exempt_apps.length === 0 ? "none; add one" : "add"}
          isOff={isOff}
          fault={exempt.described}
        />
      </Line>
    </>
  );
}

/** Calls that a consent takes out of those that are left above it. No filter says which: it goes by person and time. */
function excusedBy(worked: DryRunRule | undefined): number | undefined {
  const left = (line: string) => worked?.lines.find((each) => each.line === line)?.events;
  const [before, after] = [left("restricted_fields"), left("consent_permission")];
  return before === undefined || after === undefined ? undefined : before - after;
}

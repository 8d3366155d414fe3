import { quote } from "../../../shared/filter/print.ts";
import type { PolicyDraft, RuleDraft } from "../../session/policy-draft.ts";
import { asOfOf, cutoffOf, dayOrTime } from "./days.ts";

/** The lines of a rule that leave calls out, in the order in which they do. */
const LINES = [
  "all",
  "api",
  "operations",
  "caller",
  "filter",
  "effective_from",
  "as_of",
  "restricted_fields",
  "exempt_apps",
] as const;
export type LineName = (typeof LINES)[number];

/** A pattern of a rule as a filter has it: `*` is the only wildcard. */
const pattern = (text: string): string =>
  text
    .split("*")
    .map((part) => (part === "" ? "" : quote(part)))
    .join("*");

const listed = (field: string, values: readonly string[]): string =>
  values.length === 1 ? `${field}:${values[0]}` : `${field}:(${values.join(" or ")})`;

/** What a line of the rule asks of a call, as a term of the filter language; undefined: nothing, or it cannot be said in it. */
function termOf(line: LineName, rule: RuleDraft, asOf: string | undefined): string | undefined {
  switch (line) {
    case "all":
      return undefined;
    case "api":
      return rule.api.length === 0 ? undefined : listed("api", rule.api.map(quote));
    case "operations": {
      const named = rule.operations.filter((operation) => !operation.startsWith("set:"));
      // a set that Exhibit brings stands for operations that the filter language has no word for
      return named.length === 0 || named.length < rule.operations.length
        ? undefined
        : listed("operation", named.map(pattern));
    }
    case "caller":
      return rule.caller.length === 0 ? "-caller:service" : listed("caller", rule.caller);
    case "filter":
      return rule.filter.trim() === "" ? undefined : `(${rule.filter.trim()})`;
    case "effective_from": {
      const cutoff = cutoffOf(rule);
      return cutoff === undefined ? undefined : `time>=${dayOrTime(cutoff)}`;
    }
    case "as_of":
      return asOf === undefined ? undefined : `time<${dayOrTime(asOf)}`;
    case "restricted_fields":
      return rule.restricted_fields.length === 0
        ? undefined
        : `(${listed("fields", rule.restricted_fields.map(quote))} or -fields:*)`;
    case "exempt_apps":
      return rule.exempt_apps.length === 0 ? undefined : `-${listed("app", rule.exempt_apps.map(quote))}`;
  }
}

/** The calls that are left after a line and all those above it. `lastCall`: where the policy names no as-of, its time ends there. */
export function filterAfter(
  line: LineName,
  policy: PolicyDraft,
  rule: RuleDraft,
  lastCall: string | undefined,
): string {
  const asOf = asOfOf(policy.as_of) ?? (policy.as_of.trim() === "" ? lastCall : undefined);
  return LINES.slice(0, LINES.indexOf(line) + 1)
    .map((each) => termOf(each, rule, asOf))
    .filter((term) => term !== undefined)
    .join(" ");
}

/** A rule that names a set has numbers that no filter opens. */
export const hasSets = (rule: RuleDraft): boolean => rule.operations.some((operation) => operation.startsWith("set:"));

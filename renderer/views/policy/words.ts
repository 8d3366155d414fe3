import type { RuleDraft } from "../../session/policy-draft.ts";
import { counted } from "../../text/format.ts";
import { cutoffOf, dayOrTime } from "./days.ts";

/** A rule as a person says it: what it forbids from when, whom it leaves out, and who kept access. */
export function ruleInWords(rule: RuleDraft): string {
  const cutoff = cutoffOf(rule);
  const from = cutoff === undefined ? "From a day that is still to be named" : `From ${dayOrTime(cutoff)}`;
  const fields = rule.restricted_fields.length === 0 ? "anything" : anyOf(rule.restricted_fields);
  const through = rule.api.length === 0 ? "through any API" : `through ${anyOf(rule.api)}`;
  const operations = rule.operations.length === 0 ? "" : ` (${counted(rule.operations.length, "operation")})`;
  const only = rule.filter.trim() === "" ? "" : `, in calls that match ${rule.filter.trim()}`;
  const consent = rule.consent_permission === "" ? "" : `, unless the person gave ${rule.consent_permission}`;
  const exempt =
    rule.exempt_apps.length === 0 ? "" : ` ${counted(rule.exempt_apps.length, "app is", "apps are")} exempt.`;
  const kept =
    rule.permission === ""
      ? " It names no permission, so nothing says who kept access."
      : ` Whoever still holds ${rule.permission} then kept access.`;
  return `${from} an app may no longer get ${fields} ${through}${operations}${only}${consent}.${exempt}${kept}`;
}

function anyOf(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return names.length > 6
    ? `${names.slice(0, 5).join(", ")} or ${names.length - 5} more`
    : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

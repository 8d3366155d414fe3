import type { Verdict } from "../claims.ts";
import type { RuleFindings } from "../finding.ts";

/** What a policy would change, before it is set. */
export interface DryRun {
  readonly rules: readonly DryRunRule[];
  /** Confirmed findings that would be none. */
  readonly no_longer_hold: readonly { readonly rule: string; readonly developer_id: string }[];
  /** Claims whose verdict turns. */
  readonly claims: readonly { readonly id: string; readonly before: Verdict; readonly after: Verdict }[];
}

/** Keys of a rule, in the order in which they narrow it. */
type RuleKey =
  | "api"
  | "operations"
  | "filter"
  | "effective_from"
  | "as_of"
  | "restricted_fields"
  | "consent_permission"
  | "exempt_apps";

export interface RuleLine {
  readonly line: RuleKey;
  readonly events: number;
}

export interface DryRunRule {
  readonly rule: string;
  /** The calls left after each key of the rule. Empty where the policy has it no more. */
  readonly lines: readonly RuleLine[];
  /** Absent: the rule is new. */
  readonly before?: RuleFindings["totals"];
  /** Absent: the rule goes. */
  readonly after?: RuleFindings["totals"];
  /** Who comes in or goes out, of those that got data or may have, and of those that kept access: each compared for itself. */
  readonly in: readonly string[];
  readonly out: readonly string[];
}

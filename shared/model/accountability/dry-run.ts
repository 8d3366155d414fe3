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

export interface DryRunRule {
  readonly rule: string;
  /** The calls left after each key of the rule. Empty where the policy has it no more. */
  readonly lines: readonly { readonly line: string; readonly events: number }[];
  /** Absent: the rule is new. */
  readonly before?: RuleFindings["totals"];
  /** Absent: the rule goes. */
  readonly after?: RuleFindings["totals"];
  /** Who would get a level, and who would have none. */
  readonly in: readonly string[];
  readonly out: readonly string[];
}

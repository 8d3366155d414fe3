import type { RuleFindings } from "../finding.ts";

/** The totals of a rule as a policy with another `as_of` would find them. */
export interface AsOfPoint extends Readonly<RuleFindings["totals"]> {
  readonly as_of: string;
  /** Developers that hold the rule's permission at that instant. */
  readonly holding: number;
  /** Where its recent window begins. */
  readonly recent_from: string;
}

/** Several as-of dates at once, as `exhibit curve --json` prints them. */
export interface AsOfCurve {
  readonly rules: readonly { readonly rule: string; readonly points: readonly AsOfPoint[] }[];
}

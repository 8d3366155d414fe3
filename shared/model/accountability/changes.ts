import type { Verdict } from "../claims.ts";
import type { DeveloperFinding, Disposition, RuleFindings } from "../finding.ts";
import type { Against, RuleRemedy, Step } from "./remedy.ts";

/** What of a case, or of a bundle, can be compared with what was there before. */
export interface CaseState {
  readonly as_of?: string;
  readonly rules: readonly RuleFindings[];
  /** What each claim came to. */
  readonly claims: readonly { readonly id: string; readonly verdict: Verdict }[];
  readonly remedy: readonly RuleRemedy[];
  /** The latest decision on each finding. */
  readonly decisions: readonly {
    readonly rule: string;
    readonly developer_id: string;
    readonly disposition: Disposition;
  }[];
}

/** An act that can change what is found, or what speaks against a step. */
export interface ChangingAct {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly act: string;
  /** The file, the developer or the rule that it was about. */
  readonly about?: string;
}

/** What of a finding can differ, in words. */
export const PART_WORDS = {
  level: "level",
  recent: "recent",
  entitled: "kept access",
  apps: "apps",
  attempted: "calls that got nothing",
  possible: "calls that may have got data",
  obtained: "calls that got data",
  people: "people",
  fields: "fields",
  revoked_at: "when it was revoked",
  allowed_after_revocation: "calls after it was revoked",
  status: "decision",
} as const;
export type FindingPart = keyof typeof PART_WORDS;

export interface FindingChange {
  readonly rule: string;
  readonly developer_id: string;
  readonly developer: string;
  /** `decision`: nothing but what somebody decided on it is otherwise. */
  readonly change: "new" | "gone" | "level" | "numbers" | "decision";
  /** What of it differs; of a finding that is new or gone nothing. */
  readonly differs: readonly FindingPart[];
  readonly before?: DeveloperFinding;
  readonly after?: DeveloperFinding;
}

export interface StepChange {
  readonly rule: string;
  readonly developer_id: string;
  readonly developer: string;
  /** The entry's number. */
  readonly n: number;
  readonly step: Step;
  readonly on?: string;
  readonly before: readonly Against[];
  readonly after: readonly Against[];
  /** Something speaks against it that did not, or more calls do. */
  readonly is_worse: boolean;
}

export interface RuleChange {
  readonly rule: string;
  /** Absent: the rule is new. */
  readonly before?: RuleFindings["totals"];
  /** Absent: the rule is gone. */
  readonly after?: RuleFindings["totals"];
  /** Who came in or went out, of those that got data or may have, and of those that kept access: each compared for itself. */
  readonly in: readonly string[];
  readonly out: readonly string[];
}

/** What is otherwise in a later state than in an earlier one. */
export interface StateChanges {
  readonly rules: readonly RuleChange[];
  readonly findings: readonly FindingChange[];
  /** Findings that somebody confirmed, that were there, and of which nothing is left. */
  readonly no_longer_hold: readonly {
    readonly rule: string;
    readonly developer_id: string;
    readonly developer: string;
  }[];
  readonly claims: readonly { readonly id: string; readonly before: Verdict; readonly after: Verdict }[];
  /** Steps that both states have, of which other things speak against them now. */
  readonly remedy: readonly StepChange[];
}

/** Two states of a case, each by the last act that made it: 0 is the case before its first. */
export interface CaseChanges extends StateChanges {
  readonly before: number;
  readonly after: number;
  /** What was done between the two, of what can change a finding. */
  readonly acts: readonly ChangingAct[];
}

/** Two bundles, the older one first. */
export interface BundleChanges extends StateChanges {
  readonly before: string;
  readonly after: string;
}

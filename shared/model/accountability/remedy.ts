import type { Level } from "../level.ts";

/** The steps by which it is put right, in their order. */
export const STEPS = ["revoked", "notified", "requested", "certified", "audited", "closed"] as const;
export type Step = (typeof STEPS)[number];

/** How an audit ended. */
export const AUDIT_RESULTS = ["passed", "exceptions", "failed"] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];

export const isStep = (text: string): text is Step => (STEPS as readonly string[]).includes(text);

/** What speaks against a step that is said to be done. */
export type Against =
  | {
      /** `calls`: the rule judges them; `later`: no level does, they are not before `as_of`. */
      readonly kind: "calls" | "later";
      readonly events: number;
      readonly first: string;
      readonly last: string;
      /** Its calls are these. */
      readonly filter: string;
    }
  /** `grant`: the registry ends one later, or not; `order`: it is dated before an earlier step; `missing`: the step before it is not done. */
  | { readonly kind: "grant" | "order" | "missing" };

export interface AttachedFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface RemedyEntry {
  /** Whom it was recorded for, where that developer is joined to this one since. */
  readonly recorded_for?: string;
  readonly n: number;
  readonly step: Step;
  readonly on?: string;
  readonly due?: string;
  readonly by?: string;
  readonly result?: AuditResult;
  readonly note?: string;
  readonly files: readonly AttachedFile[];
  readonly against: readonly Against[];
  /** The reason. Such an entry counts for nothing. */
  readonly taken_back?: string;
}

export interface DeveloperRemedy {
  readonly developer_id: string;
  readonly developer: string;
  readonly level?: Level;
  /** The furthest step done; absent before the first. */
  readonly state?: Step;
  readonly next?: Step;
  readonly overdue: readonly Step[];
  readonly entries: readonly RemedyEntry[];
}

export interface RuleRemedy {
  readonly rule: string;
  readonly developers: readonly DeveloperRemedy[];
}

/** The JSON of `exhibit remedy`, as FORMATS has it. */
export interface Remedy {
  readonly at: string;
  readonly rules: readonly RuleRemedy[];
}

/** A step as somebody records it, before it is checked. Every value is text as it was typed. */
export interface StepGiven {
  readonly step: string;
  readonly developer: string;
  readonly rule?: string | undefined;
  readonly on?: string | undefined;
  readonly due?: string | undefined;
  readonly by?: string | undefined;
  readonly result?: string | undefined;
  readonly note?: string | undefined;
}

/** What a file of steps would record. */
export interface RemedyPreview {
  readonly file: string;
  readonly steps: readonly {
    readonly developer_id: string;
    readonly step: Step;
    readonly on?: string;
    readonly due?: string;
  }[];
  /** Columns that say nothing here. */
  readonly ignored: readonly string[];
}

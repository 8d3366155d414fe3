import type { Verdict } from "./claims.ts";
import type { FieldsAre } from "./event.ts";
import type { Level } from "./level.ts";

/** How many people, and how well that is known; never one basis silently for another. */
export type People =
  | { readonly value: number; readonly basis: "exact" | "at-least" | "at-most" }
  | { readonly value: number; readonly at_most: number; readonly basis: "between" }
  | { readonly value: null; readonly basis: "not-logged" };

export type FieldsBasis = FieldsAre | "both";
export const DISPOSITIONS = ["open", "confirmed", "dismissed", "disputed"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** The JSON of `exhibit findings`, as FORMATS has it. */
export interface Findings {
  as_of?: string;
  rules: RuleFindings[];
  coverage: Coverage[];
}

export interface RuleFindings {
  rule: string;
  totals: {
    entitled: { developers: number; apps: number };
    attempted: Total;
    possible: PeopleTotal;
    obtained: PeopleTotal & { fields_are?: FieldsBasis };
    recent: PeopleTotal;
  };
  by_month: MonthFindings[];
  developers: DeveloperFinding[];
  /** Calls that the rule leaves out because a service of the platform made them for itself; absent where there is none. */
  service_calls?: number;
}

export interface Total {
  developers: number;
  apps: number;
  events: number;
}

export interface PeopleTotal extends Total {
  people: People;
}

export interface MonthFindings {
  month: string;
  attempted: { developers: number; events: number };
  possible: { developers: number; events: number; people: People };
  obtained: { developers: number; events: number; people: People; fields_are?: FieldsBasis };
}

export interface DeveloperFinding {
  developer_id: string;
  developer: string;
  level: Level;
  recent: boolean;
  entitled: boolean;
  apps: string[];
  attempted: { events: number; first?: string; last?: string };
  possible: { events: number; first?: string; last?: string; people: People };
  obtained: {
    events: number;
    first?: string;
    last?: string;
    people: People;
    fields: string[];
    fields_are?: FieldsBasis;
  };
  revoked_at?: string;
  allowed_after_revocation: number;
  status: Disposition;
  remedy: { step: string; on: string }[];
}

export interface Gap {
  from: string;
  to: string;
}

export interface Coverage {
  source: number;
  api?: string;
  from: string;
  to: string;
  events: number;
  gaps: Gap[];
}

export interface ClaimResult {
  id: string;
  verdict: Verdict;
  measured?: People;
  why: string;
  filter: string;
}

export interface SubjectReport {
  subject: string;
  affected: boolean;
  developers: { developer_id: string; first: string; last: string; fields: string[]; events: number }[];
}

/** A person to be told, as a list for notification has it. */
export interface NotifiedPerson {
  readonly id: string;
  readonly developers: readonly string[];
  readonly first: string;
  readonly last: string;
  readonly fields: readonly string[];
  /** Calls that listed the person. */
  readonly events: number;
}

import type { FieldsBasis, Total } from "../finding.ts";

/** How far a cutoff is moved, each way. */
export const SHIFTS = ["-P7D", "-P1D", "-PT1H", "PT1H", "P1D", "P7D"] as const;
export type Shift = (typeof SHIFTS)[number];

/** A rule's totals, as findings have them, without people. */
export interface PlainTotals {
  entitled: { developers: number; apps: number };
  attempted: Total;
  possible: Total;
  obtained: Total & { fields_are?: FieldsBasis };
  recent: Total;
}

/** The rule with its cutoff moved: what it finds then, and who comes in or goes out. */
export interface ShiftedRule {
  by: Shift;
  cutoff: string;
  totals: PlainTotals;
  in: string[];
  out: string[];
}

/** The calls of a source that the rule would judge otherwise if the zone that somebody chose were another. */
export interface ZoneDoubt {
  source: number;
  timezone: string;
  timezone_from: "mapping" | "option" | "assumed";
  could_move: { events: number; developers: number };
}

/** The JSON of `exhibit sensitivity`, as FORMATS has it. */
export interface Sensitivity {
  rules: { rule: string; shifts: ShiftedRule[]; zones: ZoneDoubt[] }[];
}

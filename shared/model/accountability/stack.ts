import type { People } from "../finding.ts";

export const STACK_ORDERS = ["count", "rare", "value", "first", "last", "rose", "fell"] as const;
export type StackOrder = (typeof STACK_ORDERS)[number];

/** The calls of a filter by the values of one field or two, as `exhibit stack --json` prints them. */
export interface Stack {
  filter: string;
  by: string[];
  /** How many rows there are. */
  values: number;
  events: number;
  rows: StackRow[];
  /** UTC days with logs in the time that the filter speaks of, and the other one. */
  days: number;
  against_days?: number;
}

export interface StackRow {
  /** One a field; null: calls without it. */
  values: (string | null)[];
  count: number;
  /** Absent where only the other filter has calls. */
  first?: string;
  last?: string;
  people?: People;
  sum?: number;
  distinct?: number;
  /** Calls of the other filter. */
  against?: number;
  /** Calls a logged day, against the other's; absent where those are none. */
  ratio?: number;
}

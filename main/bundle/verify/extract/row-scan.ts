import type { EventRecord } from "../../../../shared/model/event.ts";

export type LabelPlace = Pick<EventRecord, "line" | "offset" | "part">;

export interface HourCount {
  events: number;
  duplicates: number;
}

/** What the rows of a bundle give, read once. */
export interface RowScan {
  /** Of events.jsonl. */
  readonly rows: number;
  /** Rows of events.jsonl, events.csv and index.csv that are not one another's. */
  readonly faults: readonly string[];
  /** By `HOUR SOURCE API`: the hour from 1970, the API as JSON. */
  readonly hours: ReadonlyMap<string, HourCount>;
  /** By `SOURCE TAG` and `SOURCE NOTE`. */
  readonly labels: { readonly tagged: Map<string, LabelPlace[]>; readonly noted: Map<string, LabelPlace[]> };
  /** Of each stated filter how many calls it holds of; a sentence where it cannot be asked. */
  readonly selected: readonly (number | string)[];
  /** Calls that count, by rule, developer and level as JSON. */
  readonly counted: ReadonlyMap<string, number>;
}

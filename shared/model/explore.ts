import type { EventRecord } from "./event.ts";
import type { People } from "./finding.ts";
import type { Level } from "./level.ts";

/** A call as a row of the grid: long texts cut, lists as one text, people and notes as a number. An absent value is an absent key. */
export interface CallRow
  extends Omit<EventRecord, "fields" | "subjects" | "subject_count" | "offset" | "length" | "notes"> {
  /** The event's id in the case. */
  id: number;
  fields?: string;
  /** How many the log lists, else how many it counts. */
  people?: number;
  notes?: number;
}

export interface ValueCount {
  /** Absent: events without the field. */
  value?: string;
  count: number;
}

/** The most frequent values of a field, and how many different ones there are. */
export interface FacetValues {
  values: ValueCount[];
  distinct: number;
}

/** What bars may be stacked by. */
export const STACKS = ["none", "outcome", "api", "developer", "level"] as const;
export type Stack = (typeof STACKS)[number];

/** Equal steps of time, from `from` on; times in µs UTC. */
export interface StackedHistogram {
  from: number;
  step: number;
  /** Lowest part of the bars first; absent value: all the others together, or none. */
  series: { value?: string; counts: number[] }[];
}

/** Number and rows of one filter, as one answer: they change together. */
export interface ExploreReply {
  filter: string;
  sort?: string;
  count: number;
  /** Of how many: all calls, duplicates left out unless the filter names them. */
  total: number;
  /** What the row numbers of this answer hold for; acts on ranges of rows give it back. */
  revision: number;
  offset: number;
  rows: CallRow[];
  /** First and last call of the whole case, µs; absent: there is none. */
  span?: { from: number; to: number };
  /** Every tag of the case, in the order they were made: the first nine have a key each. */
  tags: string[];
}

/** Facets, bars and people around the rows. They take longer than the rows, and follow them. */
export interface OverviewReply {
  filter: string;
  /** As in `ExploreReply`: what this is the overview of. */
  revision: number;
  facets: Record<string, FacetValues>;
  histogram: StackedHistogram;
  /** Absent where counting them takes longer than the rest: then `people` tells. */
  people?: People;
}

/** A piece of an original file as text. `cut`: how many more characters there are. */
export interface OriginalText {
  /** Physical line, 1-based. */
  line: number;
  text: string;
  cut?: number;
}

/** All that the case knows of one call. */
export interface CallDetail {
  id: number;
  event: EventRecord;
  /** Which value of the record each field was read from; absent: set by a rule of the mapping, or known by the reader. */
  origins: Record<string, string>;
  developer_id: string;
  app_name?: string;
  file: string;
  member?: string;
  sha256: string;
  encoding: string;
  original: OriginalText;
  before: OriginalText[];
  after: OriginalText[];
  /** Why the original lines cannot be shown, in words. */
  missing?: string;
  notes: { text: string; at: string; by: string }[];
  verdicts: { rule: string; title?: string; level?: Exclude<Level, "entitled">; why: string }[];
}

export interface SavedFilter {
  name: string;
  filter: string;
  sort?: string;
  columns?: string[];
  at: string;
  by: string;
}

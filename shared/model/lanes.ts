/** Hours and days of the UTC clock from the first event to the last, and those of them without one. */
export interface Silence {
  hours: number;
  empty_hours: number;
  days: number;
  empty_days: number;
}

/** Events by day of one source and API, or of one API over all its sources. */
export interface CoverageLane {
  /** Absent: all sources together. */
  source?: number;
  file?: string;
  /** Absent: calls whose API nobody named. */
  api?: string;
  from: string;
  to: string;
  events: number;
  silence: Silence;
  /** Events a day, from the UTC day of `from` to that of `to`. */
  days: number[];
  /** `usual`: events a day that were to be expected (docs/decisions/12-coverage.md); 0: no call there says what is usual. */
  gaps: { from: string; to: string; usual: number }[];
  /** Silences of which nobody can tell whether calls are missing: no other week says what is usual. Absent: none. */
  untold?: { from: string; to: string }[];
}

/** What the logs cover, as the screen draws it. */
export interface CoverageLanes {
  lanes: CoverageLane[];
  /** One an API; from the cutoff to `as_of` where there is a policy. */
  together: CoverageLane[];
  cutoff?: string;
  as_of?: string;
}

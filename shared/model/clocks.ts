/** The clock of a source ran back further than its records usually do. */
export interface ClockJump {
  /** Line of the record behind the jump, and of the one before it, in the order of time. */
  line: number;
  before: number;
  /** Times of the two. */
  from: string;
  to: string;
  /** How far back. */
  seconds: number;
  /** The line from which on the clock had run ahead by about as much; absent: it was set back, or records of another time begin. */
  ahead_since?: number;
}

/** How far a source's records follow their own times, record by record in the order of the file. */
export interface SourceClock {
  source: number;
  file: string;
  events: number;
  /** Which way the file runs: most steps from one record to the next go that way. */
  order: "oldest first" | "newest first";
  /** Steps that run the other way. */
  backward: number;
  /** Seconds that such a step runs back as a rule (the median); 0 where they are too few to tell. */
  usual: number;
  /** Seconds of the longest of them. */
  furthest: number;
  /** Steps back of a minute and more, and ten times as far as usual: how many, and the first of them. */
  jumps: number;
  first_jumps: ClockJump[];
}

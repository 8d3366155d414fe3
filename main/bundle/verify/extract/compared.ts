/** What a comparison with custody gives: what contradicts it, and what no act holds enough of to be compared. */
export interface Compared {
  readonly faults: readonly string[];
  readonly onTrust: readonly string[];
}

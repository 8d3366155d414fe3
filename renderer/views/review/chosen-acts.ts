import type { ReviewRow, ReviewState } from "../../../shared/model/accountability/review-file.ts";

/** What stood in an act's row when it was first seen, or when it was last ticked or unticked by hand. */
export interface Seen {
  readonly here: string;
  readonly state: ReviewState;
  readonly isTicked: boolean;
}

export type SeenActs = ReadonlyMap<number, Seen>;

const seenOf = (row: ReviewRow, isTicked: boolean): Seen => ({ here: row.here, state: row.state, isTicked });

/** New acts are ticked, what differs from here is not: whoever takes that in says so by hand. */
export const seenFirst = (acts: readonly ReviewRow[]): SeenActs =>
  new Map(acts.map((row) => [row.n, seenOf(row, row.state === "new")]));

export const withTick = (seen: SeenActs, row: ReviewRow, isTicked: boolean): SeenActs =>
  new Map([...seen, [row.n, seenOf(row, isTicked)]]);

export const canBeTaken = ({ state }: ReviewRow): boolean => state === "new" || state === "differs";

/** The case has something else of it now than when it was looked at. */
export function isChanged(seen: SeenActs, row: ReviewRow): boolean {
  const before = seen.get(row.n);
  return before !== undefined && (before.here !== row.here || before.state !== row.state);
}

/** What changed here meanwhile is no longer ticked. */
export const isTicked = (seen: SeenActs, row: ReviewRow): boolean =>
  canBeTaken(row) && !isChanged(seen, row) && seen.get(row.n)?.isTicked === true;

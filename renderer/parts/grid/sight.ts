/** Rows in sight before the grid has been measured. */
const FIT_UNMEASURED_ROWS = 20;

/** Which rows are in sight, and in which places of the grid they stand. Numbers alone. */
export class Sight {
  /** Rows of the answer. */
  count = 0;
  /** The first row that is seen whole. */
  top = 0;
  /** Rows that are seen whole. */
  fit = FIT_UNMEASURED_ROWS;
  /** Places that the grid has: one more than fit, for the last is seen in part. None before it is measured. */
  places = 0;

  /** The last row stands whole at the foot. */
  get isAtEnd(): boolean {
    return this.top > 0 && this.top + this.fit >= this.count;
  }

  /** The row in the first place; above `top` at the end. */
  get first(): number {
    return this.isAtEnd ? Math.max(0, this.count - this.places) : this.top;
  }

  /** Is the row seen whole? */
  has(row: number): boolean {
    return row >= this.top && row < this.top + this.fit;
  }

  /** The place in which a row stands; absent: in none. */
  placeOf(row: number): number | undefined {
    const place = row - this.first;
    return place >= 0 && place < this.places ? place : undefined;
  }

  /** The nearest top that leaves no room without rows. */
  inside(top: number): number {
    return Math.round(Math.max(0, Math.min(top, this.count - this.fit)));
  }

  /** The top that shows a row and is the nearest to the present one. */
  topFor(row: number): number {
    if (this.has(row)) return this.top;
    return row < this.top ? row : row - this.fit + 1;
  }
}

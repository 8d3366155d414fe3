import type { Batch, Oversized, Reader } from "./batch.ts";

const LF = 10;
const CR = 13;

/** Bytes that are quicker looked at than cut out. */
const SHORT = 64;

/** How many physical lines end in these bytes: LF, CRLF or CR. A CR on the last byte counts. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  if (to - from < SHORT) {
    for (let i = from; i < to; i++)
      if (bytes[i] === LF || (bytes[i] === CR && (i + 1 >= to || bytes[i + 1] !== LF))) lines++;
    return lines;
  }
  // A search for what is not there goes on to the end of the array, which may be far behind these bytes.
  const part = bytes.subarray(from, to);
  for (let i = part.indexOf(LF); i >= 0; i = part.indexOf(LF, i + 1)) lines++;
  for (let i = part.indexOf(CR); i >= 0; i = part.indexOf(CR, i + 1)) if (part[i + 1] !== LF) lines++;
  return lines;
}

/** Where a line begins behind a byte order mark, which stands in the middle of files that were put together. */
export const behindMark = (bytes: Uint8Array, start: number, end: number): number =>
  bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf && start + 3 <= end
    ? start + 3
    : start;

/** Records that are lines. A subclass says what a line is. Blank lines are skipped here. */
export abstract class LineReader implements Reader {
  /**
   * Fills the spans of the row about to be added and returns undefined. Returns "" for a line to skip, else why it is
   * no record.
   */
  protected abstract line(batch: Batch, start: number, end: number): string | undefined;

  /** Makes ready for the batch's bytes. Called before its lines are read. */
  begin(_batch: Batch): void {}

  /** A record that stands somewhere in the batch, as if it were a line. What comes back is what `line` says. */
  inside(batch: Batch, start: number, end: number): string | undefined {
    return this.line(batch, start, end);
  }

  /** For readers that find the end of a record by reading it. Fills the spans and returns the end, -1 to fall back on `line`. */
  protected recordEnd?(batch: Batch, start: number): number;

  scan(batch: Batch, last: boolean): void {
    this.begin(batch);
    const { bytes, to } = batch;
    let lf = -2;
    let cr = -2;
    while (batch.from < to && batch.rows < batch.maxRows) {
      const start = batch.from;
      const known = this.recordEnd?.(batch, start) ?? -1;
      const behind = bytes[known] === CR ? known + 1 : known;
      if (known >= 0 && behind < to && bytes[behind] === LF) {
        batch.from = behind + 1;
        batch.add(start, known, 1);
        continue;
      }
      if (lf < start && lf !== -1) lf = bytes.indexOf(LF, start);
      if (lf >= to) lf = -1;
      if (cr < start && cr !== -1) cr = bytes.indexOf(CR, start);
      if (cr >= to) cr = -1;
      let end = lf < 0 ? cr : cr < 0 ? lf : Math.min(lf, cr);
      let next = end + 1;
      if (end < 0) {
        if (!last) return;
        end = to;
        next = to;
      } else if (end === cr) {
        if (next === to && !last) return;
        if (bytes[next] === LF && next < to) next++;
      }
      batch.from = next;
      if (isBlank(bytes, start, end)) {
        batch.lines++;
        batch.skipped++;
        continue;
      }
      batch.put(start, end, 1, this.line(batch, behindMark(bytes, start, end), end));
    }
  }

  skipOversized(bytes: Uint8Array, from: number, to: number): Oversized {
    for (let i = from; i < to; i++) if (bytes[i] === LF || bytes[i] === CR) return { at: i, ends: true };
    return { at: to, ends: false };
  }

  state(): unknown {
    return null;
  }
}

/** The line that begins at `start`, and where the next one does. Undefined where more bytes are needed to know. */
export function lineAt(
  bytes: Uint8Array,
  start: number,
  to: number,
  last: boolean,
): { readonly end: number; readonly next: number } | undefined {
  let end = start;
  while (end < to && bytes[end] !== LF && bytes[end] !== CR) end++;
  if (end >= to) return last ? { end: to, next: to } : undefined;
  if (bytes[end] === LF) return { end, next: end + 1 };
  if (end + 1 >= to) return last ? { end, next: to } : undefined;
  return { end, next: bytes[end + 1] === LF ? end + 2 : end + 1 };
}

export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}

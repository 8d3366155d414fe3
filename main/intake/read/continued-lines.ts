import type { Batch } from "./batch.ts";
import { isOtherEncoding } from "./bytes/other-encoding.ts";
import { behindMark, isBlank } from "./lines.ts";
import { PatternReader } from "./pattern.ts";

const LF = 10;
const CR = 13;
const NO_OPEN_RECORD = "the line belongs to no record: none has begun before it";

/**
 * Records that begin with a line of the pattern and go on until the next such line: messages and stack traces over
 * several lines.
 */
export class ContinuedReader extends PatternReader {
  override scan(batch: Batch, last: boolean): void {
    this.begin(batch);
    const { bytes, to } = batch;
    /** Where the open record began and where its last line with anything on it ended; -1: none is open. */
    let open = -1;
    let end = -1;
    let lines = 0;
    /** Blank lines behind the open record, which are part of it only if more of it follows. */
    let blankLines = 0;
    let next = batch.from;
    const close = () => {
      if (open < 0) return;
      batch.add(open, end, lines);
      batch.lines += blankLines;
      batch.skipped += blankLines;
      open = -1;
    };
    for (let at = batch.from; at < to; at = next) {
      let stop = at;
      while (stop < to && bytes[stop] !== LF && bytes[stop] !== CR) stop++;
      // A line that is not whole may yet be anything.
      if (!last && (stop >= to || (bytes[stop] === CR && stop + 1 >= to))) return;
      next = stop < to ? stop + (bytes[stop] === CR && bytes[stop + 1] === LF && stop + 1 < to ? 2 : 1) : to;
      if (isBlank(bytes, at, stop)) {
        if (open < 0) {
          batch.lines++;
          batch.skipped++;
          batch.from = next;
        } else blankLines++;
        continue;
      }
      const found = this.find(batch, behindMark(bytes, at, stop), stop);
      if (!found && open >= 0 && !isOtherEncoding(bytes, at, stop)) {
        end = stop;
        lines += blankLines + 1;
        blankLines = 0;
        continue;
      }
      close();
      batch.from = at;
      if (batch.rows >= batch.maxRows) return;
      if (found) {
        batch.clearRow();
        this.put(batch, found);
        open = at;
        end = stop;
        lines = 1;
        blankLines = 0;
      } else {
        batch.addRejected(at, stop, 1, NO_OPEN_RECORD);
        batch.from = next;
        if (batch.rows >= batch.maxRows) return;
      }
    }
    if (!last) return;
    close();
    batch.from = to;
  }
}

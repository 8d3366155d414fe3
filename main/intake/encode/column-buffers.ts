import type { EncodedColumn, NumberColumn } from "../../../shared/model/event.ts";
import { eachEncoded, eachNumber } from "./encoded-batch.ts";

/** Of a choice (an outcome, a caller): none yet. */
export const NO_CHOICE = 255;
/** Of a text's number: none. */
export const NO_VALUE = -1;

/**
 * The columns of a batch as they fill, row by kept row: texts by their number in the column's dictionary, numbers NaN
 * where absent.
 */
export class ColumnBuffers {
  indexes: Record<EncodedColumn, Int32Array> = eachEncoded(() => new Int32Array(0));
  numbers: Record<NumberColumn, Float64Array> = eachNumber(() => new Float64Array(0));
  /** Index into OUTCOMES. */
  outcome = new Uint8Array(0);
  /** What a status says that is a word, by row: index into OUTCOMES. Hardly any log has such. */
  readonly statusWords = new Map<number, number>();
  /** Index into CALLERS. */
  caller = new Uint8Array(0);
  /** 1: the fields were asked for, not returned. */
  requested = new Uint8Array(0);

  /** Makes room for so many rows. */
  fit(rows: number): void {
    if (this.outcome.length >= rows) return;
    this.indexes = eachEncoded(() => new Int32Array(rows));
    this.numbers = eachNumber(() => new Float64Array(rows));
    this.outcome = new Uint8Array(rows);
    this.caller = new Uint8Array(rows);
    this.requested = new Uint8Array(rows);
  }

  clear(rows: number): void {
    for (const indexes of Object.values(this.indexes)) indexes.fill(NO_VALUE, 0, rows);
    for (const numbers of Object.values(this.numbers)) numbers.fill(Number.NaN, 0, rows);
    this.outcome.fill(NO_CHOICE, 0, rows);
    this.statusWords.clear();
    this.caller.fill(NO_CHOICE, 0, rows);
    this.requested.fill(0, 0, rows);
  }
}

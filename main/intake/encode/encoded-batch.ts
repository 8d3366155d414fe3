import { ENCODED_COLUMNS, type EncodedColumn, NUMBER_COLUMNS, type NumberColumn } from "../../../shared/model/event.ts";
import type { InstantState } from "../time/instants.ts";

/** New dictionary entries of a column: ids follow one another from `first`. The values' UTF-8 lies end to end. */
export interface NewTexts {
  readonly first: number;
  readonly lengths: Int32Array;
  readonly bytes: Uint8Array;
}

export interface Rejected {
  readonly line: number;
  readonly lines: number;
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
}

/** Physical lines by bucket. A line shared by records goes to an event's if one of them is. */
export interface LineLedger {
  events: number;
  rejected: number;
  /** The last counted line and whether it went to an event: the next record may begin on it. */
  lastLine: number;
  lastEvent: boolean;
}

/** Rows ready for `event_row`, column by column. `ids` are dictionary ids, -1 where absent. Numbers are NaN where absent. */
export interface EncodedRows {
  readonly rows: number;
  readonly line: Float64Array;
  readonly offset: Float64Array;
  readonly length: Int32Array;
  /** Which call of its record a row is, from 1; 0: the only one. Absent where all are. */
  readonly part?: Int32Array;
  readonly time: Float64Array;
  readonly ids: Readonly<Record<EncodedColumn, Int32Array>>;
  readonly numbers: Readonly<Record<NumberColumn, Float64Array>>;
  /** 0 unknown, 1 allowed, 2 denied, 3 failed. */
  readonly outcome: Uint8Array;
  readonly flags: Uint8Array;
  readonly request: RequestIds;
}

export const NO_REQUEST = 0;
export const HEX_REQUEST = 1;
export const TEXT_REQUEST = 2;

/** `form`: none, 16 hex digits as the two halves of a 64-bit number, or text (end to end in `bytes`, in row order). */
export interface RequestIds {
  readonly form: Uint8Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly lengths: Int32Array;
  readonly bytes: Uint8Array;
}

/** The ids of so many rows as text, undefined where a row has none. */
export function* requestTexts(
  { form, high, low, lengths, bytes }: RequestIds,
  rows: number,
): Generator<string | undefined> {
  const half = (value: number | undefined) => ((value as number) >>> 0).toString(16).padStart(8, "0");
  let at = 0;
  for (let k = 0; k < rows; k++) {
    const length = lengths[k] as number;
    if (form[k] === HEX_REQUEST) yield half(high[k]) + half(low[k]);
    else yield form[k] === TEXT_REQUEST ? Buffer.from(bytes.subarray(at, at + length)).toString("utf8") : undefined;
    at += length;
  }
}

/** Everything a batch adds to the case. */
export interface EncodedBatch extends EncodedRows {
  /** Names of calls, where the mapping says where they are. */
  readonly call?: RequestIds;
  /** As `part`, where a name stands once for all calls of the record and is that of none alone; else 0. */
  readonly callPart?: Int32Array;
  readonly texts: Partial<Record<EncodedColumn, NewTexts>>;
  readonly rejects: readonly Rejected[];
  readonly ledger: LineLedger;
  readonly instants: InstantState;
  readonly ambiguous: number;
  readonly broken: number;
  readonly impossible: number;
  /** Words for no value. */
  readonly noValues: number;
  readonly first: number;
  readonly last: number;
}

export const eachEncoded = <T>(make: (column: EncodedColumn) => T): Record<EncodedColumn, T> =>
  Object.fromEntries(ENCODED_COLUMNS.map((column) => [column, make(column)])) as Record<EncodedColumn, T>;

export const eachNumber = <T>(make: (column: NumberColumn) => T): Record<NumberColumn, T> =>
  Object.fromEntries(NUMBER_COLUMNS.map((column) => [column, make(column)])) as Record<NumberColumn, T>;

import { Refusal } from "../../../shared/base/errors.ts";
import { ENCODED_COLUMNS, MAPPED_FIELDS, type MappedField, NUMBER_COLUMNS } from "../../../shared/model/event.ts";
import { type EncodedBatch, NO_REQUEST } from "../encode/encoded-batch.ts";
import { lacksZone } from "../encode/event-times.ts";
import { type Around, withWrapper } from "../mapping/compile-plan.ts";
import { planOf } from "../mapping/known-plan.ts";
import type { Resolved } from "../mapping/plan.ts";
import { DATE_ORDERS, type DatePuzzle } from "../time/date-order.ts";
import { encodePreview, trialEncoder } from "./preview.ts";
import { withParse } from "./settle-times.ts";
import { NO_HEADER, sniffHeader } from "./sniff-header.ts";

/** Bytes and records after the header that a trial reads: enough to tell formats apart, few enough to try every format. */
export const TRIAL_BYTES = 1 << 16;
const TRIAL_RECORDS = 100;

/** What one format makes of a text's first records. */
export interface Trial {
  readonly resolved: Resolved;
  readonly records: number;
  /** Of the records, those with a readable time. */
  readonly share: number;
  /** Event fields a record has, on average: the time, and what the format's field sources find. */
  readonly filled: number;
  /** The format says what its records must have, and most of these have it. */
  readonly isSigned: boolean;
  /** How many fields the format names a source for. */
  readonly sought: number;
  /** Fields that at least one record in ten has, in the order of an event. */
  readonly fields: readonly MappedField[];
}

interface Read {
  readonly encoded: EncodedBatch;
  /** Rows that have what the format's records must have. */
  readonly signed: number;
  readonly dates: DatePuzzle;
}

const recordsOf = ({ encoded }: Read): number => encoded.rows + encoded.rejects.length;

/** Of the rows, those that must be a named format's for a text to be it. */
const MIN_SIGNED_SHARE = 0.5;

/** Any leap year will do to tell the format. The whole file decides the year later. */
const ANY_LEAP_YEAR = "year 2000";

/** Ways to read times that only the whole file can settle. */
const openParses = ({ yearless, numeric }: DatePuzzle): readonly string[] => [
  ...(yearless > 0 ? [ANY_LEAP_YEAR] : []),
  ...(numeric > 0 ? DATE_ORDERS : []),
];

/**
 * Reads the first records as `resolved` says, rules, constants and what is no call left out. Undefined where the header does not fit.
 * `around`: what stands around the records in this text.
 */
export function tryFormat(resolved: Resolved, text: Buffer, whole: boolean, around?: Around): Trial | undefined {
  const { rules: _, no_calls: __, ...mapping } = resolved.mapping;
  return tried({ ...resolved, mapping }, text, whole, around);
}

const NO_FIELDS = Object.fromEntries(MAPPED_FIELDS.map((field) => [field, null]));

/**
 * Whether most records bear the signs of the format and have a time, as `tryFormat` finds it: which records are events their
 * times decide, so that no other field is read.
 */
export function bearsSigns(resolved: Resolved, text: Buffer, whole: boolean, minShare: number): boolean {
  const { rules: _, no_calls: __, fields = {}, ...mapping } = resolved.mapping;
  const time = fields.time === undefined ? {} : { time: fields.time };
  const { time: ___, ...others } = NO_FIELDS;
  const trial = tried({ ...resolved, mapping: { ...mapping, fields: { ...others, ...time } } }, text, whole);
  return trial?.isSigned === true && trial.share >= minShare;
}

function tried(resolved: Resolved, text: Buffer, whole: boolean, around?: Around): Trial | undefined {
  const { mapping } = resolved;
  try {
    const sniffed = around ? NO_HEADER : sniffHeader(resolved.reader, mapping, text, whole, "");
    const own = planOf(resolved, sniffed, "utf-8", "UTC");
    const plan = around ? withWrapper(own, around) : own;
    const read = (end: number, parse?: string): Read => {
      const timed = parse === undefined ? plan : withParse(plan, parse);
      const encoder = trialEncoder(timed);
      const encoded = encodePreview(timed, text.subarray(0, end), whole && end === text.length, TRIAL_RECORDS, encoder);
      return { encoded, signed: encoder.signed, dates: encoder.dates };
    };
    let end = Math.min(text.length, sniffed.head + TRIAL_BYTES);
    let bestRead = read(end);
    // A first record longer than that.
    if (recordsOf(bestRead) === 0) {
      end = text.length;
      bestRead = read(end);
    }
    for (const parse of openParses(bestRead.dates)) {
      const other = read(end, parse);
      if (other.encoded.rows > bestRead.encoded.rows) bestRead = other;
    }
    const { encoded } = bestRead;
    const records = recordsOf(bestRead);
    if (records === 0) return undefined;
    // A sister's records.
    if (mapping.must && bestRead.signed < encoded.rows * MIN_SIGNED_SHARE) return undefined;
    const constant = new Set(plan.fields.filter(({ value }) => value !== undefined).map(({ field }) => field));
    const timed = encoded.rows + encoded.rejects.filter(({ reason }) => lacksZone(reason)).length;
    const counts = new Map<MappedField, number>([["time", timed]]);
    for (const field of ENCODED_COLUMNS) counts.set(field, encoded.ids[field].filter((id) => id >= 0).length);
    for (const field of NUMBER_COLUMNS)
      counts.set(field, encoded.numbers[field].filter((value) => !Number.isNaN(value)).length);
    counts.set("request_id", encoded.request.form.filter((form) => form !== NO_REQUEST).length);
    // Made from the path where no mapping gives one.
    if ((counts.get("path") ?? 0) > 0) counts.delete("operation");
    for (const field of constant) counts.delete(field);
    return {
      resolved,
      records,
      share: timed / records,
      filled: [...counts.values()].reduce((sum, count) => sum + count, 0) / records,
      isSigned: mapping.must !== undefined && encoded.rows > 0,
      sought: Object.keys(mapping.fields ?? {}).length,
      fields: [...counts].filter(([, count]) => count > 0 && count * 10 >= timed).map(([field]) => field),
    };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The trial that found most. Of equals, the one whose format names fewest fields. */
export const bestTrial = (trials: readonly (Trial | undefined)[]): Trial | undefined => {
  let most: Trial | undefined;
  for (const trial of trials)
    if (
      trial &&
      (trial.filled > (most?.filled ?? 0) || (most && trial.filled === most.filled && trial.sought < most.sought))
    )
      most = trial;
  return most;
};

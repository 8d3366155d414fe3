import { isoOf } from "../../../shared/base/time.ts";
import {
  callerOf,
  ENCODED_COLUMNS,
  type EncodedColumn,
  type EventRecord,
  FLAG,
  NUMBER_COLUMNS,
  OUTCOMES,
} from "../../../shared/model/event.ts";
import { type EncodedBatch, eachEncoded, HEX_REQUEST, TEXT_REQUEST } from "../encode/encoded-batch.ts";
import { Encoder, type EncoderStart } from "../encode/encoder.ts";
import { textColumns } from "../encode/text-column.ts";
import type { Plan } from "../mapping/plan.ts";
import { Batch, isSlotOf, MAX_RECORD_BYTES, newSlot, SENTINEL_BYTES, type Slot } from "../read/batch.ts";
import { readerOf } from "../read/reader-for.ts";
import { CallSplitter } from "../read/split-calls.ts";
import { newInstantState } from "../time/instants.ts";

/** Records that a preview shows. */
export const PREVIEW_ROWS = 20;

/** An encoder's start for a source whose dictionaries are new. */
export const newEncoderStart = (): EncoderStart => ({
  columns: textColumns(eachEncoded(() => ({ ids: [], values: [], next: 1 }))),
  ...newStart(),
});

/** Where nothing of a source was read yet. */
export const newStart = (): Omit<EncoderStart, "columns"> => ({
  ledger: { events: 0, rejected: 0, lastLine: 0, lastEvent: false },
  instants: newInstantState(),
});

/** Texts that one encoder is used for: its dictionaries grow with each. */
const MAX_USES = 200;
const trialEncoders = new WeakMap<Plan, { readonly encoder: Encoder; uses: number }>();

/**
 * An encoder that only tells what the records of a text have, and not their texts: many small files of one format have one plan,
 * for which most values were met before.
 */
export function trialEncoder(plan: Plan): Encoder {
  let known = trialEncoders.get(plan);
  if (!known || known.uses === MAX_USES) {
    known = { encoder: new Encoder(plan, newEncoderStart()), uses: 0 };
    trialEncoders.set(plan, known);
  } else {
    const { ledger, instants } = newStart();
    known.encoder.again({ ledger, instants });
  }
  known.uses += 1;
  return known.encoder;
}

/** The memory of the last previews, by its shape, where it is no more than this. */
const MAX_SPARE_BYTES = 1 << 20;
const spareSlots = new Map<string, Slot>();

/** Memory for a text. What a batch leaves in it is copied before the next one begins. */
function slotFor(bytes: number, rows: number, inputs: number): Slot {
  const shape = `${rows} ${inputs}`;
  const spare = spareSlots.get(shape);
  if (spare && isSlotOf(spare, { bytes: spare.bytes.byteLength - SENTINEL_BYTES, rows }, inputs))
    if (spare.bytes.byteLength - SENTINEL_BYTES >= bytes) return spare;
  const slot = newSlot({ bytes, rows }, inputs);
  if (bytes <= MAX_SPARE_BYTES) spareSlots.set(shape, slot);
  return slot;
}

/** The first rows of a text as they would be imported, without threads and without a case. */
export function encodePreview(
  plan: Plan,
  text: Uint8Array,
  whole: boolean,
  rows: number,
  encoder = new Encoder(plan, newEncoderStart()),
): EncodedBatch {
  const slot = slotFor(text.length, rows, plan.inputs.length);
  const batch = new Batch(slot, plan.inputs.length, MAX_RECORD_BYTES, plan.calls && new CallSplitter(plan));
  batch.bytes.set(text);
  batch.to = text.length;
  const reader = readerOf(plan);
  reader.scan(batch, whole);
  // A quote in the first row that nothing in the sample closes: its line is given up, as the import will.
  if (plan.reader === "csv" && batch.rows === 0) reader.scan(batch, true);
  const info = {
    rows: batch.rows,
    used: batch.to,
    offset: 0,
    line: 1,
    skipped: batch.skipped,
    reasons: batch.reasons,
    days: batch.days,
    headers: [],
  };
  return encoder.encode(batch.slot, info);
}

/** Values of the dictionaries of one preview, by id. */
function textsOf(encoded: EncodedBatch): Record<EncodedColumn, string[]> {
  return eachEncoded((column) => {
    const texts = encoded.texts[column];
    if (!texts) return [];
    const values: string[] = [];
    let at = 0;
    texts.lengths.forEach((length, index) => {
      values[texts.first + index] = Buffer.from(texts.bytes.buffer, texts.bytes.byteOffset + at, length).toString(
        "utf8",
      );
      at += length;
    });
    return values;
  });
}

/** A preview's rows as events. They have no source yet. */
export function previewEvents(encoded: EncodedBatch): Omit<EventRecord, "source">[] {
  const texts = textsOf(encoded);
  const events: Omit<EventRecord, "source">[] = [];
  let requestAt = 0;
  for (let k = 0; k < encoded.rows; k++) {
    const event: Record<string, unknown> = { time: isoOf(encoded.time[k] as number) };
    const text = (column: EncodedColumn) => {
      const id = encoded.ids[column][k] as number;
      return id < 0 ? undefined : texts[column][id];
    };
    const put = (key: string, value: unknown) => {
      if (value !== undefined) event[key] = value;
    };
    const requestText =
      encoded.request.form[k] === TEXT_REQUEST
        ? Buffer.from(
            encoded.request.bytes.buffer,
            encoded.request.bytes.byteOffset + requestAt,
            encoded.request.lengths[k],
          ).toString("utf8")
        : undefined;
    requestAt += encoded.request.lengths[k] as number;
    for (const column of ENCODED_COLUMNS) {
      const value = text(column);
      if (column === "fields" || column === "subjects")
        put(column, value === undefined ? undefined : JSON.parse(value));
      else put(column, value);
      if (column === "path") {
        put("status", number(encoded, "status", k));
        event.outcome = OUTCOMES[encoded.outcome[k] as number];
      }
      if (column === "actor") put("caller", callerOf(encoded.flags[k] as number));
      if (column === "fields" && value !== undefined)
        event.fields_are = (encoded.flags[k] as number) & FLAG.requested ? "requested" : "returned";
      if (column === "subjects") put("subject_count", number(encoded, "subject_count", k));
    }
    put("request_id", requestText ?? hexRequest(encoded, k));
    for (const column of NUMBER_COLUMNS) if (!(column in event)) put(column, number(encoded, column, k));
    event.line = encoded.line[k];
    event.offset = encoded.offset[k];
    event.length = encoded.length[k];
    events.push(event as unknown as Omit<EventRecord, "source">);
  }
  return events;
}

function number(encoded: EncodedBatch, column: (typeof NUMBER_COLUMNS)[number], k: number): number | undefined {
  const value = encoded.numbers[column][k] as number;
  return Number.isNaN(value) ? undefined : value;
}

function hexRequest({ request }: EncodedBatch, k: number): string | undefined {
  if (request.form[k] !== HEX_REQUEST) return undefined;
  const half = (value: number | undefined) => ((value as number) >>> 0).toString(16).padStart(8, "0");
  return half(request.high[k]) + half(request.low[k]);
}

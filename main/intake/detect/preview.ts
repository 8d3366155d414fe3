import { isoOf } from "../../../shared/base/time.ts";
import {
  CODED_COLUMNS,
  type CodedColumn,
  type EventRecord,
  FLAG,
  NUMBER_COLUMNS,
  OUTCOMES,
} from "../../../shared/model/event.ts";
import { type CodedBatch, eachCoded, HEX_REQUEST, TEXT_REQUEST } from "../encode/encoded-batch.ts";
import { Coder, type CoderStart } from "../encode/encoder.ts";
import type { Plan } from "../mapping/plan.ts";
import { Batch, newSlot } from "../read/batch.ts";
import { readerOf } from "../read/reader-for.ts";
import { newInstantState } from "../time/instants.ts";

/** A coder's start for a source whose dictionaries are new. */
export const newCoderStart = (): CoderStart => ({
  known: eachCoded(() => ({ ids: [], values: [], next: 1 })),
  ledger: { events: 0, rejected: 0, lastLine: 0, lastEvent: false },
  instants: newInstantState(),
});

/** The first rows of a text as they would be imported, without threads and without a case. */
export function codePreview(
  plan: Plan,
  text: Uint8Array,
  whole: boolean,
  rows: number,
  coder = new Coder(plan, newCoderStart()),
): CodedBatch {
  const slot = newSlot({ bytes: text.length, rows }, plan.inputs.length);
  const batch = new Batch(slot, plan.inputs.length);
  batch.bytes.set(text);
  batch.to = text.length;
  readerOf(plan).scan(batch, whole);
  const info = {
    rows: batch.rows,
    used: batch.to,
    offset: 0,
    line: 1,
    endOffset: batch.from,
    endLine: 1 + batch.lines,
    skipped: batch.skipped,
    reasons: batch.reasons,
    days: batch.days,
  };
  return coder.code(batch.slot, info);
}

/** Values of the dictionaries of one preview, by id. */
function textsOf(coded: CodedBatch): Record<CodedColumn, string[]> {
  return eachCoded((column) => {
    const texts = coded.texts[column];
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

/** A preview's rows as events; they have no source yet. */
export function previewEvents(coded: CodedBatch): Omit<EventRecord, "source">[] {
  const texts = textsOf(coded);
  const events: Omit<EventRecord, "source">[] = [];
  let requestAt = 0;
  for (let k = 0; k < coded.rows; k++) {
    const event: Record<string, unknown> = { time: isoOf(coded.time[k] as number) };
    const text = (column: CodedColumn) => {
      const id = coded.codes[column][k] as number;
      return id < 0 ? undefined : texts[column][id];
    };
    const put = (key: string, value: unknown) => {
      if (value !== undefined) event[key] = value;
    };
    const requestText =
      coded.request.form[k] === TEXT_REQUEST
        ? Buffer.from(
            coded.request.bytes.buffer,
            coded.request.bytes.byteOffset + requestAt,
            coded.request.lengths[k],
          ).toString("utf8")
        : undefined;
    requestAt += coded.request.lengths[k] as number;
    for (const column of CODED_COLUMNS) {
      const value = text(column);
      if (column === "fields" || column === "subjects")
        put(column, value === undefined ? undefined : JSON.parse(value));
      else put(column, value);
      if (column === "path") {
        put("status", number(coded, "status", k));
        event.outcome = OUTCOMES[coded.outcome[k] as number];
      }
      if (column === "fields" && value !== undefined)
        event.fields_are = (coded.flags[k] as number) & FLAG.requested ? "requested" : "returned";
      if (column === "subjects") put("subject_count", number(coded, "subject_count", k));
    }
    put("request_id", requestText ?? hexRequest(coded, k));
    for (const column of NUMBER_COLUMNS) if (!(column in event)) put(column, number(coded, column, k));
    event.line = coded.line[k];
    event.offset = coded.offset[k];
    event.length = coded.length[k];
    events.push(event as unknown as Omit<EventRecord, "source">);
  }
  return events;
}

function number(coded: CodedBatch, column: (typeof NUMBER_COLUMNS)[number], k: number): number | undefined {
  const value = coded.numbers[column][k] as number;
  return Number.isNaN(value) ? undefined : value;
}

function hexRequest({ request }: CodedBatch, k: number): string | undefined {
  if (request.form[k] !== HEX_REQUEST) return undefined;
  const half = (value: number | undefined) => ((value as number) >>> 0).toString(16).padStart(8, "0");
  return half(request.high[k]) + half(request.low[k]);
}

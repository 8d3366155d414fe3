import { isUtf8 } from "node:buffer";
import {
  CALLER_SHIFT,
  ENCODED_COLUMNS,
  type EncodedColumn,
  FLAG,
  type MappedField,
} from "../../../shared/model/event.ts";
import { ArrayBlock, filledFrom } from "../../platform/array-block.ts";
import { READERS } from "../mapping/mapping.ts";
import { isEncoded, type Plan } from "../mapping/plan.ts";
import { isListLayer } from "../mapping/wrappers.ts";
import {
  type BatchInfo,
  BROKEN,
  END,
  END_MASK,
  LENGTH,
  LINE,
  OFFSET,
  PART,
  RECORD_INTS,
  type Slot,
  START,
} from "../read/batch.ts";
import type { DatePuzzle } from "../time/date-order.ts";
import type { InstantState } from "../time/instants.ts";
import { type ChoiceField, choiceSaid, isChoice } from "./choices.ts";
import { ColumnBuffers, NO_CHOICE, NO_VALUE } from "./column-buffers.ts";
import { type CompiledField, compileField, RawColumns } from "./compiled-field.ts";
import { DefaultFields } from "./default-fields.ts";
import type { Kernel } from "./dictionary/kernel.ts";
import { type EncodedBatch, eachEncoded, eachNumber, type LineLedger } from "./encoded-batch.ts";
import { type BatchTimes, EventTimes } from "./event-times.ts";
import { MappingRules } from "./mapping-rules.ts";
import { quoteOf } from "./no-values.ts";
import { NumberColumns } from "./number-columns.ts";
import type { Rows } from "./raw-column.ts";
import { RequestColumn } from "./request-id-column.ts";
import { sharesName } from "./shares-name.ts";
import type { TextColumns, ValueColumn } from "./text-column.ts";
import { TextFields } from "./text-fields.ts";

const REQUESTED = Buffer.from("requested");

/** What an encoder needs to go on where another stopped. */
export interface EncoderStart {
  readonly columns: TextColumns;
  readonly ledger: LineLedger;
  readonly instants: InstantState;
}

/** Turns a batch of spans into the columns of `event_row`, one column after the other. One a source at a time. */
export class Encoder {
  readonly #plan: Plan;
  readonly #fields: CompiledField[];
  readonly #columns: Record<EncodedColumn, ValueColumn>;
  readonly #rules: MappingRules;
  #times: EventTimes;
  readonly #numbers: NumberColumns;
  readonly #request = new RequestColumn();
  readonly #call = new RequestColumn();
  readonly #filled = new ColumnBuffers();
  readonly #defaults: DefaultFields;
  readonly #texts: TextFields;
  readonly #rawColumns: RawColumns;
  readonly #kernel: Kernel | undefined;
  #rows: Rows | undefined;
  readonly #words: number;
  /** Rows so far that have what a record of the format must have. */
  signed = 0;

  /** `kernel`: the one that the columns lie in, if they lie in one. */
  constructor(plan: Plan, start: EncoderStart, kernel?: Kernel) {
    this.#plan = plan;
    this.#kernel = kernel;
    this.#words = plan.reader === "json" || plan.reader === "jsonl" ? -1 : quoteOf(plan);
    this.#columns = start.columns;
    const rawColumns = new RawColumns(plan, kernel);
    this.#rawColumns = rawColumns;
    this.#fields = plan.fields.map((field) => compileField(field, rawColumns));
    this.#times = this.#timesFrom(start);
    this.#numbers = new NumberColumns(plan, this.#columns, this.#filled);
    this.#rules = new MappingRules(plan, (origin) => rawColumns.shared(origin, false), this.#columns, this.#filled);
    this.#texts = new TextFields(plan, this.#columns, this.#filled);
    this.#defaults = new DefaultFields(this.#columns, !(READERS as readonly string[]).includes(plan.format));
  }

  /** Begins another source of the same plan: what became of values met before is known already. */
  again(start: Omit<EncoderStart, "columns">): void {
    this.#times = this.#timesFrom(start);
    this.signed = 0;
  }

  #timesFrom({ ledger, instants }: Omit<EncoderStart, "columns">): EventTimes {
    const time = this.#fields.find((field) => field.plan.field === "time") as CompiledField;
    return new EventTimes(this.#plan, time, ledger, instants);
  }

  /** No more batches: gives the kernel's memory back, but for the columns'. */
  close(): void {
    this.#rawColumns.close();
    this.#defaults.close();
  }

  /** What the times met so far leave open. */
  get dates(): DatePuzzle {
    return this.#times.dates;
  }

  /** The batch in this slot as rows, rejects and new dictionary values, in arrays of `memory`. */
  encode(slot: Slot, info: BatchInfo, memory = new ArrayBlock()): EncodedBatch {
    const rows = this.#begin(slot, info);
    // Times first: they decide which rows are events.
    const times = this.#times.read(rows, info);
    const count = rows.count;
    if (this.#kernel?.begin(rows, info.used, info.rows)) rows.kernel = this.#kernel;
    for (const column of ENCODED_COLUMNS) this.#columns[column].forgetIfFull();
    this.#filled.clear(count);
    this.#numbers.impossible = 0;
    for (const field of this.#fields) {
      const name = field.plan.field;
      if (isEncoded(name)) this.#texts.fill(field, name, rows);
      else if (isChoice(name)) this.#choices(field, name, rows);
      else if (name === "request_id") this.#request.read(field.plan, field.match, rows, this.#plan);
      else if (name !== "time") this.#numbers.fill(field, name, rows);
    }
    if (this.#plan.call) this.#call.read(this.#plan.call, undefined, rows, this.#plan);
    if (this.#plan.must) this.signed += this.#rules.signed(rows);
    this.#rules.apply(rows);
    this.#defaults.apply(this.#filled, count);
    if (rows.kernel) rows.noValues += rows.kernel.takeNoValues();
    return this.#finish(rows, info, times, memory);
  }

  #begin(slot: Slot, info: BatchInfo): Rows {
    const u8 = new Uint8Array(slot.bytes);
    const room = Math.max(info.rows, 1);
    this.#filled.fit(room);
    const keep = this.#rows && this.#rows.keep.length >= room ? this.#rows.keep : new Int32Array(room);
    this.#rows = {
      u8,
      view: new DataView(slot.bytes),
      spans: new Int32Array(slot.spans),
      records: new Int32Array(slot.records),
      stride: this.#plan.inputs.length * 2,
      keep,
      count: 0,
      broken: !isUtf8(u8.subarray(0, info.used)),
      batch: (this.#rows?.batch ?? 0) + 1,
      words: this.#words,
      noValues: 0,
      kernel: undefined,
    };
    return this.#rows;
  }

  /** Whether the fields were requested. The mapping decides, else the record itself (events that Exhibit wrote say so). */
  #areRequested({ spans, keep, stride, u8 }: Rows, k: number): boolean {
    const { fieldsAre, fieldsAreInput } = this.#plan;
    if (fieldsAre !== undefined) return fieldsAre === "requested";
    if (fieldsAreInput !== undefined) {
      const at = (keep[k] as number) * stride + fieldsAreInput * 2;
      const start = spans[at] as number;
      if (start >= 0) return Buffer.from(u8.subarray(start, (spans[at + 1] as number) & END_MASK)).equals(REQUESTED);
    }
    return this.#filled.requested[k] === 1;
  }

  #choices(field: CompiledField, name: ChoiceField, rows: Rows): void {
    const out = this.#filled[name];
    const said = (text: string | undefined) => (text === undefined ? -1 : choiceSaid(name, text));
    if (said(field.plan.value) >= 0) out.fill(said(field.plan.value), 0, rows.count);
    for (const { origin, raw, memo } of field.steps) {
      const indexes = raw
        ? raw.read(rows)
        : this.#texts.indexesOf((origin as { field: MappedField }).field, rows.count);
      if (!indexes) continue;
      const source = raw ? raw.dictionary : this.#columns[(origin as { field: EncodedColumn }).field].dictionary;
      memo.fit(source.size, source.generation);
      for (let k = 0; k < rows.count; k++) {
        const index = indexes[k] as number;
        if (index < 0 || out[k] !== NO_CHOICE) continue;
        let value = memo.values[index] as number;
        if (value === 0) {
          const text = raw ? raw.found(index)?.text : source.textOf(index);
          const choice = said(field.match && text !== undefined ? field.match.first(text) : text);
          value = choice < 0 ? NO_VALUE : choice + 1;
          memo.values[index] = value;
        }
        if (value > 0) out[k] = value - 1;
      }
    }
  }

  #finish(rows: Rows, info: BatchInfo, { time, flags, rejects }: BatchTimes, memory: ArrayBlock): EncodedBatch {
    const { count, keep, records, u8 } = rows;
    const line = memory.floats(count);
    const offset = memory.floats(count);
    const length = memory.ints(count);
    const { calls, call, wrapped } = this.#plan;
    const part = calls || wrapped?.layers.some(isListLayer) ? memory.ints(count) : undefined;
    const callPart = call && calls && memory.ints(count).fill(0);
    const { caller, indexes, numbers, outcome } = this.#filled;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    let ambiguous = 0;
    let broken = 0;
    for (let k = 0; k < count; k++) {
      const at = (keep[k] as number) * RECORD_INTS;
      line[k] = info.line + (records[at + LINE] as number);
      offset[k] = info.offset + (records[at + OFFSET] as number);
      length[k] = records[at + LENGTH] as number;
      if (part) part[k] = records[at + PART] as number;
      if (callPart && sharesName(this.#plan, rows, keep[k] as number)) callPart[k] = records[at + PART] as number;
      const t = time[k] as number;
      if (t < first) first = t;
      if (t > last) last = t;
      let flag = flags[k] as number;
      if (flag !== 0) ambiguous++;
      if (indexes.fields[k] !== NO_VALUE && this.#areRequested(rows, k)) flag |= FLAG.requested;
      if (records[at + BROKEN] === 1 || (rows.broken && !isUtf8(u8.subarray(records[at + START], records[at + END])))) {
        flag |= FLAG.brokenText;
        broken++;
      }
      if (caller[k] !== NO_CHOICE) flag |= ((caller[k] as number) + 1) << CALLER_SHIFT;
      flags[k] = flag;
    }
    return {
      rows: count,
      line,
      offset,
      length,
      ...(part && { part }),
      time: filledFrom(memory.floats(count), time),
      ids: eachEncoded((column) => this.#columns[column].toIds(indexes[column], memory.ints(count))),
      numbers: eachNumber((column) => filledFrom(memory.floats(count), numbers[column])),
      outcome: filledFrom(memory.bytes(count), outcome),
      flags: filledFrom(memory.bytes(count), flags),
      request: this.#request.finish(count, memory),
      ...(call && { call: this.#call.finish(count, memory) }),
      ...(callPart && { callPart }),
      texts: Object.fromEntries(
        ENCODED_COLUMNS.flatMap((column) => {
          const texts = this.#columns[column].newTexts(memory);
          return texts ? [[column, texts] as const] : [];
        }),
      ),
      rejects,
      ledger: this.#times.ledger,
      instants: this.#times.state,
      ambiguous,
      broken,
      impossible: this.#numbers.impossible,
      noValues: rows.noValues,
      first,
      last,
    };
  }
}

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
import { isEncoded, type JoinedOrigin, type Origin, type Plan } from "../mapping/plan.ts";
import { isListLayer } from "../mapping/wrappers.ts";
import {
  type BatchInfo,
  BROKEN,
  END,
  END_MASK,
  KIND_SHIFT,
  LENGTH,
  LINE,
  OFFSET,
  PART,
  PLAIN,
  RECORD_INTS,
  type Slot,
  START,
  STRUCTURE,
} from "../read/batch.ts";
import type { DatePuzzle } from "../time/date-order.ts";
import type { InstantState } from "../time/instants.ts";
import { type ChoiceField, choiceSaid, isChoice } from "./choices.ts";
import { ColumnBuffers, NO_CHOICE, NO_VALUE } from "./column-buffers.ts";
import { type CompiledField, compileField, type FieldStep, RawColumns } from "./compiled-field.ts";
import { DefaultFields } from "./default-fields.ts";
import { type EncodedBatch, eachEncoded, eachNumber, type LineLedger } from "./encoded-batch.ts";
import { type BatchTimes, EventTimes } from "./event-times.ts";
import { MappingRules } from "./mapping-rules.ts";
import { isNoValue, MAX_NO_VALUE_LENGTH, quoteOf } from "./no-values.ts";
import { NumberColumns } from "./number-columns.ts";
import { isPlainArray, PlainList } from "./plain-list.ts";
import { joinedText, type RawColumn, type Rows } from "./raw-column.ts";
import { RequestColumn } from "./request-id-column.ts";
import { sharesName } from "./shares-name.ts";
import type { TextColumns, ValueColumn } from "./text-column.ts";
import type { ValueMemo } from "./value-memo.ts";
import { type FoundValue, listOf, wholeOf } from "./values.ts";

/** Present but empty: no further origin is tried. */
const EMPTY_VALUE = -2;
const DOT = 46;
const SLASH = 47;
const DIGIT_ZERO = 48;
const QUESTION = 63;
const HASH = 35;
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
  readonly #list = new PlainList();
  #rows: Rows | undefined;
  readonly #words: number;
  /** Rows so far that have what a record of the format must have. */
  signed = 0;

  constructor(plan: Plan, start: EncoderStart) {
    this.#plan = plan;
    this.#words = plan.reader === "json" || plan.reader === "jsonl" ? -1 : quoteOf(plan);
    this.#columns = start.columns;
    const rawColumns = new RawColumns(plan);
    this.#fields = plan.fields.map((field) => compileField(field, rawColumns));
    this.#times = this.#timesFrom(start);
    this.#numbers = new NumberColumns(plan, this.#columns, this.#filled);
    this.#rules = new MappingRules(plan, (origin) => rawColumns.shared(origin, false), this.#columns, this.#filled);
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
    for (const column of ENCODED_COLUMNS) this.#columns[column].forgetIfFull();
    this.#filled.clear(count);
    this.#numbers.impossible = 0;
    for (const field of this.#fields) {
      const name = field.plan.field;
      if (isEncoded(name)) this.#text(field, name, rows);
      else if (isChoice(name)) this.#choices(field, name, rows);
      else if (name === "request_id") this.#request.read(field.plan, field.match, rows, this.#plan);
      else if (name !== "time") this.#numbers.fill(field, name, rows);
    }
    if (this.#plan.call) this.#call.read(this.#plan.call, undefined, rows, this.#plan);
    if (this.#plan.must) this.signed += this.#rules.signed(rows);
    this.#rules.apply(rows);
    this.#defaults.apply(this.#filled, count);
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
    };
    return this.#rows;
  }

  #text(field: CompiledField, column: EncodedColumn, rows: Rows): void {
    const out = this.#filled.indexes[column];
    const values = this.#columns[column];
    const count = rows.count;
    if (field.plan.value !== undefined) {
      out.fill(
        values.text(
          field.isList
            ? (listOf({ text: field.plan.value, json: false }, field.plan.split)?.text ?? "[]")
            : field.plan.value,
        ),
        0,
        count,
      );
      return;
    }
    for (const step of field.steps) {
      const { origin, raw, memo } = step;
      if (origin.kind === "joined") {
        this.#joined(field, origin, out, values, rows);
        continue;
      }
      if (step.direct) {
        this.#direct(field, step, out, values, rows);
        continue;
      }
      const indexes = raw ? raw.read(rows) : this.#indexesOf((origin as { field: MappedField }).field, count);
      if (indexes === undefined) continue;
      const source = raw ? raw.dictionary : this.#columns[(origin as { field: EncodedColumn }).field].dictionary;
      memo.fit(source.size, source.generation, values.dictionary.generation);
      const known = memo.values;
      const requested = column === "fields" && this.#isRequest(origin) ? 1 : 0;
      for (let k = 0; k < count; k++) {
        if (out[k] !== NO_VALUE) continue;
        const index = indexes[k] as number;
        if (index < 0) continue;
        let value = known[index] as number;
        if (value === 0) {
          value = this.#valueOf(field, values, raw, index, rows, origin, memo);
          // A path that is absent inside JSON is absent: the next origin is asked. A value that is present but empty
          // ends the search.
          value = value >= 0 ? value + 1 : value === EMPTY_VALUE ? EMPTY_VALUE : NO_VALUE;
          known[index] = value;
        }
        if (memo.words.size > 0) rows.noValues += memo.words.get(index) ?? 0;
        if (value > 0) {
          out[k] = value - 1;
          if (requested) this.#filled.requested[k] = 1;
        } else if (value === EMPTY_VALUE) out[k] = EMPTY_VALUE;
      }
    }
    for (let k = 0; k < count; k++) if (out[k] === EMPTY_VALUE) out[k] = NO_VALUE;
  }

  /** Texts put together, which hardly ever come twice. */
  #joined(field: CompiledField, origin: JoinedOrigin, out: Int32Array, values: ValueColumn, rows: Rows): void {
    for (let k = 0; k < rows.count; k++) {
      if (out[k] !== NO_VALUE) continue;
      const whole = joinedText(rows, rows.keep[k] as number, origin, this.#plan);
      const text = field.match && whole !== undefined ? field.match.first(whole) : whole;
      if (text !== undefined && text !== "")
        out[k] = values.text(wholeOf(field.plan.field, { text, json: false }, text));
    }
  }

  /**
   * Puts a column's plain values straight into its dictionary: text as it is, paths, addresses, and lists of people, which hardly ever
   * come twice. Values that need unescaping go through `memo`. The loop is written out: its plain form for each row is
   * `out[k] = values.text(what the field makes of the span's text)`.
   */
  #direct(
    field: CompiledField,
    { origin, raw, memo }: FieldStep,
    out: Int32Array,
    values: ValueColumn,
    rows: Rows,
  ): void {
    const { u8, view, spans, stride, keep, count, broken, words } = rows;
    const slot = (origin as { input: number }).input * 2;
    const isPath = field.plan.field === "path";
    const isAddress = field.plan.field === "ip";
    const column = raw as RawColumn;
    column.begin(rows);
    for (let k = 0; k < count; k++) {
      if (out[k] !== NO_VALUE) continue;
      const at = (keep[k] as number) * stride + slot;
      const start = spans[at] as number;
      if (start < 0) continue;
      const packed = spans[at + 1] as number;
      let end = packed & END_MASK;
      if (words >= 0 && end - start <= MAX_NO_VALUE_LENGTH && isNoValue(u8, start, end, words)) {
        rows.noValues++;
        continue;
      }
      if (packed >>> KIND_SHIFT === PLAIN && !broken) {
        if (field.isList) {
          const length = this.#list.write(u8, start, end);
          if (length > 0) {
            out[k] = values.bytes(this.#list.bytes, this.#list.view, 0, length);
            continue;
          }
        } else if (isAddress) {
          // Digits and dots have no port, brackets or list behind them.
          let i = start;
          while (i < end && (((u8[i] as number) - DIGIT_ZERO) >>> 0 <= 9 || u8[i] === DOT)) i++;
          if (i === end) {
            out[k] = values.bytes(u8, view, start, end);
            continue;
          }
        } else if (!isPath) {
          out[k] = values.bytes(u8, view, start, end);
          continue;
        } else if (u8[start] === SLASH) {
          let pathEnd = start + 1;
          while (pathEnd < end && u8[pathEnd] !== QUESTION && u8[pathEnd] !== HASH) pathEnd++;
          end = pathEnd;
          out[k] = values.bytes(u8, view, start, end);
          continue;
        }
      }
      if (field.isList && packed >>> KIND_SHIFT === STRUCTURE && isPlainArray(u8, start, end)) {
        out[k] = values.bytes(u8, view, start, end);
        continue;
      }
      const index = column.one(rows, start, packed);
      memo.fit(column.dictionary.size, column.dictionary.generation, values.dictionary.generation);
      let value = memo.values[index] as number;
      if (value === 0) {
        value = this.#valueOf(field, values, column, index, rows, origin, memo);
        value = value >= 0 ? value + 1 : value;
        memo.values[index] = value;
      }
      if (memo.words.size > 0) rows.noValues += memo.words.get(index) ?? 0;
      if (value > 0) out[k] = value - 1;
      else if (value === EMPTY_VALUE) out[k] = EMPTY_VALUE;
    }
  }

  /** Dictionary numbers of an event field that is filled already. Undefined for fields that are not text. */
  #indexesOf(field: MappedField, count: number): Int32Array | undefined {
    return isEncoded(field) ? this.#filled.indexes[field].subarray(0, count) : undefined;
  }

  /** One distinct value: its number in the column, NOTHING (absent) or VOID. */
  #valueOf(
    field: CompiledField,
    values: ValueColumn,
    raw: RawColumn | undefined,
    index: number,
    rows: Rows,
    origin: Origin,
    memo: ValueMemo,
  ): number {
    if (
      raw &&
      raw.dictionary.tagOf(index) === PLAIN &&
      origin.kind === "input" &&
      origin.rest.length === 0 &&
      !rows.broken
    ) {
      const bytes = raw.dictionary.bytesOf(index);
      if (field.asIs)
        return values.bytes(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length);
      if (field.isList && !field.match && field.plan.split === undefined) {
        const length = this.#list.write(bytes, 0, bytes.length);
        if (length > 0) return values.bytes(this.#list.bytes, this.#list.view, 0, length);
      }
    }
    const found: FoundValue | undefined = raw
      ? raw.found(index)
      : { text: this.#columns[(origin as { field: EncodedColumn }).field].textOf(index), json: false };
    // An object or a list is no text: the next origin is asked.
    if (!found || (found.json && !field.isList && !field.match)) return NO_VALUE;
    const text = field.match ? field.match.first(found.text) : found.text;
    if (found.json && !field.isList && text === found.text) return NO_VALUE;
    if (text === undefined || text === "") return EMPTY_VALUE;
    if (field.isList) {
      const list = listOf(field.match ? { text, json: false } : found, field.plan.split, rows.words >= 0);
      if (!list) return NO_VALUE;
      if (list.noValues > 0) memo.words.set(index, list.noValues);
      return list.text === undefined ? NO_VALUE : values.text(list.text);
    }
    const whole = wholeOf(field.plan.field, field.match ? { text, json: false } : found, text);
    return whole === "" ? EMPTY_VALUE : values.text(whole);
  }

  /** Read from the request itself: a path or parameter. */
  #isRequest(origin: Origin): boolean {
    if (this.#plan.fieldsAre) return this.#plan.fieldsAre === "requested";
    if (origin.kind === "query") return true;
    if (origin.kind === "field") return origin.field === "path";
    if (origin.kind === "joined") return false;
    const path = this.#plan.fields.find(({ field }) => field === "path");
    return path?.origins.some((other) => other.kind === "input" && other.input === origin.input) ?? false;
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
      const indexes = raw ? raw.read(rows) : this.#indexesOf((origin as { field: MappedField }).field, rows.count);
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

import { isUtf8 } from "node:buffer";
import {
  ENCODED_COLUMNS,
  type EncodedColumn,
  FLAG,
  type MappedField,
  type NumberColumn,
  OUTCOMES,
} from "../../../shared/model/event.ts";
import { compilePattern, type Pattern } from "../mapping/patterns.ts";
import type { FieldPlan, Origin, Plan } from "../mapping/plan.ts";
import { isEncoded } from "../mapping/plan.ts";
import { durationUnit } from "../mapping/units.ts";
import {
  BAD,
  type BatchInfo,
  BROKEN,
  CLOCK,
  type Day,
  END,
  END_MASK,
  KIND_SHIFT,
  LENGTH,
  LINE,
  LINES,
  OFFSET,
  PLAIN,
  RECORD_INTS,
  type Slot,
  START,
  STRUCTURE,
} from "../read/batch.ts";
import type { DatePuzzle } from "../time/date-order.ts";
import { type InstantState, Instants } from "../time/instants.ts";
import { TimeReader } from "../time/time-reader.ts";
import { Zone } from "../time/zone.ts";
import { ColumnBuffers, NO_OUTCOME, NO_VALUE } from "./column-buffers.ts";
import { DefaultFields } from "./default-fields.ts";
import { type EncodedBatch, eachEncoded, eachNumber, type LineLedger, type Rejected } from "./encoded-batch.ts";
import { addLines } from "./line-count.ts";
import { MappingRules } from "./mapping-rules.ts";
import { isPlainArray, PlainList } from "./plain-list.ts";
import { RawColumn, type RecordOrigin, type Rows, spanText } from "./raw-column.ts";
import { RequestColumn } from "./request-id-column.ts";
import { type KnownTexts, ValueColumn } from "./text-column.ts";
import { ValueMemo } from "./value-memo.ts";
import { type FoundValue, isWhole, listOf, numberOf, outcomeSaid, pathOnly, shifted } from "./values.ts";

/** Present, but it comes to nothing: no further origin is tried. */
const EMPTY_VALUE = -2;
const SLASH = 47;
const QUESTION = 63;
const HASH = 35;
const REQUESTED = Buffer.from("requested");

/** What a coder needs to go on where another stopped. */
export interface EncoderStart {
  readonly known: Readonly<Record<EncodedColumn, KnownTexts>>;
  readonly ledger: LineLedger;
  readonly instants: InstantState;
}

interface Step {
  readonly origin: Origin;
  readonly raw?: RawColumn;
  readonly memo: ValueMemo;
  /** Plain values go into the column's dictionary as they are, without a number of their own. */
  readonly direct?: true;
}

interface Field {
  readonly plan: FieldPlan;
  readonly steps: Step[];
  readonly match?: Pattern;
  /** Nothing is done to a plain value: its bytes are the field. */
  readonly asIs: boolean;
  readonly isList: boolean;
}

/** Turns a batch of spans into the columns of `event_row`, one column after the other. One a source. */
export class Encoder {
  readonly #plan: Plan;
  readonly #fields: Field[];
  readonly #columns: Record<EncodedColumn, ValueColumn>;
  readonly #rules: MappingRules;
  readonly #time: TimeReader;
  readonly #instants: Instants;
  readonly #ledger: LineLedger;
  readonly #request: RequestColumn;
  readonly #filled = new ColumnBuffers();
  readonly #defaults: DefaultFields;
  readonly #list = new PlainList();
  #rows: Rows | undefined;

  constructor(plan: Plan, start: EncoderStart) {
    this.#plan = plan;
    this.#ledger = { ...start.ledger };
    this.#instants = new Instants(new Zone(plan.timezone), { ...start.instants });
    this.#columns = eachEncoded((column) => new ValueColumn(column, start.known[column]));
    const rawColumns = new Map<string, RawColumn>();
    this.#fields = plan.fields.map((field) => this.#field(field, rawColumns));
    this.#time = new TimeReader(plan.fields.find(({ field }) => field === "time")?.parse, (month, day, first) =>
      this.#instants.yearOf(month, day, first),
    );
    this.#request = new RequestColumn();
    this.#rules = new MappingRules(
      plan.rules,
      (origin) => this.#raw(origin, false, rawColumns),
      this.#columns,
      this.#filled,
    );
    this.#defaults = new DefaultFields(this.#columns);
  }

  #raw(origin: RecordOrigin, dropQuery: boolean, rawColumns: Map<string, RawColumn>): RawColumn {
    const key = JSON.stringify([origin, dropQuery]);
    const raw = rawColumns.get(key) ?? new RawColumn(origin, this.#plan, dropQuery);
    rawColumns.set(key, raw);
    return raw;
  }

  /** What the times met so far leave open. */
  get dates(): DatePuzzle {
    return this.#time.puzzle;
  }

  #field(plan: FieldPlan, rawColumns: Map<string, RawColumn>): Field {
    const steps = plan.origins.map((origin): Step => {
      if (origin.kind === "field") return { origin, memo: new ValueMemo() };
      const dropQuery = plan.field === "path" && !plan.match;
      const isWhole = origin.kind === "input" && origin.rest.length === 0 && !plan.match && plan.split === undefined;
      if (isWhole && isEncoded(plan.field) && plan.field !== "fields") {
        return { origin, raw: new RawColumn(origin, this.#plan, false), memo: new ValueMemo(), direct: true };
      }
      return { origin, raw: this.#raw(origin, dropQuery, rawColumns), memo: new ValueMemo() };
    });
    const isList = plan.field === "fields" || plan.field === "subjects";
    return {
      plan,
      steps,
      isList,
      asIs: !plan.match && !isList && plan.field !== "path",
      ...(plan.match !== undefined && { match: compilePattern(plan.match) }),
    };
  }

  /** The batch in this slot as rows, rejects and new dictionary values. */
  encode(slot: Slot, info: BatchInfo): EncodedBatch {
    const rows = this.#begin(slot, info);
    const rejects: Rejected[] = [];
    const time = new Float64Array(info.rows);
    const flags = new Uint8Array(info.rows);
    this.#times(rows, info, time, flags, rejects);
    const count = rows.count;
    for (const column of ENCODED_COLUMNS) this.#columns[column].forgetIfFull();
    this.#filled.clear(count);
    for (const field of this.#fields) {
      const name = field.plan.field;
      if (isEncoded(name)) this.#text(field, name, rows);
      else if (name === "outcome") this.#outcomes(field, rows);
      else if (name === "request_id") this.#request.read(field.plan, field.match, rows, this.#plan);
      else if (name !== "time") this.#number(field, name, rows);
    }
    this.#rules.apply(rows);
    this.#defaults.apply(this.#filled, count);
    return this.#finish(rows, info, time, flags, rejects);
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
    };
    return this.#rows;
  }

  /** Times first: a record without one is no event. Keeps the ledger of lines on the way, in the order of the file. */
  #times(rows: Rows, info: BatchInfo, time: Float64Array, flags: Uint8Array, rejects: Rejected[]): void {
    const { records, keep } = rows;
    const field = this.#fields.find(({ plan }) => plan.field === "time") as Field;
    const noColumn = field.steps.length === 0 && field.plan.value === undefined;
    for (let row = 0; row < info.rows; row++) {
      const at = row * RECORD_INTS;
      const line = info.line + (records[at + LINE] as number);
      const lines = records[at + LINES] as number;
      const bad = records[at + BAD] as number;
      let reason = bad > 0 ? (info.reasons[bad - 1] as string) : noColumn ? "no column is a time" : "";
      if (reason === "") {
        reason = this.#timeOf(field, rows, row, info.days);
        if (reason === "") {
          const instant = this.#instants.resolve(this.#time.local, this.#time.offset);
          if (Number.isNaN(instant)) reason = `no such local time in ${this.#plan.timezone}: clocks were put forward`;
          else {
            time[rows.count] = instant;
            flags[rows.count] = this.#instants.twice ? FLAG.ambiguousTime : 0;
            keep[rows.count++] = row;
          }
        }
      }
      addLines(this.#ledger, line, lines, reason === "");
      if (reason !== "")
        rejects.push({
          line,
          lines,
          offset: info.offset + (records[at + OFFSET] as number),
          length: records[at + LENGTH] as number,
          reason,
        });
    }
  }

  /** Sets the time reader; "" or why the record has no time. */
  #timeOf({ plan, steps, match }: Field, rows: Rows, row: number, days: readonly Day[]): string {
    for (const { origin } of steps) {
      if (origin.kind === "field") continue;
      const at = row * rows.stride + origin.input * 2;
      const start = rows.spans[at] as number;
      if (start < 0) continue;
      const packed = rows.spans[at + 1] as number;
      const end = packed & END_MASK;
      if (packed >>> KIND_SHIFT === PLAIN && origin.rest.length === 0 && !match && origin.kind === "input") {
        return this.#time.read(rows.u8, rows.view, start, end) || this.#withDay(plan, rows, row, start, end)
          ? ""
          : unreadable(Buffer.from(rows.u8.buffer, start, end - start).toString("utf8"));
      }
      const found = spanText(rows, row, origin, this.#plan);
      if (!found) continue;
      if (packed >>> KIND_SHIFT === CLOCK) return this.#clockOf(found.text, row, days);
      const text = match ? match.first(found.text) : found.text;
      return text !== undefined && this.#time.readText(text) ? "" : unreadable(text ?? found.text);
    }
    if (plan.value !== undefined) return this.#time.readText(plan.value) ? "" : unreadable(plan.value);
    return "the record has no time";
  }

  /** A clock time whose date stands in another column of the record. */
  #withDay({ day }: FieldPlan, rows: Rows, row: number, start: number, end: number): boolean {
    if (day === undefined) return false;
    const date = spanText(rows, row, { kind: "input", input: day, rest: [] }, this.#plan)?.text;
    const clock = Buffer.from(rows.u8.buffer, start, end - start).toString("latin1");
    return date !== undefined && /^\s*\d\d?:/u.test(clock) && this.#time.readText(`${date} ${clock}`);
  }

  #clockOf(clock: string, row: number, days: readonly Day[]): string {
    const day = days.findLast((known) => known.row <= row);
    if (!day || day.date === "") return `a time of day without a date: "${clock}"`;
    const text = `${day.date} ${clock}${day.zone}`;
    return this.#time.readText(text) ? "" : unreadable(text);
  }

  #text(field: Field, column: EncodedColumn, rows: Rows): void {
    const out = this.#filled.indexes[column];
    const values = this.#columns[column];
    const count = rows.count;
    if (field.plan.value !== undefined) {
      out.fill(
        values.text(
          field.isList ? listOf({ text: field.plan.value, json: false }, field.plan.split) : field.plan.value,
        ),
        0,
        count,
      );
      return;
    }
    for (const step of field.steps) {
      const { origin, raw, memo } = step;
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
          value = this.#valueOf(field, values, raw, index, rows, origin);
          // Absent inside JSON is absent: the next origin is asked. One that is there and comes to nothing is not.
          value = value >= 0 ? value + 1 : value === EMPTY_VALUE ? EMPTY_VALUE : NO_VALUE;
          known[index] = value;
        }
        if (value > 0) {
          out[k] = value - 1;
          if (requested) this.#filled.requested[k] = 1;
        } else if (value === EMPTY_VALUE) out[k] = EMPTY_VALUE;
      }
    }
    for (let k = 0; k < count; k++) if (out[k] === EMPTY_VALUE) out[k] = NO_VALUE;
  }

  /**
   * A column's plain values straight into its dictionary: for text that is taken as it is, for paths, and for lists of
   * people, which hardly ever come twice. What needs unescaping goes the remembered way.
   */
  #direct(field: Field, { origin, raw, memo }: Step, out: Int32Array, values: ValueColumn, rows: Rows): void {
    const { u8, view, spans, stride, keep, count, broken } = rows;
    const slot = (origin as { input: number }).input * 2;
    const isPath = field.plan.field === "path";
    const column = raw as RawColumn;
    column.begin(rows);
    for (let k = 0; k < count; k++) {
      if (out[k] !== NO_VALUE) continue;
      const at = (keep[k] as number) * stride + slot;
      const start = spans[at] as number;
      if (start < 0) continue;
      const packed = spans[at + 1] as number;
      let end = packed & END_MASK;
      if (packed >>> KIND_SHIFT === PLAIN && !broken) {
        if (field.isList) {
          const length = this.#list.write(u8, start, end);
          if (length > 0) {
            out[k] = values.bytes(this.#list.bytes, this.#list.view, 0, length);
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
        value = this.#valueOf(field, values, column, index, rows, origin);
        value = value >= 0 ? value + 1 : value;
        memo.values[index] = value;
      }
      if (value > 0) out[k] = value - 1;
      else if (value === EMPTY_VALUE) out[k] = EMPTY_VALUE;
    }
  }

  /** Codes of an event field already filled, as a column of its own; undefined for fields that are not text. */
  #indexesOf(field: MappedField, count: number): Int32Array | undefined {
    return isEncoded(field) ? this.#filled.indexes[field].subarray(0, count) : undefined;
  }

  /** One distinct value: its number in the column, NOTHING (absent) or VOID. */
  #valueOf(
    field: Field,
    values: ValueColumn,
    raw: RawColumn | undefined,
    index: number,
    rows: Rows,
    origin: Origin,
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
    if (!found) return NO_VALUE;
    const text = field.match ? field.match.first(found.text) : found.text;
    if (text === undefined || text === "") return EMPTY_VALUE;
    if (field.isList) return values.text(listOf(field.match ? { text, json: false } : found, field.plan.split));
    const whole = field.plan.field === "path" ? pathOnly(text) : text;
    return whole === "" ? EMPTY_VALUE : values.text(whole);
  }

  /** Read from the request itself: a path or parameter. */
  #isRequest(origin: Origin): boolean {
    if (this.#plan.fieldsAre) return this.#plan.fieldsAre === "requested";
    if (origin.kind === "query") return true;
    if (origin.kind === "field") return origin.field === "path";
    const path = this.#plan.fields.find(({ field }) => field === "path");
    return path?.origins.some((other) => other.kind === "input" && other.input === origin.input) ?? false;
  }

  /** The record's own word counts, unless the mapping says it for all: events that Exhibit wrote say it themselves. */
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

  #number(field: Field, name: MappedField, rows: Rows): void {
    const out = this.#filled.numbers[name as NumberColumn];
    const whole = isWhole(name);
    const unit = name === "duration_ms" ? (durationUnit(field.plan.parse ?? "ms") ?? 0) : 0;
    const { count, keep, spans, stride, u8 } = rows;
    if (field.plan.value !== undefined) {
      out.fill(numberOf(field.plan.value, whole), 0, count);
      return;
    }
    const done = field.steps.length > 1 ? new Uint8Array(count) : undefined;
    for (const { origin } of field.steps) {
      if (origin.kind === "field") {
        this.#numberFromField(field, origin.field, out, done, whole, count);
        continue;
      }
      for (let k = 0; k < count; k++) {
        if (done && done[k] === 1) continue;
        const at = (keep[k] as number) * stride + origin.input * 2;
        const start = spans[at] as number;
        if (start < 0) continue;
        const packed = spans[at + 1] as number;
        const end = packed & END_MASK;
        let value = Number.NaN;
        if (
          packed >>> KIND_SHIFT === PLAIN &&
          origin.kind === "input" &&
          origin.rest.length === 0 &&
          !field.match &&
          end - start <= 15
        ) {
          value = 0;
          for (let i = start; i < end; i++) {
            const digit = (u8[i] as number) - 48;
            if (digit >>> 0 > 9) {
              value = Number.NaN;
              break;
            }
            value = value * 10 + digit;
          }
        }
        if (Number.isNaN(value)) {
          const found = spanText(rows, keep[k] as number, origin, this.#plan);
          if (!found) continue;
          value = numberOf(field.match ? (field.match.first(found.text) ?? "") : found.text, whole);
        }
        out[k] = unit === 0 ? value : shifted(value, unit);
        if (done) done[k] = 1;
      }
    }
  }

  #numberFromField(
    field: Field,
    from: MappedField,
    out: Float64Array,
    done: Uint8Array | undefined,
    whole: boolean,
    count: number,
  ): void {
    if (!isEncoded(from)) return;
    for (let k = 0; k < count; k++) {
      const index = this.#filled.indexes[from][k] as number;
      if (index < 0 || done?.[k] === 1) continue;
      const text = this.#columns[from].textOf(index);
      out[k] = numberOf(field.match ? (field.match.first(text) ?? "") : text, whole);
      if (done) done[k] = 1;
    }
  }

  #outcomes(field: Field, rows: Rows): void {
    const said = (text: string | undefined) => (text === undefined ? undefined : outcomeSaid(text));
    const word = said(field.plan.value);
    if (word) this.#filled.outcome.fill(OUTCOMES.indexOf(word), 0, rows.count);
    for (const { origin, raw, memo } of field.steps) {
      const indexes = raw ? raw.read(rows) : this.#indexesOf((origin as { field: MappedField }).field, rows.count);
      if (!indexes) continue;
      const source = raw ? raw.dictionary : this.#columns[(origin as { field: EncodedColumn }).field].dictionary;
      memo.fit(source.size, source.generation);
      for (let k = 0; k < rows.count; k++) {
        const index = indexes[k] as number;
        if (index < 0 || this.#filled.outcome[k] !== NO_OUTCOME) continue;
        let value = memo.values[index] as number;
        if (value === 0) {
          const text = raw ? raw.found(index)?.text : source.textOf(index);
          const outcome = said(field.match && text !== undefined ? field.match.first(text) : text);
          value = outcome ? OUTCOMES.indexOf(outcome) + 1 : NO_VALUE;
          memo.values[index] = value;
        }
        if (value > 0) this.#filled.outcome[k] = value - 1;
      }
    }
  }

  #finish(rows: Rows, info: BatchInfo, time: Float64Array, flags: Uint8Array, rejects: Rejected[]): EncodedBatch {
    const { count, keep, records, u8 } = rows;
    const line = new Float64Array(count);
    const offset = new Float64Array(count);
    const length = new Int32Array(count);
    const fields = this.#filled.indexes.fields;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    let ambiguous = 0;
    let broken = 0;
    for (let k = 0; k < count; k++) {
      const at = (keep[k] as number) * RECORD_INTS;
      line[k] = info.line + (records[at + LINE] as number);
      offset[k] = info.offset + (records[at + OFFSET] as number);
      length[k] = records[at + LENGTH] as number;
      const t = time[k] as number;
      if (t < first) first = t;
      if (t > last) last = t;
      let flag = flags[k] as number;
      if (flag !== 0) ambiguous++;
      if (fields[k] !== NO_VALUE && this.#areRequested(rows, k)) flag |= FLAG.requested;
      if (records[at + BROKEN] === 1 || (rows.broken && !isUtf8(u8.subarray(records[at + START], records[at + END])))) {
        flag |= FLAG.brokenText;
        broken++;
      }
      flags[k] = flag;
    }
    return {
      rows: count,
      line,
      offset,
      length,
      time: time.slice(0, count),
      ids: eachEncoded((column) => this.#columns[column].toIds(this.#filled.indexes[column], count)),
      numbers: eachNumber((column) => this.#filled.numbers[column].slice(0, count)),
      outcome: this.#filled.outcome.slice(0, count),
      flags: flags.slice(0, count),
      request: this.#request.finish(count),
      texts: Object.fromEntries(
        ENCODED_COLUMNS.flatMap((column) => {
          const texts = this.#columns[column].newTexts();
          return texts ? [[column, texts] as const] : [];
        }),
      ),
      rejects,
      ledger: { ...this.#ledger },
      instants: { ...this.#instants.state },
      ambiguous,
      broken,
      first,
      last,
    };
  }
}

const unreadable = (text: string) =>
  `not a time that can be read: "${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

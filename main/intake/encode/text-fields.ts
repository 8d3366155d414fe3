import type { EncodedColumn, MappedField } from "../../../shared/model/event.ts";
import { isEncoded, type JoinedOrigin, type Origin, type Plan } from "../mapping/plan.ts";
import { END_MASK, KIND_SHIFT, PLAIN, STRUCTURE } from "../read/batch.ts";
import { type ColumnBuffers, NO_VALUE } from "./column-buffers.ts";
import type { CompiledField, FieldStep } from "./compiled-field.ts";
import { ADDRESS, AS_IS, LIST, PATH } from "./dictionary/kernel.ts";
import { KernelDictionary } from "./dictionary/kernel-dictionary.ts";
import { isNoValue, MAX_NO_VALUE_LENGTH } from "./no-values.ts";
import { isPlainArray, PlainList } from "./plain-list.ts";
import { joinedText, type RawColumn, type Rows } from "./raw-column.ts";
import type { ValueColumn } from "./text-column.ts";
import type { ValueMemo } from "./value-memo.ts";
import { type FoundValue, listOf, wholeOf } from "./values.ts";

/** Present but empty: no further origin is tried. */
const EMPTY_VALUE = -2;
const DOT = 46;
const SLASH = 47;
const DIGIT_ZERO = 48;
const QUESTION = 63;
const HASH = 35;

/** Fills the text columns of a batch: each value gets its number in the column's dictionary. */
export class TextFields {
  readonly #plan: Plan;
  readonly #columns: Readonly<Record<EncodedColumn, ValueColumn>>;
  readonly #filled: ColumnBuffers;
  readonly #list = new PlainList();

  constructor(plan: Plan, columns: Readonly<Record<EncodedColumn, ValueColumn>>, filled: ColumnBuffers) {
    this.#plan = plan;
    this.#columns = columns;
    this.#filled = filled;
  }

  /** Fills a field's column of the batch. */
  fill(field: CompiledField, column: EncodedColumn, rows: Rows): void {
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
      const indexes = raw ? raw.read(rows) : this.indexesOf((origin as { field: MappedField }).field, count);
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
   * `out[k] = values.text(what the field makes of the span's text)`. The kernel does the same, and leaves it here where a value
   * is not plain.
   */
  #direct(field: CompiledField, step: FieldStep, out: Int32Array, values: ValueColumn, rows: Rows): void {
    const { origin, raw, memo } = step;
    const { u8, view, spans, stride, keep, count, broken, words } = rows;
    const slot = (origin as { input: number }).input * 2;
    const isPath = field.plan.field === "path";
    const isAddress = field.plan.field === "ip";
    const column = raw as RawColumn;
    column.begin(rows);
    const kernel = step === field.steps[0] && values.dictionary instanceof KernelDictionary ? rows.kernel : undefined;
    const how = field.isList ? LIST : isPath ? PATH : isAddress ? ADDRESS : AS_IS;
    for (let k = 0; k < count; k++) {
      if (kernel) {
        k = kernel.direct((values.dictionary as KernelDictionary).at, slot >> 1, how, k, out);
        if (k === count) break;
      } else if (out[k] !== NO_VALUE) continue;
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
  indexesOf(field: MappedField, count: number): Int32Array | undefined {
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
}

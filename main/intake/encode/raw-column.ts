import type { JoinedOrigin, Origin, Plan } from "../mapping/plan.ts";
import { END_MASK, KIND_SHIFT, PLAIN } from "../read/batch.ts";
import { ByteDictionary, type Dictionary } from "./dictionary/byte-dictionary.ts";
import type { Kernel } from "./dictionary/kernel.ts";
import { KernelDictionary } from "./dictionary/kernel-dictionary.ts";
import { isNoValue, MAX_NO_VALUE_LENGTH } from "./no-values.ts";
import { decodeSpan, type FoundValue, parameter } from "./values.ts";

/** The rows of one batch that become events, and the memory their spans lie in. */
export interface Rows {
  readonly u8: Uint8Array;
  readonly view: DataView;
  readonly spans: Int32Array;
  readonly records: Int32Array;
  /** Spans a row: two an input. */
  readonly stride: number;
  /** Numbers of the rows that are kept: the first `count` entries. */
  readonly keep: Int32Array;
  count: number;
  /** Some bytes are not valid UTF-8: values go through text, which puts U+FFFD. */
  broken: boolean;
  /** Grows with each batch. */
  batch: number;
  /** The byte that makes a word for no value a text; -1: absent values are written otherwise, as in JSON. */
  readonly words: number;
  /** Words for no value that were met. */
  noValues: number;
  /** Has the batch too, and does its columns one call each. Absent: they are done here. */
  kernel: Kernel | undefined;
}

/** Distinct raw values remembered for one origin before all are forgotten. */
const MAX_VALUES = 300_000;
const MAX_BYTES = 16 << 20;
const EQUALS = 61;
const AND = 38;
const HASH = 35;
const QUESTION = 63;
const PERCENT = 37;
const PLUS = 43;

export type RecordOrigin = Exclude<Origin, { kind: "field" | "joined" }>;

/**
 * Dictionary encoding of one origin in the record: equal raw values get one number. Unescaping, JSON and patterns then run
 * once a distinct value.
 */
export class RawColumn {
  readonly dictionary: Dictionary;
  /** By kept row: the raw value's number, -1 absent. Filled by `read`. */
  indexes = new Int32Array(0);
  readonly #origin: RecordOrigin;
  readonly #path: readonly string[];
  /** The URL's query is dropped before anything else: paths repeat, queries do not. */
  readonly #dropQuery: boolean;
  readonly #name: Uint8Array;
  #batch = -1;

  constructor(origin: RecordOrigin, plan: Plan, dropQuery: boolean, kernel?: Kernel) {
    this.dictionary = kernel ? new KernelDictionary(kernel) : new ByteDictionary();
    this.#origin = origin;
    this.#dropQuery = dropQuery;
    const input = plan.inputs[origin.input];
    this.#path = input?.kind === "path" ? input.path : [];
    this.#name = Buffer.from(origin.kind === "query" ? origin.name : "");
  }

  /**
   * Forgets all values when there are too many. Only between batches, because numbers then start at 0 again. True the
   * first time in a batch.
   */
  begin(rows: Rows): boolean {
    if (this.#batch === rows.batch) return false;
    this.#batch = rows.batch;
    if (this.dictionary.size > MAX_VALUES || this.dictionary.bytes > MAX_BYTES) this.dictionary.clear();
    return true;
  }

  /** All rows of a batch. A raw column is read either so or row by row (`one`), by all that share it. */
  read(rows: Rows): Int32Array {
    if (!this.begin(rows)) return this.indexes;
    if (this.indexes.length < rows.count) this.indexes = new Int32Array(Math.max(rows.count, rows.keep.length));
    const isPath = this.#dropQuery && this.#origin.rest.length === 0;
    if (this.#origin.kind === "query") this.#readQuery(rows);
    else if (rows.kernel && this.dictionary instanceof KernelDictionary)
      rows.kernel.whole(this.dictionary.at, this.#origin.input, isPath, this.indexes);
    else if (isPath) this.#readPath(rows);
    else this.#readWhole(rows);
    return this.indexes;
  }

  /** Gives the kernel's memory back. */
  close(): void {
    if (this.dictionary instanceof KernelDictionary) this.dictionary.close();
  }

  /** One row's raw value, which is there. */
  one({ u8, view }: Rows, start: number, packed: number): number {
    return this.dictionary.add(u8, view, start, packed & END_MASK, packed >>> KIND_SHIFT);
  }

  #readWhole(rows: Rows): void {
    const { u8, view, spans, stride, keep, count, words } = rows;
    const { indexes, dictionary } = this;
    const slot = this.#origin.input * 2;
    for (let k = 0; k < count; k++) {
      const at = (keep[k] as number) * stride + slot;
      const start = spans[at] as number;
      const packed = spans[at + 1] as number;
      const end = packed & END_MASK;
      if (start < 0) indexes[k] = -1;
      else if (words >= 0 && end - start <= MAX_NO_VALUE_LENGTH && isNoValue(u8, start, end, words)) {
        indexes[k] = -1;
        rows.noValues++;
      } else indexes[k] = dictionary.add(u8, view, start, end, packed >>> KIND_SHIFT);
    }
  }

  #readPath(rows: Rows): void {
    const { u8, view, spans, stride, keep, count, words } = rows;
    const { indexes, dictionary } = this;
    const slot = this.#origin.input * 2;
    for (let k = 0; k < count; k++) {
      const at = (keep[k] as number) * stride + slot;
      const start = spans[at] as number;
      if (start < 0) {
        indexes[k] = -1;
        continue;
      }
      const packed = spans[at + 1] as number;
      const end = packed & END_MASK;
      if (words >= 0 && end - start <= MAX_NO_VALUE_LENGTH && isNoValue(u8, start, end, words)) {
        indexes[k] = -1;
        rows.noValues++;
        continue;
      }
      let pathEnd = start;
      while (pathEnd < end && u8[pathEnd] !== QUESTION && u8[pathEnd] !== HASH) pathEnd++;
      indexes[k] = dictionary.add(u8, view, start, pathEnd, packed >>> KIND_SHIFT);
    }
  }

  #readQuery({ u8, view, spans, stride, keep, count }: Rows): void {
    const { indexes, dictionary } = this;
    const slot = this.#origin.input * 2;
    for (let k = 0; k < count; k++) {
      const at = (keep[k] as number) * stride + slot;
      const start = spans[at] as number;
      indexes[k] = -1;
      if (start < 0) continue;
      const packed = spans[at + 1] as number;
      const end = packed & END_MASK;
      const kind = packed >>> KIND_SHIFT;
      if (kind !== PLAIN || this.#origin.rest.length > 0) indexes[k] = dictionary.add(u8, view, start, end, kind);
      else indexes[k] = this.#parameter(u8, view, start, end);
    }
  }

  /** The value of the parameter in a plain URL, its own bytes alone (tag 1), so that equal values of different URLs are one. */
  #parameter(u8: Uint8Array, view: DataView, start: number, end: number): number {
    const name = this.#name;
    let i = start;
    while (i < end && u8[i] !== QUESTION) i++;
    i++;
    while (i < end && u8[i - 1] !== HASH) {
      const key = i;
      let encoded = false;
      while (i < end && u8[i] !== EQUALS && u8[i] !== AND && u8[i] !== HASH) {
        if (u8[i] === PERCENT || u8[i] === PLUS) encoded = true;
        i++;
      }
      // A name written with escapes is compared as text, with the whole URL.
      if (encoded) return this.dictionary.add(u8, view, start, end, PLAIN);
      const keyEnd = i;
      let value = i;
      if (u8[i] === EQUALS && i < end) {
        value = ++i;
        while (i < end && u8[i] !== AND && u8[i] !== HASH) i++;
      }
      let same = keyEnd - key === name.length;
      for (let n = 0; same && n < name.length; n++) same = u8[key + n] === name[n];
      if (same) return value < i ? this.dictionary.add(u8, view, value, i, 1) : -1;
      if (u8[i] === HASH) return -1;
      i++;
    }
    return -1;
  }

  /** What a number stands for. */
  found(index: number): FoundValue | undefined {
    const raw = this.dictionary.textOf(index);
    const kind = this.dictionary.tagOf(index);
    if (this.#origin.kind !== "query") return decodeSpan(raw, kind, this.#path, this.#origin.rest);
    if (kind === 1) return asFound(parameter(`?v=${raw}`, "v"));
    const url = decodeSpan(raw, kind, this.#path, this.#origin.rest);
    return url && asFound(parameter(url.text, this.#origin.name));
  }
}

const asFound = (text: string | undefined): FoundValue | undefined => (text ? { text, json: false } : undefined);

/** A word for no value, which is counted. */
export function isWord(rows: Rows, start: number, end: number): boolean {
  const { u8, words } = rows;
  if (words < 0 || end - start > MAX_NO_VALUE_LENGTH || !isNoValue(u8, start, end, words)) return false;
  rows.noValues++;
  return true;
}

/** A text put together from several places of a record; undefined where one of them is absent or no text. */
export function joinedText(rows: Rows, row: number, { pieces }: JoinedOrigin, plan: Plan): string | undefined {
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else {
      const found = spanText(rows, row, { kind: "input", ...piece }, plan);
      if (!found || found.json) return undefined;
      text += found.text;
    }
  }
  return text;
}

/** Text of a record's span, for values that are not worth remembering. */
export function spanText(rows: Rows, row: number, origin: RecordOrigin, plan: Plan): FoundValue | undefined {
  const at = row * rows.stride + origin.input * 2;
  const start = rows.spans[at] as number;
  if (start < 0) return undefined;
  const packed = rows.spans[at + 1] as number;
  if (isWord(rows, start, packed & END_MASK)) return undefined;
  const raw = Buffer.from(rows.u8.buffer, rows.u8.byteOffset + start, (packed & END_MASK) - start).toString("utf8");
  const input = plan.inputs[origin.input];
  const found = decodeSpan(raw, packed >>> KIND_SHIFT, input?.kind === "path" ? input.path : [], origin.rest);
  return found && origin.kind === "query" ? asFound(parameter(found.text, origin.name)) : found;
}

import type { Plan } from "../mapping/plan.ts";
import { fieldNamed, nameKey } from "../mapping/synonyms.ts";
import { type Batch, CLOCK, DOUBLED, KIND_SHIFT, PLAIN } from "./batch.ts";
import { LineReader } from "./lines.ts";

const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const DASH = 45;

/** What the directives (lines that begin with `#`) have set so far. */
interface Directives {
  names: string[];
  /** The byte between values; 0: tabs where the line has one, else spaces. */
  separator: number;
  /** The day of clock times (`#Date`), and the zone of all times (`#GMT-Offset`). */
  date: string;
  zone: string;
  /** How an absent value is written, besides `-`. */
  unset: string;
  empty: string;
}

/**
 * Lines of values under `#Fields`, which may change in the middle: the W3C extended log format (IIS, CloudFront and
 * others) and Zeek's. A `date` and a `time` column are one time. Without a date the `#Date` above counts.
 */
export class HeadersReader extends LineReader {
  readonly #plan: Plan;
  readonly #times: ReadonlySet<number>;
  #directives: Directives = { names: [], separator: 0, date: "", zone: "", unset: "", empty: "" };
  /** By column: the inputs it feeds. */
  #inputs: number[][] = [];
  /** The columns of the day and of the time that goes with it, -1: none. */
  #dateColumn = -1;
  #clockColumn = -1;
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  constructor(plan: Plan, state?: unknown) {
    super();
    this.#plan = plan;
    const time = plan.fields.find(({ field }) => field === "time");
    this.#times = new Set(time?.origins.flatMap((origin) => (origin.kind === "input" ? [origin.input] : [])));
    if (state) this.#directives = { ...(state as Directives) };
    this.#assignColumns();
  }

  override state(): Directives {
    return { ...this.#directives };
  }

  /** Which column feeds which input, under the names that hold now. */
  #assignColumns(): void {
    const { names } = this.#directives;
    this.#inputs = names.map(() => []);
    this.#plan.inputs.forEach((input, index) => {
      let column = -1;
      if (input.kind === "named") {
        column = names.indexOf(input.name);
        if (column < 0) column = names.findIndex((name) => nameKey(name) === nameKey(input.name));
      } else if (input.kind === "synonyms") {
        const ranked = names
          .map((name) => fieldNamed(name))
          .map((found) => (found?.field === input.field ? found.rank : 99));
        const best = Math.min(...ranked, 99);
        if (best < 99) column = ranked.indexOf(best);
      }
      this.#inputs[column]?.push(index);
    });
    const keys = names.map(nameKey);
    this.#clockColumn = keys.findIndex(
      (key, column) =>
        (key === "time" || key === "time_local") &&
        (this.#inputs[column] ?? []).some((input) => this.#times.has(input)),
    );
    const day = this.#clockColumn < 0 ? "" : (keys[this.#clockColumn] as string).replace("time", "date");
    this.#dateColumn = keys.indexOf(day);
  }

  protected line(batch: Batch, start: number, end: number): string | undefined {
    const { bytes } = batch;
    if (bytes[start] === HASH) {
      this.#directive(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8"));
      return "";
    }
    const { names } = this.#directives;
    if (names.length === 0) return "no #Fields line came before it";
    const count = this.#split(bytes, start, end);
    if (count < 0) return "a quote that opens a value is never closed";
    if (count !== names.length) return `the line has ${count} values, #Fields names ${names.length}`;
    batch.clearRow();
    const base = batch.rows * batch.inputs * 2;
    for (let column = 0; column < count; column++)
      for (const input of this.#inputs[column] as number[])
        if (column !== this.#clockColumn || !this.#times.has(input)) this.#put(batch, base, input, column);
        else this.#clock(batch, base, input, column);
    return undefined;
  }

  #put(batch: Batch, base: number, input: number, column: number): void {
    const { bytes, spans } = batch;
    let from = this.#from[column] as number;
    let to = this.#to[column] as number;
    let kind = PLAIN;
    if (bytes[from] === QUOTE && to - from >= 2 && this.#directives.separator !== TAB) {
      from++;
      to--;
      for (let i = from; i < to; i++) if (bytes[i] === QUOTE) kind = DOUBLED;
    }
    if (to <= from || (to === from + 1 && bytes[from] === DASH)) return;
    const { unset, empty } = this.#directives;
    for (const word of [unset, empty])
      if (
        word !== "" &&
        to - from === word.length &&
        Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).equals(Buffer.from(word))
      )
        return;
    spans[base + input * 2] = from;
    spans[base + input * 2 + 1] = to | (kind << KIND_SHIFT);
  }

  /** A time of day belongs to its date: one span where they stand next to each other, else the batch carries the date (`days`). */
  #clock(batch: Batch, base: number, input: number, column: number): void {
    this.#put(batch, base, input, column);
    const { bytes, spans } = batch;
    const at = base + input * 2;
    const from = spans[at] as number;
    const isClock = from >= 0 && (bytes[from + 2] === 58 || bytes[from + 1] === 58);
    if (!isClock) return;
    const { date, zone } = this.#directives;
    const day = this.#dateColumn;
    if (day === column - 1 && day >= 0 && zone === "" && bytes[this.#from[day] as number] !== QUOTE) {
      spans[at] = this.#from[day] as number;
      return;
    }
    const stated =
      day < 0
        ? date
        : Buffer.from(
            bytes.buffer,
            bytes.byteOffset + (this.#from[day] as number),
            (this.#to[day] as number) - (this.#from[day] as number),
          ).toString("latin1");
    batch.setDay(stated, zone);
    spans[at + 1] = (spans[at + 1] as number) | (CLOCK << KIND_SHIFT);
  }

  /** Splits a line into values. Returns their number, -1 where a quote stays open. */
  #split(bytes: Uint8Array, start: number, end: number): number {
    let separator = this.#directives.separator;
    if (separator === 0) {
      separator = SPACE;
      for (let i = start; i < end; i++) if (bytes[i] === TAB) separator = TAB;
    }
    const runs = separator === SPACE;
    let count = 0;
    let i = start;
    for (;;) {
      if (runs) {
        while (i < end && bytes[i] === SPACE) i++;
        if (i >= end) return count;
      }
      this.#from[count] = i;
      if (bytes[i] === QUOTE && i < end && separator !== TAB) {
        for (i++; ; i++) {
          if (i >= end) return -1;
          if (bytes[i] !== QUOTE) continue;
          if (bytes[i + 1] !== QUOTE || i + 1 >= end) break;
          i++;
        }
        i++;
      }
      while (i < end && bytes[i] !== separator) i++;
      this.#to[count++] = i;
      if (i >= end) return count;
      i++;
    }
  }

  #directive(line: string): void {
    const match = /^#\s*([\w-]+):?[\s,]*(.*)$/su.exec(line);
    const word = match?.[1]?.toLowerCase();
    const directives = this.#directives;
    const rest = match?.[2]?.trimEnd() ?? "";
    const value = rest.charCodeAt(0) === directives.separator ? rest.slice(1) : rest;
    if (word === "separator") directives.separator = separatorOf(value);
    else if (word === "unset_field") directives.unset = value;
    else if (word === "empty_field") directives.empty = value;
    else if (word === "date" || word === "start-date") directives.date = /\d{4}-\d\d-\d\d/u.exec(value)?.[0] ?? "";
    else if (word === "gmt-offset") directives.zone = /[+-]\d\d:?\d\d/u.exec(value)?.[0] ?? "";
    else if (word === "fields") {
      if (directives.separator === 0 && /^[^\s,]+(?:,[^\s,]+)+$/u.test(value)) directives.separator = COMMA;
      const between =
        directives.separator === 0 || directives.separator === SPACE
          ? /\s+/u
          : String.fromCharCode(directives.separator);
      directives.names = value.split(between).map((name) => name.replaceAll(/[\u200B\uFEFF]/gu, ""));
      this.#assignColumns();
    }
  }
}

/** `\x09` or the character itself. */
const separatorOf = (text: string): number => {
  const hex = /^\\x([0-9a-f]{2})$/iu.exec(text);
  return hex ? Number.parseInt(hex[1] as string, 16) : text.charCodeAt(0) || 0;
};

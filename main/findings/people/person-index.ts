import { idKey } from "../../../shared/base/same-id.ts";
import type { Columns } from "../../query/columns/columns.ts";
import { MAX_DIGITS, NumberCodes } from "./number-codes.ts";

const [QUOTE, COMMA, BRACKET, ZERO, NINE] = [0x22, 0x2c, 0x5d, 0x30, 0x39];
const PLAIN_NUMBER = /^(?:0|[1-9][0-9]{0,14})$/u;

/**
 * The people that lists of subjects name: a list's id in `text_subjects` → whole numbers, one a person, from 0. The people of the
 * lists read so far lie in one flat array, list behind list: millions of small arrays would take more memory than all else.
 */
export class PersonIndex {
  readonly #lists: readonly (string | undefined)[];
  /** By list: where its people begin in `members`, -1 where it was not read yet, and where they end. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #members = new Uint32Array(1024);
  #end = 0;
  /** The lists in the order in which they were read. */
  readonly #order: Uint32Array;
  #read = 0;
  readonly #byNumber = new NumberCodes();
  readonly #byText = new Map<string, number>();
  #people = 0;
  /** By person: the list that named it last, while lists are read one after another. */
  #lastList = new Int32Array(1024).fill(-1);

  constructor(columns: Columns) {
    this.#lists = columns.dictionary("subjects").all();
    this.#starts = new Int32Array(this.#lists.length).fill(-1);
    this.#ends = new Int32Array(this.#lists.length);
    this.#order = new Uint32Array(this.#lists.length);
  }

  /** The distinct people of a list, read on first use. */
  of(list: number): Uint32Array {
    const from = this.startOf(list);
    return this.#members.subarray(from, this.#ends[list]);
  }

  /** Where the people of a list begin in `members`, read on first use; they end at `endOf`. */
  startOf(list: number): number {
    const start = this.#starts[list] as number;
    return start >= 0 ? start : this.#take(list);
  }

  endOf(list: number): number {
    return this.#ends[list] as number;
  }

  /** The people of all lists read so far. Another array after a further list was read. */
  get members(): Uint32Array {
    return this.#members;
  }

  /** A person's number, a new one for an id not met before in any spelling. */
  code(id: string): number {
    if (PLAIN_NUMBER.test(id)) return this.#taken(this.#byNumber.codeOf(Number(id), this.#people));
    const key = idKey(id);
    const known = this.#byText.get(key);
    if (known !== undefined) return known;
    this.#byText.set(key, this.#people);
    return this.#taken(this.#people);
  }

  /** The lists read so far that name any of these people: by list, whom of them. */
  listsNaming(people: readonly number[]): Map<number, number[]> {
    const wanted = new Uint8Array(this.#people);
    for (const person of people) wanted[person] = 1;
    const found = new Map<number, number[]>();
    const members = this.#members;
    const order = this.#order;
    // The lists lie in the order in which they were read: the next one behind a place is never before it.
    for (let at = 0, read = 0; at < this.#end; at += 1) {
      if (wanted[members[at] as number] === 0) continue;
      while ((this.#ends[order[read] as number] as number) <= at) read += 1;
      const list = order[read] as number;
      const named = found.get(list);
      if (named) named.push(members[at] as number);
      else found.set(list, [members[at] as number]);
    }
    return found;
  }

  /** The ids of a list as it spells them. */
  spelt(list: number): readonly string[] {
    return JSON.parse(this.#lists[list] ?? "[]") as string[];
  }

  #taken(code: number): number {
    if (code === this.#people) this.#people += 1;
    return code;
  }

  #take(list: number): number {
    const start = this.#end;
    if (!this.#readPlain(this.#lists[list] ?? "[]", list))
      for (const id of this.spelt(list)) this.#put(this.code(id), list);
    this.#order[this.#read] = list;
    this.#read += 1;
    this.#starts[list] = start;
    this.#ends[list] = this.#end;
    return start;
  }

  /** A list as JSON writes it without any escape: `for (const id of JSON.parse(text)) this.#put(this.code(id), list)`. What it put before it met another text stays, and is not put again. */
  #readPlain(text: string, list: number): boolean {
    if (text.length < 4) return false;
    for (let at = 1; ; at += 1) {
      if (text.charCodeAt(at) !== QUOTE) return false;
      at += 1;
      const from = at;
      let number = 0;
      let char = text.charCodeAt(at);
      for (; char >= ZERO && char <= NINE; char = text.charCodeAt(++at)) number = number * 10 + (char - ZERO);
      const digits = at - from;
      if (char === QUOTE && digits > 0 && digits <= MAX_DIGITS && (digits === 1 || text.charCodeAt(from) !== ZERO))
        this.#put(this.#taken(this.#byNumber.codeOf(number, this.#people)), list);
      else {
        at = text.indexOf('"', at);
        const id = text.slice(from, at);
        if (at < 0 || id.includes("\\")) return false;
        this.#put(this.code(id), list);
      }
      at += 1;
      const next = text.charCodeAt(at);
      if (next === BRACKET) return at === text.length - 1;
      if (next !== COMMA) return false;
    }
  }

  /** Once a list. */
  #put(person: number, list: number): void {
    if (person >= this.#lastList.length) {
      const grown = new Int32Array(Math.max(person + 1, this.#lastList.length * 2)).fill(-1);
      grown.set(this.#lastList);
      this.#lastList = grown;
    }
    if (this.#lastList[person] === list) return;
    this.#lastList[person] = list;
    if (this.#end === this.#members.length) {
      const grown = new Uint32Array(this.#members.length * 2);
      grown.set(this.#members);
      this.#members = grown;
    }
    this.#members[this.#end] = person;
    this.#end += 1;
  }
}

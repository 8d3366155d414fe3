import { idKey } from "../../../shared/base/same-id.ts";
import type { Columns } from "../../query/columns/columns.ts";
import type { TextDictionary } from "../../query/columns/text-dictionary.ts";
import { MAX_DIGITS, NumberCodes } from "./number-codes.ts";

const [QUOTE, COMMA, BRACKET, BACKSLASH, ZERO, NINE] = [0x22, 0x2c, 0x5d, 0x5c, 0x30, 0x39];
const PLAIN_NUMBER = /^(?:0|[1-9][0-9]{0,14})$/u;

/**
 * The people that lists of subjects name: a list's id in `text_subjects` → whole numbers, one a person, from 0. All lists are read
 * once, and their people lie in one flat array, list behind list: millions of texts, or of small arrays, would take more memory
 * than all else.
 */
export class PersonIndex {
  readonly #texts: TextDictionary;
  /** By list: where its people begin in `members`. They end where those of the next one begin. */
  #starts = new Uint32Array(1024);
  /** Ids begin at 1: 0 is no list, which names nobody. */
  #lists = 1;
  #members = new Uint32Array(4096);
  #end = 0;
  readonly #byNumber = new NumberCodes();
  readonly #byText = new Map<string, number>();
  #people = 0;
  /** By person: the list that named it last, while lists are read one after another. */
  #lastList = new Int32Array(1024).fill(-1);

  constructor(columns: Columns) {
    this.#texts = columns.dictionary("subjects");
    this.#texts.visit((list, bytes, from, to) => this.#read(list, bytes, from, to));
    this.#starts[this.#lists] = this.#end;
  }

  /** One more than the highest id of a list. */
  get lists(): number {
    return this.#lists;
  }

  /** The distinct people of a list. */
  of(list: number): Uint32Array {
    return this.#members.subarray(this.startOf(list), this.endOf(list));
  }

  /** Where the people of a list begin in `members`. */
  startOf(list: number): number {
    return list < this.#lists ? (this.#starts[list] as number) : this.#end;
  }

  endOf(list: number): number {
    return list < this.#lists ? (this.#starts[list + 1] as number) : this.#end;
  }

  /** The people of all lists. */
  get members(): Uint32Array {
    return this.#members;
  }

  /** The lists that name any of these people: by list, whom of them. */
  listsNaming(people: readonly number[]): Map<number, number[]> {
    const members = this.#members.subarray(0, this.#end);
    const found = new Map<number, number[]>();
    let list = 0;
    const take = (at: number): void => {
      while (this.endOf(list) <= at) list += 1;
      const named = found.get(list);
      if (named) named.push(members[at] as number);
      else found.set(list, [members[at] as number]);
    };
    const [only] = people;
    if (people.length === 1 && only !== undefined) {
      for (let at = members.indexOf(only); at >= 0; at = members.indexOf(only, at + 1)) take(at);
      return found;
    }
    const wanted = new Uint8Array(this.#people);
    for (const person of people) wanted[person] = 1;
    for (let at = 0; at < members.length; at += 1) if (wanted[members[at] as number] === 1) take(at);
    return found;
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

  /** The ids of a list as it spells them. */
  spelt(list: number): readonly string[] {
    return JSON.parse(this.#texts.get(list) ?? "[]") as string[];
  }

  #taken(code: number): number {
    if (code === this.#people) this.#people += 1;
    return code;
  }

  /** Lists come in the order of their ids; an import that was stopped leaves holes. */
  #read(list: number, bytes: Buffer, from: number, to: number): void {
    if (list + 2 > this.#starts.length) {
      const grown = new Uint32Array(Math.max(list + 2, this.#starts.length * 2));
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts.fill(this.#end, this.#lists, list + 1);
    this.#lists = list + 1;
    if (this.#readPlain(list, bytes, from, to)) return;
    for (const id of JSON.parse(bytes.toString("utf8", from, to)) as string[]) this.#put(this.code(id), list);
  }

  /**
   * A list as JSON writes it without any escape: `for (const id of JSON.parse(text)) this.#put(this.code(id), list)`. What it put
   * before it met another text stays, and is not put again.
   */
  #readPlain(list: number, bytes: Buffer, from: number, to: number): boolean {
    if (to - from < 4) return false;
    for (let at = from + 1; at < to; at += 1) {
      if (bytes[at] !== QUOTE) return false;
      at += 1;
      const begin = at;
      let number = 0;
      let char = bytes[at] as number;
      while (char >= ZERO && char <= NINE) {
        number = number * 10 + (char - ZERO);
        at += 1;
        char = bytes[at] as number;
      }
      const digits = at - begin;
      if (char === QUOTE && digits > 0 && digits <= MAX_DIGITS && (digits === 1 || bytes[begin] !== ZERO))
        this.#put(this.#taken(this.#byNumber.codeOf(number, this.#people)), list);
      else {
        while (at < to && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at += 1;
        if (bytes[at] !== QUOTE || at >= to) return false;
        this.#put(this.code(bytes.toString("utf8", begin, at)), list);
      }
      at += 1;
      if (bytes[at] === BRACKET) return at === to - 1;
      if (bytes[at] !== COMMA) return false;
    }
    return false;
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

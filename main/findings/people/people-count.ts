import type { People } from "../../../shared/model/finding.ts";

/**
 * Counts the people of a set of calls with its basis (docs/decisions/09-people-of-calls.md). Ids are whole numbers from 0;
 * `resource` is 0 where the call names none.
 */
export class PeopleCount {
  readonly #seen: Bits = new Bits();
  readonly #sizes: (resource: number) => number | undefined;
  /** Per resource: the sum of the counts of calls without a list; Infinity where one has no count either. */
  readonly #unlisted = new Map<number, number>();
  #largest = 0;
  #allListed = true;

  constructor(sizes: (resource: number) => number | undefined) {
    this.#sizes = sizes;
  }

  addPerson(person: number): void {
    this.#seen.add(person);
  }

  /** The people of a list that lies among others, from one place up to another. */
  addPeople(people: Uint32Array, from: number, to: number): void {
    this.#seen.addAll(people, from, to);
  }

  /** A call without a list of people. `count`: NaN where the log has none; a call that returned nobody changes nothing. */
  addUnlisted(resource: number, count: number): void {
    if (count === 0) return;
    this.#allListed = false;
    const known = Number.isNaN(count) ? Number.POSITIVE_INFINITY : count;
    if (!Number.isNaN(count) && count > this.#largest) this.#largest = count;
    this.#unlisted.set(resource, (this.#unlisted.get(resource) ?? 0) + known);
  }

  result(): People {
    const distinct = this.#seen.size;
    if (this.#allListed) return { value: distinct, basis: "exact" };
    const lower = Math.max(distinct, this.#largest);
    let upper = distinct;
    for (const [resource, sum] of this.#unlisted)
      upper += Math.min(sum, this.#sizes(resource) ?? Number.POSITIVE_INFINITY);
    if (upper === Number.POSITIVE_INFINITY)
      return lower === 0 ? { value: null, basis: "not-logged" } : { value: lower, basis: "at-least" };
    const most = Math.max(upper, lower);
    return lower === 0 ? { value: most, basis: "at-most" } : { value: lower, at_most: most, basis: "between" };
  }
}

/** A growing set of whole numbers as a bitmap, so that a few million people for each of a hundred developers stay small. */
class Bits {
  #words = new Uint32Array(64);
  size = 0;

  /** `for (let at = from; at < to; at += 1) this.add(values[at])` */
  addAll(values: Uint32Array, from: number, to: number): void {
    let words = this.#words;
    let added = 0;
    for (let at = from; at < to; at += 1) {
      const value = values[at] as number;
      const word = value >>> 5;
      if (word >= words.length) words = this.#grow(word);
      const bit = 1 << (value & 31);
      const before = words[word] as number;
      if ((before & bit) !== 0) continue;
      words[word] = before | bit;
      added += 1;
    }
    this.size += added;
  }

  #grow(word: number): Uint32Array<ArrayBuffer> {
    const grown = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
    grown.set(this.#words);
    this.#words = grown;
    return grown;
  }

  add(value: number): void {
    const word = value >>> 5;
    if (word >= this.#words.length) this.#grow(word);
    const bit = 1 << (value & 31);
    const before = this.#words[word] as number;
    if ((before & bit) === 0) {
      this.#words[word] = before | bit;
      this.size += 1;
    }
  }
}

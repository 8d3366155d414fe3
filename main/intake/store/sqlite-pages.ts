/**
 * Pages of a SQLite file written by hand: tables whose rows come with ascending ids and fit into a page
 * (https://www.sqlite.org/fileformat2.html).
 */
export const PAGE_BYTES = 1 << 16;
const LEAF_TYPE = 0x0d;
const INTERIOR_TYPE = 0x05;
const LEAF_HEADER_BYTES = 8;
/** Bytes before a record: its length and its id. */
const MAX_CELL_PREFIX_BYTES = 3 + 8;
const INTERIOR_HEADER_BYTES = 12;
const MAX_LEAVES = Math.floor((PAGE_BYTES - INTERIOR_HEADER_BYTES) / 15);

/** All pages end to end, as the file has them: the template's first, leaves as they are added. Used again part by part. */
export class Pages {
  bytes: Uint8Array;
  view: DataView;
  count: number;
  readonly #template: Uint8Array;

  /** `template`: the file with empty tables, as SQLite wrote it. */
  constructor(template: Uint8Array) {
    this.#template = template;
    this.count = template.length / PAGE_BYTES;
    this.bytes = new Uint8Array(template.length * 2);
    this.view = new DataView(this.bytes.buffer);
    this.reset();
  }

  reset(): void {
    this.count = this.#template.length / PAGE_BYTES;
    this.bytes.set(this.#template);
  }

  /** Adds a page with undefined content and returns its number. `bytes` may be a new array afterwards, with the same positions. */
  add(): number {
    if (this.count * PAGE_BYTES === this.bytes.length) {
      const bytes = new Uint8Array(this.bytes.length * 2);
      bytes.set(this.bytes);
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer);
    }
    this.count += 1;
    return this.count;
  }

  /** Removes the page added last. Its content holds until the next `add`. */
  dropLast(): void {
    this.count -= 1;
  }

  /** Fills in the number of pages and gives the whole file, until the next `reset`. */
  finish(): Uint8Array {
    this.view.setUint32(28, this.count);
    return this.bytes.subarray(0, this.count * PAGE_BYTES);
  }
}

const startOf = (page: number): number => (page - 1) * PAGE_BYTES;

/** One table being written, its rows in the order of their ids. */
export class TableWriter {
  readonly #pages: Pages;
  readonly #root: number;
  readonly #leaves: { number: number; last: number }[] = [];
  #start = 0;
  #leaf = 0;
  #cells = 0;
  /** Where in the page the cells begin: they grow downward. */
  #content = PAGE_BYTES;
  #last = 0;

  constructor(pages: Pages, root: number) {
    this.#pages = pages;
    this.#root = root;
  }

  /** Makes room for a record of at most so many bytes. Returns where in the pages' bytes it must end. */
  room(most: number): number {
    if (this.#leaf === 0 || this.#content - most - MAX_CELL_PREFIX_BYTES < LEAF_HEADER_BYTES + (this.#cells + 1) * 2)
      this.#next();
    return this.#start + this.#content;
  }

  /** The record that was written from `start` to `end`, as `room` said: writes what stands before it. */
  put(id: number, start: number, end: number): void {
    const { bytes } = this.#pages;
    const length = end - start;
    const at = start - varintLength(id) - varintLength(length);
    putVarint(bytes, putVarint(bytes, at, length), id);
    this.#content = at - this.#start;
    const pointer = this.#start + LEAF_HEADER_BYTES + this.#cells * 2;
    bytes[pointer] = this.#content >>> 8;
    bytes[pointer + 1] = this.#content & 0xff;
    this.#cells += 1;
    this.#last = id;
  }

  /** Adds a whole leaf, whose last row has this id. */
  addLeaf(page: Uint8Array, last: number): void {
    this.#close();
    const number = this.#pages.add();
    this.#pages.bytes.set(page, startOf(number));
    this.#leaves.push({ number, last });
  }

  #next(): void {
    this.#close();
    this.#leaf = this.#pages.add();
    this.#start = startOf(this.#leaf);
    this.#cells = 0;
    this.#content = PAGE_BYTES;
  }

  #close(): void {
    if (this.#leaf === 0) return;
    const { bytes, view } = this.#pages;
    const start = this.#start;
    // The gap between pointers and cells may hold data of an earlier part, which must not reach the file.
    bytes.fill(0, start + LEAF_HEADER_BYTES + this.#cells * 2, start + this.#content);
    bytes[start] = LEAF_TYPE;
    view.setUint16(start + 1, 0);
    view.setUint16(start + 3, this.#cells);
    view.setUint16(start + 5, this.#content & 0xffff);
    bytes[start + 7] = 0;
    this.#leaves.push({ number: this.#leaf, last: this.#last });
    this.#leaf = 0;
  }

  /** Writes the root over the leaves. False where there are more than one root can hold. */
  finish(): boolean {
    this.#close();
    const leaves = this.#leaves;
    if (leaves.length === 0) return true;
    if (leaves.length > MAX_LEAVES) return false;
    const { bytes, view } = this.#pages;
    const root = startOf(this.#root);
    // A root over a single leaf would have no cell of its own, which SQLite takes for damage.
    if (leaves.length === 1) {
      const leaf = startOf((leaves[0] as { number: number }).number);
      bytes.copyWithin(root, leaf, leaf + PAGE_BYTES);
      this.#pages.dropLast();
      return true;
    }
    bytes.fill(0, root, root + PAGE_BYTES);
    let at = PAGE_BYTES;
    leaves.slice(0, -1).forEach(({ number, last }, index) => {
      at -= 4 + varintLength(last);
      view.setUint32(root + at, number);
      putVarint(bytes, root + at + 4, last);
      view.setUint16(root + INTERIOR_HEADER_BYTES + index * 2, at);
    });
    bytes[root] = INTERIOR_TYPE;
    view.setUint16(root + 3, leaves.length - 1);
    view.setUint16(root + 5, at & 0xffff);
    view.setUint32(root + 8, (leaves.at(-1) as { number: number }).number);
    return true;
  }
}

/** Bytes of a whole number of at most 53 bits, seven bits a byte. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length += 1;
  return length;
}

export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 0x80) {
    bytes[at] = value;
    return at + 1;
  }
  const length = varintLength(value);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[at + i] = (rest % 0x80) | (i === length - 1 ? 0 : 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return at + length;
}

import path from "node:path";
import type { Database, Statement } from "better-sqlite3";
import type { EncodedColumn } from "../../../shared/model/event.ts";
import { notAsLeft } from "../../custody/not-as-left.ts";
import {
  BETWEEN_BYTE,
  type ByteBlock,
  byteBlocks,
  type TextBlock,
  type TextChecksums,
  textBlocks,
} from "./text-blocks.ts";

/** So many texts that were asked for one by one are held; and a dictionary of up to so many is then read whole. */
const SOME = 10_000;
const FEW = 1_000_000;

/** The distinct texts of one dictionary-encoded column, by their id in `text_<column>`. Ids begin at 1; 0 is absent. */
export class TextDictionary {
  readonly #db: Database;
  readonly #column: EncodedColumn;
  readonly #known: TextChecksums;
  #all: (string | undefined)[] | undefined;
  #one: Statement | undefined;
  readonly #some = new Map<number, string>();

  /** @param known what it was when the columns were made */
  constructor(db: Database, column: EncodedColumn, known: TextChecksums = { last: 0, checksums: [] }) {
    this.#db = db;
    this.#column = column;
    this.#known = known;
  }

  /**
   * Every text, indexed by id.
   * @throws Refusal `case-damaged`
   */
  all(): readonly (string | undefined)[] {
    if (!this.#all) {
      const texts: (string | undefined)[] = [undefined];
      for (const block of this.#blocks())
        for (const [index, id] of block.ids.entries()) {
          while (texts.length < id) texts.push(undefined);
          texts.push(block.texts[index]);
        }
      this.#all = texts;
    }
    return this.#all;
  }

  /**
   * Every text once as its bytes, in the order of their ids, none kept and none made a string.
   * @throws Refusal `case-damaged`
   */
  visit(each: (id: number, bytes: Buffer, from: number, to: number) => void): void {
    const { last, checksums } = this.#known;
    const highest = this.#db.prepare(`select coalesce(max(id), 0) from text_${this.#column}`).pluck().get() as number;
    const visit = (block: ByteBlock | "damaged"): void => {
      if (block === "damaged") throw this.#notAsLeft();
      if ("rows" in block) {
        for (const [id, text] of block.rows) {
          const bytes = Buffer.from(text);
          each(id, bytes, 0, bytes.length);
        }
        return;
      }
      const { bytes } = block;
      for (let id = block.first, from = 0; from <= bytes.length; id += 1) {
        const between = bytes.indexOf(BETWEEN_BYTE, from);
        const to = between < 0 ? bytes.length : between;
        each(id, bytes, from, to);
        from = to + 1;
      }
    };
    for (const block of byteBlocks(this.#db, this.#column, [1, last], checksums)) visit(block);
    for (const block of byteBlocks(this.#db, this.#column, [last + 1, highest])) visit(block);
  }

  #notAsLeft(): Error {
    return notAsLeft(path.dirname(this.#db.name), `the dictionary of ${this.#column} is not what it was`);
  }

  /** Those that the columns were made with, each block compared with its checksum; then what an import brings meanwhile. */
  *#blocks(): Generator<TextBlock> {
    const { last, checksums } = this.#known;
    let number = 0;
    for (const block of textBlocks(this.#db, this.#column, 1, last)) {
      if (block.checksum !== checksums[number]) throw this.#notAsLeft();
      number += 1;
      yield block;
    }
    const highest = this.#db.prepare(`select coalesce(max(id), 0) from text_${this.#column}`).pluck().get() as number;
    yield* textBlocks(this.#db, this.#column, last + 1, highest);
  }

  /** One text; undefined for null or 0. Texts are read one by one until many were. */
  get(id: number | null): string | undefined {
    if (id === null || id === 0) return undefined;
    if (this.#known.last > 0 && this.#known.last <= SOME) this.all();
    if (this.#all) return this.#all[id];
    let text = this.#some.get(id);
    if (text === undefined) {
      this.#one ??= this.#db.prepare(`select value from text_${this.#column} where id = ?`).pluck();
      text = this.#one.get(id) as string | undefined;
      if (text !== undefined) this.#some.set(id, text);
      if (this.#some.size > SOME) this.#makeRoom();
    }
    return text;
  }

  /** A long read will need most of them. Of many, such as paths that are all distinct, each is read when its turn comes. */
  #makeRoom(): void {
    const count = this.#db.prepare(`select max(id) from text_${this.#column}`).pluck().get() as number;
    if (count <= FEW) this.all();
    this.#some.clear();
  }

  /** A lookup table for a column: 1 for each id whose text passes; index 0 has what `absent` says. */
  table(passes: (text: string) => boolean, absent = false): Uint8Array {
    const all = this.all();
    const table = new Uint8Array(all.length);
    table[0] = absent ? 1 : 0;
    for (let id = 1; id < all.length; id += 1) {
      const text = all[id];
      if (text !== undefined && passes(text)) table[id] = 1;
    }
    return table;
  }
}

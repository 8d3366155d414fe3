import { crc32 } from "node:zlib";
import type { Database } from "better-sqlite3";
import { ENCODED_COLUMNS, type EncodedColumn } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { notAsLeft } from "../../custody/not-as-left.ts";
import { type Pin, pinsOf } from "../../custody/pins.ts";
import { RunDigest, storedTexts, textsOfKey } from "../../intake/store/texts-digest.ts";

/** Entries of a dictionary that are read by one statement, and have a checksum together. */
const BLOCK_TEXTS = 1024;

/** What a dictionary was when the columns were made: the checksum of each block of its entries up to the last. */
export interface TextChecksums {
  readonly last: number;
  readonly checksums: readonly number[];
}

export type TextsOfColumns = Readonly<Partial<Record<EncodedColumn, TextChecksums>>>;

export interface TextBlock {
  readonly ids: readonly number[];
  readonly texts: readonly string[];
  readonly checksum: number;
}

/** Stands between the texts of a block, and in next to no text. */
const BETWEEN = "\u001f";
export const BETWEEN_BYTE = 0x1f;

/** Entries with these ids, in blocks: one text of many is read far faster than as many rows. */
export function* textBlocks(db: Database, column: EncodedColumn, first: number, last: number): Generator<TextBlock> {
  const among = `from (select id, value from text_${column} where id between ? and ? order by id)`;
  const block = db.prepare(`select count(*), group_concat(value, char(31)) ${among}`).raw();
  for (let from = first; from <= last; from += BLOCK_TEXTS) {
    const to = Math.min(last, from + BLOCK_TEXTS - 1);
    const [count, joined] = block.get(from, to) as [number, string | null];
    const texts = count === 0 ? [] : (joined ?? "").split(BETWEEN);
    // An import that was stopped leaves holes.
    if (count === to - from + 1 && texts.length === count)
      yield { ids: Array.from({ length: count }, (_, index) => from + index), texts, checksum: crc32(joined ?? "") };
    else {
      const rows = db.prepare(`select id, value ${among}`).raw().all(from, to) as [number, string][];
      const checksum = crc32(JSON.stringify(rows));
      yield { ids: rows.map(([id]) => id), texts: rows.map(([, text]) => text), checksum };
    }
  }
}

/** A block as the bytes of its texts, one behind the other with a BETWEEN, or, where it has holes, as rows. */
export type ByteBlock =
  | { readonly first: number; readonly bytes: Buffer }
  | { readonly rows: readonly [id: number, text: string][] };

/** Whether a block has a checksum that `textBlocks` gave it. */
const hasChecksum = (bytes: Buffer, checksum: number): boolean =>
  crc32(bytes) === checksum || crc32(bytes.toString()) === checksum;

/**
 * The same blocks without a string for each text, for who looks at all of them once.
 * @param checksums those the blocks must have, by number; undefined: whatever they are
 */
export function* byteBlocks(
  db: Database,
  column: EncodedColumn,
  [first, last]: readonly [number, number],
  checksums?: readonly number[],
): Generator<ByteBlock | "damaged"> {
  const among = `from (select id, value from text_${column} where id between ? and ? order by id)`;
  const block = db.prepare(`select count(*), cast(group_concat(value, char(31)) as blob) ${among}`).raw();
  for (let from = first, number = 0; from <= last; from += BLOCK_TEXTS, number += 1) {
    const to = Math.min(last, from + BLOCK_TEXTS - 1);
    const [count, joined] = block.get(from, to) as [number, Buffer | null];
    const bytes = joined ?? Buffer.alloc(0);
    if (count === to - from + 1 && piecesOf(bytes) === count) {
      if (checksums !== undefined && !hasChecksum(bytes, checksums[number] as number)) yield "damaged";
      yield { first: from, bytes };
      continue;
    }
    const rows = db.prepare(`select id, value ${among}`).raw().all(from, to) as [number, string][];
    if (checksums !== undefined && crc32(JSON.stringify(rows)) !== checksums[number]) yield "damaged";
    yield { rows };
  }
}

/** As many as `bytes.toString().split(BETWEEN)` has. */
function piecesOf(bytes: Buffer): number {
  let pieces = 1;
  for (let at = bytes.indexOf(BETWEEN_BYTE); at >= 0; at = bytes.indexOf(BETWEEN_BYTE, at + 1)) pieces += 1;
  return pieces;
}

/**
 * Reads every dictionary once: its checksums, and whether its entries are those that acts brought.
 * @throws Refusal `case-damaged`
 */
export function readTextChecksums({ db, folder }: Pick<Case, "db" | "folder">): TextsOfColumns {
  const pins = Map.groupBy(pinsOf(db).pins.get("texts") ?? [], ([key]) => textsOfKey(key).column);
  return Object.fromEntries(
    ENCODED_COLUMNS.map((column) => {
      const runs = (pins.get(column) ?? []).map(([key, pin]) => new PinnedRun(key, pin));
      const last = db.prepare(`select coalesce(max(id), 0) from text_${column}`).pluck().get() as number;
      const checksums: number[] = [];
      for (const { ids, texts, checksum } of textBlocks(db, column, 1, last)) {
        checksums.push(checksum);
        for (const run of runs) run.add(ids, texts);
      }
      for (const run of runs) if (!run.fits(db)) throw notAsLeft(folder, run.fault);
      return [column, { last, checksums }];
    }),
  );
}

/** Entries of which an act holds the digest. */
class PinnedRun {
  readonly #column: EncodedColumn;
  readonly #first: number;
  readonly #last: number;
  readonly #pin: Pin;
  readonly #digest: RunDigest;

  constructor(key: string, pin: Pin) {
    const { column, first, last } = textsOfKey(key);
    this.#column = column;
    this.#first = first;
    this.#last = last;
    this.#pin = pin;
    this.#digest = new RunDigest(first);
  }

  add(ids: readonly number[], texts: readonly string[]): void {
    const [lowest, highest] = [ids[0], ids.at(-1)];
    if (lowest === undefined || (highest as number) < this.#first || lowest > this.#last) return;
    const from = ids.findIndex((id) => id >= this.#first);
    const behind = ids.findIndex((id) => id > this.#last);
    const own = texts.slice(from, behind < 0 ? undefined : behind);
    const bytes = Buffer.from(own.join(""));
    const lengths = Int32Array.from(own, (text) => Buffer.byteLength(text));
    this.#digest.add(lengths, bytes);
  }

  fits(db: Database): boolean {
    const { digest } = this.#pin;
    if (this.#digest.last === this.#last && this.#digest.end() === digest) return true;
    // What verify works out: a text that is read another way is no damage.
    return storedTexts(db, this.#column, this.#first, this.#last) === digest;
  }

  get fault(): string {
    const { seq, act } = this.#pin;
    return `of the dictionary of ${this.#column}, entries ${this.#first} to ${this.#last} are not what act ${seq} (${act}) made them`;
  }
}

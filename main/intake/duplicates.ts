import fs from "node:fs";
import path from "node:path";
import type { Case } from "../case/case.ts";
import { openOriginal, Windowed } from "./original.ts";
import { readSegment, textKey } from "./segment.ts";

/**
 * Rows (by number, from 0) of a source just read that are the same record, byte for byte, as one of an earlier complete
 * source, or as an earlier one of the same source with the same request id.
 *
 * Every record has a key of 64 bits, from its request id and length, or where it has none from its bytes; records with
 * equal keys are then compared byte for byte, so that a key that somebody made collide marks nothing.
 */
export function markDuplicates(place: Case, source: number, demandGoing: () => void): number[] {
  const ours = recordsOf(place, source);
  if (ours.rows === 0) return [];
  const earlier = place.db
    .prepare("select id from source where state = 'complete' and withdrawn is null and id <> ? order by id")
    .pluck()
    .all(source) as number[];
  const table = new KeyTable(ours.low, ours.high);
  const found = new Set<number>();
  const own = new Windowed(openOriginal(place, source));
  try {
    for (let row = 0; row < ours.rows; row += 1) {
      if (ours.hasRequest[row] === 1) {
        for (const other of table.rowsOf(ours.low[row] as number, ours.high[row] as number)) {
          if (other >= row) break;
          if (ours.hasRequest[other] === 1 && same(own, ours, row, own, ours, other)) {
            found.add(row);
            break;
          }
        }
      }
    }
    for (const id of earlier) {
      demandGoing();
      const theirs = recordsOf(place, id);
      const other = new Windowed(openOriginal(place, id));
      try {
        for (let row = 0; row < theirs.rows; row += 1) {
          for (const mine of table.rowsOf(theirs.low[row] as number, theirs.high[row] as number)) {
            if (!found.has(mine) && same(own, ours, mine, other, theirs, row)) found.add(mine);
          }
        }
      } finally {
        other.close();
      }
    }
  } finally {
    own.close();
  }
  return [...found].sort((a, b) => a - b);
}

interface Records {
  readonly rows: number;
  readonly offset: ArrayLike<number>;
  readonly length: ArrayLike<number>;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly hasRequest: Uint8Array;
}

function same(a: Windowed, as: Records, row: number, b: Windowed, bs: Records, other: number): boolean {
  const length = as.length[row] as number;
  if (length !== bs.length[other]) return false;
  const left = a.read(as.offset[row] as number, length);
  // The same window may be moved by the second reading; the first one's bytes stay as they are.
  return left.equals(b.read(bs.offset[other] as number, length));
}

/** Places and keys of a source's records in id order; the keys are kept in the cache. */
function recordsOf(place: Case, source: number): Records {
  const rows = place.db.prepare("select events from source where id = ?").pluck().get(source) as number;
  const offset = readSegment(place.cache, source, rows, "offset");
  const length = readSegment(place.cache, source, rows, "length");
  const request = readSegment(place.cache, source, rows, "request");
  const places = offset && length && request ? { offset, length, request } : fromRows(place, source, rows);
  const low = new Uint32Array(rows);
  const high = new Uint32Array(rows);
  const hasRequest = new Uint8Array(rows);
  const bytes = keyBytes(place, source, places, rows);
  const halves = new Uint32Array(places.request.buffer, places.request.byteOffset, rows * 2);
  for (let row = 0; row < rows; row += 1) {
    const [a, b] = [halves[row * 2] as number, halves[row * 2 + 1] as number];
    hasRequest[row] = a !== 0 || b !== 0 ? 1 : 0;
    low[row] =
      (hasRequest[row] === 1 ? a : (bytes[row * 2] as number)) ^ Math.imul(places.length[row] as number, 0x9e3779b1);
    high[row] = hasRequest[row] === 1 ? b : (bytes[row * 2 + 1] as number);
  }
  return { rows, offset: places.offset, length: places.length, low, high, hasRequest };
}

interface Places {
  readonly offset: Float64Array;
  readonly length: Int32Array;
  readonly request: BigUint64Array;
}

function fromRows(place: Case, source: number, rows: number): Places {
  const places = { offset: new Float64Array(rows), length: new Int32Array(rows), request: new BigUint64Array(rows) };
  const halves = new Uint32Array(places.request.buffer);
  const statement = place.db.prepare(
    `select "offset", length, typeof(request_id), case typeof(request_id) when 'integer' then printf('%016x', request_id) else request_id end from event_row where source = ? order by id`,
  );
  let row = 0;
  for (const [offset, length, type, text] of statement.raw().iterate(source) as IterableIterator<
    [number, number, string, string | null]
  >) {
    places.offset[row] = offset;
    places.length[row] = length;
    if (type === "integer") {
      halves[row * 2] = Number.parseInt((text as string).slice(8), 16);
      halves[row * 2 + 1] = Number.parseInt((text as string).slice(0, 8), 16);
    } else if (text !== null) {
      const bytes = Buffer.from(text, "utf8");
      const [low, high] = textKey(bytes, 0, bytes.length);
      halves[row * 2] = low;
      halves[row * 2 + 1] = high;
    }
    row += 1;
  }
  return places;
}

/** Keys from the bytes of records without a request id, two halves a row; made once and kept in the cache. */
function keyBytes(place: Case, source: number, places: Places, rows: number): Uint32Array {
  const halves = new Uint32Array(places.request.buffer, places.request.byteOffset, rows * 2);
  let needed = false;
  for (let row = 0; row < rows && !needed; row += 1) needed = halves[row * 2] === 0 && halves[row * 2 + 1] === 0;
  if (!needed) return new Uint32Array(rows * 2);
  const file = path.join(place.cache, "segments", String(source), "content.bin");
  try {
    const kept = fs.readFileSync(file);
    if (kept.length === rows * 8) return new Uint32Array(Uint8Array.from(kept).buffer);
  } catch {
    // Not made yet.
  }
  const keys = new Uint32Array(rows * 2);
  const original = new Windowed(openOriginal(place, source));
  try {
    for (let row = 0; row < rows; row += 1) {
      if (halves[row * 2] !== 0 || halves[row * 2 + 1] !== 0) continue;
      const bytes = original.read(places.offset[row] as number, places.length[row] as number);
      const [low, high] = textKey(bytes, 0, bytes.length);
      keys[row * 2] = low;
      keys[row * 2 + 1] = high;
    }
  } finally {
    original.close();
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, new Uint8Array(keys.buffer));
  return keys;
}

/** Open addressing over the rows' keys; rows with one key are chained in their order. */
class KeyTable {
  readonly #mask: number;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;

  constructor(low: Uint32Array, high: Uint32Array) {
    let size = 1024;
    while (size < low.length * 2) size *= 2;
    this.#mask = size - 1;
    this.#heads = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(low.length).fill(-1);
    this.#low = low;
    this.#high = high;
    // From the last row to the first, so that chains ascend.
    for (let row = low.length - 1; row >= 0; row -= 1) {
      const slot = this.#slotOf(low[row] as number, high[row] as number);
      this.#next[row] = this.#heads[slot] as number;
      this.#heads[slot] = row;
    }
  }

  #slotOf(low: number, high: number): number {
    let slot = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 0;
    for (slot = (slot ^ (slot >>> 15)) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const row = this.#heads[slot] as number;
      if (row < 0 || (this.#low[row] === low && this.#high[row] === high)) return slot;
    }
  }

  /** Rows with this key, ascending. */
  *rowsOf(low: number, high: number): Generator<number> {
    for (let row = this.#heads[this.#slotOf(low, high)] as number; row >= 0; row = this.#next[row] as number) yield row;
  }
}

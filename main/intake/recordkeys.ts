import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Case } from "../case/case.ts";
import { openOriginal, Windowed } from "./original.ts";
import { readSegment, textKey } from "./segment.ts";

/** 64-bit keys, a low and a high half for each row. */
export interface Keys {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Where a source's records lie, in id order, and the keys of their request ids (0, 0 where there is none). */
export interface Records {
  readonly rows: number;
  readonly offset: ArrayLike<number>;
  readonly length: ArrayLike<number>;
  readonly request: Keys;
}

/** From what the import left in the cache, or from the rows themselves. */
export function recordsOf(place: Case, source: number): Records {
  const rows = place.db.prepare("select events from source where id = ?").pluck().get(source) as number;
  const offset = readSegment(place.cache, source, rows, "offset");
  const length = readSegment(place.cache, source, rows, "length");
  const request = readSegment(place.cache, source, rows, "request");
  if (!offset || !length || !request) return fromRows(place, source, rows);
  const halves = new Uint32Array(request.buffer, request.byteOffset, rows * 2);
  return {
    rows,
    offset,
    length,
    request: { low: halves.filter((_, i) => i % 2 === 0), high: halves.filter((_, i) => i % 2 === 1) },
  };
}

function fromRows(place: Case, source: number, rows: number): Records {
  const offset = new Float64Array(rows);
  const length = new Int32Array(rows);
  const low = new Uint32Array(rows);
  const high = new Uint32Array(rows);
  const statement = place.db.prepare(
    `select "offset", length, typeof(request_id), case typeof(request_id) when 'integer' then printf('%016x', request_id) else request_id end from event_row where source = ? order by id`,
  );
  let row = 0;
  for (const [at, size, type, text] of statement.raw().iterate(source) as IterableIterator<
    [number, number, string, string | null]
  >) {
    offset[row] = at;
    length[row] = size;
    if (type === "integer") {
      low[row] = Number.parseInt((text as string).slice(8), 16);
      high[row] = Number.parseInt((text as string).slice(0, 8), 16);
    } else if (text !== null) {
      const bytes = Buffer.from(text, "utf8");
      [low[row], high[row]] = textKey(bytes, 0, bytes.length);
    }
    row += 1;
  }
  return { rows, offset, length, request: { low, high } };
}

/**
 * Two numbers nobody outside knows, the same for all sources of a case while its cache lasts: whoever writes a log must
 * not be able to choose records whose keys collide.
 */
function seedOf(place: Case): Uint32Array {
  const file = path.join(place.cache, "segments", "seed.bin");
  try {
    const kept = fs.readFileSync(file);
    if (kept.length === 8) return new Uint32Array(Uint8Array.from(kept).buffer);
  } catch {
    // None yet.
  }
  const seed = Uint8Array.from(randomBytes(8));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, seed);
  return new Uint32Array(seed.buffer);
}

/**
 * Keys from the bytes of the records wanted; 0, 0 for the others. Keys of a whole source are kept in the cache behind
 * the seed that they were made with.
 */
export function contentKeys(place: Case, source: number, records: Records, wanted: Uint8Array): Keys {
  const { rows } = records;
  const seed = seedOf(place);
  const isWhole = !wanted.includes(0);
  const file = path.join(place.cache, "segments", String(source), "content.bin");
  const kept = keptKeys(file, rows, seed);
  if (kept) return kept;
  const low = new Uint32Array(rows);
  const high = new Uint32Array(rows);
  const original = new Windowed(openOriginal(place, source));
  try {
    for (let row = 0; row < rows; row += 1) {
      if (wanted[row] === 0) continue;
      const bytes = original.read(records.offset[row] as number, records.length[row] as number);
      let a = (seed[0] as number) ^ bytes.length;
      let b = (seed[1] as number) + bytes.length;
      const words = bytes.length & ~3;
      for (let i = 0; i < words; i += 4) {
        const word =
          (bytes[i] as number) |
          ((bytes[i + 1] as number) << 8) |
          ((bytes[i + 2] as number) << 16) |
          ((bytes[i + 3] as number) << 24);
        a = Math.imul(a ^ word, 0x9e3779b1);
        a ^= a >>> 15;
        b = Math.imul(b + word, 0x85ebca6b);
        b ^= b >>> 13;
      }
      for (let i = words; i < bytes.length; i += 1) {
        a = Math.imul(a ^ (bytes[i] as number), 0x9e3779b1);
        b = Math.imul(b + (bytes[i] as number), 0x85ebca6b);
      }
      low[row] = a ^ (a >>> 16);
      high[row] = b ^ (b >>> 16);
    }
  } finally {
    original.close();
  }
  if (isWhole && rows > 0) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, Buffer.concat([seed, low, high].map((array) => new Uint8Array(array.buffer))));
  }
  return { low, high };
}

function keptKeys(file: string, rows: number, seed: Uint32Array): Keys | undefined {
  try {
    const bytes = Uint8Array.from(fs.readFileSync(file));
    if (bytes.length !== 8 + rows * 8) return undefined;
    const all = new Uint32Array(bytes.buffer);
    if (all[0] !== seed[0] || all[1] !== seed[1]) return undefined;
    return { low: all.subarray(2, 2 + rows), high: all.subarray(2 + rows) };
  } catch {
    return undefined;
  }
}

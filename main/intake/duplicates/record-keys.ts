import type { Database } from "better-sqlite3";
import { preparedRaw } from "../../platform/database/prepared.ts";
import { HEX_REQUEST, type RequestIds, TEXT_REQUEST } from "../encode/encoded-batch.ts";

/** What a segment holds of some rows; `request` has two halves a row, the low one first. */
export interface RecordIndexRows {
  readonly offset: Float64Array;
  readonly length: Int32Array;
  readonly request: Uint32Array;
}

/** The 64 bits that a request id in another form than 16 hex digits is compared by, as two halves. */
function textKey(bytes: Uint8Array, from: number, to: number): readonly [low: number, high: number] {
  let a = 0x811c9dc5;
  let b = to - from;
  for (let i = from; i < to; i++) {
    a = Math.imul(a ^ (bytes[i] as number), 0x01000193);
    b = Math.imul(b + (bytes[i] as number), 0x9e3779b1) ^ (b >>> 13);
  }
  return [a, b];
}

/** The 64 bits each request id is compared by. */
export function requestKeys({ form, high, low, lengths, bytes }: RequestIds, rows: number): Uint32Array {
  const keys = new Uint32Array(rows * 2);
  let at = 0;
  for (let k = 0; k < rows; k++) {
    const length = lengths[k] as number;
    if (form[k] === HEX_REQUEST) {
      keys[k * 2] = low[k] as number;
      keys[k * 2 + 1] = high[k] as number;
    } else if (form[k] === TEXT_REQUEST) {
      const [low, high] = textKey(bytes, at, at + length);
      keys[k * 2] = low;
      keys[k * 2 + 1] = high;
    }
    at += length;
  }
  return keys;
}

/** Where a source's records lie, and what they are compared by: an index in the cache, or one in memory. */
export interface RecordKeys {
  readonly rows: number;
  /**
   * What must be equal for two records to be: the key of the request id with the record's length, two halves a row, 0 where
   * there is no id. From row 0 on. The array is used again.
   */
  requests(): Iterable<{ from: number; keys: Uint32Array }>;
  /** Where records lie, from row 0 on. The arrays are used again. */
  ranges(): Iterable<{ from: number; offset: Float64Array; length: Int32Array }>;
  close(): void;
}

/** Keys of request ids become those that records are compared by: with their lengths. */
export function mixLengths(keys: Uint32Array, length: Int32Array, rows: number): void {
  for (let row = 0, at = 0; row < rows; row++, at += 2) {
    const low = keys[at] as number;
    const high = keys[at + 1] as number;
    if (low === 0 && high === 0) continue;
    const mixed = low ^ Math.imul(length[row] as number, 0x9e3779b1);
    keys[at] = mixed === 0 && high === 0 ? 1 : mixed;
  }
}

/** Gathers what a record index in the cache would hold, of a small source. */
export class GatheredKeys {
  readonly #pieces: RecordIndexRows[] = [];

  append(rows: RecordIndexRows): void {
    this.#pieces.push(rows);
  }

  keys(): RecordKeys {
    const rows = this.#pieces.reduce((sum, { length }) => sum + length.length, 0);
    const [offset, length, request] = [new Float64Array(rows), new Int32Array(rows), new Uint32Array(rows * 2)];
    let at = 0;
    for (const piece of this.#pieces) {
      offset.set(piece.offset, at);
      length.set(piece.length, at);
      request.set(piece.request, at * 2);
      at += piece.length.length;
    }
    return keysInMemory({ offset, length, request });
  }

  close(): void {
    // There is nothing to keep.
  }
}

/** The index of a small source. `request`: keys as `requestKeys` makes them. */
function keysInMemory({ offset, length, request }: RecordIndexRows): RecordKeys {
  const keys = request.slice();
  mixLengths(keys, length, length.length);
  return {
    rows: length.length,
    requests: () => [{ from: 0, keys }],
    ranges: () => [{ from: 0, offset, length }],
    close: () => undefined,
  };
}

const ROWS = `select "offset", length, typeof(request_id), case typeof(request_id) when 'integer' then printf('%016x', request_id) else request_id end from event_row`;

/** Rows of the case as an index holds them, in pieces of `most` rows. The arrays are used again. */
export function* indexRows(rows: IterableIterator<unknown>, most: number): Generator<RecordIndexRows> {
  const offset = new Float64Array(most);
  const length = new Int32Array(most);
  const request = new Uint32Array(most * 2);
  let row = 0;
  const piece = () => ({
    offset: offset.subarray(0, row),
    length: length.subarray(0, row),
    request: request.subarray(0, row * 2),
  });
  for (const [at, size, type, text] of rows as IterableIterator<[number, number, string, string | null]>) {
    offset[row] = at;
    length[row] = size;
    if (type === "integer") {
      request[row * 2] = Number.parseInt((text as string).slice(8), 16);
      request[row * 2 + 1] = Number.parseInt((text as string).slice(0, 8), 16);
    } else if (text !== null) {
      const bytes = Buffer.from(text, "utf8");
      [request[row * 2], request[row * 2 + 1]] = textKey(bytes, 0, bytes.length) as [number, number];
    }
    if (++row < most) continue;
    yield piece();
    row = 0;
    request.fill(0);
  }
  yield piece();
}

/** All of a source's rows, as `indexRows` takes them. Looks through all rows of the case for them. */
export const rowsOfSource = (db: Database, source: number): IterableIterator<unknown> =>
  db.prepare(`${ROWS} where source = ? order by id`).raw().iterate(source);

/** The id of each source's first row: a source's ids are one run, so that it takes one look a source. */
export function firstIds(db: Database): Map<number, number> {
  const firsts = new Map<number, number>();
  const next = preparedRaw(
    db,
    `select e.id, s.id, s.events from event_row e join source s on s.id = e.source where e.id >= ? order by e.id limit 1`,
  );
  for (let from = 0; ; ) {
    const found = next.get(from) as [id: number, source: number, events: number] | undefined;
    if (!found) return firsts;
    const [id, source, events] = found;
    if (!firsts.has(source)) firsts.set(source, id);
    from = id + Math.max(events, 1);
  }
}

/** The index of a small source, made of its rows where they lie. Undefined where they are not as its row says. */
export function keysAt(db: Database, source: number, first: number, events: number): RecordKeys | undefined {
  const rows = preparedRaw(db, `${ROWS} where id between ? and ? and source = ? order by id`);
  for (const piece of indexRows(rows.iterate(first, first + events - 1, source), events + 1))
    return piece.length.length === events ? keysInMemory(piece) : undefined;
  return undefined;
}

import { randomInt } from "node:crypto";
import type { Case } from "../../case/case.ts";
import { openOriginal } from "../../evidence/original.ts";
import { type Original, Windowed } from "../../platform/byte-source.ts";
import { preparedPluck } from "../../platform/database/prepared.ts";
import { type HashSet, KeyHashes } from "./key-hashes.ts";
import { KeyTable, partOf } from "./key-table.ts";
import { sourcesToCompare } from "./known-requests.ts";
import { recordKeysOf, withIndexes } from "./record-index.ts";
import type { RecordKeys } from "./record-keys.ts";

/** Rows that one table holds, more or less: beyond, all is done in parts, so that memory does not grow with a source. */
const MAX_PART_ROWS = 1 << 20;

/** Whoever writes a log must not be able to choose records whose keys collide. */
const HASH_SEEDS = [randomInt(2 ** 32) | 0, randomInt(2 ** 32) | 0] as const;

/** A source's records: where they lie and what they say. The original is opened when a record has to be read: rarely. */
class Records {
  readonly segment: RecordKeys;
  readonly #caseFile: Case;
  readonly #source: number;
  #original: Original | undefined;
  #parts: Int32Array | "none" | undefined;
  #ahead: Windowed | undefined;
  #back: Windowed | undefined;

  constructor(caseFile: Case, source: number, keys = recordKeysOf(caseFile, source)) {
    this.#caseFile = caseFile;
    this.#source = source;
    this.segment = keys;
  }

  /** Which call of its record a row is; 0: the only one. */
  part(row: number): number {
    this.#parts ??= partsOf(this.#caseFile, this.#source, this.segment.rows) ?? "none";
    return this.#parts === "none" ? 0 : (this.#parts[row] as number);
  }

  /** One for both: what is checked for the one need not be checked again for the other. */
  get original(): Original {
    this.#original ??= openOriginal(this.#caseFile, this.#source);
    return this.#original;
  }

  /** For reading records in order. */
  get ahead(): Windowed {
    this.#ahead ??= new Windowed(this.original);
    return this.#ahead;
  }

  /** For reading single records again. */
  get back(): Windowed {
    this.#back ??= new Windowed(this.original);
    return this.#back;
  }

  close(): void {
    this.segment.close();
    this.#original?.close();
  }
}

/** By row; undefined where every record of the source is one call. Looks through all rows for the source's own. */
function partsOf({ db }: Case, source: number, rows: number): Int32Array | undefined {
  if (db.prepare("select 1 from event_part limit 1").get() === undefined) return undefined;
  const [first, last] = db.prepare("select min(id), max(id) from event_row where source = ?").raw().get(source) as [
    number | null,
    number | null,
  ];
  const some = "select id, part from event_part where id between ? and ?";
  if (first === null || !db.prepare(some).get(first, last)) return undefined;
  const parts = new Int32Array(rows);
  for (const [id, part] of db.prepare(some).raw().iterate(first, last) as IterableIterator<[number, number]>)
    parts[id - first] = part;
  return parts;
}

/**
 * Rows (by number, from 0) of a source that are the same record, byte for byte, as one of the `earlier` sources, or as an
 * earlier one of the same source with the same request id.
 *
 * Request ids and lengths tell which records must be read again: usually few. Those get a key from all their bytes, and what
 * has equal keys is compared byte for byte, so that a collision flags nothing. More than `partRows` rows are
 * done part by part.
 */
export const findDuplicates = (
  caseFile: Case,
  source: number,
  earlier: readonly number[],
  demandGoing: () => void,
  partRows = MAX_PART_ROWS,
): number[] =>
  withIndexes(caseFile, () => {
    const keys = recordKeysOf(caseFile, source);
    return searched(caseFile, source, keys, () => sourcesToCompare(caseFile, keys, earlier), demandGoing, partRows);
  });

/** As `findDuplicates`, for a source whose keys are at hand, and those of the earlier ones that may share a record with it. */
export const findAmong = (caseFile: Case, source: number, keys: RecordKeys, earlier: readonly number[]): number[] =>
  withIndexes(caseFile, () =>
    searched(
      caseFile,
      source,
      keys,
      () => earlier,
      () => undefined,
      MAX_PART_ROWS,
    ),
  );

function searched(
  caseFile: Case,
  source: number,
  keys: RecordKeys,
  earlier: () => readonly number[],
  demandGoing: () => void,
  partRows: number,
): number[] {
  const parts = (rows: number) => Math.ceil(rows / partRows);
  const events = preparedPluck(caseFile.db, "select events from source where id = ?");
  const count = events.get(source) as number;
  if (count === 0) return [];
  const ours = new Records(caseFile, source, keys);
  const found = new Uint8Array(count);
  try {
    const repeated = sameRequests(ours.segment, partRows, demandGoing);
    if (repeated) flagRepeated(ours, repeated, found, parts(countFlags(repeated)), demandGoing);
    for (const id of earlier()) {
      const others = events.get(id) as number;
      if (others === 0) continue;
      const theirs = new Records(caseFile, id);
      try {
        const sharing = sharedRequests(ours.segment, theirs.segment, partRows, demandGoing);
        if (!sharing) continue;
        const most = Math.max(countFlags(sharing.ours), countFlags(sharing.theirs));
        flagShared(ours, theirs, sharing, found, parts(most), demandGoing);
      } finally {
        theirs.close();
      }
    }
  } finally {
    ours.close();
  }
  const rows: number[] = [];
  for (let row = found.indexOf(1); row >= 0; row = found.indexOf(1, row + 1)) rows.push(row);
  return rows;
}

/**
 * Hashes of the keys of all rows: looking for equal ones among them is quick, whatever the source's size. Rows without a key
 * become 1 in `lacking`.
 */
function hashesOf(segment: RecordKeys, expected: number, lacking?: Uint8Array): KeyHashes {
  const hashes = new KeyHashes(expected);
  for (const { from, keys } of segment.requests())
    for (let k = 0; k < keys.length; k += 2) {
      const low = keys[k] as number;
      const high = keys[k + 1] as number;
      if (low !== 0 || high !== 0) hashes.add(low, high);
      else if (lacking) lacking[from + (k >> 1)] = 1;
    }
  return hashes;
}

/** Rows whose request id and length another row of the source has, as 1. Undefined where all are different. */
function sameRequests(segment: RecordKeys, partRows: number, demandGoing: () => void): Uint8Array | undefined {
  demandGoing();
  const repeated = hashesOf(segment, segment.rows).repeated();
  const parts = Math.ceil(repeated.keys / partRows);
  let same: Uint8Array | undefined;
  for (let part = 0; part < parts; part += 1) {
    demandGoing();
    const table = new KeyTable();
    const rows: number[] = [];
    eachKey(segment, repeated.hashes, parts, part, (low, high, row) => {
      const before = table.first(low, high);
      if (before >= 0) {
        same ??= new Uint8Array(segment.rows);
        same[rows[before] as number] = 1;
        same[row] = 1;
      } else rows[table.add(low, high)] = row;
    });
  }
  return same;
}

/** Which rows of two sources may be the same record, as 1. */
interface Sharing {
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
}

/**
 * A row may be in the other source where that has a record with the same request id and length, or where one of the two
 * sources has rows without a request id. Undefined where no row can be in both.
 */
function sharedRequests(
  ours: RecordKeys,
  theirs: RecordKeys,
  partRows: number,
  demandGoing: () => void,
): Sharing | undefined {
  demandGoing();
  const sharing = { ours: new Uint8Array(ours.rows), theirs: new Uint8Array(theirs.rows) };
  const expected = Math.max(ours.rows, theirs.rows);
  const theirHashes = hashesOf(theirs, expected, sharing.theirs);
  const shared = hashesOf(ours, expected, sharing.ours).shared(theirHashes);
  const theyLack = sharing.theirs.includes(1);
  const weLack = sharing.ours.includes(1);
  const parts =
    shared.size === 0 ? 0 : Math.ceil(Math.max(rowsWith(ours, shared), rowsWith(theirs, shared)) / partRows);
  for (let part = 0; part < parts; part += 1) {
    demandGoing();
    const table = new KeyTable();
    const isOurs: number[] = [];
    eachKey(theirs, shared, parts, part, (low, high) => {
      if (table.first(low, high) < 0) isOurs[table.add(low, high)] = 0;
    });
    eachKey(ours, shared, parts, part, (low, high, row) => {
      const entry = table.first(low, high);
      if (entry < 0) return;
      sharing.ours[row] = 1;
      isOurs[entry] = 1;
    });
    eachKey(theirs, shared, parts, part, (low, high, row) => {
      if (isOurs[table.first(low, high)] === 1) sharing.theirs[row] = 1;
    });
  }
  if (theyLack) sharing.ours.fill(1);
  if (weLack) sharing.theirs.fill(1);
  return sharing.ours.includes(1) && sharing.theirs.includes(1) ? sharing : undefined;
}

/** Gives the part's request ids that have one of the hashes to `each`. */
function eachKey(
  segment: RecordKeys,
  hashes: HashSet,
  parts: number,
  part: number,
  each: (low: number, high: number, row: number) => void,
): void {
  for (const { from, keys } of segment.requests()) {
    for (let k = 0; k < keys.length; k += 2) {
      const low = keys[k] as number;
      const high = keys[k + 1] as number;
      if ((low !== 0 || high !== 0) && hashes.has(low, high) && (parts === 1 || partOf(low, high, parts) === part))
        each(low, high, from + (k >> 1));
    }
  }
}

function rowsWith(segment: RecordKeys, hashes: HashSet): number {
  let rows = 0;
  eachKey(segment, hashes, 1, 0, () => {
    rows += 1;
  });
  return rows;
}

/** Records already met, by a key from their bytes. */
class SeenRecords {
  readonly #table = new KeyTable();
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #parts: number[] = [];
  readonly #original: Windowed;

  constructor(original: Windowed) {
    this.#original = original;
  }

  has(bytes: Buffer, [low, high]: readonly [number, number], part: number): boolean {
    for (let entry = this.#table.first(low, high); entry >= 0; entry = this.#table.after(entry)) {
      const length = this.#lengths[entry] as number;
      if (this.#parts[entry] !== part) continue;
      if (length === bytes.length && bytes.equals(this.#original.read(this.#offsets[entry] as number, length)))
        return true;
    }
    return false;
  }

  add([low, high]: readonly [number, number], part: number, offset: number, length: number): void {
    const entry = this.#table.add(low, high);
    this.#offsets[entry] = offset;
    this.#lengths[entry] = length;
    this.#parts[entry] = part;
  }
}

const countFlags = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0);

/** Records of a part that are flagged. Equal records are equally long: the length tells the part. */
function eachRecord(
  records: Records,
  mask: Uint8Array,
  parts: number,
  part: number,
  each: (bytes: Buffer, key: readonly [number, number], row: number, offset: number) => void,
): void {
  const { segment, ahead } = records;
  for (const { from, offset, length } of segment.ranges()) {
    for (let k = 0; k < length.length; k += 1) {
      if (mask[from + k] === 0 || (length[k] as number) % parts !== part) continue;
      const bytes = ahead.read(offset[k] as number, length[k] as number);
      each(bytes, contentKey(bytes, records.part(from + k)), from + k, offset[k] as number);
    }
  }
}

/** Records that come twice in one source with one request id. Lines that are equal but have none are two calls. */
function flagRepeated(
  ours: Records,
  mask: Uint8Array,
  found: Uint8Array,
  parts: number,
  demandGoing: () => void,
): void {
  for (let part = 0; part < parts; part += 1) {
    demandGoing();
    const seen = new SeenRecords(ours.back);
    eachRecord(ours, mask, parts, part, (bytes, key, row, offset) => {
      const call = ours.part(row);
      if (seen.has(bytes, key, call)) found[row] = 1;
      else seen.add(key, call, offset, bytes.length);
    });
  }
}

/** Records that an earlier source holds as well. */
function flagShared(
  ours: Records,
  theirs: Records,
  mask: Sharing,
  found: Uint8Array,
  parts: number,
  demandGoing: () => void,
): void {
  for (let part = 0; part < parts; part += 1) {
    demandGoing();
    const seen = new SeenRecords(theirs.back);
    eachRecord(theirs, mask.theirs, parts, part, (bytes, key, row, offset) => {
      const call = theirs.part(row);
      if (!seen.has(bytes, key, call)) seen.add(key, call, offset, bytes.length);
    });
    eachRecord(ours, mask.ours, parts, part, (bytes, key, row) => {
      if (found[row] === 0 && seen.has(bytes, key, ours.part(row))) found[row] = 1;
    });
  }
}

/** 64 bits from all bytes of a record and the number of the call in it, as two halves. */
function contentKey(bytes: Buffer, part: number): readonly [low: number, high: number] {
  let a = HASH_SEEDS[0] ^ bytes.length;
  let b = (HASH_SEEDS[1] + bytes.length + Math.imul(part, 0x9e3779b1)) | 0;
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
  return [a ^ (a >>> 16), b ^ (b >>> 16)];
}

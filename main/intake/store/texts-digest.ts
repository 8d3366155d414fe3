import { createHash, type Hash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { ENCODED_COLUMNS, type EncodedColumn } from "../../../shared/model/event.ts";
import { preparedPluck } from "../../platform/database/prepared.ts";
import { sha256Of } from "../../platform/sha256.ts";
import type { NewTexts } from "../encode/encoded-batch.ts";

/** Bytes of stored texts that are hashed at once. */
const PIECE_BYTES = 1 << 16;

/** SHA-256 of a run of dictionary entries: of their lengths in bytes, and of their UTF-8 end to end. */
export class RunDigest {
  readonly first: number;
  last: number;
  readonly #lengths: Hash = createHash("sha256");
  readonly #bytes: Hash = createHash("sha256");

  constructor(first: number) {
    this.first = first;
    this.last = first - 1;
  }

  add(lengths: Int32Array, bytes: Uint8Array): void {
    this.#lengths.update(new Uint8Array(lengths.buffer, lengths.byteOffset, lengths.byteLength));
    this.#bytes.update(bytes);
    this.last += lengths.length;
  }

  end(): string {
    return sha256Of(`${this.#lengths.digest("hex")} ${this.#bytes.digest("hex")}`);
  }
}

/** The digest of the entries of these ids as the database has them. Undefined where not each of them is a text that is there. */
export function storedTexts(db: Database, column: EncodedColumn, first: number, last: number): string | undefined {
  const run = new RunDigest(first);
  let texts: string[] = [];
  let size = 0;
  const flush = () => {
    const bytes = texts.map((text) => Buffer.from(text));
    run.add(
      Int32Array.from(bytes, (text) => text.length),
      Buffer.concat(bytes),
    );
    texts = [];
    size = 0;
  };
  const rows = db
    .prepare(`select id, value from text_${column} where id between ? and ? order by id`)
    .raw()
    .iterate(first, last) as IterableIterator<[number, unknown]>;
  let next = first;
  for (const [id, value] of rows) {
    if (id !== next || typeof value !== "string") return undefined;
    next += 1;
    texts.push(value);
    size += value.length;
    if (size >= PIECE_BYTES) flush();
  }
  if (next !== last + 1) return undefined;
  flush();
  return run.end();
}

/** Up to which entry of each dictionary acts hold digests, as far as this connection knows: what is hashed twice is no harm. */
const known = new WeakMap<Database, Map<EncodedColumn, number>>();

function digestedUpTo(db: Database): Map<EncodedColumn, number> {
  let upTo = known.get(db);
  if (upTo) return upTo;
  upTo = new Map();
  const acts = db.prepare(
    `select texts.key from custody, json_each(entry, '$.detail.digests.texts') as texts
     where json_extract(entry, '$.act') in ('import', 'remap')`,
  );
  for (const key of acts.pluck().iterate() as IterableIterator<string>) {
    const { column, last } = textsOfKey(key);
    upTo.set(column, Math.max(upTo.get(column) ?? 0, last));
  }
  known.set(db, upTo);
  return upTo;
}

/** `app 1-57`: the key under which an act holds the digest of dictionary entries. */
export function textsOfKey(key: string): { column: EncodedColumn; first: number; last: number } {
  const [column = "", first, last] = key.split(/[ -]/u);
  return { column: column as EncodedColumn, first: Number(first), last: Number(last) };
}

/** Digests of the dictionary entries that an import adds, column by column, from the batches as they come in. */
export class TextsDigest {
  readonly #runs = new Map<EncodedColumn, RunDigest>();
  /** Columns whose entries did not follow one another: they are read back. */
  readonly #scattered = new Set<EncodedColumn>();

  add(texts: Partial<Record<EncodedColumn, NewTexts>>): void {
    for (const column of ENCODED_COLUMNS) {
      const entries = texts[column];
      if (!entries || entries.lengths.length === 0) continue;
      let run = this.#runs.get(column);
      if (!run) {
        run = new RunDigest(entries.first);
        this.#runs.set(column, run);
      }
      if (entries.first !== run.last + 1) this.#scattered.add(column);
      run.add(entries.lengths, entries.bytes);
    }
  }

  /** By column and ids; with those that imports left behind which came to no act. Inside the transaction of the act. */
  end(db: Database): Record<string, string> {
    const digests: Record<string, string> = {};
    const upTo = digestedUpTo(db);
    for (const column of ENCODED_COLUMNS) {
      const run = this.#scattered.has(column) ? undefined : this.#runs.get(column);
      const from = (upTo.get(column) ?? 0) + 1;
      const highest = preparedPluck(db, `select coalesce(max(id), 0) from text_${column}`).get() as number;
      const put = (first: number, last: number, digest: string | undefined) => {
        if (first <= last && digest !== undefined) digests[`${column} ${first}-${last}`] = digest;
      };
      const first = run ? run.first : highest + 1;
      if (from < first) put(from, first - 1, storedTexts(db, column, from, first - 1));
      if (run) put(run.first, run.last, run.end());
      upTo.set(column, highest);
    }
    return digests;
  }
}

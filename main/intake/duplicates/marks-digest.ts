import { createHash, type Hash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { FLAG } from "../../../shared/model/event.ts";
import { prepared, preparedRaw } from "../../platform/database/prepared.ts";

/** Bits of `flags` that acts set and clear on the rows of any source: which are duplicates. */
export const MARKS = FLAG.duplicate | FLAG.sameCall;

/**
 * Digests of which rows of sources are duplicates, and which have the time of their call: by source, null where none is.
 * Inside the transaction of the act.
 */
export function marksDigests(db: Database, sources: Iterable<number>): Record<string, string | null> {
  const digests: Record<string, string | null> = {};
  const first = preparedRaw(
    db,
    "select (select min(id) from event_row e where e.source = source.id), events from source where id = ?",
  );
  for (const source of sources) {
    const [from, events] = first.get(source) as [number | null, number];
    digests[source] = from === null ? null : marksDigest(db, from, from + events - 1);
  }
  return digests;
}

function marksDigest(db: Database, first: number, last: number): string | null {
  const hasCalls =
    prepared(db, "select 1 from event_call where id between ? and ? limit 1").get(first, last) !== undefined;
  const rows = db
    .prepare(
      hasCalls
        ? `select e.id, e.flags, e.time, coalesce(c.time, e.time) as own from event_row e left join event_call c on c.id = e.id
           where e.id between ? and ? and (e.flags & ${MARKS} or own <> e.time) order by e.id`
        : `select id, flags, time, time from event_row where id between ? and ? and flags & ${MARKS} order by id`,
    )
    .raw()
    .iterate(first, last) as IterableIterator<[number, number, number, number]>;
  const marks = new MarksDigest();
  for (const [id, flags, time, own] of rows) marks.add(id - first, flags, time, own);
  return marks.end();
}

/** SHA-256 of the lines of the rows that bear a mark. */
export class MarksDigest {
  #hash: Hash | undefined;
  #lines = "";

  /** `k`: the row's number in the source, from 0. `own`: the time that its record states. */
  add(k: number, flags: number, time: number, own: number): void {
    if ((flags & MARKS) === 0 && time === own) return;
    this.#lines += `${k} ${flags & MARKS}${time === own ? "" : ` ${time}`}\n`;
    if (this.#lines.length > 1 << 14) this.#flush();
  }

  #flush(): void {
    this.#hash ??= createHash("sha256");
    this.#hash.update(this.#lines);
    this.#lines = "";
  }

  /** Null where no row bears one. */
  end(): string | null {
    if (this.#lines !== "") this.#flush();
    return this.#hash?.digest("hex") ?? null;
  }
}

import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { CODED_COLUMNS } from "../../shared/model/event.ts";
import type { Case } from "../case/case.ts";
import type { CodedBatch } from "./coded.ts";
import { eachCoded } from "./coded.ts";
import { insertBound, insertTexts } from "./insert.ts";
import { PAGE, Pages, packPart, type Roots } from "./pack.ts";

const TABLES = ["event_row", ...CODED_COLUMNS.map((column) => `text_${column}`)];

/**
 * Brings the rows and dictionary entries of a part into the case: through a throw-away file that SQLite copies from
 * record by record, or, where a value is too long for that, by bound values. Both ways give the same rows.
 */
export class PartInserter {
  readonly #place: Case;
  readonly #file: string;
  readonly #template: Buffer;
  readonly #roots: Roots;
  readonly #spare: Buffer[] = [];

  constructor(place: Case) {
    this.#place = place;
    this.#file = path.join(place.cache, "part.db");
    this.#remove();
    // SQLite itself writes the empty tables, with the case's own words: only then does it copy records as they are.
    const empty = new Database(this.#file);
    try {
      empty.pragma(`page_size = ${PAGE}`);
      empty.pragma("journal_mode = off");
      const sql = place.db.prepare("select sql from sqlite_master where type = 'table' and name = ?").pluck();
      empty.transaction(() => {
        for (const table of TABLES) empty.exec(sql.get(table) as string);
      })();
      const root = empty.prepare("select rootpage from sqlite_master where name = ?").pluck();
      this.#roots = {
        event_row: root.get("event_row") as number,
        texts: eachCoded((column) => root.get(`text_${column}`) as number),
      };
    } finally {
      empty.close();
    }
    this.#template = fs.readFileSync(this.#file);
  }

  /** `within` runs in the same transaction, behind the rows. */
  insert(
    source: number,
    firstId: number,
    batches: readonly CodedBatch[],
    before: () => void,
    within: () => void,
  ): void {
    const { db } = this.#place;
    const isPacked = batches.length > 0 && this.#write(source, firstId, batches);
    if (isPacked) db.prepare("attach ? as part").run(this.#file);
    try {
      db.transaction(() => {
        before();
        if (isPacked) for (const table of TABLES) db.exec(`insert into main.${table} select * from part.${table}`);
        else {
          let id = firstId;
          for (const coded of batches) {
            insertTexts(db, coded.texts);
            insertBound(db, source, id, coded);
            id += coded.rows;
          }
        }
        within();
      })();
    } finally {
      if (isPacked) db.exec("detach part");
    }
  }

  #write(source: number, firstId: number, batches: readonly CodedBatch[]): boolean {
    const pages = new Pages(this.#template, this.#spare);
    const packed = packPart(pages, this.#roots, source, firstId, batches);
    if (packed) {
      const fd = fs.openSync(this.#file, "w");
      try {
        for (let at = 0; at < packed.length; ) {
          const some = packed.slice(at, at + 64);
          let missing = some.length * PAGE - fs.writevSync(fd, some, at * PAGE);
          // A short write is finished byte by byte's worth of pages: the disk may just have filled up, then it throws.
          if (missing > 0) {
            const rest = Buffer.concat(some).subarray(some.length * PAGE - missing);
            while (missing > 0)
              missing -= fs.writeSync(fd, rest, rest.length - missing, missing, (at + some.length) * PAGE - missing);
          }
          at += some.length;
        }
      } finally {
        fs.closeSync(fd);
      }
    }
    pages.recycle(this.#template.length / PAGE);
    return packed !== undefined;
  }

  #remove(): void {
    for (const name of [this.#file, `${this.#file}-journal`, `${this.#file}-wal`]) fs.rmSync(name, { force: true });
  }

  close(): void {
    this.#remove();
  }
}

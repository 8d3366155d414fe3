import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { ENCODED_COLUMNS } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { writeAll } from "../../platform/files.ts";
import { Kernel } from "../encode/dictionary/kernel.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import { eachEncoded } from "../encode/encoded-batch.ts";
import { insertBound, insertTexts } from "./insert-bound.ts";
import { KernelLeaves } from "./kernel-leaves.ts";
import { packPart, type Roots } from "./pack-part.ts";
import { RowPacker } from "./pack-rows.ts";
import { PAGE_BYTES, Pages } from "./sqlite-pages.ts";

/** Rows and texts from which on the file pays. */
const MIN_PACKED = 256;
const TABLES = ["event_row", ...ENCODED_COLUMNS.map((column) => `text_${column}`)];

/**
 * Brings the rows and dictionary entries of a part into the case: through a throw-away file that SQLite copies from
 * record by record, or, where a value is too long for that, by bound values. Both ways give the same rows.
 */
export class PartInserter {
  readonly #caseFile: Case;
  readonly #file: string;
  readonly #minPacked: number;
  /** Made when they are needed: most of thousands of small files need none. */
  #made: { readonly roots: Roots; readonly pages: Pages; readonly packer: RowPacker } | undefined;

  /** `minPacked`: rows and texts from which on a part is packed. */
  constructor(caseFile: Case, minPacked = MIN_PACKED) {
    this.#caseFile = caseFile;
    this.#minPacked = minPacked;
    this.#file = path.join(caseFile.cache, "part.db");
  }

  #make(): { readonly roots: Roots; readonly pages: Pages; readonly packer: RowPacker } {
    const caseFile = this.#caseFile;
    this.#remove();
    // SQLite itself writes the empty tables, with the case's own words: only then does it copy records as they are.
    const empty = new Database(this.#file);
    try {
      empty.pragma(`page_size = ${PAGE_BYTES}`);
      empty.pragma("journal_mode = off");
      const sql = caseFile.db.prepare("select sql from sqlite_master where type = 'table' and name = ?").pluck();
      empty.transaction(() => {
        for (const table of TABLES) empty.exec(sql.get(table) as string);
      })();
      const root = empty.prepare("select rootpage from sqlite_master where name = ?").pluck();
      const roots = {
        event_row: root.get("event_row") as number,
        texts: eachEncoded((column) => root.get(`text_${column}`) as number),
      };
      empty.close();
      return { roots, pages: new Pages(fs.readFileSync(this.#file)), packer: new RowPacker(leavesOf()) };
    } finally {
      empty.close();
    }
  }

  /** `within` runs in the same transaction, behind the rows. */
  insert(
    source: number,
    firstId: number,
    batches: readonly EncodedBatch[],
    before: () => void,
    within: () => void,
  ): void {
    const { db } = this.#caseFile;
    const isPacked = valuesIn(batches) >= this.#minPacked && this.#write(source, firstId, batches);
    if (isPacked) db.prepare("attach ? as part").run(this.#file);
    try {
      db.transaction(() => {
        before();
        if (isPacked) for (const table of TABLES) db.exec(`insert into main.${table} select * from part.${table}`);
        else {
          let id = firstId;
          for (const encoded of batches) {
            insertTexts(db, encoded.texts);
            insertBound(db, source, id, encoded);
            id += encoded.rows;
          }
        }
        within();
      })();
    } finally {
      if (isPacked) db.exec("detach part");
    }
  }

  #write(source: number, firstId: number, batches: readonly EncodedBatch[]): boolean {
    this.#made ??= this.#make();
    const { pages, packer, roots } = this.#made;
    const file = packPart(pages, packer, roots, source, firstId, batches);
    if (!file) return false;
    // Written over: pages that the system has for the file already cost less than new ones.
    const fd = fs.openSync(this.#file, "r+");
    try {
      writeAll(fd, file);
      fs.ftruncateSync(fd, file.length);
    } finally {
      fs.closeSync(fd);
    }
    return true;
  }

  #remove(): void {
    for (const name of [this.#file, `${this.#file}-journal`, `${this.#file}-wal`]) fs.rmSync(name, { force: true });
  }

  close(): void {
    if (this.#made) this.#remove();
  }
}

/** Of this thread. */
let leaves: KernelLeaves | undefined;

function leavesOf(): KernelLeaves | undefined {
  const kernel = leaves ? undefined : Kernel.start();
  if (kernel) leaves = new KernelLeaves(kernel);
  return leaves;
}

const valuesIn = (batches: readonly EncodedBatch[]): number =>
  batches.reduce(
    (sum, { rows, texts }) => sum + rows + Object.values(texts).reduce((all, { lengths }) => all + lengths.length, 0),
    0,
  );

import path from "node:path";
import type { CustodyBook } from "../custody/book.ts";
import { isRunning, namesIn, removeLeftover, sweepWorkingFolders } from "../platform/working-folder.ts";
import { settleOutputs } from "./outputs.ts";
import { settleBundles } from "./unsealed-bundles.ts";

/** What a run that was killed left behind, by folder of the case. Some of it holds extracts in plain form. */
const LEFTOVERS: readonly (readonly [folder: string, name: RegExp])[] = [
  ["", /^case\.db\.making(?:-journal)?$/u],
  ["", /^case-version-\d+\.db\.making(?:-journal)?$/u],
  ["bundles", /^\.making-/u],
  ["cache", /^(?:part\.db|part\.db-journal|part\.db-wal)$/u],
  ["cache/blocks", /\.part$/u],
];

/** Columns that somebody makes who only asks, and so has no lock: `columns.<process>.<random>`. */
const COLUMNS_BEING_MADE = /^columns\.(\d+)(?:\.[0-9a-f]+)?$/u;

/** An original, or its unpacked copy, while it comes in: `incoming-<source>`. One that is begun goes on from it. */
const INCOMING = /^incoming-(\d+|archive)(?:\.|$)/u;

/** Settles and removes what a killed run left. Only whoever has the case's lock may call it. */
export function sweep(book: CustodyBook): void {
  settleOutputs(book);
  settleBundles(book);
  for (const [folder, pattern] of LEFTOVERS)
    for (const name of namesIn(path.join(book.folder, folder)))
      if (pattern.test(name)) removeLeftover(path.join(book.folder, folder, name));
  for (const name of namesIn(path.join(book.folder, "cache"))) {
    const maker = COLUMNS_BEING_MADE.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker))) removeLeftover(path.join(book.folder, "cache", name));
  }
  const begun = new Set(book.db.prepare("select id from source where state = 'importing'").pluck().all() as number[]);
  for (const folder of ["evidence", "cache/blocks"])
    for (const name of namesIn(path.join(book.folder, folder))) {
      const source = INCOMING.exec(name)?.[1];
      if (source !== undefined && !begun.has(Number(source))) removeLeftover(path.join(book.folder, folder, name));
    }
  sweepWorkingFolders();
}

import fs from "node:fs";
import path from "node:path";
import type { CustodyBook } from "../custody/book.ts";
import { isSystemError } from "../platform/files.ts";
import { settleOutputs } from "./outputs.ts";

/** What a run that was killed left behind, by folder of the case. Some of it holds extracts in plain form. */
const LEFTOVERS: readonly (readonly [folder: string, name: RegExp])[] = [
  ["", /^case\.db\.making(?:-journal)?$/u],
  ["bundles", /^\.making-/u],
  ["cache", /^(?:part\.db|part\.db-journal|part\.db-wal)$/u],
  ["cache/blocks", /\.part$/u],
];

/** Columns that somebody makes who only asks, and so has no lock: `columns.<process>.<random>`. */
const COLUMNS_BEING_MADE = /^columns\.(\d+)(?:\.[0-9a-f]+)?$/u;

/** Settles and removes what a killed run left. Only whoever has the case's lock may call it. */
export function sweep(book: CustodyBook): void {
  settleOutputs(book);
  for (const [folder, pattern] of LEFTOVERS)
    for (const name of namesIn(path.join(book.folder, folder)))
      if (pattern.test(name)) remove(path.join(book.folder, folder, name));
  for (const name of namesIn(path.join(book.folder, "cache"))) {
    const maker = COLUMNS_BEING_MADE.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker))) remove(path.join(book.folder, "cache", name));
  }
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function remove(file: string): void {
  try {
    fs.rmSync(file, { recursive: true, force: true });
  } catch (error) {
    // It is no reason not to open the case.
    if (!isSystemError(error)) throw error;
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

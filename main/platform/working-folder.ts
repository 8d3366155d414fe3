import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { threadId } from "node:worker_threads";
import { isSystemError } from "./files.ts";

/** `exhibit-<what for>-<process>-<thread>-<random>`, in the system's folder for temporary files. Older versions named no thread. */
const NAME = /^exhibit-[a-z]+-(\d+)-(?:(\d+)-)?\w+$/u;

/** A new folder that only this user may enter. A run that is killed leaves it; the next opening of a case removes it. */
export const workingFolder = (purpose: string): string =>
  fs.mkdtempSync(path.join(os.tmpdir(), `exhibit-${purpose}-${process.pid}-${threadId}-`));

let lasting: string | undefined;

/** One folder for as long as this thread runs, where it has been asked for before. */
export const lastingFolderSoFar = (): string | undefined => lasting;

/** The same; it is made where there is none. */
export function lastingFolder(): string {
  if (lasting === undefined) {
    const made = workingFolder("copies");
    process.once("exit", () => fs.rmSync(made, { recursive: true, force: true }));
    lasting = made;
  }
  return lasting;
}

/** Removes the working folders of processes that do not run any more: they hold extracts in plain form. */
export function sweepWorkingFolders(): void {
  for (const name of namesIn(os.tmpdir())) {
    const maker = NAME.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker))) removeLeftover(path.join(os.tmpdir(), name));
  }
}

/** Removes those of a thread of this process that was ended in the middle of its work, as by a lack of memory. */
export function removeFoldersOf(thread: number): void {
  for (const name of namesIn(os.tmpdir())) {
    const [, maker, own] = NAME.exec(name) ?? [];
    if (maker === String(process.pid) && own === String(thread)) removeLeftover(path.join(os.tmpdir(), name));
  }
}

export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** That something cannot be removed is no reason not to open the case. */
export function removeLeftover(file: string): void {
  try {
    fs.rmSync(file, { recursive: true, force: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

export function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

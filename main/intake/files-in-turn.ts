import fs from "node:fs";
import type { SourceReport } from "../../shared/model/source.ts";
import type { Case } from "../case/case.ts";
import type { ImportOptions } from "./import-source.ts";
import { readyThreads } from "./pipeline/pipeline.ts";
import { type ImportHooks, reporter } from "./run-import.ts";
import type { NamedFile, Prepared } from "./small/messages.ts";
import { MAX_SMALL_BYTES } from "./small/read-small.ts";
import { SmallFiles } from "./small/small-files.ts";

/** Small files that stand together from which on they are imported together. */
const MIN_TOGETHER = 4;
/** Files that are handed over at once. */
const MAX_ORDERED = 2000;
/** So many must come in together before the next that does not for them not to count as exceptions. */
const WORTH_WHILE = 16;
/** Files that are imported one by one after exceptions, before it is tried again. */
const MAX_PAUSE = 64;

interface Work {
  readonly options: ImportOptions;
  readonly hooks: ImportHooks;
  /** Takes the reports of files that came in together. */
  add(reports: readonly SourceReport[]): void;
}

/** Imports files in their order: small ones that stand together in few transactions, all others one by one. */
export class FilesInTurn {
  readonly #caseFile: Case;
  readonly #work: Work;
  readonly #alone: (named: NamedFile) => Promise<void>;
  #small: SmallFiles | undefined;
  /** Files that are imported one by one before small ones are imported together again. */
  #pause = 0;
  #nextPause = 1;

  /** `alone`: imports a file by itself. */
  constructor(caseFile: Case, work: Work, alone: (named: NamedFile) => Promise<void>) {
    this.#caseFile = caseFile;
    this.#work = work;
    this.#alone = alone;
  }

  /** `failed` is given what a file's import threw, and throws where no other is to be imported. */
  async import(files: readonly NamedFile[], failed: (named: NamedFile, error: unknown) => void): Promise<void> {
    for (let at = 0; at < files.length; ) {
      at += await this.#together(files, at);
      const named = files[at];
      if (!named) return;
      if (this.#pause === 0 && this.#smallFrom(files, at) >= MIN_TOGETHER && !this.#isStopped) continue;
      this.#pause = Math.max(0, this.#pause - 1);
      readyThreads();
      try {
        await this.#alone(named);
      } catch (error) {
        failed(named, error);
      }
      at += 1;
    }
  }

  async end(): Promise<void> {
    await this.#small?.end();
  }

  get #isStopped(): boolean {
    return this.#work.hooks.signal?.aborted === true;
  }

  /** Imports what can be imported together from there on. Gives how many files that were. */
  async #together(files: readonly NamedFile[], at: number): Promise<number> {
    const count = this.#pause > 0 || this.#isStopped ? 0 : this.#smallFrom(files, at);
    if (count < MIN_TOGETHER) return 0;
    if (!this.#small || this.#small.isEnded) this.#small = new SmallFiles(this.#caseFile, this.#work.options);
    const { hooks } = this.#work;
    const reports = await this.#small.import(files.slice(at, at + count), {
      signal: hooks.signal,
      written: (named, prepared) => this.#tell(named, prepared),
    });
    this.#work.add(reports);
    const done = reports.length;
    if (done === count) return done;
    // The next one is an exception. Where there are many, going back and forth takes longer than one by one.
    this.#nextPause = done >= WORTH_WHILE ? 1 : Math.min(this.#nextPause * 2, MAX_PAUSE);
    this.#pause = this.#nextPause;
    return done;
  }

  /** How many files from there on are small and were not begun before. */
  #smallFrom(files: readonly NamedFile[], at: number): number {
    const { byReference, sizes } = this.#work.options;
    if (byReference || sizes) return 0;
    const begun = new Set(
      this.#caseFile.db.prepare("select path from source where state = 'importing'").pluck().all() as string[],
    );
    let count = 0;
    for (const { file } of files.slice(at, at + MAX_ORDERED)) {
      const stat = fs.statSync(file, { throwIfNoEntry: false });
      if (!stat?.isFile() || stat.size > MAX_SMALL_BYTES || begun.has(file)) break;
      count += 1;
    }
    return count;
  }

  #tell(named: NamedFile, prepared: Prepared): void {
    if (prepared.kind === "known") return;
    const { bytes, batches } = prepared;
    const report = reporter(named.name, bytes, this.#work.hooks);
    const events = batches.reduce((sum, { encoded }) => sum + encoded.rows, 0);
    for (const phase of ["reading", "looking for duplicates"]) report(phase, bytes, events);
  }
}

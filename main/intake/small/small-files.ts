import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import type { Case } from "../../case/case.ts";
import { nextSourceId } from "../../case/sources.ts";
import { errorOf, type FailureMessage } from "../../platform/worker-errors.ts";
import { startThread } from "../../platform/workers.ts";
import type { DetectOptions } from "../detect/detect.ts";
import { knownTextsOf, textsStateOf } from "../store/known-texts.ts";
import { NotAsPrepared, type SmallReport, writeGroup } from "./group-writer.ts";
import type { NamedFile, Prepared, PrepareMessage, PrepareOrder, WrittenMessage } from "./messages.ts";

export interface SmallOptions extends DetectOptions {
  readonly by: string;
  readonly demandColumns?: boolean;
}

export interface SmallHooks {
  /** A file's rows are about to be written. */
  written(named: NamedFile, prepared: Prepared): void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Imports many small files: a thread of its own reads, recognises and encodes them and writes their copies, and this one brings
 * them into the case, many in one transaction. What is not simple is left to whoever imports files one by one.
 */
export class SmallFiles {
  readonly #caseFile: Case;
  readonly #options: SmallOptions;
  readonly #thread: Worker;
  readonly #messages: (PrepareMessage | Error)[] = [];
  #wake: (() => void) | undefined;
  /** What the thread's dictionaries hold; undefined where it is not known. */
  #texts: string | undefined;
  /** The last source whose original the thread has been told of. */
  #told = 0;
  #isEnded = false;

  constructor(caseFile: Case, options: SmallOptions) {
    this.#caseFile = caseFile;
    this.#options = options;
    this.#thread = startThread(import.meta.url, "prepare", { isLean: true });
    const take = (message: PrepareMessage | Error) => {
      this.#messages.push(message);
      this.#wake?.();
    };
    this.#thread.on("error", take);
    this.#thread.on("message", (message: PrepareMessage | FailureMessage) =>
      take(message.kind === "failure" ? errorOf(message) : message),
    );
  }

  /**
   * Imports the first of these files, as many as it can, in their order. Gives their reports; the file behind them must be
   * imported by itself, if there is one.
   */
  async import(files: readonly NamedFile[], hooks: SmallHooks): Promise<SmallReport[]> {
    const { db } = this.#caseFile;
    const reports: SmallReport[] = [];
    this.#order(files);
    for (;;) {
      const message = await this.#next(hooks.signal);
      if (message === undefined || message instanceof Error) {
        this.#texts = undefined;
        await this.end();
        return reports;
      }
      if (message.kind !== "group") {
        if (message.kind === "unfit" && !message.isClean) this.#texts = undefined;
        return reports;
      }
      const each = (prepared: Prepared) => hooks.written(files[prepared.index] as NamedFile, prepared);
      for (let rest = message.files; rest.length > 0; ) {
        try {
          // Whoever wrote in between may have given numbers that the thread gave too.
          if (this.#texts !== textsStateOf(db)) throw new NotAsPrepared();
          const written = writeGroup(this.#caseFile, files, rest, this.#options.by, each);
          this.#texts = textsStateOf(db);
          reports.push(...written);
          rest = rest.slice(written.length);
        } catch {
          // Each of them says by itself what there is to say.
          this.#texts = undefined;
          await this.end();
          return reports;
        }
        // Somebody may want to stop, or to ask.
        await setImmediate();
        if (hooks.signal?.aborted && rest.length > 0) break;
      }
      this.#thread.postMessage({ kind: "written", memory: message.memory } satisfies WrittenMessage);
    }
  }

  /** No more is taken: copies that came to nothing are removed. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#thread.removeAllListeners("message");
    await this.#thread.terminate();
    const { evidence, db } = this.#caseFile;
    const next = nextSourceId(db);
    for (const name of fs.readdirSync(evidence)) {
      const source = /^incoming-(\d+)$/u.exec(name)?.[1];
      if (source !== undefined && Number(source) >= next) fs.rmSync(path.join(evidence, name), { force: true });
    }
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  #order(files: readonly NamedFile[]): void {
    const { db, evidence } = this.#caseFile;
    const state = textsStateOf(db);
    const { mapping, format, timezone, demandColumns = false } = this.#options;
    const order: PrepareOrder = {
      kind: "prepare",
      files,
      options: {
        ...(mapping !== undefined && { mapping }),
        ...(format !== undefined && { format }),
        ...(timezone !== undefined && { timezone }),
      },
      demandsColumns: demandColumns,
      evidence,
      nextSource: nextSourceId(db),
      known: this.#texts === state ? "kept" : knownTextsOf(db),
      originals: this.#newOriginals(),
    };
    this.#texts = state;
    this.#thread.postMessage(order);
  }

  /** Digests of files that have become sources since the last order. */
  #newOriginals(): string[] {
    const rows = this.#caseFile.db
      .prepare("select id, sha256 from source where id > ? and state = 'complete' and packing is null order by id")
      .raw()
      .all(this.#told) as [number, string][];
    this.#told = rows.at(-1)?.[0] ?? this.#told;
    return rows.map(([, sha256]) => sha256);
  }

  /** Undefined once the work is to be stopped. */
  async #next(signal: AbortSignal | undefined): Promise<PrepareMessage | Error | undefined> {
    const wake = () => this.#wake?.();
    signal?.addEventListener("abort", wake);
    try {
      for (;;) {
        if (signal?.aborted) return undefined;
        const message = this.#messages.shift();
        if (message) return message;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal?.removeEventListener("abort", wake);
    }
  }
}

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { Refusal } from "../../shared/base/errors.ts";
import type { Case } from "../case/case.ts";
import { errorOf, type FailureMessage } from "../intake/pipeline/messages.ts";
import { faultOf } from "../platform/system-errors.ts";
import { startThread } from "../platform/workers.ts";
import type { Packed } from "./read-member.ts";
import { demandUnchanged, openReference } from "./reference.ts";
import { type SourceRow, sourceRow } from "./source-report.ts";
import { areMade, openSteps, type Step, type Store } from "./unpack-steps.ts";

const PIECE = 1 << 20;

/** The uncompressed bytes of a source, at any place. Close it after use. */
export interface Original {
  readonly bytes: number;
  /** Shorter where the content ends before. */
  read(offset: number, length: number): Buffer;
  close(): void;
}

/** @throws Refusal `source-missing`, `file-missing` */
export function openOriginal(place: Case, source: number): Original {
  const row = keptRow(place, source);
  const file = evidenceFile(place, row);
  if (row.by_reference) {
    const whole = openReference(place.db, row);
    if (row.compression === null) return whole;
    whole.close();
  } else if (!fs.existsSync(file))
    throw new Refusal(
      "file-missing",
      `The original of source ${source} (${row.name}) is not in the case`,
      "copy it back into the folder evidence",
    );
  const steps = stepsOf(row);
  return openSteps(file, storeFor(place, row, file, steps), steps);
}

/** The source whose original it is: while a source is read anew, its new rows go by another number. */
function keptRow(place: Case, source: number): SourceRow {
  const row = sourceRow(place.db, source);
  return row.replaces === null ? row : sourceRow(place.db, row.replaces);
}

/** Where a source's original lies: where it was found, or in the case by its digest, or by its number while it is being imported. */
export function evidenceFile(
  place: Case,
  { id, sha256, by_reference, path: found }: Pick<SourceRow, "id" | "sha256" | "by_reference" | "path">,
): string {
  return by_reference ? found : path.join(place.evidence, sha256 ?? `incoming-${id}`);
}

/** A source inside a file in evidence, ready to be read again; undefined for one that is a file itself. */
export function packedOf(place: Case, row: SourceRow): Packed | undefined {
  if (row.packing === null || row.sha256 === null) return undefined;
  const evidence = evidenceFile(place, row);
  const steps = stepsOf(row);
  return { evidence, store: storeFor(place, row, evidence, steps), steps, sha256: row.sha256, bytes: row.bytes };
}

/** From the evidence to the source's content. */
function stepsOf({ packing, compression }: SourceRow): Step[] {
  if (packing !== null) return JSON.parse(packing) as Step[];
  return compression === null ? [] : [{ kind: "gzip" }];
}

/** Where the unpacked copies of a case's originals lie. */
export const blocksFolder = (place: Case): string => path.join(place.cache, "blocks");

/** The copy made of an original while it came in goes on under the original's own name. */
export function renameCopy(place: Case, source: number, sha256: string): void {
  const made = path.join(blocksFolder(place), `incoming-${source}.blocks`);
  if (fs.existsSync(made)) fs.renameSync(made, path.join(blocksFolder(place), `${sha256}.blocks`));
}

/** The store with the seekable copies of a packed original; they are made on first need, in a thread of their own, while this one waits. */
function storeFor(place: Case, row: SourceRow, file: string, steps: readonly Step[]): Store {
  const base = row.sha256 ?? `incoming-${row.id}`;
  const own: Store = { folder: blocksFolder(place), base };
  // A case on a read-only medium still opens: its copies are then made elsewhere.
  const elsewhere: Store = { folder: path.join(os.tmpdir(), "exhibit-blocks"), base };
  for (const store of [own, elsewhere]) if (areMade(store, steps)) return store;
  if (row.by_reference) demandUnchanged(place.db, row);
  for (const store of [own, elsewhere]) {
    try {
      fs.mkdirSync(store.folder, { recursive: true });
      fs.accessSync(store.folder, fs.constants.W_OK);
    } catch {
      continue;
    }
    const done = new Int32Array(new SharedArrayBuffer(4));
    const { port1, port2 } = new MessageChannel();
    const thread = startThread(import.meta.url, "block-file", {
      workerData: { file, store, steps, name: row.name, done, port: port2 },
      transferList: [port2],
    });
    Atomics.wait(done, 0, 0);
    void thread.terminate();
    const said = receiveMessageOnPort(port1) as { message: FailureMessage } | undefined;
    port1.close();
    if (done[0] === 1 && areMade(store, steps)) return store;
    const failure = said && errorOf(said.message);
    throw (
      (failure && (faultOf(failure, store.folder) ?? failure)) ??
      new Refusal(
        "disk-full",
        `${row.name} could not be unpacked into ${store.folder}`,
        "make room there and try again",
      )
    );
  }
  throw new Refusal(
    "case-read-only",
    `${row.name} is compressed and there is nowhere to unpack it`,
    "copy the case to a disk that can be written",
  );
}

export interface RecordPlace {
  readonly source: number;
  readonly offset: number;
  readonly length: number;
}

/** Many records' original bytes, in the order asked; fastest when that is the order of the file. */
export function* readRecords(place: Case, records: Iterable<RecordPlace>): Generator<Buffer> {
  const open = new Map<number, Windowed>();
  try {
    for (const { source, offset, length } of records) {
      let window = open.get(source);
      if (!window) {
        window = new Windowed(openOriginal(place, source));
        open.set(source, window);
      }
      yield window.read(offset, length);
    }
  } finally {
    for (const window of open.values()) window.close();
  }
}

/** Reads records that mostly follow one another: a piece at a time instead of a line at a time. */
export class Windowed {
  readonly #original: Original;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(original: Original) {
    this.#original = original;
  }

  /** Valid as long as it is held; the bytes are never written again. */
  read(offset: number, length: number): Buffer {
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      this.#bytes = this.#original.read(offset, Math.max(length, PIECE >> 3));
      this.#start = offset;
    }
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
  }

  close(): void {
    this.#original.close();
  }
}

/** The whole uncompressed content of a source, piece by piece, in its own encoding. */
export function* contentOf(place: Case, source: number): Generator<{ offset: number; bytes: Buffer }> {
  const original = openOriginal(place, source);
  try {
    for (let offset = 0; offset < original.bytes; offset += PIECE)
      yield { offset, bytes: original.read(offset, PIECE) };
  } finally {
    original.close();
  }
}

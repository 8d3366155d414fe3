import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { Refusal } from "../../shared/errors.ts";
import type { Case } from "../case/case.ts";
import { BLOCK_BYTES, type BlockIndex, readIndex } from "./blocks.ts";
import { demandUnchanged, openReference } from "./reference.ts";
import { type SourceRow, sourceRow } from "./sources.ts";
import { startThread } from "./thread.ts";

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
  return row.compression === null ? openPlain(file) : openBlocks(blocksOf(place, row, file));
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

function openPlain(file: string): Original {
  const fd = fs.openSync(file, "r");
  return {
    bytes: fs.fstatSync(fd).size,
    read(offset, length) {
      const bytes = Buffer.allocUnsafe(length);
      let at = 0;
      while (at < length) {
        const got = fs.readSync(fd, bytes, at, length - at, offset + at);
        if (got === 0) break;
        at += got;
      }
      return bytes.subarray(0, at);
    },
    close: () => fs.closeSync(fd),
  };
}

function openBlocks(file: string): Original {
  const plain = openPlain(file);
  const { starts, bytes } = readIndex(file) as BlockIndex;
  let last = -1;
  let block: Buffer = Buffer.alloc(0);
  const blockAt = (index: number): Buffer => {
    if (index !== last) {
      const start = starts[index] as number;
      block = zlib.zstdDecompressSync(plain.read(start, (starts[index + 1] as number) - start), {
        maxOutputLength: BLOCK_BYTES,
      });
      last = index;
    }
    return block;
  };
  return {
    bytes,
    read(offset, length) {
      const end = Math.min(offset + length, bytes);
      const pieces: Buffer[] = [];
      for (let at = offset; at < end; ) {
        const index = Math.floor(at / BLOCK_BYTES);
        const from = index * BLOCK_BYTES;
        const piece = blockAt(index).subarray(at - from, end - from);
        pieces.push(piece);
        at += piece.length;
      }
      return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    },
    close: () => plain.close(),
  };
}

/** The seekable copy of a compressed original; made on first need, in a thread of its own, while this one waits. */
function blocksOf(place: Case, row: SourceRow, file: string): string {
  const name = `${row.sha256 ?? `incoming-${row.id}`}.blocks`;
  const own = path.join(place.cache, "blocks", name);
  // A case on a read-only medium still opens: its copies are then made elsewhere.
  const elsewhere = path.join(os.tmpdir(), "exhibit-blocks", name);
  for (const target of [own, elsewhere]) if (readIndex(target)) return target;
  if (row.by_reference) demandUnchanged(place.db, row);
  for (const target of [own, elsewhere]) {
    try {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.accessSync(path.dirname(target), fs.constants.W_OK);
    } catch {
      continue;
    }
    const done = new Int32Array(new SharedArrayBuffer(4));
    const thread = startThread("blocks", { source: file, target, done });
    Atomics.wait(done, 0, 0);
    void thread.terminate();
    if (done[0] === 1 && readIndex(target)) return target;
    throw new Refusal(
      "disk-full",
      `${row.name} could not be unpacked into ${path.dirname(target)}`,
      "make room there and try again",
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

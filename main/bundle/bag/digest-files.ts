import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { readInto } from "../../platform/files.ts";
import type { BagFiles } from "./bag-files.ts";
import type { Algorithm } from "./manifest.ts";

/** Files read at the same time: enough to keep a disk busy, few enough to stay small. */
const FILES_AT_ONCE = 2;

/**
 * Digests in hex of the files asked for, each read once however many algorithms are wanted. A file that cannot be read
 * to its end has the error in place of its digests.
 */
export async function digestFiles(
  files: BagFiles,
  wanted: ReadonlyMap<string, ReadonlySet<Algorithm>>,
): Promise<Map<string, ReadonlyMap<Algorithm, string> | Error>> {
  const results = new Map<string, ReadonlyMap<Algorithm, string> | Error>();
  const queue = wanted.entries();
  const work = async () => {
    for (const [path, algorithms] of queue) results.set(path, await digestFile(files, path, algorithms));
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, work));
  return results;
}

async function digestFile(files: BagFiles, path: string, algorithms: ReadonlySet<Algorithm>) {
  const hashes = [...algorithms].map((algorithm) => [algorithm, createHash(algorithm)] as const);
  try {
    for await (const chunk of files.read(path)) for (const [, hash] of hashes) hash.update(chunk);
  } catch (error) {
    return error as Error;
  }
  return new Map(hashes.map(([algorithm, hash]) => [algorithm, hash.digest("hex")]));
}

/** By which the content of a file is known again: SHA-256 in hex, and the CRC of a zip. */
export interface FileSums {
  readonly sha256: string;
  readonly crc: number;
}

const PIECE_BYTES = 1 << 18;

/** Those of files of a folder, each read once. @throws Error where one cannot be read */
export function sumsIn(folder: string, names: readonly string[]): Map<string, FileSums> {
  const bytes = Buffer.allocUnsafeSlow(PIECE_BYTES);
  return new Map(names.map((name) => [name, sumsOf(path.join(folder, name), bytes)]));
}

function sumsOf(file: string, bytes: Buffer): FileSums {
  const hash = createHash("sha256");
  let crc = 0;
  const descriptor = fs.openSync(file, "r");
  try {
    for (let at = 0; ; ) {
      const piece = bytes.subarray(0, readInto(descriptor, bytes, at));
      hash.update(piece);
      crc = crc32(piece, crc);
      at += piece.length;
      if (piece.length < bytes.length) break;
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return { sha256: hash.digest("hex"), crc };
}

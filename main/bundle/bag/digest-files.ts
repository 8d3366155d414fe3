import { createHash } from "node:crypto";
import path from "node:path";
import type { BagFiles } from "./bag-files.ts";
import type { Algorithm } from "./manifest.ts";
import { readPieces } from "./read-pieces.ts";

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

/** SHA-256 in hex of files of a folder. @throws Error where one cannot be read */
export async function digestsIn(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const read = (name: string) => readPieces(path.join(folder, name));
  const wanted = new Map(names.map((name) => [name, new Set<Algorithm>(["sha256"])]));
  const results = await digestFiles({ sizes: new Map(), folders: new Set(), read }, wanted);
  return new Map(
    names.map((name) => {
      const digests = results.get(name);
      if (digests === undefined || digests instanceof Error) throw digests ?? new Error(`${name} was not read`);
      return [name, digests.get("sha256") as string];
    }),
  );
}

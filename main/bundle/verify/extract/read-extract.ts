import { readAll } from "../../bag/bag-files.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { lineBatches } from "../../contents/line-batches.ts";

const EXTRACT = "data/extract/";
/** Files of the extract are read whole up to this size. */
const MAX_FILE_BYTES = 1 << 30;

export const readExtract = async (bag: Bag, name: string): Promise<string> =>
  (await readAll(bag.files, EXTRACT + name, MAX_FILE_BYTES)).toString("utf8");

export const readJson = async <T>(bag: Bag, name: string): Promise<T> => {
  const text = await readExtract(bag, name);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${name} is not valid JSON`);
  }
};

/** A file that may be large, as it is read. */
export const extractPieces = (bag: Bag, name: string): AsyncIterable<Buffer> => bag.files.read(EXTRACT + name);

/** The lines of a file of the extract, as many at a time as were read. */
export const readLineBatches = (bag: Bag, name: string): AsyncGenerator<string[]> =>
  lineBatches(extractPieces(bag, name));

/** One after the other. */
export async function* readLines(bag: Bag, name: string): AsyncGenerator<string> {
  for await (const lines of readLineBatches(bag, name)) yield* lines;
}

import { readAll } from "../../bag/bag-files.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { lineBatches } from "../../contents/line-batches.ts";

const EXTRACT = "data/extract/";
/** Files of the extract are read whole up to this size. */
const MAX_FILE_BYTES = 1 << 30;
const LF = 10;

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

/** Its bytes in pieces of whole lines, the last of which may be without its end. */
export async function* readWholeLines(bag: Bag, name: string): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  for await (const chunk of extractPieces(bag, name)) {
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > 0) {
      yield Buffer.concat([...pieces, chunk.subarray(0, end)]);
      pieces = [];
    }
    if (end < chunk.length) pieces.push(Buffer.from(chunk.subarray(end)));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}

/** The lines of a file of the extract, as many at a time as were read. */
export const readLineBatches = (bag: Bag, name: string): AsyncGenerator<string[]> =>
  lineBatches(extractPieces(bag, name));

/** One after the other. */
export async function* readLines(bag: Bag, name: string): AsyncGenerator<string> {
  for await (const lines of readLineBatches(bag, name)) yield* lines;
}

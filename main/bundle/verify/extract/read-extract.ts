import { isAscii } from "node:buffer";
import { readAll } from "../../bag/bag-files.ts";
import type { Bag } from "../../bag/load-bag.ts";

const EXTRACT = "data/extract/";
/** Files of the extract are read whole up to this size. */
const MAX_FILE_BYTES = 1 << 30;
const LF = 10;
const BOM = "\uFEFF";

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

/** The lines of a file that may be large, without their line ends, as many at a time as were read. */
export async function* readLineBatches(bag: Bag, name: string): AsyncGenerator<string[]> {
  let pieces: Buffer[] = [];
  let isFirst = true;
  const textOf = (last: Buffer): string => {
    pieces.push(last);
    const bytes = pieces.length === 1 ? last : Buffer.concat(pieces);
    pieces = [];
    // Most of it is: then a character is a byte, which is read and parsed twice as fast.
    const text = bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
    const isMarked = isFirst && text.startsWith(BOM);
    isFirst = false;
    return isMarked ? text.slice(1) : text;
  };
  for await (const chunk of bag.files.read(EXTRACT + name)) {
    const end = chunk.lastIndexOf(LF);
    if (end < 0) {
      pieces.push(Buffer.from(chunk));
      continue;
    }
    yield textOf(chunk.subarray(0, end)).split("\n");
    if (end + 1 < chunk.length) pieces.push(Buffer.from(chunk.subarray(end + 1)));
  }
  if (pieces.length > 0) yield textOf(Buffer.alloc(0)).split("\n");
}

/** One after the other. */
export async function* readLines(bag: Bag, name: string): AsyncGenerator<string> {
  for await (const lines of readLineBatches(bag, name)) yield* lines;
}

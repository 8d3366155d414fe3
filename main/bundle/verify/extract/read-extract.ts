import { readAll } from "../../bag/bag-files.ts";
import type { Bag } from "../../bag/load-bag.ts";

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

/** The lines of a file that may be large, without their line ends. */
export async function* readLines(bag: Bag, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of bag.files.read(EXTRACT + name)) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

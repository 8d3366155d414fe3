import { printable } from "../../platform/printable-name.ts";

/** The files of a bag, wherever they lie: in a folder or in a zip. */
export interface BagFiles {
  /** Path inside the bag (`/` between folders) → bytes. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Folders that are there although no file may be in them. */
  readonly folders: ReadonlySet<string>;
  /** The content from its beginning; throws if it cannot be read to its end. A piece holds only until the next one is asked for. */
  read(path: string): AsyncIterable<Buffer>;
}

/** The whole content of a file. Refused over `limit` bytes: a bundle from a stranger must not fill the memory. */
export async function readAll(files: BagFiles, path: string, limit: number): Promise<Buffer> {
  const size = files.sizes.get(path);
  if (size === undefined) throw new Error("is not there");
  if (size > limit) throw new Error(`is ${size} bytes long, more than the ${limit} that are read`);
  let bytes = Buffer.allocUnsafeSlow(size);
  let got = 0;
  for await (const part of files.read(path)) {
    // What is not as long as it was said to be is another's to say.
    if (got + part.length > bytes.length) bytes = Buffer.concat([bytes], 2 * (got + part.length));
    part.copy(bytes, got);
    got += part.length;
  }
  return bytes.subarray(0, got);
}

/** Up to 20 names and how many more, each safe to print on a terminal. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, 20).map(printable).join(", ");
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}

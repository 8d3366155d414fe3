import { LF } from "./plain-bytes.ts";

/** A file that may be large in pieces of whole lines, the last of which may be without its end. */
export async function* wholeLines(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  for await (const chunk of file) {
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > 0) {
      yield Buffer.concat([...pieces, chunk.subarray(0, end)]);
      pieces = [];
    }
    if (end < chunk.length) pieces.push(Buffer.from(chunk.subarray(end)));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}

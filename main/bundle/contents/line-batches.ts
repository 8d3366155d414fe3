import { isAscii } from "node:buffer";

const LF = 10;
const BOM = "\uFEFF";

/** The lines of a file that may be large, without their line ends, as many at a time as a piece of it holds. */
export async function* lineBatches(file: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
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
  for await (const chunk of file) {
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

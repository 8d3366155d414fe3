import { encodingNamed } from "../intake/encoding.ts";
import { decodeHead, readHead } from "../intake/head.ts";

/** The records of a preview as they stand in the file's beginning, as text. @throws Refusal as `readHead` does */
export function original(
  file: string,
  encoding: string,
  records: readonly { offset: number; length: number }[],
): string[] {
  const { text } = decodeHead(readHead(file), encodingNamed(encoding));
  return records.map(({ offset, length }) => text.toString("utf8", offset, offset + length));
}

import { LF } from "./plain-bytes.ts";

const FIRST_BYTES = 1 << 19;

/**
 * A file that may be large in pieces of whole lines, the last of which may be without its end. A piece holds only until the
 * next one is asked for: one array serves for all.
 */
export async function* wholeLines(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** What is there of a line whose end was not read yet. */
  let kept = 0;
  for await (const chunk of file) {
    if (kept + chunk.length > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (kept + chunk.length));
      bytes.copy(larger, 0, 0, kept);
      bytes = larger;
    }
    chunk.copy(bytes, kept);
    const all = kept + chunk.length;
    const end = chunk.lastIndexOf(LF) + 1;
    kept = all;
    if (end === 0) continue;
    const whole = all - chunk.length + end;
    yield bytes.subarray(0, whole);
    bytes.copyWithin(0, whole, all);
    kept = all - whole;
  }
  if (kept > 0) yield bytes.subarray(0, kept);
}

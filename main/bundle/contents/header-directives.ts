import type { Original } from "../../platform/byte-source.ts";
import { bomLength } from "../../platform/encodings/encoding.ts";

const LF = 10;
const CR = 13;
const HASH = 35;
const PIECE_BYTES = 1 << 20;
/** A longer line is no directive. */
const MAX_DIRECTIVE_BYTES = 1 << 16;

export interface Directive {
  readonly offset: number;
  readonly length: number;
}

/**
 * Lines that begin with `#`, up to an offset. The last `#Fields` line before a record gives the record its meaning. Reads
 * the original once, a megabyte at a time. The encodings of such logs all write `#` and line ends as one byte.
 */
export function* directives(original: Original, to: number): Generator<Directive> {
  let start = 0;
  let isDirective = false;
  let isStart = true;
  let before = 0;
  for (let at = 0; at < to; at += PIECE_BYTES) {
    const bytes = original.read(at, Math.min(PIECE_BYTES, to - at));
    const bom = at === 0 ? bomLength(bytes, "utf-8") : 0;
    if (at === 0) start = bom;
    for (let i = bom; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      const isEnd = byte === LF || byte === CR;
      // The LF of a CRLF belongs to the line before.
      if (byte === LF && before === CR && start === at + i) start++;
      else if (isStart) isDirective = byte === HASH;
      if (isEnd) {
        if (isDirective && at + i - start <= MAX_DIRECTIVE_BYTES) yield { offset: start, length: at + i - start };
        start = at + i + 1;
        isDirective = false;
      }
      isStart = isEnd;
      before = byte;
    }
  }
}

/** Bits by byte: what it can be a part of. */
const DIGIT = 1;
const HEX_LETTER = 2;
const DASH = 4;
const OTHER = 8;
const KINDS = new Uint8Array(256).fill(OTHER);
for (const char of "0123456789") KINDS[char.charCodeAt(0)] = DIGIT;
for (const char of "abcdefABCDEF") KINDS[char.charCodeAt(0)] = HEX_LETTER;
KINDS["-".charCodeAt(0)] = DASH;

const SLASH = 47;
const ZERO = 48;
const LOWER_X = 120;
const TO_LOWER = 32;
const ID = Buffer.from("{id}");

/** Hex digits that are taken for an id, at least. */
const MIN_HEX = 8;
const UUID_LENGTH = 36;
const UUID_DASHES = [8, 13, 18, 23];

/** Writes operations as bytes: nearly every row has another path, and text of its own would cost more than all else. */
export class OperationText {
  /** The operation written last; `view` is over the same bytes. */
  bytes = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);

  /**
   * `before` and a path's route: its numbers, hex and UUIDs as `{id}`. Hex: eight digits and more, one of them a figure.
   * Returns the number of bytes.
   */
  writeRoute(before: Uint8Array, u8: Uint8Array, start: number, end: number): number {
    // Only short ids become longer, and each has a slash beside it or is the whole path.
    this.#fit(before.length + (end - start) * ID.length + ID.length);
    const out = this.bytes;
    out.set(before);
    let at = before.length;
    for (let from = start; ; ) {
      const written = at;
      let kinds = 0;
      let i = from;
      for (; i < end; i++) {
        const byte = u8[i] as number;
        if (byte === SLASH) break;
        kinds |= KINDS[byte] as number;
        out[at++] = byte;
      }
      if (i > from && isId(kinds, u8, from, i)) {
        for (let k = 0; k < ID.length; k++) out[written + k] = ID[k] as number;
        at = written + ID.length;
      }
      if (i === end) return at;
      out[at++] = SLASH;
      from = i + 1;
    }
  }

  /** `before` and the bytes as they are. */
  write(before: Uint8Array, bytes: Uint8Array): number {
    this.#fit(before.length + bytes.length);
    this.bytes.set(before);
    this.bytes.set(bytes, before.length);
    return before.length + bytes.length;
  }

  #fit(length: number): void {
    if (this.bytes.length >= length) return;
    this.bytes = new Uint8Array(Math.max(length * 2, 1 << 10));
    this.view = new DataView(this.bytes.buffer);
  }
}

/** A path's part with these kinds of bytes is a number, hex or a UUID. */
function isId(kinds: number, u8: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  switch (kinds) {
    case DIGIT:
      return true;
    case DIGIT | HEX_LETTER:
      return length >= MIN_HEX;
    case DIGIT | OTHER:
    case DIGIT | HEX_LETTER | OTHER:
      return (
        length >= MIN_HEX + 2 &&
        u8[from] === ZERO &&
        ((u8[from + 1] as number) | TO_LOWER) === LOWER_X &&
        isHex(u8, from + 2, to)
      );
    default:
      return length === UUID_LENGTH && (kinds & (DASH | OTHER)) === DASH && isUuid(u8, from);
  }
}

function isHex(u8: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (((KINDS[u8[i] as number] as number) & (DASH | OTHER)) !== 0) return false;
  return true;
}

/** Hex digits and dashes: the dashes must stand where a UUID has them, and nowhere else. */
function isUuid(u8: Uint8Array, from: number): boolean {
  for (let i = 0; i < UUID_LENGTH; i++)
    if ((KINDS[u8[from + i] as number] === DASH) !== UUID_DASHES.includes(i)) return false;
  return true;
}

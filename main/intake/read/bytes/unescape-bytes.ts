const BACKSLASH = 92;
const HEX = new Uint8Array(256).fill(255);
for (let i = 0; i < 16; i++) {
  HEX[i.toString(16).charCodeAt(0)] = i;
  HEX[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}
const PLAIN_ESCAPES: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

const codeUnit = (bytes: Uint8Array, at: number): number =>
  ((HEX[bytes[at] as number] as number) << 12) |
  ((HEX[bytes[at + 1] as number] as number) << 8) |
  ((HEX[bytes[at + 2] as number] as number) << 4) |
  (HEX[bytes[at + 3] as number] as number);

/**
 * Takes a JSON string's escapes out where it stands: what they mean is never longer than they are. Returns where the text now
 * ends. Half of a surrogate pair becomes U+FFFD; `\xXX`, which nginx writes, is that byte.
 */
export function unescapeInPlace(bytes: Uint8Array, start: number, end: number): number {
  let out = start;
  for (let i = start; i < end; ) {
    const byte = bytes[i] as number;
    if (byte !== BACKSLASH) {
      bytes[out++] = byte;
      i++;
      continue;
    }
    const escaped = bytes[i + 1] as number;
    if (escaped === 120) {
      bytes[out++] = ((HEX[bytes[i + 2] as number] as number) << 4) | (HEX[bytes[i + 3] as number] as number);
      i += 4;
      continue;
    }
    if (escaped !== 117) {
      bytes[out++] = PLAIN_ESCAPES[escaped] ?? escaped;
      i += 2;
      continue;
    }
    let point = codeUnit(bytes, i + 2);
    i += 6;
    if (point >= 0xd800 && point < 0xdc00 && bytes[i] === BACKSLASH && bytes[i + 1] === 117) {
      const low = codeUnit(bytes, i + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        i += 6;
      }
    }
    if (point >= 0xd800 && point < 0xe000) point = 0xfffd;
    out = putUtf8(bytes, out, point);
  }
  return out;
}

function putUtf8(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x80) bytes[at++] = point;
  else if (point < 0x800) {
    bytes[at++] = 0xc0 | (point >> 6);
    bytes[at++] = 0x80 | (point & 63);
  } else if (point < 0x10000) {
    bytes[at++] = 0xe0 | (point >> 12);
    bytes[at++] = 0x80 | ((point >> 6) & 63);
    bytes[at++] = 0x80 | (point & 63);
  } else {
    bytes[at++] = 0xf0 | (point >> 18);
    bytes[at++] = 0x80 | ((point >> 12) & 63);
    bytes[at++] = 0x80 | ((point >> 6) & 63);
    bytes[at++] = 0x80 | (point & 63);
  }
  return at;
}

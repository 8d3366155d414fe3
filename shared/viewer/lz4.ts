/**
 * Unpacks an LZ4 block (lz4_Block_format.md).
 * @param bytes what it is to fill, to the last one
 * @throws Error where it is none: whoever sent the bundle may have written anything
 */
export function unpackLz4(block: Uint8Array, bytes: Uint8Array): void {
  const size = bytes.length;
  let at = 0;
  let put = 0;
  const more = (length: number): number => {
    let all = length;
    if (length < 15) return all;
    for (;;) {
      const byte = block[at++] as number;
      all += byte;
      if (byte !== 255) return all;
    }
  };
  while (at < block.length) {
    const token = block[at++] as number;
    const literals = more(token >> 4);
    if (literals > block.length - at || literals > size - put) break;
    if (literals < 32) for (const end = at + literals; at < end; ) bytes[put++] = block[at++] as number;
    else {
      bytes.set(block.subarray(at, at + literals), put);
      at += literals;
      put += literals;
    }
    if (at === block.length) {
      if (put === size) return;
      break;
    }
    const distance = (block[at++] as number) | ((block[at++] as number) << 8);
    const length = more(token & 15) + 4;
    if (!(distance > 0 && distance <= put && length <= size - put)) break;
    // It may reach into what it writes: then that repeats itself.
    for (const end = put + length; put < end; put += 1) bytes[put] = bytes[put - distance] as number;
  }
  throw new Error("a file of lines cannot be unpacked");
}

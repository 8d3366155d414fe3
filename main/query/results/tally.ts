import type { Codes } from "../columns/column-types.ts";

/**
 * How often each dictionary number, or each part that `partOf` maps it to, occurs at these positions. `size`: one more than the
 * highest number or part. There is a loop for each width of array: one loop for all of them takes half as long again.
 */
export function tally(codes: Codes, positions: Uint32Array, size: number, partOf?: Uint8Array): Uint32Array {
  const counts = new Uint32Array(size);
  if (partOf) {
    for (let at = 0; at < positions.length; at += 1) {
      const part = partOf[codes[positions[at] as number] as number] as number;
      counts[part] = (counts[part] as number) + 1;
    }
  } else if (codes instanceof Uint8Array) {
    for (let at = 0; at < positions.length; at += 1) {
      const code = codes[positions[at] as number] as number;
      counts[code] = (counts[code] as number) + 1;
    }
  } else if (codes instanceof Uint16Array) {
    for (let at = 0; at < positions.length; at += 1) {
      const code = codes[positions[at] as number] as number;
      counts[code] = (counts[code] as number) + 1;
    }
  } else {
    for (let at = 0; at < positions.length; at += 1) {
      const code = codes[positions[at] as number] as number;
      counts[code] = (counts[code] as number) + 1;
    }
  }
  return counts;
}

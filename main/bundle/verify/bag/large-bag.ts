import type { Bag } from "../../bag/load-bag.ts";

/** From here on what is worked out of a bag is so by several threads. */
const LARGE_BYTES = 64 << 20;

export const isLarge = ({ files }: Bag): boolean =>
  [...files.sizes.values()].reduce((sum, size) => sum + size, 0) > LARGE_BYTES;

import { parse } from "../../shared/filter/parse.ts";
import { resolve } from "../../shared/filter/resolve.ts";
import type { Mask } from "./evaluate.ts";
import { evaluate } from "./evaluate.ts";
import type { World } from "./world.ts";

/** What a filter gives: positions in the one order of all answers. Counting, paging and tagging are array accesses. */
export interface Selection {
  readonly filter: string;
  readonly mask: Mask;
  readonly positions: Uint32Array;
}

/** @throws Refusal `filter-wrong`, `policy-missing` */
export function select(world: World, filter: string): Selection {
  const mask = evaluate(resolve(parse(filter), world.times), world);
  let count = 0;
  for (let p = 0; p < mask.length; p += 1) count += mask[p] as number;
  const positions = new Uint32Array(count);
  let at = 0;
  for (let p = 0; p < mask.length; p += 1) {
    if (mask[p] === 1) {
      positions[at] = p;
      at += 1;
    }
  }
  return { filter, mask, positions };
}

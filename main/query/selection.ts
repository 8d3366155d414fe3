import { parse } from "../../shared/filter/parse.ts";
import { resolve } from "../../shared/filter/resolve.ts";
import { evaluate } from "./evaluate.ts";
import { type Mask, positionsOf } from "./mask.ts";
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
  return { filter, mask, positions: positionsOf(mask) };
}

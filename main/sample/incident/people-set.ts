import type { Group } from "./actors.ts";
import type { Call } from "./call-kinds.ts";
import { lists, nobody } from "./call-levels.ts";
import type { Cast } from "./cast.ts";

export type People =
  | { value: number; basis: "exact" | "at-least" | "at-most" }
  | { value: number; at_most: number; basis: "between" }
  | { value: null; basis: "not-logged" };

/** How many people a set of calls returned, and how well that is known (docs/decisions/09-people-of-calls.md). */
export class PeopleSet {
  readonly #groups: readonly Group[];
  readonly #seen: Uint8Array;
  #distinct = 0;
  #largest = 0;
  #allListed = true;
  /** Group → people counted in calls without a list; Infinity: in one of them not even counted. -1: no group. */
  readonly #counted = new Map<number, number>();

  constructor(cast: Cast) {
    this.#groups = cast.groups;
    this.#seen = new Uint8Array(Math.ceil(cast.peopleCount / 8));
  }

  /** `kept`: those of the call's list who count. */
  add(call: Call, kept: readonly number[]): void {
    if (lists(call)) {
      for (const person of kept) {
        const byte = this.#seen[person >> 3] as number;
        const bit = 1 << (person & 7);
        if ((byte & bit) !== 0) continue;
        this.#seen[person >> 3] = byte | bit;
        this.#distinct += 1;
      }
      return;
    }
    const known = call.count >= 0;
    if (!known && (nobody(call) || call.outcome === "denied" || call.outcome === "failed")) return;
    this.#allListed = false;
    if (call.count > this.#largest) this.#largest = call.count;
    this.#counted.set(
      call.group,
      (this.#counted.get(call.group) ?? 0) + (known ? call.count : Number.POSITIVE_INFINITY),
    );
  }

  result(): People {
    if (this.#allListed) return { value: this.#distinct, basis: "exact" };
    let upper = this.#distinct;
    for (const [index, counted] of this.#counted) {
      const group = this.#groups[index];
      upper += group?.known ? Math.min(counted, group.people) : counted;
    }
    const lower = Math.max(this.#distinct, this.#largest);
    if (upper === Number.POSITIVE_INFINITY) {
      return lower === 0 ? { value: null, basis: "not-logged" } : { value: lower, basis: "at-least" };
    }
    upper = Math.max(lower, upper);
    return lower === 0 ? { value: upper, basis: "at-most" } : { value: lower, at_most: upper, basis: "between" };
  }
}

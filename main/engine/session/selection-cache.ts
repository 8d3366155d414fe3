import { LRUCache } from "lru-cache";
import type { Selection } from "../../query/results/selection.ts";

/** Selections kept however large they are, and at most; between the two, as many as have room. */
const MIN_SELECTIONS = 4;
const MAX_SELECTIONS = 1_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** The selections used last, by filter and order, for paging. */
export class SelectionCache {
  #bytes = 0;
  readonly #kept = new LRUCache<string, Selection>({
    max: MAX_SELECTIONS,
    dispose: ({ bytes }) => {
      this.#bytes -= bytes;
    },
  });

  get(filter: string, sort: string | undefined, make: () => Selection): Selection {
    const key = JSON.stringify([filter, sort]);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const made = make();
    this.#kept.set(key, made);
    this.#bytes += made.bytes;
    while (this.#bytes > MAX_BYTES && this.#kept.size > MIN_SELECTIONS) this.#kept.pop();
    return made;
  }

  clear(): void {
    this.#kept.clear();
  }
}

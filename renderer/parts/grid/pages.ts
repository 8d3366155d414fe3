import { LRUCache } from "lru-cache";
import type { CallRow } from "../../../shared/model/explore.ts";

export const PAGE = 100;
/** Pages kept: a few screens behind and before wherever one has been lately. */
const KEPT = 80;

type Fetch = (offset: number, limit: number) => Promise<readonly CallRow[]>;

/** The rows of one answer, a page at a time. What the grid is shown has always been loaded before it is shown. */
export class Pages {
  readonly count: number;
  readonly #fetch: Fetch;
  readonly #pages = new LRUCache<number, (CallRow | undefined)[]>({ max: KEPT });
  readonly #loading = new Map<number, Promise<void>>();

  /** `seed`: the rows from `offset` on that came with the answer. */
  constructor(count: number, fetch: Fetch, seed: { offset: number; rows: readonly CallRow[] }) {
    this.count = count;
    this.#fetch = fetch;
    for (const [index, row] of seed.rows.entries()) this.#put(seed.offset + index, row);
  }

  row(at: number): CallRow | undefined {
    return this.#pages.get(Math.floor(at / PAGE))?.[at % PAGE];
  }

  /** Are all rows of [from, to) that there are loaded? */
  has(from: number, to: number): boolean {
    for (let at = Math.max(0, from); at < Math.min(to, this.count); at += 1) if (!this.row(at)) return false;
    return true;
  }

  /** Loads [from, to), as far as it is not yet. */
  async load(from: number, to: number): Promise<void> {
    const waits: Promise<void>[] = [];
    const last = Math.floor((Math.min(to, this.count) - 1) / PAGE);
    for (let page = Math.floor(Math.max(0, from) / PAGE); page <= last; page += 1)
      if (!this.has(page * PAGE, (page + 1) * PAGE)) waits.push(this.#load(page));
    await Promise.all(waits);
  }

  #load(page: number): Promise<void> {
    const under = this.#loading.get(page);
    if (under) return under;
    const wait = this.#fetch(page * PAGE, PAGE)
      .then((rows) => {
        for (const [index, row] of rows.entries()) this.#put(page * PAGE + index, row);
      })
      .finally(() => this.#loading.delete(page));
    this.#loading.set(page, wait);
    return wait;
  }

  #put(at: number, row: CallRow): void {
    const page = Math.floor(at / PAGE);
    const rows = this.#pages.get(page) ?? new Array<CallRow | undefined>(PAGE);
    this.#pages.set(page, rows);
    rows[at % PAGE] = row;
  }
}

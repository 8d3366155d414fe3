import type { Pages } from "./pages.ts";
import type { Sight } from "./sight.ts";

/** Rows loaded beyond each end of what is seen before it is shown. */
const AROUND_ROWS = 10;
/** Rows fetched ahead of a scroll. */
const AHEAD_ROWS = 300;
/** After an answer, before more of its rows are fetched: what stands around them comes first. */
const LATER_MS = 1000;

/** Brings rows into sight, once they are loaded. */
export class Scroll {
  readonly #sight: Sight;
  readonly #onMoved: () => void;
  #pages: Pages | undefined;
  /** The latest wish; absent: fulfilled. */
  #wanted: number | undefined;
  #isMoving = false;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** `onMoved`: the sight has another top. */
  constructor(sight: Sight, onMoved: () => void) {
    this.#sight = sight;
    this.#onMoved = onMoved;
  }

  /** Another answer: what was wished of the one before counts no more. */
  begin(pages: Pages): void {
    this.#pages = pages;
    this.#wanted = undefined;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      const { top, fit } = this.#sight;
      pages.load(top - AROUND_ROWS, top + fit + AHEAD_ROWS / 3).catch(() => undefined);
    }, LATER_MS);
  }

  end(): void {
    clearTimeout(this.#later);
    this.#pages = undefined;
    this.#wanted = undefined;
  }

  /** Loads, then moves; of several wishes the latest counts. */
  async to(top: number): Promise<void> {
    if (!this.#pages) return;
    this.#wanted = this.#sight.inside(top);
    if (this.#isMoving) return;
    this.#isMoving = true;
    try {
      while (this.#pages && this.#wanted !== undefined) {
        const [pages, next]: [Pages, number] = [this.#pages, this.#wanted];
        const [from, to] = [next - AROUND_ROWS, next + this.#sight.fit + AROUND_ROWS + 1];
        if (!pages.has(from, to)) await pages.load(from, to);
        // another answer came meanwhile: only what is wished of that one counts
        if (this.#pages !== pages) continue;
        if (this.#wanted === next) this.#wanted = undefined;
        this.#move(pages, next);
      }
    } catch {
      // the answer's own error says why there are no rows
      this.#wanted = undefined;
    } finally {
      this.#isMoving = false;
    }
  }

  /** Shows the rows, and fetches more the way it goes. */
  #move(pages: Pages, top: number): void {
    const isDown = top >= this.#sight.top;
    this.#sight.top = top;
    this.#onMoved();
    const [before, after] = isDown ? [0, AHEAD_ROWS] : [AHEAD_ROWS, 0];
    pages.load(top - before, top + this.#sight.fit + after).catch(() => undefined);
  }
}

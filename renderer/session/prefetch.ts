import type { Hooks, Input } from "../../shared/contract/contract.ts";
import { parse } from "../../shared/filter/parse.ts";
import { wordsOf } from "../../shared/filter/words.ts";
import type { ExploreReply } from "../../shared/model/explore.ts";
import { ask } from "./client.ts";
import type { Place } from "./places.ts";
import type { State } from "./state.ts";
import type { Store } from "./store.ts";

/** Rows beyond those that are seen whole: the one that is seen in part, and those above a row that was gone to. */
const SPARE_ROWS = 4;
/** Milliseconds for which what was found ahead is still an answer. */
const FRESH_MS = 2000;

type Question = Input<"explore">;

/** The rows around one of them, so many as fit above and below it: all that may be seen. */
export function rowsAround(row: number, fit: number): Pick<Question, "offset" | "limit"> {
  // fewer calls than before are shown to the last, from further up
  const offset = Math.max(0, row - fit - SPARE_ROWS);
  return { offset, limit: Math.min(1000, row - offset + fit + SPARE_ROWS) };
}

/** @param rows of the list in that order */
export function questionOf(
  { text, sort }: Pick<Place, "text" | "sort">,
  rows: Pick<Question, "offset" | "limit">,
): Question {
  return { filter: text, ...(sort === undefined ? {} : { sort }), ...rows };
}

interface Begun {
  readonly key: string;
  /** Until when it is an answer, ms of the page's clock. */
  readonly until: number;
  readonly reply: Promise<ExploreReply>;
  readonly controller: AbortController;
  /** Absent: it is not there yet. */
  found?: ExploreReply;
}

/**
 * The engine answers a filter before the page asks: while more of it may be typed, while a range is drawn, and from the moment
 * another one holds, before the page has drawn that. Another look ahead ends the one before. Nothing is looked for in the
 * original lines: that takes long, and is begun when it is meant.
 */
export class LookAhead {
  readonly #store: Store<State>;
  #begun: Begun | undefined;
  #fit: () => number = () => 0;

  constructor(store: Store<State>) {
    this.#store = store;
  }

  /**
   * From now on, until the returned function is called: whenever a place on Explore has another filter or order.
   * @param fit rows that are seen whole
   */
  watch(fit: () => number): () => void {
    this.#fit = fit;
    let before = this.#store.get().history.here;
    return this.#store.subscribe(() => {
      const { here } = this.#store.get().history;
      const isOther = here.text !== before.text || here.sort !== before.sort;
      before = here;
      if (isOther && here.screen === "explore") this.begin(here);
    });
  }

  begin(place: Pick<Place, "text" | "sort" | "row">): void {
    const question = questionOf(place, rowsAround(place.row ?? 0, this.#fit()));
    const key = this.#keyOf(question);
    if (this.#begun?.key === key) return;
    this.#begun?.controller.abort();
    this.#begun = undefined;
    if (!isQuick(place.text)) return;
    const controller = new AbortController();
    const reply = ask("explore", question, { signal: controller.signal });
    const begun: Begun = { key, until: performance.now() + FRESH_MS, reply, controller };
    reply.then(
      (found) => {
        begun.found = found;
      },
      () => undefined,
    );
    this.#begun = begun;
  }

  /** The answer to what was begun, where it is there and that was the same question. */
  found(question: Question): ExploreReply | undefined {
    return this.#of(question)?.found;
  }

  /** Asks for rows: the answer is what was begun, where that was the same question. @throws Refusal */
  ask(question: Question, hooks: Hooks): Promise<ExploreReply> {
    const begun = this.#of(question);
    if (!begun) return ask("explore", question, hooks);
    this.#begun = undefined;
    hooks.signal?.addEventListener("abort", () => begun.controller.abort());
    return begun.reply;
  }

  #of(question: Question): Begun | undefined {
    const begun = this.#begun;
    return begun?.key === this.#keyOf(question) && performance.now() <= begun.until ? begun : undefined;
  }

  #keyOf(question: Question): string {
    return JSON.stringify([this.#store.get().revision, question]);
  }
}

function isQuick(filter: string): boolean {
  try {
    return wordsOf(parse(filter)).length === 0;
  } catch {
    return false;
  }
}

import { parse } from "../../shared/filter/parse.ts";
import { wordsOf } from "../../shared/filter/words.ts";
import { ask } from "./client.ts";

let latest: { readonly filter: string; readonly controller: AbortController } | undefined;

/**
 * The engine works out a filter before it is asked for its rows: while more of it may be typed, while a range is drawn, while
 * the page shows that another one holds. Another look ahead ends the one before. Nothing is looked for in the original lines:
 * that takes long, and is begun when it is meant.
 */
export function lookAhead(filter: string): void {
  if (latest?.filter === filter) return;
  latest?.controller.abort();
  latest = undefined;
  if (!isQuick(filter)) return;
  const controller = new AbortController();
  latest = { filter, controller };
  ask("explore", { filter, offset: 0, limit: 0 }, { signal: controller.signal }).catch(() => undefined);
}

function isQuick(filter: string): boolean {
  try {
    return wordsOf(parse(filter)).length === 0;
  } catch {
    return false;
  }
}

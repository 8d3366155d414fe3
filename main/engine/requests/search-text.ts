import type { Hooks } from "../../../shared/contract/contract.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { wordsOf } from "../../../shared/filter/words.ts";
import { SLICE_MS, yieldToMessages } from "../../platform/time-slices.ts";
import { searching } from "../../query/filter/text-search.ts";
import type { Session } from "../session/session.ts";

/**
 * Searches the original lines for a filter's words, in slices. The next question is answered in between, and a cancelled
 * search stops. Afterwards the filter is evaluated at once. @throws Refusal `filter-wrong`, `cancelled`
 */
export async function search(session: Session, filter: string, { signal, progress }: Hooks): Promise<void> {
  for (const texts of wordsOf(parse(filter))) {
    const { dataset } = session.inquiry;
    let until = performance.now() + SLICE_MS;
    for (const { done, found } of searching(dataset, texts)) {
      if (performance.now() < until) continue;
      progress?.({ what: "search", done, total: dataset.columns.rows, unit: "records", records: found });
      await yieldToMessages(signal, "The search was stopped");
      until = performance.now() + SLICE_MS;
    }
  }
}

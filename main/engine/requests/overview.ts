import type { Hooks, Input } from "../../../shared/contract/contract.ts";
import { clear } from "../../../shared/filter/splice.ts";
import type { FacetValues, OverviewReply } from "../../../shared/model/explore.ts";
import { yieldToMessages } from "../../platform/time-slices.ts";
import type { Dataset } from "../../query/dataset.ts";
import { stackedHistogram } from "../../query/results/stacked-histogram.ts";
import type { Session } from "../session/session.ts";
import { countPeople } from "./count-people.ts";
import { facetOf } from "./facet-values.ts";

/** Up to this many calls, their people are counted with everything else. More would delay the answer. */
const MAX_CALLS_AT_ONCE = 20_000;

/**
 * Facets, bars and people of a filter, one after the other. The count of another filter is answered in between.
 * @throws Refusal `filter-wrong`, `policy-missing`, `column-unknown`, `cancelled`
 */
export async function overview(session: Session, input: Input<"overview">, hooks: Hooks): Promise<OverviewReply> {
  const { filter, within = false } = input;
  const next = () => yieldToMessages(hooks.signal, "Counting the values was stopped");
  const { dataset } = session.inquiry;
  // Read only now: asking for stale columns raises the revision.
  const { revision } = session;
  const histogram = stackedHistogram(dataset, session.selection(clear(filter, "time")), {
    ...(input.span ?? axisOf(dataset)),
    most: input.bars,
    stack: input.stack,
  });
  const facets: Record<string, FacetValues> = {};
  for (const [field, limit] of Object.entries(input.facets)) {
    await next();
    facets[field] = facetOf(session, filter, field, limit, within);
  }
  const isFew = session.selection(filter).count <= MAX_CALLS_AT_ONCE;
  const { people } = isFew ? await countPeople(session, filter, hooks) : {};
  return { filter, revision, facets, histogram, ...(people ? { people } : {}) };
}

/** First and last call of the case, µs; undefined where there is none. */
export function spanOf({ columns: { time, rows } }: Dataset): { from: number; to: number } | undefined {
  return rows === 0 ? undefined : { from: time[0] as number, to: time[rows - 1] as number };
}

/** The whole of the case's time, with cutoff and as-of in it; a day where there is none. */
function axisOf(dataset: Dataset): { from: number; to: number } {
  const { times } = dataset;
  const span = spanOf(dataset);
  const policyTimes = [times.cutoff, times.asOf].filter((time) => time !== undefined);
  const all = [...policyTimes, ...(span ? [span.from, span.to + 1] : [])];
  return all.length === 0 ? { from: 0, to: 1 } : { from: Math.min(...all), to: Math.max(...all, Math.min(...all) + 1) };
}

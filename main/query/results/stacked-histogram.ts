import { OUTCOMES } from "../../../shared/model/event.ts";
import type { Stack, StackedHistogram } from "../../../shared/model/explore.ts";
import type { Codes } from "../columns/column-types.ts";
import { lowerBound } from "../columns/lower-bound.ts";
import type { Dataset } from "../dataset.ts";
import type { Selection } from "./selection.ts";
import { tally } from "./tally.ts";
import { roundStep, stepOrigin, stepStart } from "./time-steps.ts";

/** Parts of a bar that a reader can tell apart; the rest is one part. */
const MAX_BAR_PARTS = 5;

/**
 * Bars of one round length over a span of time, each in parts. Their edges lie on the UTC clock; weeks begin on Monday. The
 * caller gives the span, so that the bars stay where they are while a filter narrows.
 */
export function stackedHistogram(
  dataset: Dataset,
  selection: Selection,
  { from, to, most, stack }: { from: number; to: number; most: number; stack: Stack },
): StackedHistogram {
  const origin = stepOrigin(from, to - 1, most);
  const startOf = (step: number) => stepStart(from, step, origin);
  const bucketsOf = (step: number) => Math.max(1, Math.ceil((to - startOf(step)) / step));
  const step = roundStep(most, bucketsOf);
  const start = startOf(step);
  const buckets = bucketsOf(step);
  const { codes, texts } = partsOf(dataset, stack);
  const positions = selection.lent();
  const { values, partOf } = shownParts(codes, texts, positions, stack);
  const series = values.map((value) => ({ ...(value === undefined ? {} : { value }), counts: [] as number[] }));
  // Events are in the order of time: a bucket is a run of positions.
  const edges = Array.from({ length: buckets + 1 }, (_, at) =>
    lowerBound(positions, dataset.columns.lowerBound(start + at * step)),
  );
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const run = positions.subarray(edges[bucket], edges[bucket + 1]);
    const counts = codes ? tally(codes, run, values.length, partOf) : [run.length];
    for (const [part, count] of counts.entries()) series[part]?.counts.push(count);
  }
  return { from: start, step, series };
}

/** A dictionary number a position and the text of each number. Numbers of the same text are merged afterwards. */
function partsOf(dataset: Dataset, stack: Stack): { codes: Codes | undefined; texts: readonly (string | undefined)[] } {
  switch (stack) {
    case "none":
      return { codes: undefined, texts: [undefined] };
    case "outcome":
      return { codes: dataset.columns.codes("outcome"), texts: OUTCOMES };
    case "api":
      return { codes: dataset.columns.codes("api"), texts: dataset.columns.dictionary("api").all() };
    case "developer":
      return { codes: dataset.owners.of, texts: dataset.owners.list.map((owner) => owner.shown) };
    case "level": {
      // The bits are the levels under any rule. A call is shown under its highest level.
      const name = (bits: number) =>
        bits >= 4 ? "obtained" : bits >= 2 ? "possible" : bits === 1 ? "attempted" : undefined;
      return { codes: dataset.judged.levels(), texts: Array.from({ length: 8 }, (_, bits) => name(bits)) };
    }
  }
}

/** Which texts are a part of their own, lowest first. A last part without a value holds all the others. */
function shownParts(
  codes: Codes | undefined,
  texts: readonly (string | undefined)[],
  positions: Uint32Array,
  stack: Stack,
): { values: (string | undefined)[]; partOf: Uint8Array } {
  if (!codes) return { values: [undefined], partOf: new Uint8Array(1) };
  const byCode = tally(codes, positions, texts.length);
  const sums = new Map<string | undefined, number>();
  for (const [code, text] of texts.entries()) {
    const count = byCode[code] as number;
    if (count > 0) sums.set(text, (sums.get(text) ?? 0) + count);
  }
  const closed = PART_ORDER[stack];
  const named = [...sums.keys()].filter((text) => text !== undefined);
  const shown = closed
    ? closed.filter((text) => sums.has(text))
    : named.sort((a, b) => (sums.get(b) as number) - (sums.get(a) as number)).slice(0, MAX_BAR_PARTS);
  const hasOthers = sums.size > shown.length || shown.length === 0;
  const partOf = Uint8Array.from(texts, (text) => {
    const part = text === undefined ? -1 : shown.indexOf(text);
    return part < 0 ? shown.length : part;
  });
  return { values: hasOthers ? [...shown, undefined] : [...shown], partOf };
}

/** What went wrong lies at the foot of a bar, where it can be read against the axis. */
const PART_ORDER: Partial<Record<Stack, readonly string[]>> = {
  outcome: ["denied", "failed", "unknown", "allowed"],
  level: ["obtained", "possible", "attempted"],
};

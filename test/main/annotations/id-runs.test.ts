import fc from "fast-check";
import { expect, test } from "vitest";
import { countRuns, differenceOf, type Runs, runsOf, unionOf } from "../../../main/annotations/id-runs.ts";

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 40 })).map((list) => list.sort((a, b) => a - b));
const listed = (runs: Runs) =>
  runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
/** Ascending, with at least one id left out between two runs. */
const areApart = (runs: Runs) =>
  runs.every(([first, last], at) => first <= last && (at === 0 || (runs[at - 1]?.[1] ?? 0) + 1 < first));

test("ids become the fewest runs, and runs the same ids", () => {
  fc.assert(
    fc.property(ids, (list) => {
      const runs = runsOf(list);
      expect(listed(runs)).toEqual(list);
      expect(areApart(runs)).toBe(true);
      expect(countRuns(runs)).toBe(list.length);
      expect(runsOf(Uint32Array.from(list))).toEqual(runs);
    }),
  );
});

test("union and difference are those of the ids, and again runs apart from each other", () => {
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      const [union, rest] = [unionOf(runsOf(a), runsOf(b)), differenceOf(runsOf(a), runsOf(b))];
      expect(listed(union)).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
      expect(listed(rest)).toEqual(a.filter((id) => !b.includes(id)));
      expect([areApart(union), areApart(rest)]).toEqual([true, true]);
    }),
  );
});

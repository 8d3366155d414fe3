import fc from "fast-check";
import { expect, test } from "vitest";
import { eventsAt } from "../../../../main/query/results/events.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { SORTABLE, sorted, sortOf } from "../../../../main/query/results/sort.ts";
import { OUTCOMES } from "../../../../shared/model/event.ts";
import { randomCase } from "../../../reference/random.ts";
import { datasets, noon, quickCase } from "../dataset-of.ts";

const datasetOf = datasets();

test("events come by any column, either way; equal ones stay as they were and those without it come last", () => {
  const own = quickCase();
  fc.assert(
    fc.property(randomCase, fc.boolean(), (input, descending) => {
      const dataset = datasetOf(input.events, input.registry, own);
      const { positions } = select(dataset, "");
      const events = Array.from(eventsAt(dataset, positions), ({ event }) => event);
      for (const field of SORTABLE.filter((each) => !["time", "fields", "subjects"].includes(each))) {
        const keyOf = (index: number): string | number | undefined => {
          const event = events[index] as unknown as Record<string, string | number | undefined>;
          return field === "outcome" ? OUTCOMES.indexOf(event.outcome as "allowed") : event[field];
        };
        const plain = Array.from(positions, (_, index) => index).sort((a, b) => {
          const [x, y] = [keyOf(a), keyOf(b)];
          if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || a - b;
          return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1) || a - b;
        });
        const found = sorted(dataset, positions, { field, descending });
        expect([...found], field).toEqual(plain.map((index) => positions[index]));
      }
    }),
    { numRuns: 12 },
  );
});

test("time, last first: calls of one instant keep the order of their lines", () => {
  const dataset = datasetOf([noon(1), noon(2), noon(2), noon(3)].map((time) => ({ time })));
  const { positions } = select(dataset, "");
  expect([...sorted(dataset, positions, sortOf("time:desc"))]).toEqual([3, 1, 2, 0]);
  expect(sorted(dataset, positions, sortOf("time"))).toBe(positions);
});

test("0 and an absent number are apart, in either way", () => {
  const dataset = datasetOf([{ time: noon(1) }, { time: noon(2), bytes: 0 }, { time: noon(3), bytes: 5 }]);
  const { positions } = select(dataset, "");
  expect([...sorted(dataset, positions, sortOf("bytes"))]).toEqual([1, 2, 0]);
  expect([...sorted(dataset, positions, sortOf("bytes:desc"))]).toEqual([2, 1, 0]);
});

test.each(["", ":desc", "tags", "time:up", "time:desc:asc", "time:"])("%j is no way to sort", (text) => {
  expect(() => sortOf(text)).toThrow(expect.objectContaining({ code: "column-unknown" }));
});

test("a selection without events stays one", () => {
  const dataset = datasetOf([{ time: noon(1), app: "a1" }]);
  expect(sorted(dataset, new Uint32Array(), sortOf("app:desc"))).toHaveLength(0);
});

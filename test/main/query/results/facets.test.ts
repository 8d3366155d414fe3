import fc from "fast-check";
import { expect, test } from "vitest";
import { addTag } from "../../../../main/annotations/tag-and-note.ts";
import { eventsAt } from "../../../../main/query/results/events.ts";
import { FACETS, facet } from "../../../../main/query/results/facets.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { randomCase } from "../../../reference/random.ts";
import { datasets, noon, quickCase } from "../dataset-of.ts";

const datasetOf = datasets();

test("each value is counted as often as a walk over the events meets it, absent ones apart, most frequent first", () => {
  const own = quickCase();
  const plain = FACETS.filter((field) => !["level", "tag", "duplicate", "fields"].includes(field));
  fc.assert(
    fc.property(randomCase, (input) => {
      const dataset = datasetOf(input.events, input.registry, own);
      const selection = select(dataset, "");
      const events = Array.from(eventsAt(dataset, selection.positions), ({ event }) => event);
      for (const field of plain) {
        const met = new Map<string | undefined, number>();
        for (const event of events) {
          const value = event[field as "app" | "subjects"];
          const each = Array.isArray(value) ? (value.length === 0 ? [undefined] : new Set(value)) : [value];
          for (const one of each) met.set(one?.toString(), (met.get(one?.toString()) ?? 0) + 1);
        }
        const found = facet(dataset, field, selection);
        expect(new Map(found.map(({ value, count }) => [value, count])), field).toEqual(met);
        const order = found.map(({ value, count }) => ({ value: value ?? "", count }));
        const sorted = order.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
        expect(order, field).toEqual(sorted);
      }
    }),
    { numRuns: 15 },
  );
});

test("a nested field counts under each name it answers to, once a call", () => {
  const dataset = datasetOf([
    { time: noon(1), fields: ["from{name}", "name"] },
    { time: noon(2), fields: ["name"] },
    { time: noon(3), fields: [] },
    { time: noon(4) },
  ]);
  // from{name} answers to itself, to from, name and from.name; a list without elements says as little as none
  expect(facet(dataset, "fields", select(dataset, ""))).toEqual([
    { count: 2 },
    { value: "name", count: 2 },
    { value: "from", count: 1 },
    { value: "from.name", count: 1 },
    { value: "from{name}", count: 1 },
  ]);
});

test("names of a developer that differ in the log and are one in the registry are one value; a name that two bear stays the log's", () => {
  const calls = [
    { time: noon(1), app: "a1" },
    { time: noon(2), developer: "ACME" },
    { time: noon(3), developer: "d1" },
  ];
  const values = (ids: readonly string[]) => {
    const dataset = datasetOf(calls, {
      developers: ids.map((developer_id) => ({ developer_id, developer: "Acme" })),
      apps: [{ app: "a1", developer_id: ids.at(-1) as string }],
    });
    return facet(dataset, "developer", select(dataset, ""));
  };
  expect(values(["d1"])).toEqual([{ value: "Acme", count: 3 }]);
  expect(values(["d1", "d2"])).toEqual([
    { value: "Acme", count: 2 },
    { value: "ACME", count: 1 },
  ]);
});

test("duplicates are counted where the filter lets them in, yes and no together all of them", () => {
  const dataset = datasetOf([{ time: noon(1) }, { time: noon(1), duplicate: true }, { time: noon(2) }]);
  expect(facet(dataset, "duplicate", select(dataset, ""))).toEqual([{ value: "no", count: 2 }]);
  expect(facet(dataset, "duplicate", select(dataset, "duplicate:*"))).toEqual([
    { value: "no", count: 2 },
    { value: "yes", count: 1 },
  ]);
});

test("a limit keeps the most frequent, equal ones by their text; statuses of any size are numbers of their own", () => {
  const dataset = datasetOf([404, 200, 200, 404, 99_999, -1].map((status, n) => ({ time: noon(1, n), status })));
  const all = facet(dataset, "status", select(dataset, ""));
  expect(all.map(({ value, count }) => [value, count])).toEqual([
    ["200", 2],
    ["404", 2],
    ["-1", 1],
    ["99999", 1],
  ]);
  expect(facet(dataset, "status", select(dataset, ""), 3)).toEqual(all.slice(0, 3));
});

test("a tag counts its events in the selection, not all it is on", () => {
  const dataset = datasetOf([1, 2, 3, 4].map((day) => ({ time: noon(day), app: day < 3 ? "a1" : "a2" })));
  addTag(dataset.caseFile, { filter: "", ids: Uint32Array.of(1, 2, 3) }, "seen");
  expect(facet(dataset, "tag", select(dataset, ""))).toEqual([{ value: "seen", count: 3 }]);
  expect(facet(dataset, "tag", select(dataset, "app:a2"))).toEqual([{ value: "seen", count: 1 }]);
});

test("where no event is selected no field has a value; where none may be counted it is refused by name", () => {
  const dataset = datasetOf([{ time: noon(1), app: "a1" }]);
  const nothing = select(dataset, "app:none");
  for (const field of FACETS.filter((each) => each !== "level"))
    expect(facet(dataset, field, nothing), field).toEqual([]);
  expect(() => facet(dataset, "request_id", nothing)).toThrow(expect.objectContaining({ code: "column-unknown" }));
  expect(() => facet(dataset, "level", nothing)).toThrow(expect.objectContaining({ code: "policy-missing" }));
});

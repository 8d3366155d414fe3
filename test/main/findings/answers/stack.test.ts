import fc from "fast-check";
import { expect, test } from "vitest";
import { stackOf } from "../../../../main/findings/answers/stack.ts";
import { Inquiry } from "../../../../main/findings/inquiry.ts";
import { FACETS, facet } from "../../../../main/query/results/facets.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { caseOf } from "../../../fixture.ts";
import { randomCase } from "../../../reference/random.ts";
import { quickCase } from "../../query/dataset-of.ts";
import { got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const day = (n: number, clock = "10:00:00") => `2018-04-${String(n).padStart(2, "0")}T${clock}Z`;

const CALLS = [
  got(day(2), { app: "a1" }),
  got(day(3), { app: "a3", api: "pages" }),
  got(day(4), { app: "a1", bytes: 5, subjects: ["p1", "p2"] }),
  got(day(5), { app: "a2", bytes: 7, fields: ["name", "from{id}"] }),
  got(day(5, "12:00:00"), { app: "a2" }),
  got(day(6), { app: "a1", subjects: ["p2"] }),
];

test("each value has its calls, first and last, people, sum and the different values of another field", () => {
  const asked = { filter: "time>=cutoff", by: ["app"], people: true, sum: "bytes", distinct: "subjects" } as const;
  expect(stackOf(inquiryOf(CALLS), asked)).toEqual({
    filter: "time>=cutoff",
    by: ["app"],
    values: 2,
    events: 4,
    rows: [
      {
        values: ["a1"],
        count: 2,
        first: day(4),
        last: day(6),
        people: { value: 2, basis: "exact" },
        sum: 5,
        distinct: 2,
      },
      {
        ...{ values: ["a2"], count: 2, first: day(5), last: day(5, "12:00:00") },
        ...{ people: { value: 1, basis: "exact" }, sum: 7, distinct: 1 },
      },
    ],
    days: 3,
  });
});

test("a sum is of the calls that say the number, and is no 0 where none does", () => {
  const rows = [...CALLS, got(day(7), { app: "a4", bytes: 0 })];
  const sums = stackOf(inquiryOf(rows), { filter: "", by: ["app"], sum: "bytes", order: "value" }).rows;
  expect(sums.map(({ values, sum }) => [values[0], sum])).toEqual([
    ["a1", 5],
    ["a2", 7],
    ["a3", undefined],
    ["a4", 0],
  ]);
});

test("against another filter rows are compared by calls a logged day; what is new or stopped has none, and comes first", () => {
  const asked = { filter: "time>=cutoff", by: ["app"], against: "time<cutoff" } as const;
  const { rows, days, against_days } = stackOf(inquiryOf(CALLS), { ...asked, order: "rose" });
  expect([days, against_days]).toEqual([3, 2]);
  expect(rows.map(({ values: [app], count, against, ratio }) => [app, count, against, ratio])).toEqual([
    ["a2", 2, 0, undefined],
    ["a1", 2, 1, 2 / 3 / (1 / 2)],
    ["a3", 0, 1, 0],
  ]);
  const fell = stackOf(inquiryOf(CALLS), { ...asked, order: "fell" });
  expect(fell.rows.map(({ values: [app] }) => app)).toEqual(["a3", "a1", "a2"]);
  expect(() => stackOf(inquiryOf(CALLS), { filter: "", by: ["app"], order: "rose" })).toThrow(/compares two filters/u);
});

test("days with logs are those of the filter's time, whatever else it asks for", () => {
  const daysOf = (filter: string) => stackOf(inquiryOf(CALLS), { filter, by: ["app"] }).days;
  expect(daysOf("")).toBe(5);
  expect(daysOf("app:a2")).toBe(5);
  expect(daysOf("app:a2 time>=2018-04-05")).toBe(2);
  expect(daysOf("time:2018-04-05 or time:2018-04-06")).toBe(2);
  expect(daysOf("time:2018-04-05 or app:a1")).toBe(5);
  expect(daysOf("not time:2018-04-05 app:a2")).toBe(4);
});

test("two fields make a row a pair; lists count under each element; time by month, day, weekday and hour", () => {
  const rowsOf = (...by: string[]) =>
    stackOf(inquiryOf(CALLS), { filter: "", by, order: "value" }).rows.map(({ values, count }) => [...values, count]);
  expect(rowsOf("api", "app")).toEqual([
    ["groups", "a1", 3],
    ["groups", "a2", 2],
    ["pages", "a3", 1],
  ]);
  expect(rowsOf("fields")).toContainEqual(["from.id", 1]);
  expect(rowsOf("weekday", "hour")).toContainEqual(["Thursday", "12", 1]);
  expect(rowsOf("day")).toHaveLength(5);
  expect(rowsOf("month")).toEqual([["2018-04", 6]]);
  expect(rowsOf("level")).toEqual([
    [null, 1 + 1],
    ["obtained", 4],
  ]);
  expect(() => rowsOf("app", "app")).toThrow(/two different ones/u);
  expect(() => rowsOf("line")).toThrow(/cannot be counted by value/u);
});

test("one field gives the counts of its facet, for random cases", () => {
  const caseFile = quickCase();
  const fields = FACETS.filter((field) => field !== "tag");
  fc.assert(
    fc.property(
      randomCase,
      fc.constantFrom(...fields),
      fc.constantFrom("", "api:groups", "duplicate:yes"),
      (input, field, filter) => {
        const inquiry = new Inquiry(caseOf(input, caseFile));
        const counted = (rows: readonly [string | null, number][]) =>
          rows.map(([value, count]) => `${value} ${count}`).sort();
        const stacked = stackOf(inquiry, { filter, by: [field] }).rows.map(
          ({ values: [value = null], count }) => [value, count] as [string | null, number],
        );
        const facets = facet(inquiry.dataset, field, select(inquiry.dataset, filter)).map(
          ({ value, count }) => [value ?? null, count] as [string | null, number],
        );
        expect(counted(stacked)).toEqual(counted(facets));
      },
    ),
    { numRuns: 150 },
  );
}, 30_000);

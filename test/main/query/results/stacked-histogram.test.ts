import { expect, test } from "vitest";
import type { Dataset } from "../../../../main/query/dataset.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { stackedHistogram } from "../../../../main/query/results/stacked-histogram.ts";
import { HOUR, instantOf } from "../../../../shared/base/time.ts";
import type { Stack } from "../../../../shared/model/explore.ts";
import { datasets, noon } from "../dataset-of.ts";

const datasetOf = datasets();
const day = { from: instantOf("2018-04-04T00:00:00Z"), to: instantOf("2018-04-05T00:00:00Z") };
const draw = (dataset: Dataset, stack: Stack, { filter = "", most = 24, span = day } = {}) =>
  stackedHistogram(dataset, select(dataset, filter), { ...span, most, stack });
const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);

test("bars cover the span that is asked for, whatever is selected; an event on an edge is in the bar that begins there", () => {
  const times = [
    "2018-04-03T23:59:59.999999Z",
    "2018-04-04T00:00:00Z",
    "2018-04-04T01:00:00Z",
    "2018-04-04T23:59:59.999999Z",
    "2018-04-05T00:00:00Z",
  ];
  const dataset = datasetOf(times.map((time) => ({ time })));
  const { from, step, series } = draw(dataset, "none");
  expect({ from, step }).toEqual({ from: day.from, step: HOUR });
  // 24 hours: one call in hours 0, 1 and 23; the calls before and at the end are outside
  const counts = Array.from({ length: 24 }, (_, hour) => (hour < 2 || hour === 23 ? 1 : 0));
  expect(series).toEqual([{ counts }]);
  expect(draw(dataset, "none", { filter: "app:none" })).toEqual({
    from,
    step,
    series: [{ counts: counts.map(() => 0) }],
  });
});

test("of more than five values the five most frequent have a part each; the rest and those without a value share the last", () => {
  const apis = ["a", "a", "a", "b", "b", "c", "c", "d", "d", "e", "e", "f", "g", undefined];
  const dataset = datasetOf(apis.map((api, n) => ({ time: noon(4, n), ...(api === undefined ? {} : { api }) })));
  const { series } = draw(dataset, "api");
  expect(series.map(({ value, counts }) => [value, sum(counts)])).toEqual([
    ["a", 3],
    ["b", 2],
    ["c", 2],
    ["d", 2],
    ["e", 2],
    [undefined, 3],
  ]);
});

test("with five values and none left over there is no part for others", () => {
  const dataset = datasetOf(["a", "b", "c", "d", "e"].map((api, n) => ({ time: noon(4, n), api })));
  expect(draw(dataset, "api").series.map(({ value }) => value)).toEqual(["a", "b", "c", "d", "e"]);
});

test("outcomes stand in one order, what went wrong lowest, whatever their number", () => {
  const dataset = datasetOf(
    (["allowed", "allowed", "unknown", "failed", "denied"] as const).map((outcome, n) => ({
      time: noon(4, n),
      outcome,
    })),
  );
  const order = (filter = "") => draw(dataset, "outcome", { filter }).series.map(({ value }) => value);
  expect(order()).toEqual(["denied", "failed", "unknown", "allowed"]);
  expect(order("-outcome:failed")).toEqual(["denied", "unknown", "allowed"]);
});

test("developers are stacked by the name that is shown; apps of nobody known are among the others", () => {
  const dataset = datasetOf(
    [
      { time: noon(4), app: "a1" },
      { time: noon(4), developer: "acme" },
      { time: noon(4), app: "a9" },
    ],
    { developers: [{ developer_id: "d1", developer: "Acme" }], apps: [{ app: "a1", developer_id: "d1" }] },
  );
  expect(draw(dataset, "developer").series.map(({ value, counts }) => [value, sum(counts)])).toEqual([
    ["Acme", 2],
    [undefined, 1],
  ]);
});

test("one bar holds a span from 1970 to today; levels are refused without a policy", () => {
  const dataset = datasetOf([{ time: "1970-01-01T00:00:00Z" }, { time: noon(4) }]);
  const span = { from: 0, to: day.to };
  expect(draw(dataset, "none", { most: 1, span })).toMatchObject({ from: 0, series: [{ counts: [2] }] });
  expect(() => draw(dataset, "level")).toThrow(expect.objectContaining({ code: "policy-missing" }));
});

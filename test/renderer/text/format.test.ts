import { expect, test } from "vitest";
import { progressPart, progressWords } from "../../../renderer/parts/progress.ts";
import {
  clock,
  counted,
  day,
  fileName,
  instant,
  minute,
  peopleWords,
  percent,
  size,
  span,
} from "../../../renderer/text/format.ts";
import { figure } from "../../../shared/base/figure.ts";
import { peopleText } from "../../../shared/model/people-text.ts";

test("figures have separators, in the same way everywhere", () => {
  expect(figure(2_000_000)).toBe("2,000,000");
  expect(counted(1, "call")).toBe("1 call");
  expect(counted(48_213, "call")).toBe("48,213 calls");
  expect(counted(2, "entry", "entries")).toBe("2 entries");
});

test("times are UTC and say so", () => {
  expect(instant("2018-04-04T10:30:12.123Z")).toBe("2018-04-04 10:30:12.123 UTC");
  expect(instant("2018-04-04T00:00:00Z")).toBe("2018-04-04 00:00:00 UTC");
  expect(clock(1_522_837_812_123_456)).toBe("2018-04-04 10:30:12.123");
  expect(day("2018-04-04T23:59:59Z")).toBe("2018-04-04");
  expect(minute("2019-11-05T14:02:33Z")).toBe("2019-11-05 14:02 UTC");
});

test("a number of people says how well it is known", () => {
  expect(peopleWords({ value: 214_906, basis: "exact" })).toBe("214,906 people");
  expect(peopleWords({ value: 1, basis: "at-least" })).toBe("at least 1 person");
  expect(peopleText({ value: 3118, basis: "at-most" })).toBe("at most 3,118");
  expect(peopleText({ value: 10, at_most: 2000, basis: "between" })).toBe("between 10 and 2,000");
  expect(peopleWords({ value: null, basis: "not-logged" })).toBe("not logged");
});

test("amounts, spans and parts", () => {
  expect(size(1)).toBe("1 byte");
  expect(size(38_200_000)).toBe("38.2 MB");
  expect(size(999_999)).toBe("1,000 KB");
  expect(span(100)).toBe("1 min 40 s");
  expect(span(7500)).toBe("2 h 5 min");
  expect(percent(999, 1000)).toBe("99 %");
  expect(fileName("C:\\logs\\a.csv")).toBe("a.csv");
  expect(fileName("/x/y/")).toBe("y");
});

test("progress says how much and how long, and nothing it does not know", () => {
  expect(progressWords({ what: "b.csv", done: 62, total: 100, unit: "bytes", seconds_left: 100 })).toBe(
    "62 %, 1 min 40 s left",
  );
  expect(progressWords({ what: "x", done: 3, unit: "files" })).toBe("3 files");
  expect(progressWords(undefined)).toBe("starting");
  expect(progressPart({ what: "x", done: 3, unit: "files" })).toBeUndefined();
  expect(progressPart({ what: "x", done: 0, total: 0, unit: "files" })).toBe(1);
});

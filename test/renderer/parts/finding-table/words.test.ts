import { describe, expect, test } from "vitest";
import { silencesOf } from "../../../../main/findings/coverage/coverage.ts";
import { listOf, ofList } from "../../../../renderer/parts/finding-lists/lists.ts";
import { developerTerm } from "../../../../renderer/parts/finding-table/links.ts";
import { isFound, orderOf, sorted, turned } from "../../../../renderer/parts/finding-table/sort.ts";
import { aroundGap, gapLength, gapSentence } from "../../../../renderer/parts/lanes/gaps.ts";
import { monthStart, scaleOf, ticks } from "../../../../renderer/parts/time-axis/scale.ts";
import { logsSince } from "../../../../renderer/views/answer/revoked.ts";
import { claimWords } from "../../../../renderer/views/claims/words.ts";
import { CLAIM } from "../../../../shared/model/claims.ts";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";

const finding = (more: Partial<DeveloperFinding>): DeveloperFinding => ({
  developer_id: "D1",
  developer: "Quillfen Apps",
  level: "obtained",
  recent: false,
  entitled: true,
  apps: ["17"],
  attempted: { events: 0 },
  possible: { events: 0, people: { value: 0, basis: "exact" } },
  obtained: { events: 1, people: { value: 1, basis: "exact" }, fields: ["name"] },
  allowed_after_revocation: 0,
  status: "open",
  remedy: [],
  ...more,
});

describe("gaps", () => {
  test("in whole days, both ends named", () => {
    const gap = { from: "2018-06-03T00:00:00Z", to: "2018-06-10T00:00:00Z", usual: 2100 };
    expect(gapSentence(gap)).toBe("No calls 2018-06-03 to 06-09, usual 2,100 a day");
    expect(gapLength(gap.from, gap.to)).toBe("7 days");
  });
  test("one day, over a year's end, by the hour, without a usual rate", () => {
    expect(gapSentence({ from: "2018-06-03T00:00:00Z", to: "2018-06-04T00:00:00Z", usual: 1 })).toContain(
      "No calls 2018-06-03, usual",
    );
    expect(gapSentence({ from: "2018-12-30T00:00:00Z", to: "2019-01-02T00:00:00Z", usual: 1 })).toContain(
      "2018-12-30 to 2019-01-01",
    );
    expect(gapSentence({ from: "2018-06-03T21:00:00Z", to: "2018-06-04T05:00:00Z", usual: 0 })).toBe(
      "No calls 2018-06-03 21:00 to 2018-06-04 05:00 UTC, no other call says what is usual",
    );
  });
  test("open Explore on what lies around them", () => {
    expect(
      aroundGap({ source: 2, api: "groups" }, { from: "2018-06-03T00:00:00Z", to: "2018-06-04T00:00:00Z", usual: 1 }),
    ).toBe("source:2 api:groups time>=2018-06-02 time<2018-06-05");
    expect(aroundGap({}, { from: "2018-06-03T01:00:00Z", to: "2018-06-03T02:00:00Z", usual: 1 })).toMatch(
      /^-api:\* time>=2018-06-02T01:00:00Z/,
    );
  });
  test("say how much was to be expected", () => {
    const counts = new Float64Array(24 * 70).fill(3);
    counts.fill(0, 24 * 35, 24 * 36);
    expect(silencesOf(counts, 0, { from: 0, to: counts.length }).gaps).toEqual([
      { from: 24 * 35, to: 24 * 36, expected: 72 },
    ]);
  });
});

describe("the order of developers", () => {
  const rows = [
    finding({ developer_id: "a", developer: "b10" }),
    finding({ developer_id: "b", developer: "b9", revoked_at: "2018-05-01T00:00:00Z" }),
  ];
  test("goes one way, the other way, and back to the findings' own", () => {
    expect(turned("calls", undefined)).toBe("calls:desc");
    expect(turned("calls", orderOf("calls:desc"))).toBe("calls");
    expect(turned("calls", orderOf("calls"))).toBeUndefined();
    expect(turned("developer", undefined)).toBe("developer");
    expect(orderOf("nonsense:desc")).toBeUndefined();
  });
  test("reads numbers in names, and puts those without a value last either way", () => {
    expect(sorted(rows, orderOf("developer")).map((row) => row.developer)).toEqual(["b9", "b10"]);
    for (const sort of ["revoked", "revoked:desc"]) expect(sorted(rows, orderOf(sort)).at(-1)?.developer_id).toBe("a");
  });
  test("the box finds by every word, anywhere", () => {
    expect(isFound(finding({}), "Got data", "quill NAME")).toBe(true);
    expect(isFound(finding({}), "Got data", "quill tallow")).toBe(false);
  });
  test("a place keeps list and text", () => {
    expect(listOf(ofList("field:name", "a\nb"))).toEqual({ name: "field:name", text: "a\nb" });
    expect(listOf(undefined)).toEqual({ name: "all", text: "" });
  });
});

test("a developer is named by its own name, by id where it shares it, by finding where calls carry none", () => {
  const rows = [
    { developer_id: "D1", developer: "Acme" },
    { developer_id: "D2", developer: "ACME" },
    { developer_id: "D3", developer: 'Say "*"' },
    { developer_id: "app:17", developer: "17" },
  ];
  expect(rows.map((row) => developerTerm(row, rows))).toEqual([
    "developer:D1",
    "developer:D2",
    'developer:"Say \\"*\\""',
    'finding:"app:17"',
  ]);
});

test("quiet rests on so many days of logs", () => {
  const quiet = [finding({ revoked_at: "2019-10-01T00:00:00Z" }), finding({ revoked_at: "2019-10-31T00:00:00Z" })];
  const logged = "2019-11-05T12:00:00Z";
  expect(logsSince(quiet, { logged_until: logged, gaps: [] })).toBe("5 to 35 days of logs since");
  expect(
    logsSince(quiet.slice(1), {
      logged_until: logged,
      gaps: [{ api: "a", from: "2019-11-01T00:00:00Z", to: "2019-11-02T00:00:00Z" }],
    }),
  ).toBe("5 days of logs since, 1 gap");
  expect(logsSince(quiet, { gaps: [] })).toBeUndefined();
});

test("an axis has whole months, as many as fit, and none outside it", () => {
  const scale = scaleOf(Date.UTC(2018, 2), Date.UTC(2019, 11), 1000);
  const labels = ticks(scale).map((tick) => tick.label);
  expect(labels[0]).toBe("2018-03");
  expect(labels.length).toBeLessThanOrEqual(1000 / 64 + 1);
  expect(scale.at(Date.UTC(2000, 0))).toBe(0);
  expect(scale.at(Date.UTC(2030, 0))).toBe(1000);
  expect(new Date(monthStart(Date.UTC(2018, 11, 31), 1)).toISOString()).toBe("2019-01-01T00:00:00.000Z");
  expect(ticks(scaleOf(Date.UTC(1969, 10), Date.UTC(1970, 2), 400)).map((tick) => tick.label)).toContain("1970-01");
});

test("a claim is read out", () => {
  const claim = (more: object) => claimWords(CLAIM.parse({ id: "x", text: "", ...more }));
  expect(claim({ measure: "developers", level: "possible+", recent: true, is: ">=", value: 11 })).toBe(
    "Read as: at least 11 developers that may have got data or more, in the recent window.",
  );
  expect(claim({})).toBe("It states nothing that can be counted.");
});

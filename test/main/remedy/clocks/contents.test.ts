import { expect, test } from "vitest";
import { clocksReport } from "../../../../main/remedy/clocks/clocks.ts";
import { keepClocks } from "../../../../main/remedy/regimes/clocks-file.ts";
import { instantOf } from "../../../../shared/base/time.ts";
import { CUTOFF, got, inquiries } from "../../findings/inquiry-of.ts";
import type { SaidCall } from "../../query/dataset-of.ts";

const inquiryOf = inquiries();

function report(calls: readonly SaidCall[], clock: object, given: Parameters<typeof inquiryOf>[1] = {}) {
  const inquiry = inquiryOf(calls, given);
  const document = {
    schema: "exhibit/clocks@1",
    clocks: [{ id: "c", trigger: "discovered", within: "P30D", ...clock }],
  };
  keepClocks(inquiry.dataset.caseFile, Buffer.from(JSON.stringify(document)), "c.json");
  return clocksReport(inquiry, instantOf("2019-12-01T00:00:00Z")).clocks[0];
}

const unlisted = (subject_count?: number) => got(CUTOFF, { subjects: undefined, subject_count, resource: "g1" });
const threshold = (calls: readonly SaidCall[], people: number, given = {}) =>
  report(calls, { threshold: { people, level: "obtained" } }, given)?.threshold;

test("a threshold is met at its number, and open where the bounds leave it undecided", () => {
  const two = [got(CUTOFF), got(CUTOFF, { subjects: ["p2"] })];
  expect([1, 2, 3].map((people) => threshold(two, people))).toEqual(["met", "met", "not-met"]);
  // Between 2 and 7.
  const between = [...two, unlisted(5)];
  expect([5, 7, 8].map((people) => threshold(between, people))).toEqual(["met", "open", "not-met"]);
  // At least 2: nothing says how many more.
  expect([2, 3, 1e6].map((people) => threshold([...two, unlisted()], people))).toEqual(["met", "open", "open"]);
  // Not logged, and at most the group's size.
  expect(threshold([unlisted()], 1)).toBe("open");
  const sized = { registry: { resources: [{ resource: "g1", people: 4 }] } };
  expect([4, 5].map((people) => threshold([unlisted()], people, sized))).toEqual(["open", "not-met"]);
  expect(threshold(two, 1, { policy: null })).toBe("open");
});

test("each content that the case can fill has its words and the filter of its rows; the others are a person's", () => {
  const grant = {
    app: "a1",
    permission: "member_info",
    granted_at: "2018-01-01T00:00:00Z",
    revoked_at: "2018-05-01T00:00:00Z",
  };
  const calls = [
    got(CUTOFF),
    got("2018-06-01T00:00:00Z", { subjects: ["p2"], fields: ["picture", "id"] }),
    got("2019-11-01T00:00:00Z", { app: "a2", fields: undefined }),
  ];
  const from = ["people.obtained", "people.possible+", "people.recent", "developers.entitled", "developers.possible+"];
  from.push("events.attempted", "fields", "span", "containment", "remedy", "policy");
  const contents = [...from.map((each) => ({ item: each, from: each })), { item: "cause" }];
  const filled = report(calls, { contents }, { registry: { grants: [grant] } })?.contents;
  expect(Object.fromEntries(filled?.map(({ item, ...rest }) => [item, rest]) ?? [])).toEqual({
    "people.obtained": { value: "2", filter: "level:obtained" },
    "people.possible+": { value: "2", filter: "level:possible+" },
    "people.recent": { value: "1", filter: "level:possible+ time:last60d" },
    "developers.entitled": { value: "1" },
    "developers.possible+": { value: "2", filter: "level:possible+" },
    "events.attempted": { value: "0", filter: "level:attempted" },
    fields: { value: "name, picture", filter: "level:obtained" },
    span: { value: "2018-04-04T00:00:00Z to 2019-11-01T00:00:00Z", filter: "level:possible+" },
    containment: {
      value: "1 call after access had ended",
      filter: "finding:members level:possible+ app:a1 time>=2018-05-01T00:00:00Z",
    },
    remedy: { value: "access of 1 of 1 developers that held it has ended" },
    policy: { value: "No member names or pictures, from 2018-04-04T00:00:00Z on" },
    cause: {},
  });
});

test("without a rule each call of all rules counts once; `rule` narrows to one; a rule that is none fills nothing", () => {
  const rule = { effective_from: CUTOFF, applies_to: { api: ["groups"] }, restricted_fields: ["name"] };
  const rules = [
    { ...rule, id: "r1" },
    { ...rule, id: "r2", applies_to: {} },
  ];
  const given = { policy: { rules } } as Parameters<typeof inquiryOf>[1];
  const calls = [got(CUTOFF), got(CUTOFF, { api: "pages", app: "a2", subjects: ["p2"] })];
  const contents = [{ item: "n", from: "events.obtained" }];
  expect(report(calls, { contents }, given)?.contents).toEqual([{ item: "n", value: "2", filter: "level:obtained" }]);
  expect(report(calls, { contents, rule: "r1" }, given)?.contents).toEqual([
    { item: "n", value: "1", filter: "finding:r1 level:obtained" },
  ]);
  expect(report(calls, { contents, rule: "r9" }, given)?.contents).toEqual([{ item: "n" }]);
});

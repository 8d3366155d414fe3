import { expect, test } from "vitest";
import { coverageLanes } from "../../../../main/findings/answers/coverage-lanes.ts";
import { AS_OF, CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();

test("events are drawn by UTC day from the first to the last, days without any as 0, calls without an API apart", () => {
  const calls = [
    got("2018-12-31T23:59:59.999999Z"),
    got("2019-01-01T00:00:00Z"),
    got("2019-01-03T05:00:00Z"),
    got("2019-01-01T00:00:00Z", { api: undefined }),
  ];
  const { lanes, together } = coverageLanes(inquiryOf(calls));
  expect(lanes.map(({ source, file, api, days, events }) => ({ source, file, api, days, events }))).toEqual([
    { source: 1, file: "calls.jsonl", api: undefined, days: [1], events: 1 },
    { source: 1, file: "calls.jsonl", api: "groups", days: [1, 1, 0, 1], events: 3 },
  ]);
  // 23:00 of one day to 05:00 three days later: 1 + 24 + 24 + 6 hours, of which 3 have calls
  expect(together[1]).toMatchObject({
    from: "2018-12-31T23:59:59.999999Z",
    to: "2019-01-03T05:00:00Z",
    silence: { hours: 55, empty_hours: 52, days: 4, empty_days: 1 },
  });
});

test("with a policy an API is judged from the earliest cutoff to as_of, which are drawn; without one from its first to its last call", () => {
  // 30 calls an hour on the first day at 00:00 of three weeks
  const calls = [0, 7, 14].flatMap((day) =>
    Array.from({ length: 30 }, (_, n) => got(new Date(Date.UTC(2018, 3, 11 + day, 0, 0, n)).toISOString())),
  );
  const drawn = coverageLanes(inquiryOf(calls, { policy: { as_of: "2018-05-02T06:00:00Z" } }));
  // 4 April 00:00 and 2 May 00:00 should have had calls like every Wednesday: the runs around them are gaps
  expect(drawn).toMatchObject({ cutoff: CUTOFF, as_of: "2018-05-02T06:00:00Z" });
  expect(drawn.together[0]?.gaps.map(({ from, to }) => [from, to])).toEqual([
    ["2018-04-04T00:00:00Z", "2018-04-11T00:00:00Z"],
    ["2018-04-25T01:00:00Z", "2018-05-02T06:00:00Z"],
  ]);
  // 30 in a week of 168 hours: 30 / 168 * 24 a day is 4.3
  expect(drawn.together[0]?.gaps[0]?.usual).toBe(4);
  const bare = coverageLanes(inquiryOf(calls, { policy: null }));
  expect(bare.together[0]?.gaps).toEqual([]);
  expect(bare).not.toHaveProperty("cutoff");
});

test("a case without calls has no lanes", () => {
  expect(coverageLanes(inquiryOf([]))).toEqual({ lanes: [], together: [], cutoff: CUTOFF, as_of: AS_OF });
});

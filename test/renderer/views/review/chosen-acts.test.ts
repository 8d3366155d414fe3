import { expect, test } from "vitest";
import { isChanged, isTicked, seenFirst, withTick } from "../../../../renderer/views/review/chosen-acts.ts";
import type { ReviewRow, ReviewState } from "../../../../shared/model/accountability/review-file.ts";

const row = (n: number, state: ReviewState, here = "open"): ReviewRow => ({
  ...{ n, act: "confirm", about: "D1, r", says: "seen", by: "J. Okafor", state, here },
});

test("what is new is ticked; what differs, is here already or is about nothing here is not", () => {
  const acts = (["new", "differs", "here", "lost"] as const).map((state, index) => row(index + 1, state));
  const seen = seenFirst(acts);
  expect(acts.map((each) => isTicked(seen, each))).toEqual([true, false, false, false]);
  expect(acts.map((each) => isTicked(withTick(seen, each, true), each))).toEqual([true, true, false, false]);
});

test("what changes here meanwhile is marked and no longer ticked, until it is ticked anew", () => {
  const seen = seenFirst([row(1, "new")]);
  const now = row(1, "differs", "dismissed");
  expect([isChanged(seen, now), isTicked(seen, now)]).toEqual([true, false]);
  const again = withTick(seen, now, true);
  expect([isChanged(again, now), isTicked(again, now)]).toEqual([false, true]);
});

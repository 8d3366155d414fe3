import fc from "fast-check";
import { expect, test } from "vitest";
import {
  amend,
  back,
  type Change,
  forward,
  go,
  type History,
  historyAt,
  SCREENS,
  settle,
  type,
} from "../../../renderer/session/places.ts";
import { historyFrom, historyText } from "../../../renderer/session/stored-history.ts";

const start = historyAt({ screen: "explore", text: "" });

test("Back returns to the same row", () => {
  const there = go(amend(go(start, { text: "api:groups" }), { row: 41_000 }), { screen: "developer", of: "D-0117" });
  expect(there.here).toEqual({ screen: "developer", text: "api:groups", of: "D-0117" });
  expect(back(there).here).toEqual({ screen: "explore", text: "api:groups", row: 41_000 });
});

test("a new text begins at its first row, another order too", () => {
  const deep = amend(start, { row: 7, sort: "time:desc" });
  expect(amend(deep, { text: "status:4xx" }).here.row).toBeUndefined();
  expect(amend(deep, { sort: undefined }).here).toEqual({ screen: "explore", text: "" });
});

test("a text is one place however many keys it took, until it is settled", () => {
  const typed = ["a", "ap", "api", "api:x"].reduce(type, start);
  expect(back(typed).here.text).toBe("");
  const next = type(settle(typed), "api:y");
  expect(back(next).here.text).toBe("api:x");
});

test("typing the same text makes no place", () => {
  expect(type(start, "")).toBe(start);
  expect(go(start, { screen: "explore" })).toBe(start);
});

const change: fc.Arbitrary<Change> = fc.record(
  {
    screen: fc.constantFrom(...SCREENS),
    text: fc.constantFrom("", "a", "b"),
    row: fc.nat(3),
    of: fc.constantFrom("x", "y"),
  },
  { requiredKeys: [] },
);
const walked = fc
  .array(fc.tuple(fc.constantFrom("go", "back", "forward"), change))
  .map((steps) =>
    steps.reduce<History>(
      (history, [step, to]) => (step === "go" ? go(history, to) : step === "back" ? back(history) : forward(history)),
      start,
    ),
  );

test("Back and Forward undo each other from anywhere", () => {
  fc.assert(
    fc.property(walked, (history) => {
      if (history.past.length > 0) expect(forward(back(history))).toEqual(history);
      if (history.future.length > 0) expect(back(forward(history))).toEqual(history);
    }),
  );
});

test("the way is found again the next day", () => {
  fc.assert(
    fc.property(walked, (history) => {
      expect(historyFrom(historyText(history))).toEqual({ ...history, past: history.past.slice(-100) });
    }),
  );
});

test("a stored way that cannot be read is none", () => {
  for (const text of [null, "", "{", "[]", '{"past":[],"here":{"screen":"nowhere","text":""},"future":[]}'])
    expect(historyFrom(text)).toBeUndefined();
});

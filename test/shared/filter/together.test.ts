import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import { both, without } from "../../../shared/filter/together.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import { matchesEvent } from "../../reference/matches-event.ts";

const TEXTS = [
  "",
  " ",
  "api:groups",
  "api:groups or status:403",
  "-api:groups",
  "not (a b)",
  "duplicate:yes",
  "duplicate:(yes or no) api:groups",
  "-duplicate:yes or app:1",
  '"x y" time>=cutoff',
];

const event = fc.record({
  api: fc.constantFrom("groups", "pages"),
  status: fc.constantFrom(200, 403),
  app: fc.constantFrom("1", "2"),
  duplicate: fc.boolean(),
  line: fc.constantFrom("a b", "x y", ""),
});

test("one text of two filters matches what the two match, duplicates included", () => {
  const texts = fc.constantFrom(...TEXTS);
  fc.assert(
    fc.property(texts, texts, event, (a, b, { line, duplicate, ...fields }) => {
      const call = { time: "2019-01-01T00:00:00Z", ...fields, ...(duplicate ? { duplicate } : {}) };
      const holds = (text: string) =>
        matchesEvent(resolve(parse(text), { cutoff: 0, asOf: 0 }), call as unknown as EventRecord, { line });
      expect(holds(both(a, b))).toBe(holds(a) && holds(b));
      const rest = without(a, b);
      expect(rest !== undefined && holds(rest)).toBe(holds(a) && !holds(b));
    }),
    { numRuns: 2000 },
  );
});

test("a text that does not parse is refused", () => {
  expect(() => both("x or", "")).toThrow("has nothing after it");
});

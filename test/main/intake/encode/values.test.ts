import fc from "fast-check";
import { expect, test } from "vitest";
import { imported } from "../imported.ts";

const word = fc.oneof(
  fc.constantFrom("p1", "700000007", "a,b", "", " p", 'q"', "\\", "é", "x[0]", "from{name}", "\u007f"),
  fc.string({ maxLength: 6 }),
);
const item = fc.oneof({ weight: 6, arbitrary: word }, fc.integer(), fc.constant(null), fc.constant(["n"]));
const list = fc.array(item, { maxLength: 6 });
/** As loggers write them: tight, or with spaces. */
const written = fc
  .tuple(list, fc.boolean())
  .map(([items, spaced]) => JSON.stringify(items, null, spaced ? 1 : 0).replaceAll("\n", " "));

test("a JSON list of people is its items as text, however it is written; one that holds a list or an object is not known", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 30, maxLength: 60 }), async (lists) => {
      const lines = lists.map((text, n) => `{"time":${1_522_800_000 + n},"app":"a","subjects":${text}}`);
      const { events } = await imported(`${lines.join("\n")}\n`, { name: "log.jsonl" });
      const expected = lists.map((text) => {
        const values = (JSON.parse(text) as unknown[]).filter((value) => value !== null && value !== "");
        return values.some((value) => typeof value === "object") ? undefined : values.map(String);
      });
      expect(events.map(({ subjects }) => subjects)).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});

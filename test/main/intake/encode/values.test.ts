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

test("a list in brackets, as databases and programs print one, is its elements, and an object says nobody's id", async () => {
  const written: readonly (readonly [string, string[] | undefined])[] = [
    ["{p1,p2}", ["p1", "p2"]],
    ["['p1', 'p2']", ["p1", "p2"]],
    ["[u'p1', u'p2']", ["p1", "p2"]],
    ["[p1, p2]", ["p1", "p2"]],
    ["('p1','p2')", ["p1", "p2"]],
    ['{"a b","c,d",p2}', ["a b", "c,d", "p2"]],
    ["{p1;p2}", ["p1", "p2"]],
    ["{p1,NULL}", ["p1"]],
    ["[o'neil]", ["o'neil"]],
    ["{9007199254740993,9007199254740995}", ["9007199254740993", "9007199254740995"]],
    ["from{name,picture},id", ["from{name,picture}", "id"]],
    ["(a),(b)", ["(a)", "(b)"]],
    ['{"id":"p1"}', undefined],
    ["{}", undefined],
  ];
  const rows = written.map(([cell]) => `2024-05-01T10:00:00Z,a,"${cell.replaceAll('"', '""')}"\n`);
  const { events } = await imported(`time,app,subjects\n${rows.join("")}`, { name: "log.csv" });
  expect(events.map(({ subjects }) => subjects)).toEqual(written.map(([, list]) => list));
});

test("figures in groups are one number where nothing else can be meant, and a unit behind them is said", async () => {
  // As people write them; a whole number, and one that may have a fraction.
  const written: readonly (readonly [string, number | undefined, number | undefined])[] = [
    ["1234", 1234, 1234],
    ["1 234", 1234, 1234],
    ["1\u202f234", 1234, 1234],
    ["1'234", 1234, 1234],
    ["1,234,567", 1_234_567, 1_234_567],
    ["1.234.567", 1_234_567, 1_234_567],
    ["1,234.5", undefined, 1234.5],
    ["1.234,5", undefined, 1234.5],
    ["0,5", undefined, 0.5],
    // A fraction or a thousand: only where there are no fractions it is known.
    ["1,234", 1234, undefined],
    ["1.234", undefined, 1.234],
    ["12,34,567", undefined, undefined],
    ["1 23", undefined, undefined],
  ];
  const rows = written.map(([figures]) => `2024-05-01T10:00:00Z,a,"${figures}","${figures}"\n`);
  const { events } = await imported(`time,app,subject_count,duration_ms\n${rows.join("")}`, { name: "log.csv" });
  expect(events.map(({ subject_count, duration_ms }) => [subject_count, duration_ms])).toEqual(
    written.map(([, whole, any]) => [whole, any]),
  );
  const { source } = await imported("time,app,bytes\n2024-05-01T10:00:00Z,a,10KB\n", { name: "log.csv" });
  expect(source.unread).toBe("not read: bytes (bytes); a mapping can say what they are");
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { imported } from "../imported.ts";
import { physicalLines, readAll } from "../read-text.ts";
import { planOf } from "./table-plan.ts";

const LIMIT = 120;
const cell = fc.constantFrom("a", "b c", "", "2018", '"q"', '"d""d"', '""', '"x,y"');
const row = fc.tuple(cell, cell, cell).map((cells) => cells.join(","));
/** Rows of which some hold one quote too many: it opens a cell and nothing closes it on its line. */
const broken = fc.constantFrom('1,"two,3', '"1,2,3', '1,2,"three', '1,"2 ""two"",3');
const table = fc.array(fc.oneof({ weight: 8, arbitrary: row }, { weight: 1, arbitrary: broken }), {
  minLength: 1,
  maxLength: 40,
});
const isBroken = (line: string) => line.replaceAll('""', "").split('"').length % 2 === 0;

test("a quote too many costs its own line, however much stands behind it and wherever batches end", async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.constantFrom(48, 64, 256, 1 << 12),
      fc.constantFrom(1, 5, 100),
      fc.integer({ min: 1, max: 60 }),
      async (lines, newline, bytes, rows, piece) => {
        const text = lines.join(newline);
        const sizes = { bytes, rows, record: LIMIT };
        const read = await readAll(planOf(3, ","), Buffer.from(text), sizes, piece);
        const got = new Map(read.records.map(({ line, bad, lines: many }) => [line, { bad, many }]));
        lines.forEach((line, index) => {
          if (line === "") return;
          expect([index, got.get(index + 1)?.many, got.get(index + 1)?.bad !== undefined]).toEqual([
            index,
            1,
            isBroken(line),
          ]);
        });
        expect(read.records).toHaveLength(lines.length);
        expect(read.lines).toBe(physicalLines(text));
      },
    ),
    { numRuns: 300 },
  );
});

const T = "2018-05-01T10:00:00Z";

test("one quote too many before more than the longest record costs one line, with nothing else rejected", async () => {
  const many = Array.from({ length: 3000 }, (_, n) => `${T},app${n},x y`);
  const text = ["time,app,user_agent", `${T},first,x`, `${T},stray,"x`, ...many].join("\n");
  const { source, events } = await imported(text, { batch: 2048, record: 8192 });
  expect(events).toHaveLength(3001);
  expect(source).toMatchObject({ rejected: 1, line_ledger: { events: 3001, rejected: 1, skipped: 1 } });
  expect(source.rejects[0]?.line).toBe(3);
});

test("a record over the longest one is one rejected record with all its lines, and the next row is read", async () => {
  const long = Array.from({ length: 500 }, (_, n) => `line ${n} of a text`).join("\n");
  const text = `time,app,user_agent\n${T},a,"${long}"\n${T},b,x\n${T},c,x\n`;
  const { source, events } = await imported(text, { batch: 512, record: 2048 });
  expect(events.map(({ app, line }) => [app, line])).toEqual([
    ["b", 502],
    ["c", 503],
  ]);
  expect(source).toMatchObject({ rejected: 1, line_ledger: { events: 2, rejected: 500, skipped: 1 } });
});

test("a table is recognised although the quote of its first row is not closed in all that is looked at", async () => {
  const many = Array.from({ length: 40_000 }, (_, n) => `${T},app${n},x y`);
  const { source } = await imported(["time,app,user_agent", `${T},stray,"x`, ...many].join("\n"));
  expect(source).toMatchObject({ format: "csv", events: 40_000, rejected: 1 });
});

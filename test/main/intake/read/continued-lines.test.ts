import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import { spansLines } from "../../../../main/intake/mapping/patterns.ts";
import { readAll } from "../read-text.ts";

const plan = compilePlan(
  resolveMapping({
    schema: "exhibit/mapping@1",
    format: "regex",
    pattern: "^@(?P<app>[a-z]*)(?:.*\\n)*.*$",
    fields: { app: "app" },
  }),
  { head: 0, headRecords: 0, records: [] },
  "utf-8",
  "UTC",
);

/** The same, line by line over the whole text: records as [text, lines] or "?" for a line of no record; blank lines are nobody's at the edges. */
function expected(text: string): string[] {
  const records: string[][] = [];
  let blanks = 0;
  for (const line of text.split(/\r\n|\n|\r/u)) {
    const last = records.at(-1);
    if (line.trim() === "") blanks++;
    else if (line.startsWith("@") || last?.[0]?.startsWith("@") !== true) {
      records.push([line]);
      blanks = 0;
    } else {
      last.push(...Array.from({ length: blanks }, () => ""), line);
      blanks = 0;
    }
  }
  return records.map((lines) =>
    lines[0]?.startsWith("@") ? `${lines.length}: ${lines.join("|").replaceAll(/ /gu, "")}` : "?",
  );
}

test("a record goes on until the next begins, wherever batches end, and the account adds up", async () => {
  const line = fc.constantFrom("@a", "@bc x", "more", "  more", "", " ", "@", "é");
  const end = fc.constantFrom("\n", "\r\n", "\r");
  const text = fc.array(fc.tuple(line, end), { maxLength: 25 }).map((parts) => parts.flat().join(""));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 16, max: 80 }),
      async (log, piece, bytes) => {
        const raw = Buffer.from(log);
        const { records, lines, skipped } = await readAll(plan, raw, { bytes, rows: 3 }, piece);
        const found = records.map(({ bad, offset, length, lines: count }) =>
          bad
            ? "?"
            : `${count}: ${raw
                .toString("utf8", offset, offset + length)
                .split(/\r\n|\n|\r/u)
                .map((part) => part.trim())
                .join("|")
                .replaceAll(/ /gu, "")}`,
        );
        expect(found).toEqual(expected(log));
        expect(records.reduce((sum, record) => sum + record.lines, 0) + skipped).toBe(lines);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ["^a\\nb", true],
  ["^a(?:\\n.*)*$", true],
  ["[^\\n]*", false],
  ["^a\\\\n", false],
  ["[]\\n]x\\n", true],
  ["a", false],
])("%s asks for a line end: %s", (pattern, answer) => {
  expect(spansLines(pattern)).toBe(answer);
});

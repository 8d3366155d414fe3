import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { builtInFormats, resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import type { Plan } from "../../../../main/intake/mapping/plan.ts";
import { readAll, samples } from "../read-text.ts";

const sizes = { bytes: 1 << 14, rows: 500 };

/** The plan of one of our own formats, and the same as if a user had written its pattern. */
function both(format: string): [Plan, Plan] {
  const plan = compilePlan(
    resolveMapping({ schema: "exhibit/mapping@1", format }),
    { head: 0, headRecords: 0, records: [] },
    "utf-8",
    "UTC",
  );
  const { source } = plan.pattern as { source: string };
  return [plan, { ...plan, pattern: { source, trusted: false } }];
}

const line = fc
  .tuple(
    fc.constantFrom("10.0.0.1 - - ", "www.example.org:80 ::1 - ada ", "host 1.2.3.4 - a b ", "1.2.3.4 "),
    fc.constantFrom("[04/Apr/2018:10:30:00 +0200] ", "[x] ", ""),
    fc.constantFrom(
      '"GET /a?b=1 HTTP/1.1"',
      '"-"',
      '"GET /a b c HTTP/1.0"',
      '"POST /é\\"x"',
      '"\\x16\\x03"',
      '"GET /a HTTP/1.1',
      '""',
    ),
    fc.constantFrom(" 200 512", " 404 -", " - -", " 20 1"),
    fc.constantFrom("", ' "-" "Mozilla/5.0 \\"q\\""', ' "r" "a" extra 12ms', ' "r"', " trailing"),
  )
  .map((parts) => parts.join(""));

const sampleFolder = path.resolve(import.meta.dirname, "../../../../resources/formats/samples");
const sampleOf = (format: string): string[] =>
  fs.readFileSync(path.join(sampleFolder, `${format}.log`), "utf8").split("\n");

/** Lines of the format's own sample, cut, doubled and put together anew. */
const likeSample = (format: string) => {
  const own = fc.constantFrom(...sampleOf(format));
  const piece = fc.tuple(own, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  return fc.oneof(
    own,
    piece.map(([text, a, b]) => text.slice(0, Math.floor(a * text.length)) + text.slice(Math.floor(b * text.length))),
    fc.tuple(own, own).map(([a, b]) => a.slice(0, a.length / 2) + b.slice(b.length / 2)),
  );
};

const patterned = [...builtInFormats()].filter(([, { pattern }]) => pattern !== undefined).map(([name]) => name);

describe.each(patterned)("%s", (format) => {
  test("the fast engine and the one without backtracking find the same", async () => {
    const [trusted, safe] = both(format);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(line, likeSample(format)), { maxLength: 20 }), async (lines) => {
        const bytes = Buffer.from(lines.join("\n"));
        expect(await readAll(trusted, bytes, sizes, 4096)).toEqual(await readAll(safe, bytes, sizes, 4096));
      }),
      { numRuns: 100 },
    );
  });

  const folder = path.join(samples, "access");
  test.skipIf(!fs.existsSync(folder))("on real logs, too", async () => {
    const [trusted, safe] = both(format);
    for (const name of fs.readdirSync(folder)) {
      const raw = fs.readFileSync(path.join(folder, name));
      const bytes = (name.endsWith(".gz") ? zlib.gunzipSync(raw) : raw).subarray(0, 100_000);
      expect(await readAll(trusted, bytes, sizes, 4096), name).toEqual(await readAll(safe, bytes, sizes, 4096));
    }
  });
});

test.each(patterned)("%s: lines that repeat a piece of it thousands of times take no time", async (format) => {
  const [trusted] = both(format);
  const lines = sampleOf(format).flatMap((text) =>
    [0.2, 0.5, 0.8].map((share) => {
      const at = Math.floor(text.length * share);
      const piece = text.slice(at, at + 12) || "x";
      return text.slice(0, at) + piece.repeat(Math.floor(8000 / piece.length)) + text.slice(at, -3);
    }),
  );
  const began = performance.now();
  await readAll(trusted, Buffer.from(lines.join("\n")), { bytes: 1 << 19, rows: 100 }, 1 << 16);
  expect((performance.now() - began) / lines.length).toBeLessThan(300);
});

test("a line that no pattern should ever meet takes no time", async () => {
  const [trusted] = both("combined");
  const lines = [
    `1.1.1.1 - ${"a ".repeat(20_000)}`,
    `1.1.1.1 - - [x] "${"\\".repeat(30_000)}`,
    `${" ".repeat(30_000)}[`,
    `1 1 1 [x] "${"GET ".repeat(10_000)}`,
  ];
  const began = performance.now();
  const { records } = await readAll(trusted, Buffer.from(lines.join("\n")), { bytes: 1 << 18, rows: 10 }, 1 << 16);
  expect(records.every(({ bad }) => bad !== undefined)).toBe(true);
  expect(performance.now() - began).toBeLessThan(10_000);
});

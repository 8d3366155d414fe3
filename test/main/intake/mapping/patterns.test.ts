import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { detectFormat } from "../../../../main/intake/detect/detect.ts";
import { builtInFormats } from "../../../../main/intake/mapping/formats.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readWhole } from "../encode-file.ts";

/** A line that takes an engine with backtracking longer than the age of the universe. */
const HOSTILE = `${"a".repeat(4000)}!`;
const T = "2018-04-04T10:00:00Z";
const base = { schema: "exhibit/mapping@1" };

async function seconds(text: string, options: Parameters<typeof detectFormat>[1]): Promise<number> {
  const file = path.join(temporaryFolder(), "log");
  fs.writeFileSync(file, text);
  const began = performance.now();
  const { plan } = detectFormat(file, options);
  const { lines } = await readWhole(plan, Buffer.from(text));
  expect(lines).toBeGreaterThan(0);
  return (performance.now() - began) / 1000;
}

test.each<[string, string, object]>([
  [
    "a field's match",
    JSON.stringify({ time: T, a: HOSTILE }),
    { format: "jsonl", fields: { app: { from: "a", match: "^(a+)+$" } } },
  ],
  [
    "the time's match",
    JSON.stringify({ a: HOSTILE }),
    { format: "jsonl", fields: { time: { from: "a", match: "^((a*)*)$" } } },
  ],
  [
    "a rule about a field",
    JSON.stringify({ time: T, path: HOSTILE }),
    { format: "jsonl", rules: [{ when: { path: "^(a|aa)+$" }, set: { api: "x" } }] },
  ],
  [
    "a rule about the record",
    JSON.stringify({ time: T, b: HOSTILE }),
    { format: "jsonl", rules: [{ when: { "record.b": "(x+x+)+y|(a+)+$" }, set: { api: "x" } }] },
  ],
  ["the lines' pattern", `${T} ${HOSTILE}`, { format: "regex", pattern: "^(?P<time>\\S+) (?P<app>(?:a+)+)$" }],
  [
    "a pattern over several lines",
    `${T} ${HOSTILE}\n${HOSTILE}\n`,
    { format: "regex", pattern: "^(?P<time>\\S+) (?P<app>(?:a+)+)\\n(?:(?:a+)+\\n)*$" },
  ],
])("%s that would hang other engines is read in no time", async (_name, text, mapping) => {
  expect(await seconds(text, { mapping: { ...base, ...mapping } })).toBeLessThan(20);
});

const own = path.resolve(import.meta.dirname, "../../../../resources/formats/samples");

/** Our own patterns run on the engine that backtracks: no line may make use of it. */
test.each([...builtInFormats()].flatMap(([name, { pattern }]) => (pattern === undefined ? [] : [[name, pattern]])))(
  "%s: no part of a line, repeated to 32,000 characters, takes longer than reading it",
  (format, pattern) => {
    const native = new RegExp((pattern as string).replaceAll("(?P<", "(?<"), "du");
    const sample = fs.readFileSync(path.join(own, `${format}.log`), "utf8");
    const line = sample.slice(0, sample.indexOf("\n"));
    for (let at = 0; at < line.length; at += Math.ceil(line.length / 25))
      for (const size of [1, 2, 7]) {
        const piece = line.slice(at, at + size);
        const long = line.slice(0, at) + piece.repeat(Math.floor(32_000 / piece.length));
        for (const text of [long, `${long}\u0001`, long + line.slice(at)]) {
          const began = performance.now();
          native.exec(text);
          expect(performance.now() - began, `${at}: ${piece}`).toBeLessThan(1500);
        }
      }
  },
);

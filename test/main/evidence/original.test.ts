import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { contentOf, openOriginal, readRecords } from "../../../main/evidence/original.ts";
import { newCase } from "../../fixture.ts";
import { imported } from "../intake/imported.ts";

const rows = 40_000;
const text = `time,app,actor\n${Array.from({ length: rows }, (_, n) => `${new Date(1_522_800_000_000 + n * 1000).toISOString()},a${n % 9},user ${"x".repeat(n % 50)}`).join("\n")}\n`;
// Two members, as rotated logs are joined.
const halves = [text.slice(0, text.length / 2), text.slice(text.length / 2)].map((half) => zlib.gzipSync(half));

test.each([
  ["plain", Buffer.from(text), "log.csv"],
  ["gzip of two members", Buffer.concat(halves), "log.csv.gz"],
])("%s: any record, in any order, and the whole content, byte for byte", async (_name, bytes, name) => {
  const { caseFile, source, events } = await imported(bytes, { name });
  expect(source).toMatchObject({ events: rows, lines: rows + 1, bytes: bytes.length });
  expect(Buffer.concat([...contentOf(caseFile, 1)].map((piece) => piece.bytes)).equals(Buffer.from(text))).toBe(true);
  const some = [...events.filter((_event, n) => n % 997 === 0).reverse(), ...events.slice(-3)];
  const lines = text.split("\n");
  const found = readRecords(caseFile, some);
  expect([...found].map(String)).toEqual(some.map(({ line }) => lines[line - 1]));
  const original = openOriginal(caseFile, 1);
  expect(original.bytes).toBe(text.length);
  expect(original.read(text.length - 4, 100).length).toBe(4);
  original.close();
  const evidence = path.join(caseFile.evidence, source.sha256);
  expect(fs.readFileSync(evidence).equals(bytes)).toBe(true);
  expect(fs.statSync(evidence).mode & 0o777).toBe(0o444);
  // The cache may go at any time.
  fs.rmSync(caseFile.cache, { recursive: true });
  fs.mkdirSync(caseFile.cache);
  expect([...readRecords(caseFile, some.slice(0, 3))].map(String)).toEqual(
    some.slice(0, 3).map(({ line }) => lines[line - 1]),
  );
});

test.each([
  ["cut in the middle", (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1), "file-truncated"],
  ["cut in its last byte", (bytes: Buffer) => bytes.subarray(0, -1), "file-truncated"],
  [
    "a bit flipped",
    (bytes: Buffer) => Buffer.from(bytes.map((byte, n) => (n === bytes.length >> 1 ? byte ^ 4 : byte))),
    "file-unreadable",
  ],
])("a gzip file %s leaves nothing in the case", async (_name, spoil, code) => {
  const noise = Array.from(
    { length: 150_000 },
    (_, n) => `${1_522_800_000 + n},${Math.imul(n, 0x9e3779b1) ^ (n * 40_503)}`,
  ).join("\n");
  const caseFile = newCase();
  const failed = imported(spoil(zlib.gzipSync(`time,app\n${noise}`)), { name: "log.csv.gz", caseFile });
  await expect(failed).rejects.toMatchObject({ code });
  await expect(failed).rejects.toThrow(
    /log\.csv\.gz (?:breaks off|is damaged) after [\d,]+ lines\. Nothing was imported/u,
  );
  expect(fs.readdirSync(caseFile.evidence)).toEqual([]);
  for (const table of ["source", "event_row", "reject"])
    expect(caseFile.db.prepare(`select count(*) from ${table}`).pluck().get()).toBe(0);
});

test.each([
  ["one zero byte", 1],
  ["a tape's block", 512],
  ["more than is read at once", 200_000],
])("gzip members with %s behind each are read to the last, and found again", async (_name, zeros) => {
  const padding = Buffer.alloc(zeros);
  const parts = ["time,app\n2018-05-01T10:00:00Z,a1\n", "2018-05-01T10:00:01Z,a2\n", "2018-05-01T10:00:02Z,a3\n"];
  const bytes = Buffer.concat(parts.flatMap((part) => [zlib.gzipSync(part), padding]));
  const { caseFile, source, events } = await imported(bytes, { name: "log.csv.gz" });
  expect(events.map(({ app }) => app)).toEqual(["a1", "a2", "a3"]);
  expect(source.lines).toBe(4);
  expect(Buffer.concat([...contentOf(caseFile, 1)].map((piece) => piece.bytes)).toString()).toBe(parts.join(""));
});

test("what follows a gzip member and its padding and is no gzip is damage", async () => {
  const bytes = Buffer.concat([
    zlib.gzipSync("time,app\n2018-05-01T10:00:00Z,a1\n"),
    Buffer.alloc(9),
    Buffer.from("no gzip at all"),
  ]);
  await expect(imported(bytes, { name: "log.csv.gz" })).rejects.toMatchObject({ code: "file-unreadable" });
});

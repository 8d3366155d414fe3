import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { Engine } from "../../../main/engine/engine.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { tarOf } from "./archives/archive-makers.ts";

const rows = 25_000;
const lines = Array.from(
  { length: rows },
  (_, n) => `${new Date(1.5228e12 + n * 1000).toISOString()},a${n % 9},${"x".repeat(n % 50)}needle${n}`,
);
const text = `time,app,more\n${lines.join("\n")}\n`;

async function caseOf(name: string, content: Buffer) {
  const caseFile = newCase();
  const engine = new Engine(caseFile);
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, content);
  const { failures } = await engine.ask("import", { files: [file] });
  expect(failures).toEqual([]);
  const [evidence] = fs.readdirSync(caseFile.evidence).map((name) => path.join(caseFile.evidence, name));
  return { caseFile, engine, evidence: evidence as string };
}
/** The same engine anew: nothing is remembered. */
const found = async (caseFile: Case) => (await new Engine(caseFile).ask("query", { filter: "needle3" })).count;
const hits = lines.filter((line) => line.includes("needle3")).length;

function change(file: string, how: (bytes: Buffer) => Buffer): void {
  fs.chmodSync(file, 0o644);
  fs.writeFileSync(file, how(fs.readFileSync(file)));
}
const flipped = (at: number) => (bytes: Buffer) => bytes.fill((bytes[at] as number) ^ 2, at, at + 1);
const damageActs = ({ db }: Case) =>
  db.prepare("select count(*) from custody where entry ->> 'act' = 'cache made anew'").pluck().get();

test.each([
  ["cut", (bytes: Buffer) => bytes.subarray(0, 5000), /log\.csv\) is not what was imported: .*\(5,000 bytes, not /u],
  ["with one bit flipped", flipped(1_100_000), /differs from byte 1,048,576 on: copy it back/u],
  [
    "with two pages swapped",
    (bytes: Buffer) => Buffer.concat([bytes.subarray(4096, 8192), bytes.subarray(0, 4096), bytes.subarray(8192)]),
    /differs from byte 0 on/u,
  ],
])("evidence %s is refused by whoever reads it: search, bundle, remap", async (_, how, why) => {
  const { caseFile, engine, evidence } = await caseOf("log.csv", Buffer.from(text));
  expect(await found(caseFile)).toBe(hits);
  await engine.ask("tag", { filter: "app:a1", tag: "x" });
  change(evidence, how);
  await expect(found(caseFile)).rejects.toThrow(why);
  await expect(found(caseFile)).rejects.toMatchObject({ code: "file-changed" });
  const out = path.join(temporaryFolder(), "b.zip");
  await expect(engine.ask("bundle", { out })).rejects.toThrow(why);
  await expect(engine.ask("bundle", { out, originals: true, filter: "app:none" })).rejects.toMatchObject({
    code: "file-changed",
  });
  expect(fs.existsSync(out)).toBe(false);
  await expect(engine.ask("remap", { source: 1, timezone: "Asia/Tokyo" })).rejects.toThrow(/is not what was imported/u);
});

test("in a case of an older version the digests are made once, of evidence that is what came in", async () => {
  const { caseFile, evidence } = await caseOf("log.csv", Buffer.from(text));
  const digests = caseFile.db.prepare("select hex(digests) from reference").pluck();
  const made = digests.all();
  caseFile.db.exec("delete from reference");
  expect(await found(caseFile)).toBe(hits);
  expect(digests.all()).toEqual(made);
  caseFile.db.exec("delete from reference");
  change(evidence, flipped(5));
  await expect(found(caseFile)).rejects.toMatchObject({ code: "file-changed" });
  expect(digests.all()).toEqual([]);
});

test("a log inside a plain archive is read checked as well", async () => {
  const { caseFile, evidence } = await caseOf("logs.tar", tarOf([{ name: "log.csv", data: text }]));
  expect(await found(caseFile)).toBe(hits);
  change(evidence, flipped(3000));
  await expect(found(caseFile)).rejects.toMatchObject({ code: "file-changed" });
});

test.each([
  ["a flipped bit", flipped(100_000)],
  ["zeros at its end", (bytes: Buffer) => bytes.fill(0, bytes.length - 4096)],
  [
    "its blocks swapped",
    (bytes: Buffer) => Buffer.concat([bytes.subarray(4096, 8192), bytes.subarray(0, 4096), bytes.subarray(8192)]),
  ],
])("an unpacked copy with %s is made anew while it is read, and custody says so once", async (_, how) => {
  const { caseFile } = await caseOf("log.csv.gz", zlib.gzipSync(text));
  expect(await found(caseFile)).toBe(hits);
  const folder = path.join(caseFile.cache, "blocks");
  const [copy] = fs.readdirSync(folder).map((name) => path.join(folder, name));
  const good = fs.readFileSync(copy as string);
  change(copy as string, how);
  expect(await found(caseFile)).toBe(hits);
  expect(await found(caseFile)).toBe(hits);
  expect(fs.readFileSync(copy as string).equals(good)).toBe(true);
  expect(damageActs(caseFile)).toBe(1);
});

test("a log in an archive is read again from a whole copy only", async () => {
  const { caseFile, engine } = await caseOf("logs.tgz", zlib.gzipSync(tarOf([{ name: "log.csv", data: text }])));
  const folder = path.join(caseFile.cache, "blocks");
  const [copy] = fs.readdirSync(folder).map((name) => path.join(folder, name));
  change(copy as string, flipped(50_000));
  await engine.ask("remap", { source: 1, timezone: "Asia/Tokyo" });
  expect(await found(caseFile)).toBe(hits);
  expect(damageActs(caseFile)).toBe(1);
});

test("no copy is made of packed evidence that is not what came in", async () => {
  const { caseFile, evidence } = await caseOf("log.csv.gz", zlib.gzipSync(text));
  fs.rmSync(path.join(caseFile.cache, "blocks"), { recursive: true, force: true });
  change(evidence, () => zlib.gzipSync(text.replace("needle3", "needle4")));
  await expect(found(caseFile)).rejects.toMatchObject({ code: "file-changed" });
});

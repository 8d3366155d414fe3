import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { Engine } from "../../../main/engine/engine.ts";
import { openOriginal } from "../../../main/evidence/original.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";

const lines = Array.from(
  { length: 40_000 },
  (_, n) =>
    `${new Date(1.5228e12 + n * 1000).toISOString()},a${n % 9},r${n.toString(16).padStart(16, "0")},${"x".repeat(n % 50)}`,
);
const text = `time,app,request_id,more\n${lines.join("\n")}\n`;

async function referenced(name: string, content: Buffer) {
  const caseFile = newCase();
  const engine = new Engine(caseFile);
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, content);
  const { sources, failures } = await engine.ask("import", { files: [file], by_reference: true });
  expect(failures).toEqual([]);
  return { caseFile, engine, file, source: sources[0] };
}
const lineOf = async (engine: Engine, event: number) => {
  const { original, missing } = await engine.ask("call", { event });
  return missing ?? original.text;
};
const manifest = async (folder: string) => (await verify(folder, {})).checks.find(({ check }) => check === "manifest");

test("an original kept by reference is not copied, gives its lines as long as it is what was imported, and is on record", async () => {
  const { caseFile, engine, file, source } = await referenced("a.csv", Buffer.from(text));
  expect(source).toMatchObject({ events: 40_000, lines: 40_001, duplicates: 0 });
  expect(fs.readdirSync(caseFile.evidence)).toEqual([]);
  expect(await lineOf(engine, 30_000)).toBe(lines[29_999]);
  expect((await engine.ask("custodyRows", { offset: 0, limit: 1 })).rows[0]).toMatchObject({
    detail: { by_reference: file },
  });
  expect((await engine.ask("sources", {})).sources).toMatchObject([{ reference: { path: file, state: "unchanged" } }]);
  expect(await manifest(caseFile.folder)).toMatchObject({ ok: true, detail: expect.stringContaining(file) });
  expect((await verify(caseFile.folder, { recompute: true })).ok).toBe(true);
  // The same file again, and an export that overlaps with it.
  expect((await engine.ask("import", { files: [file] })).sources).toMatchObject([{ duplicate_of: 1 }]);
  const other = path.join(path.dirname(file), "b.csv");
  fs.writeFileSync(other, `time,app,request_id,more\n${lines.slice(39_990).join("\n")}\n2020-01-01T00:00:00Z,z,,\n`);
  expect((await engine.ask("import", { files: [other] })).sources).toMatchObject([{ events: 11, duplicates: 10 }]);
  const zip = path.join(temporaryFolder(), "b.zip");
  await engine.ask("tag", { filter: "app:a3 time<2018-04-04T03", tag: "x" });
  await engine.ask("bundle", { out: zip, originals: true });
  expect((await verify(zip, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

test("one changed byte, of the same size and date, is found where it is read; what was read of other blocks stands", async () => {
  const { caseFile, engine, file } = await referenced("a.csv", Buffer.from(text));
  const { atime, mtime } = fs.statSync(file);
  const bytes = Buffer.from(text);
  bytes.writeUInt8((bytes[1_500_000] as number) ^ 1, 1_500_000);
  fs.writeFileSync(file, bytes);
  fs.utimesSync(file, atime, mtime);
  const row = (offset: number) =>
    caseFile.db
      .prepare('select id from event_row where "offset" <= ? order by "offset" desc limit 1')
      .pluck()
      .get(offset) as number;
  expect(await lineOf(engine, row(10_000))).toMatch(/^2018-04/u);
  expect(await lineOf(engine, row(1_500_000))).toMatch(
    /kept by reference, and .*a\.csv is not what was imported any more/u,
  );
  expect(await manifest(caseFile.folder)).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/a\.csv \(source 1\), kept by reference, was changed at/u),
  });
  await expect(engine.ask("remap", { source: 1, timezone: "Asia/Tokyo" })).rejects.toMatchObject({
    code: "file-changed",
  });
  expect(await engine.ask("info", {})).toMatchObject({ events: 40_000 });
  fs.writeFileSync(file, text.slice(0, -5));
  expect((await engine.ask("sources", {})).sources).toMatchObject([{ reference: { state: "changed" } }]);
  expect(() => openOriginal(caseFile, 1)).toThrow(/not what was imported/u);
  fs.rmSync(file);
  expect(await lineOf(engine, 5)).toMatch(/is not there any more: put it back/u);
  expect((await engine.ask("sources", {})).sources).toMatchObject([{ reference: { state: "gone" } }]);
  expect(await manifest(caseFile.folder)).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/is not at .*a\.csv any more/u),
  });
  // What is withdrawn need not be there.
  expect(await engine.ask("withdraw", { source: 1, reason: "lost" })).toMatchObject({ withdrawn: true });
});

test("a gzip kept by reference is unpacked only as what was imported", async () => {
  const { caseFile, engine, file } = await referenced("a.csv.gz", zlib.gzipSync(text));
  expect(await lineOf(engine, 30_000)).toBe(lines[29_999]);
  const packed = fs.readFileSync(file);
  packed.writeUInt8((packed[4] as number) ^ 1, 4);
  fs.writeFileSync(file, packed);
  fs.rmSync(path.join(caseFile.cache, "blocks"), { recursive: true });
  expect(await lineOf(engine, 30_000)).toMatch(/not what was imported/u);
});

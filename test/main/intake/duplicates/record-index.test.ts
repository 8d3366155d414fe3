import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Case } from "../../../../main/case/case.ts";
import { findDuplicates } from "../../../../main/intake/duplicates/find-duplicates.ts";
import { indexStampOf } from "../../../../main/intake/duplicates/record-index.ts";
import { RecordIndex } from "../../../../main/intake/duplicates/record-index-file.ts";
import { readAgain } from "../../../../main/intake/read-again.ts";
import { newCase } from "../../../fixture.ts";
import { imported } from "../imported.ts";

const head = "time,app,request_id\n";
const lines = Array.from(
  { length: 70_000 },
  (_, n) => `${new Date(1_522_800_000_000 + n * 1000).toISOString()},a${n % 7},${n.toString(16).padStart(16, "0")}`,
);
const rowsOf = ({ db }: Case, source: number) =>
  db.prepare("select events from source where id = ?").pluck().get(source) as number;
const isKept = (caseFile: Case, source: number) =>
  RecordIndex.isWhole(caseFile.cache, source, rowsOf(caseFile, source), indexStampOf(caseFile, source));
const search = (caseFile: Case) => findDuplicates(caseFile, 2, [1], () => undefined).length;

async function overlapping(): Promise<Case> {
  const caseFile = newCase();
  await imported(`${head}${lines.slice(0, 66_000).join("\n")}\n`, { name: "one.csv", caseFile });
  await imported(`${head}${lines.slice(65_900).join("\n")}\n`, { name: "two.csv", caseFile });
  return caseFile;
}

test("an import leaves an index that the next one can use, and so does a reading anew", async () => {
  const caseFile = await overlapping();
  expect([1, 2].map((source) => isKept(caseFile, source))).toEqual([true, true]);
  await readAgain(caseFile, 1, { timezone: "Asia/Tokyo" });
  expect(isKept(caseFile, 1)).toBe(true);
  expect(search(caseFile)).toBe(100);
});

test("duplicates are never decided from a damaged index: it is made anew, and custody says so once", async () => {
  const caseFile = await overlapping();
  const folder = path.join(caseFile.cache, "segments", "1");
  const files = ["offset.bin", "length.bin", "request.bin", "index.json"];
  for (const name of files) {
    const bytes = fs.readFileSync(path.join(folder, name));
    const at = bytes.length - 5;
    bytes[at] = (bytes[at] as number) ^ 1;
    fs.writeFileSync(path.join(folder, name), bytes);
    expect(search(caseFile), name).toBe(100);
    expect(isKept(caseFile, 1)).toBe(true);
  }
  const acts = caseFile.db.prepare(
    "select entry ->> '$.detail.file' from custody where entry ->> 'act' = 'cache made anew'",
  );
  expect(acts.pluck().all()).toEqual(files.map((name) => `segments/1/${name}`));
});

test("an index of another source, or of an earlier reading, is not used; a lost one is made anew without a word", async () => {
  const caseFile = await overlapping();
  const at = (name: string) => path.join(caseFile.cache, "segments", name);
  for (const [from, to] of [
    ["1", "x"],
    ["2", "1"],
    ["x", "2"],
  ] as const)
    fs.renameSync(at(from), at(to));
  expect(search(caseFile)).toBe(100);
  fs.rmSync(at("1"), { recursive: true });
  expect(search(caseFile)).toBe(100);
  expect(
    caseFile.db.prepare("select count(*) from custody where entry ->> 'act' = 'cache made anew'").pluck().get(),
  ).toBe(0);
});

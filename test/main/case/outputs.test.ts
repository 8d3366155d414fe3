import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { threadId } from "node:worker_threads";
import { expect, test } from "vitest";
import { openCase } from "../../../main/case/case.ts";
import { createCase } from "../../../main/case/create.ts";
import { beginOutput } from "../../../main/case/outputs.ts";
import { record } from "../../../main/custody/append.ts";
import { removeFoldersOf, workingFolder } from "../../../main/platform/working-folder.ts";
import { temporaryFolder } from "../../temporary.ts";

const ABOUT = { title: "Groups", examiner: "R. Vale <vale@example.org>" };

function place() {
  const folder = temporaryFolder();
  return {
    folder: path.join(folder, "case"),
    out: path.join(folder, "list.txt"),
    part: path.join(folder, ".list.txt.part"),
  };
}
/** The acts after the first, oldest first. */
function actsOf(folder: string): string[] {
  const caseFile = openCase(folder, "write");
  const acts = caseFile.db.prepare("select entry ->> 'act' from custody where seq > 1 order by seq").pluck().all();
  expect(caseFile.db.prepare("select count(*) from meta where key like 'output:%'").pluck().get()).toBe(0);
  caseFile.close();
  return acts as string[];
}

test("an output and its act are there together, and nothing tells of it any more", () => {
  const { folder, out, part } = place();
  const caseFile = createCase(folder, ABOUT);
  const output = beginOutput(caseFile, out);
  fs.writeFileSync(output.part, "whole");
  output.finish(() => record(caseFile, "export", {}));
  output.drop();
  caseFile.close();
  expect([fs.readFileSync(out, "utf8"), fs.existsSync(part)]).toEqual(["whole", false]);
  expect(actsOf(folder)).toEqual(["export"]);
  expect(() => beginOutput(undefined, out)).toThrow(expect.objectContaining({ code: "out-exists" }));
});

test("a folder that is not there, or is a file, is refused before anything is recorded", () => {
  const { folder, out } = place();
  const caseFile = createCase(folder, ABOUT);
  fs.writeFileSync(out, "a file");
  for (const file of [path.join(out, "inside.txt"), path.join(folder, "none", "list.txt")])
    expect(() => beginOutput(caseFile, file)).toThrow(expect.objectContaining({ code: "out-unwritable" }));
  caseFile.close();
  expect(actsOf(folder)).toEqual([]);
});

test("what was being written when the program was killed is gone after the next opening", () => {
  const { folder, out, part } = place();
  const caseFile = createCase(folder, ABOUT);
  fs.writeFileSync(beginOutput(caseFile, out).part, "half");
  fs.mkdirSync(path.join(caseFile.bundles, ".making-1234", "data"), { recursive: true });
  fs.writeFileSync(path.join(caseFile.cache, "part.db"), "rows");
  fs.mkdirSync(path.join(caseFile.cache, "columns.99999999.0a1b2c3d"), { recursive: true });
  fs.mkdirSync(path.join(caseFile.cache, "columns.99999999"));
  fs.mkdirSync(path.join(caseFile.cache, "blocks"));
  for (const name of ["incoming-1.blocks", "00.blocks.9.part"])
    fs.writeFileSync(path.join(caseFile.cache, "blocks", name), "text");
  for (const name of ["incoming-1", "incoming-archive"]) fs.writeFileSync(path.join(caseFile.evidence, name), "text");
  fs.writeFileSync(path.join(folder, "case-version-3.db.making"), "half");
  const working = ["recompute", "estimate", "detect", "copies"].map((kind) =>
    path.join(os.tmpdir(), `exhibit-${kind}-99999999-abcdef`),
  );
  for (const left of working) fs.mkdirSync(left);
  const own = workingFolder("detect");
  caseFile.close();
  expect(actsOf(folder)).toEqual([]);
  expect([fs.existsSync(out), fs.existsSync(part)]).toEqual([false, false]);
  expect(fs.readdirSync(folder, { recursive: true }).sort()).toEqual(
    ["bundles", "cache", "cache/blocks", "case.db", "evidence"].map(path.normalize),
  );
  expect(working.filter((left) => fs.existsSync(left))).toEqual([]);
  removeFoldersOf(threadId + 1);
  expect(fs.existsSync(own)).toBe(true);
  removeFoldersOf(threadId);
  expect(fs.existsSync(own)).toBe(false);
});

test("what had its act already is put in its place at the next opening, which says so", () => {
  const { folder, out, part } = place();
  const caseFile = createCase(folder, ABOUT);
  const output = beginOutput(caseFile, out);
  fs.writeFileSync(output.part, "whole");
  // The kill comes between the act and the name.
  fs.mkdirSync(path.join(out, "in the way"), { recursive: true });
  expect(() => output.finish(() => record(caseFile, "export", {}))).toThrow(
    expect.objectContaining({ code: "out-exists" }),
  );
  fs.rmSync(out, { recursive: true });
  const meta = caseFile.db.prepare(
    "update meta set value = json_set(value, '$.isMade', json('true')) where key like 'output:%'",
  );
  caseFile.db.transaction(() => {
    record(caseFile, "export", {});
    meta.run();
  })();
  caseFile.close();
  expect(actsOf(folder)).toEqual(["export", "output finished"]);
  expect([fs.readFileSync(out, "utf8"), fs.existsSync(part)]).toEqual(["whole", false]);
  expect(actsOf(folder)).toEqual(["export", "output finished"]);
});

test("what a killed create left is no obstacle to the next, and is no case", () => {
  const { folder } = place();
  fs.mkdirSync(folder);
  for (const name of ["case.db.making", "case.db.making-journal", "lock", "lock.json"])
    fs.writeFileSync(path.join(folder, name), "");
  expect(() => openCase(folder, "read")).toThrow(expect.objectContaining({ code: "case-missing" }));
  createCase(folder, ABOUT).close();
  expect(fs.readdirSync(folder).sort()).toEqual(["bundles", "cache", "case.db", "evidence"]);
});

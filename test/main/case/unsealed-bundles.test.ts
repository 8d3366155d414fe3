import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { type Case, openCase } from "../../../main/case/case.ts";
import { record } from "../../../main/custody/append.ts";
import { custodyLines } from "../../../main/custody/case-chain.ts";
import { Engine } from "../../../main/engine/engine.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { imported } from "../intake/imported.ts";

let caseFile: Case;
const at = path.join;
const bundleActs = (of = caseFile) =>
  [...custodyLines(of)]
    .map((line) => JSON.parse(line))
    .filter(({ act }) => ["bundle", "seal", "bundle-failed"].includes(act))
    .map(({ act, detail }) => [act, detail.number, ...(detail.why === undefined ? [] : [detail.why])]);
const failed = async (target: string) => (await verify(target, {})).checks.filter(({ ok }) => ok === false);

beforeEach(async () => {
  caseFile = newCase();
  await imported("time,app,status\n2018-04-04T10:00:00Z,a,403\n", { name: "calls.csv", caseFile });
});

test("a bundle that is stopped says so in custody, its number is used up, and the next one and the case are in order", async () => {
  const folder = temporaryFolder();
  const engine = new Engine(caseFile);
  const stop = new AbortController();
  const progress = ({ what }: { what: string }) => (what === "sealing" ? stop.abort() : undefined);
  const first = engine.ask("bundle", { out: at(folder, "a.zip") }, { signal: stop.signal, progress });
  await expect(first).rejects.toThrow(/stopped/u);
  expect(bundleActs()).toEqual([
    ["bundle", 1],
    ["bundle-failed", 1, "cancelled"],
  ]);
  const { name } = await engine.ask("bundle", { out: at(folder, "a.zip") });
  expect(name).toBe("test-2");
  expect(bundleActs().slice(2)).toEqual([
    ["bundle", 2],
    ["seal", 2],
  ]);
  expect(await failed(at(folder, "a.zip"))).toEqual([]);
  caseFile.close();
  expect(await failed(caseFile.folder)).toEqual([]);
});

test("of one that was broken off the next opening says so, and nobody takes it for a fault before", async () => {
  record(caseFile, "bundle", { name: "test-1", number: 1, selected: [], signed: false });
  caseFile.close();
  expect(await failed(caseFile.folder)).toEqual([]);
  const again = openCase(caseFile.folder, "write");
  expect(bundleActs(again)).toEqual([
    ["bundle", 1],
    ["bundle-failed", 1, "broken-off"],
  ]);
  again.close();
  openCase(caseFile.folder, "write").close();
  const reader = openCase(caseFile.folder, "read");
  expect(bundleActs(reader)).toHaveLength(2);
  reader.close();
  expect(await failed(caseFile.folder)).toEqual([]);
});

test("what could not be said of one, the next one says first", async () => {
  record(caseFile, "bundle", { name: "test-1", number: 1, selected: [], signed: false });
  const out = at(temporaryFolder(), "a.zip");
  await new Engine(caseFile).ask("bundle", { out });
  expect(bundleActs()).toEqual([
    ["bundle", 1],
    ["bundle-failed", 1, "broken-off"],
    ["bundle", 2],
    ["seal", 2],
  ]);
  expect(await failed(out)).toEqual([]);
  caseFile.close();
});

test("of one that fails its own check it is said once; older versions, which told of no selection, are let be", async () => {
  record(caseFile, "bundle", { name: "old-1", number: 1, events: 3, signed: false });
  const engine = new Engine(caseFile);
  const { name } = await engine.ask("bundle", { out: at(temporaryFolder(), "a.zip") });
  await engine.ask("bundleUnsound", { name });
  await engine.ask("bundleUnsound", { name });
  expect(bundleActs()).toEqual([
    ["bundle", 1],
    ["bundle", 2],
    ["seal", 2],
    ["bundle-failed", 2, "bundle-unsound"],
  ]);
  caseFile.close();
  expect(await failed(caseFile.folder)).toEqual([]);
});

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { createCase } from "../../../main/case/create.ts";
import { unfinished } from "../../../main/case/sources.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { zipOf } from "../evidence/archives/archive-makers.ts";
import { eventsOf } from "./imported.ts";

/** Sources that do not hold still, and disks that do not hold them: one sentence, nothing half-written, `--resume` ends with the same rows. */

const HEADER = "time,app,actor\n";
const lines = (from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, n) => `${new Date(1_522_800_000_000 + (from + n) * 1000).toISOString()},a${n % 7},user ${from + n}\n`,
  ).join("");
/** More than is read before the first word about progress. */
const ROWS = 120_000;
const LOG = HEADER + lines(0, ROWS);
const sizes = { bytes: 1 << 14, rows: 1000 };
/** A digest of all rows, as any SQLite tool reads them. */
const rowsOf = ({ db }: Case) => {
  const rows = db.prepare('select app, actor, line, "offset", time from event order by source, line').raw().all();
  expect(rows).toHaveLength(ROWS);
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
};

let reference: string | undefined;
async function undisturbed(): Promise<string> {
  if (!reference) {
    const file = path.join(temporaryFolder(), "log.csv");
    fs.writeFileSync(file, LOG);
    const caseFile = newCase();
    await importFiles(caseFile, [file], { by: "T" }, {});
    reference = rowsOf(caseFile);
  }
  return reference;
}

test.each<[string, (file: string) => void, (file: string) => void]>([
  ["shrinks", (file) => fs.truncateSync(file, LOG.length >> 1), (file) => fs.writeFileSync(file, LOG)],
  ["is cut to nothing", (file) => fs.truncateSync(file, 0), (file) => fs.writeFileSync(file, LOG)],
  ["grows", (file) => fs.appendFileSync(file, lines(ROWS, ROWS + 9)), (file) => fs.truncateSync(file, LOG.length)],
])("a source that %s while it is read", async (_name, change, restore) => {
  const file = path.join(temporaryFolder(), "log.csv");
  fs.writeFileSync(file, LOG);
  const caseFile = newCase();
  let changed = false;
  const progress = () => {
    if (!changed) change(file);
    changed = true;
  };
  const { sources, failures } = await importFiles(caseFile, [file], { by: "T", sizes }, { progress });
  expect(changed).toBe(true);
  expect(sources).toEqual([]);
  expect(failures.map(({ code }) => code)).toEqual(["file-changed"]);
  expect(failures[0]?.message).toMatch(/^log\.csv changed while it was read: [^\n]+$/u);
  expect(fs.readdirSync(caseFile.evidence)).toEqual([]);
  expect(eventsOf(caseFile)).toEqual([]);
  restore(file);
  const resumed = await importFiles(caseFile, [file], { by: "T", resume: true }, {});
  expect(resumed.failures).toEqual([]);
  expect(unfinished(caseFile.db)).toEqual([]);
  expect(rowsOf(caseFile)).toEqual(await undisturbed());
});

test("a source that vanishes while it is read is read to its end; one that is gone before a resume is missed by name", async () => {
  const file = path.join(temporaryFolder(), "log.csv");
  fs.writeFileSync(file, LOG);
  const caseFile = newCase();
  const gone = await importFiles(
    caseFile,
    [file],
    { by: "T", sizes },
    { progress: () => fs.rmSync(file, { force: true }) },
  );
  // On Windows an open file stays; elsewhere its bytes do. Either way nothing of it is lost.
  expect(gone.failures).toEqual([]);
  expect(rowsOf(caseFile)).toEqual(await undisturbed());

  fs.writeFileSync(file, LOG.replaceAll("user", "person"));
  const stop = new AbortController();
  const hooks = { signal: stop.signal, progress: () => stop.abort() };
  await importFiles(caseFile, [file], { by: "T", sizes }, hooks);
  fs.rmSync(file);
  const missed = await importFiles(caseFile, [file], { by: "T", resume: true }, {});
  expect(missed.failures.map(({ code, message }) => [code, message.includes("log.csv")])).toEqual([
    ["file-missing", true],
  ]);
});

const small = path.join(temporaryFolder(), "small");
fs.mkdirSync(small);
const canMount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", small]).status === 0;
afterAll(() => void (canMount && spawnSync("umount", [small])));

test.skipIf(!canMount)(
  "a full disk (a tmpfs of 8 MiB, where the test may mount one): one sentence; with room, --resume ends with the same rows",
  async () => {
    const file = path.join(temporaryFolder(), "log.csv");
    fs.writeFileSync(file, LOG);
    const zip = path.join(temporaryFolder(), "log.zip");
    fs.writeFileSync(zip, zipOf([{ name: "log.csv", data: LOG }]));
    for (const [given, room] of [
      [file, 5 << 20],
      [zip, 6.9 * 2 ** 20],
    ] as const) {
      const caseFile = createCase(path.join(small, "case"), { title: "T", examiner: "T" });
      const ballast = path.join(small, "ballast");
      fs.writeFileSync(ballast, Buffer.alloc(Math.round(room)));
      const { sources, failures } = await importFiles(caseFile, [given], { by: "T" }, {});
      expect(sources).toEqual([]);
      expect(failures.map(({ code }) => code)).toEqual(["disk-full"]);
      expect(failures[0]?.message).toMatch(/^[^\n]+$/u);
      expect(fs.readdirSync(caseFile.evidence).filter((name) => name.startsWith("incoming"))).toEqual([]);
      expect(eventsOf(caseFile)).toEqual([]);
      fs.rmSync(ballast);
      spawnSync("mount", ["-o", "remount,size=64m", small]);
      const resumed = await importFiles(caseFile, [given], { by: "T", resume: true }, {});
      expect(resumed.failures).toEqual([]);
      expect(rowsOf(caseFile)).toEqual(await undisturbed());
      caseFile.close();
      fs.rmSync(path.join(small, "case"), { recursive: true });
      spawnSync("mount", ["-o", "remount,size=8m", small]);
    }
  },
);

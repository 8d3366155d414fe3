import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verifyCustody } from "../../../main/custody/case-chain.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { proveSame, writeSmallFiles } from "./small-files.ts";

test("small files imported together are what each of them is alone: rows, acts, originals and words", async () => {
  const caseFile = await proveSame(writeSmallFiles(25));
  expect(verifyCustody(caseFile).ok).toBe(true);
});

test("many files of a kind together: sources that share records mark the later ones, in this command and the next", async () => {
  const folder = temporaryFolder();
  const files = Array.from({ length: 24 }, (_, n) => {
    const file = path.join(folder, `${n}.csv`);
    const ids = [n, n + 1].map((id) => `2018-04-04T00:00:00Z,a,${id.toString(16).padStart(16, "0")}`);
    fs.writeFileSync(file, `time,app,request_id\n${ids.join("\n")}\n`);
    return file;
  });
  const caseFile = newCase();
  const first = await importFiles(caseFile, files.slice(0, 12), { by: "T" }, {});
  const second = await importFiles(caseFile, files.slice(12), { by: "T" }, {});
  expect([...first.sources, ...second.sources].map(({ duplicates }) => duplicates)).toEqual([0, ...Array(23).fill(1)]);
  const again = await importFiles(caseFile, files, { by: "T" }, {});
  expect(again.sources.map(({ duplicate_of }) => duplicate_of)).toEqual(files.map((_, n) => n + 1));
  expect(Object.keys(again.sources[0] ?? {}).slice(-2)).toEqual(["duplicate_of", "rejects"]);
});

test("stopped in between: what came in stays whole, the next file is named, and the same command goes on", async () => {
  const folder = temporaryFolder();
  for (let n = 0; n < 260; n++)
    fs.writeFileSync(
      path.join(folder, `${String(n).padStart(3, "0")}.csv`),
      `time,app,request_id\n2018-04-04T00:00:00Z,a${n},r${n}\n`,
    );
  const caseFile = newCase();
  const controller = new AbortController();
  let seen = 0;
  const hooks = { signal: controller.signal, progress: () => void (++seen === 100 && controller.abort()) };
  const { sources, failures } = await importFiles(caseFile, [folder], { by: "T" }, hooks);
  const count = sources.length;
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(260);
  const name = `${String(count).padStart(3, "0")}.csv`;
  expect(failures.map(({ what }) => what)).toEqual([`The import of ${name} was stopped after 0 events`]);
  expect(fs.readdirSync(caseFile.evidence).filter((file) => file.startsWith("incoming"))).toEqual([]);
  expect((await importFiles(caseFile, [folder], { by: "T" }, {})).failures).toEqual([]);
  expect(caseFile.db.prepare("select count(*), count(distinct app) from event_row").raw().get()).toEqual([260, 260]);
});

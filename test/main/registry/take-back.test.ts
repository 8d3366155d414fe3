import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyCustody } from "../../../main/custody/case-chain.ts";
import { registryDigest, registryText } from "../../../main/registry/document.ts";
import { type ImportOptions, importRegistry } from "../../../main/registry/import.ts";
import { takeBackRegistry } from "../../../main/registry/take-back.ts";
import { temporaryFolder } from "../../temporary.ts";
import { quickCase } from "../query/dataset-of.ts";

const folder = temporaryFolder();
let files = 0;
const written = (text: string): string => {
  files += 1;
  const file = path.join(folder, `${files}.csv`);
  fs.writeFileSync(file, text);
  return file;
};
const HEADER = "app,permission,granted_at,revoked_at\n";
const add = (caseFile: ReturnType<typeof quickCase>, rows: string, options?: ImportOptions) =>
  importRegistry(caseFile, [written(HEADER + rows)], options);
const acts = (caseFile: ReturnType<typeof quickCase>) =>
  (caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[]).map(
    (entry) => JSON.parse(entry) as { act: string; by: string; detail: Record<string, unknown> },
  );

test("an import is taken back: the others make the registry, in their order, and custody holds both states", async () => {
  const caseFile = quickCase();
  await add(caseFile, "1,p,2017-01-01,\n");
  const before = registryText(caseFile.db);
  await add(caseFile, "1,p,2017-01-01,2018-01-01\n2,p,2017-01-01,\n");
  const wrong = registryDigest(caseFile.db);
  expect(takeBackRegistry(caseFile, 2, "the wrong list", "B")).toMatchObject({ grants: 1 });
  expect(registryText(caseFile.db)).toBe(before);
  expect(acts(caseFile).at(-1)).toMatchObject({
    act: "registry",
    by: "B",
    detail: {
      taken_back: 2,
      reason: "the wrong list",
      before_sha256: wrong,
      state_sha256: registryDigest(caseFile.db),
    },
  });
  expect(verifyCustody(caseFile).ok).toBe(true);
});

test.each([
  [9, "x", /no import 9/u],
  [1, " ", /needs a reason/u],
])("taking back import %i for %j is refused", async (n, reason, why) => {
  const caseFile = quickCase();
  await add(caseFile, "1,p,2017-01-01,\n");
  expect(() => takeBackRegistry(caseFile, n, reason)).toThrow(why);
  takeBackRegistry(caseFile, 1, "x");
  expect(() => takeBackRegistry(caseFile, 1, "x")).toThrow(/taken back already: x/u);
});

test("--replace makes the files the whole of their kind, several together, and says what went; it is taken back too", async () => {
  const caseFile = quickCase();
  await add(caseFile, "1,p,2017-01-01,\n2,p,2017-01-01,\n3,p,2017-01-01,\n");
  await importRegistry(caseFile, [written("developer_id\nD1\n")]);
  const before = registryText(caseFile.db);
  const report = await importRegistry(
    caseFile,
    [written(`${HEADER}1,p,2017-01-01,\n`), written(`${HEADER}2,p,2017-01-01,2018-01-01\n4,p,2017-01-01,\n`)],
    { replace: true },
  );
  expect(report).toMatchObject({
    developers: 1,
    grants: 3,
    files: [
      { tables: [{ added: 0, changed: 0, same: 1, removed: 1 }] },
      { tables: [{ added: 1, changed: 1, same: 0 }] },
    ],
  });
  takeBackRegistry(caseFile, 4, "x");
  takeBackRegistry(caseFile, 3, "x");
  expect(registryText(caseFile.db)).toBe(before);
});

test("a dry run says what would be, and changes nothing, in a case that is read-only too", async () => {
  const caseFile = quickCase();
  await add(caseFile, "1,p,2017-01-01,\n");
  const state = () => [registryText(caseFile.db), acts(caseFile).length, caseFile.db.pragma("data_version")];
  const before = state();
  const rows = "1,p,2017-01-01,2018-01-01\n1,p,2017-03-01,\n";
  const dry = await add({ ...caseFile, db: caseFile.db, readOnly: true } as typeof caseFile, rows, { dry_run: true });
  expect(state()).toEqual(before);
  const { files: said, dry_run, ...counts } = dry;
  expect(dry_run).toBe(true);
  expect(said[0]).toMatchObject({ tables: [{ added: 1, changed: 1, same: 0 }] });
  expect(said[0]).not.toHaveProperty("n");
  const real = await add(caseFile, rows);
  expect({ ...real, files: undefined }).toMatchObject({ grants: counts.grants, conflicts: [expect.any(String)] });
});

/** Histories of one registry: rows of a few keys, cut into files. */
const row = fc.tuple(
  fc.constantFrom("1", "2", "3"),
  fc.constantFrom("p", "q"),
  fc.constantFrom("", "2018-01-01", "2019-01-01"),
);
const text = (rows: readonly (readonly [string, string, string])[]) =>
  rows.map(([app, permission, end]) => `${app},${permission},2017-01-01,${end}\n`).join("");

test("any prefix of a history of updates gives the same state as one file; so does the whole without an import taken back", async () => {
  const caseFile = quickCase();
  const one = quickCase();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(row, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 }),
      fc.nat(),
      async (history, which) => {
        for (const each of [caseFile, one])
          for (const table of ["grant_held", "registry_file", "registry_row"]) each.db.exec(`delete from ${table}`);
        for (const [index, rows] of history.entries()) {
          await add(caseFile, text(rows));
          await add(one, text(history.slice(0, index + 1).flat()), { replace: true });
          expect(registryText(caseFile.db)).toBe(registryText(one.db));
        }
        const lost = which % history.length;
        takeBackRegistry(caseFile, lost + 1, "x");
        await add(one, text(history.filter((_, index) => index !== lost).flat()), { replace: true });
        expect(registryText(caseFile.db)).toBe(registryText(one.db));
      },
    ),
    { numRuns: 12 },
  );
});

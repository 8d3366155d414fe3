import fc from "fast-check";
import { expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { verifyCustody } from "../../../main/custody/case-chain.ts";
import { sourceReports } from "../../../main/evidence/source-report.ts";
import { restore, withdraw } from "../../../main/intake/withdraw.ts";
import { Dataset } from "../../../main/query/dataset.ts";
import { newCase } from "../../fixture.ts";
import { eventsOf, imported } from "./imported.ts";

const HEAD = "time,app,request_id";
/** A few records: two are equal but for nothing, some have no request id. */
const RECORDS = Array.from(
  { length: 9 },
  (_, n) => `2018-04-04T10:00:0${n}Z,a${n % 2},${n % 3 === 0 ? "" : `r${n % 5}`}`,
);

/** Sources in which every record has an id are looked up among those before, not compared with each. */
const WITH_IDS = RECORDS.filter((record) => !record.endsWith(","));
const someOf = (records: readonly string[]) => fc.array(fc.constantFrom(...records), { minLength: 1, maxLength: 8 });

/** Which records of each source are duplicates, by the words of FORMATS, over texts. */
function truth(files: readonly (readonly string[])[], out: ReadonlySet<number>): number[][] {
  return files.map((lines, file) =>
    lines.flatMap((line, at) => {
      const elsewhere = files.some((other, index) => index < file && !out.has(index) && other.includes(line));
      const before = lines.indexOf(line) < at && !line.endsWith(",");
      return elsewhere || before ? [at] : [];
    }),
  );
}

const marked = (caseFile: Case, source: number): number[] =>
  (
    caseFile.db
      .prepare("select line from event_row where source = ? and flags & 1 order by id")
      .pluck()
      .all(source) as number[]
  ).map((line) => line - 2);

test("whatever is withdrawn and restored, each record counts once, in the first source that counts", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(someOf(RECORDS), someOf(WITH_IDS)), { minLength: 2, maxLength: 6 }),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }),
      async (files, turns) => {
        const caseFile = newCase();
        // A first line of its own, so that no two files are the same file.
        const all = files.map((lines, index) => [`2018-04-05T00:00:0${index}Z,own,x${index}`, ...lines]);
        for (const [index, lines] of all.entries())
          await imported(`${HEAD}\n${lines.join("\n")}\n`, { name: `${index}.csv`, caseFile });
        const out = new Set<number>();
        for (const turn of turns) {
          const file = turn % all.length;
          if (out.delete(file)) restore(caseFile, file + 1, { reason: "again" });
          else {
            out.add(file);
            withdraw(caseFile, file + 1, { reason: "wrong" });
          }
          const expected = truth(all, out);
          const counting = all.flatMap((_, index) => (out.has(index) ? [] : [index]));
          for (const index of counting) expect(marked(caseFile, index + 1)).toEqual(expected[index]);
          expect(eventsOf(caseFile).length).toBe(counting.reduce((sum, index) => sum + (all[index]?.length ?? 0), 0));
          for (const { source, duplicates } of sourceReports(caseFile.db))
            if (!out.has(source - 1)) expect(duplicates).toBe(expected[source - 1]?.length);
        }
        caseFile.close();
      },
    ),
    { numRuns: 8 },
  );
});

test("a withdrawn source is out of the rows, the view and the columns, kept whole, and on record with its reason", async () => {
  const { caseFile } = await imported(`${HEAD}\n${RECORDS.join("\n")}\n`, { name: "a.csv" });
  await imported(`${HEAD}\n${RECORDS.slice(0, 3).join("\n")}\nyesterday,x,y\n`, { name: "b.csv", caseFile });
  const view = () => caseFile.db.prepare("select count(*) from event").pluck().get();
  expect([view(), new Dataset(caseFile).columns.rows]).toEqual([12, 12]);
  const report = withdraw(caseFile, 1, { reason: "another case's log", by: "B <b@example.org>" });
  expect(report).toMatchObject({
    source: 1,
    withdrawn: true,
    events: 9,
    remarked: [{ source: 2, file: "b.csv", duplicates_before: 3, duplicates: 0 }],
  });
  expect([view(), new Dataset(caseFile).columns.rows]).toEqual([3, 3]);
  expect(caseFile.db.prepare("select count(*) from event_row where source = 1").pluck().get()).toBe(9);
  expect(() => withdraw(caseFile, 1, { reason: "twice" })).toThrow(/withdrawn already: another case's log/u);
  expect(() => withdraw(caseFile, 2, { reason: " " })).toThrow(/No reason/u);
  expect(() => restore(caseFile, 2, { reason: "x" })).toThrow(/not withdrawn/u);
  expect(() => withdraw(caseFile, 7, { reason: "x" })).toThrow(/no source 7/u);
  restore(caseFile, 1, { reason: "it belongs here after all" });
  expect([view(), new Dataset(caseFile).columns.rows]).toEqual([12, 12]);
  const acts = (caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[]).map(
    (entry) => JSON.parse(entry) as { act: string; by: string; detail: Record<string, unknown> },
  );
  expect(acts.filter(({ act }) => act === "withdraw")).toMatchObject(
    [{ by: "B <b@example.org>", detail: { source: 1, file: "a.csv", reason: "another case's log" } }].map((each) => ({
      ...each,
      detail: { ...each.detail, sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) },
    })),
  );
  expect(acts.at(-1)).toMatchObject({ act: "restore", detail: { reason: "it belongs here after all" } });
  expect(verifyCustody(caseFile).ok).toBe(true);
});

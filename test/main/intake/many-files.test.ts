import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { eventsOf } from "./imported.ts";

/** Files that share some values and bring some of their own, imported at once: threads and dictionaries go from file to file. */
async function importMany(caseFile: Case, name: string): Promise<string[]> {
  const folder = temporaryFolder();
  const calls = Array.from(
    { length: 60 },
    (_, n) => [`${name}${n % 7}`, `u${Math.floor(n / 3)}`, `${name}-${n}`] as const,
  );
  for (let file = 0; file < 12; file++)
    fs.writeFileSync(
      path.join(folder, `${String(file).padStart(2, "0")}.csv`),
      `time,app,user,request_id\n${calls
        .slice(file * 5, file * 5 + 5)
        .map(([app, user, id]) => `2018-04-04T00:00:00Z,${app},${user},${id}`)
        .join("\n")}\n`,
    );
  const { sources } = await importFiles(caseFile, [folder], { by: "T" }, {});
  expect(sources.map(({ events, duplicates }) => [events, duplicates])).toEqual(Array(12).fill([5, 0]));
  return calls.map((call) => call.join(" "));
}

test("many files at once, in one case and another by turns: every call as it stands there, every value with one id", async () => {
  const [one, other] = [newCase(), newCase()];
  const inOne = [...(await importMany(one, "a")), ...(await importMany(one, "b"))];
  const inOther = await importMany(other, "c");
  inOne.push(...(await importMany(one, "d")));
  for (const [caseFile, calls] of [
    [one, inOne],
    [other, inOther],
  ] as const) {
    expect(eventsOf(caseFile).map(({ app, actor, request_id: id }) => `${app} ${actor} ${id}`)).toEqual(calls);
    for (const column of ["app", "actor"])
      expect(caseFile.db.prepare(`select count(*) - count(distinct value) from text_${column}`).pluck().get()).toBe(0);
  }
});

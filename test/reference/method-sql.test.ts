import path from "node:path";
import { expect, test } from "vitest";
import { bundleOf, randomCase } from "../bundles/random-case.ts";
import { unpacked } from "../bundles/unpacked.ts";
import { openIncident } from "../incident.ts";
import { hasTool } from "../main/bundle/fixture.ts";
import { temporaryFolder } from "../temporary.ts";
import { sqlFaults } from "./method-sql.ts";

const hasSqlite = hasTool("sqlite3", "--version");

test.skipIf(!hasSqlite)(
  "METHOD.txt's SQL, run as it stands, gives every number of the Answer of the sample",
  async () => {
    const { engine } = await openIncident(3000, 11);
    const [first, second] = (await engine.ask("findings", {})).rules[0]?.developers ?? [];
    for (const row of [first, second])
      await engine.ask("finding", { developer: row?.developer_id ?? "", disposition: "dismissed", reason: "a test" });
    const folder = temporaryFolder();
    await engine.ask("bundle", { out: path.join(folder, "bundle.zip") });
    engine.caseFile.close();
    expect(sqlFaults(await unpacked(path.join(folder, "bundle.zip"), folder))).toEqual([]);
  },
);

test.skipIf(!hasSqlite)("and of small cases by chance", async () => {
  const failures: string[] = [];
  for (let seed = 7000; seed < 7000 + Number(process.env.CASES ?? 10); seed += 1) {
    const folder = temporaryFolder();
    const { engine, make, acts } = await randomCase(folder, seed);
    const { originals: _, ...options } = bundleOf(make);
    const made = await engine
      .ask("bundle", { out: path.join(folder, "bundle.zip"), ...options })
      .catch(() => undefined);
    engine.caseFile.close();
    if (made === undefined) continue;
    const faults = sqlFaults(await unpacked(made.bundle, folder));
    if (faults.length > 0) failures.push(`seed ${seed}: ${faults.join("; ")}`, ...acts);
  }
  expect(failures).toEqual([]);
});

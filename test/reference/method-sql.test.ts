import path from "node:path";
import { expect, test } from "vitest";
import { faultsByChance } from "../bundles/faults-by-chance.ts";
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
    const [, , third, fourth] = (await engine.ask("findings", {})).rules[0]?.developers ?? [];
    const joining = { developer_id: fourth?.developer_id ?? "", into: third?.developer_id ?? "" };
    await engine.ask("joinDevelopers", { ...joining, reason: "one company" });
    for (const row of [first, second])
      await engine.ask("finding", { developer: row?.developer_id ?? "", disposition: "dismissed", reason: "a test" });
    const folder = temporaryFolder();
    await engine.ask("bundle", { out: path.join(folder, "bundle.zip") });
    engine.caseFile.close();
    expect(sqlFaults(await unpacked(path.join(folder, "bundle.zip"), folder))).toEqual([]);
  },
);

test.skipIf(!hasSqlite)("and of small cases by chance", async () => {
  expect(await faultsByChance(7000, sqlFaults)).toEqual([]);
});

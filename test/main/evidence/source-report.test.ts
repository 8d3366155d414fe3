import { expect, test } from "vitest";
import { ZONE_DATA_RELEASE } from "../../../main/intake/time/zone-data.ts";
import { imported } from "../intake/imported.ts";

test("the release of the zone data that local times were read by stands with the source and in custody", async () => {
  const { caseFile, source } = await imported("time,app\n2026-11-15 12:00:00,a\n", { timezone: "America/Winnipeg" });
  expect(source).toMatchObject({ timezone: "America/Winnipeg", zone_data: ZONE_DATA_RELEASE });
  const acts = caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[];
  const act = acts
    .map((line) => JSON.parse(line) as { act: string; detail: object })
    .find(({ act: name }) => name === "import");
  expect(act?.detail).toMatchObject({ zone_data: ZONE_DATA_RELEASE });
});

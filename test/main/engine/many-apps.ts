import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { Engine } from "../../../main/engine/engine.ts";
import { figure } from "../../../shared/base/figure.ts";
import { caseOf, newCase } from "../../fixture.ts";
import type { Call } from "../../reference/model.ts";
import { temporaryFolder } from "../../temporary.ts";

/** A registry of so many apps, of which no log speaks, is taken in whole, and says so in one sentence that does not grow. */
export async function manyApps(count: number): Promise<void> {
  const events = [{ time: "2019-05-01T00:00:00Z", app: "a1", api: "groups", outcome: "allowed" }] as Call[];
  const engine = new Engine(caseOf({ events }, newCase()));
  const file = path.join(temporaryFolder(), "apps.csv");
  const apps = Array.from({ length: count }, (_, app) => `app${app},App ${app},D${app % 500}`);
  fs.writeFileSync(file, `app,app_name,developer_id\n${apps.join("\n")}\n`);
  const { conflicts, ...counts } = await engine.ask("registry", { files: [file] });
  expect(counts.apps).toBe(count);
  expect(conflicts).toHaveLength(1);
  expect(conflicts[0]).toContain(`apps.csv line 2, `);
  expect(conflicts[0]).toContain(` and ${figure(count - 5)} more: ${figure(count)} apps are in no log: app0, app1, `);
  expect(conflicts[0]?.length).toBeLessThan(400);
  const page = await engine.ask("registryRows", { kind: "apps", offset: 0, limit: 50, contains: "App 49" });
  expect(page).toMatchObject({ total: count });
  engine.caseFile.close();
}

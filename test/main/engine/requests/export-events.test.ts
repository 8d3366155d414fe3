import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Engine } from "../../../../main/engine/engine.ts";
import { importFiles } from "../../../../main/intake/import-files.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { eventsOf } from "../../intake/imported.ts";

/** What another program reads of an export, or Exhibit itself, is what was exported. */

const LINES = [
  {
    time: "2018-04-04T10:00:00.123456Z",
    app: "007",
    developer: "Acme, Inc",
    api: "groups",
    method: "GET",
    path: "/g/1",
  },
  { time: "2018-04-04T10:00:01Z", app: "12345678901234567890", status: 403, actor: "=1+1", ip: "192.0.2.1" },
  {
    time: "2018-04-04T10:00:02Z",
    app: "a",
    operation: "list",
    status: 200,
    bytes: 12,
    duration_ms: 3.5,
    outcome: "allowed",
  },
];

async function exported(format: "xlsx" | "ocsf"): Promise<{ file: string; engine: Engine }> {
  const folder = temporaryFolder();
  const log = path.join(folder, "log.jsonl");
  fs.writeFileSync(log, LINES.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const caseFile = newCase();
  await importFiles(caseFile, [log], { by: "T" }, {});
  const engine = new Engine(caseFile);
  const file = path.join(folder, `out.${format === "ocsf" ? "jsonl" : format}`);
  await engine.ask("export", { filter: "", file, format });
  return { file, engine };
}

async function readAgain(file: string) {
  const other = newCase();
  const { failures } = await importFiles(other, [file], { by: "T" }, {});
  expect(failures).toEqual([]);
  return eventsOf(other);
}

test("a workbook of events read as a log gives the same events; what began like a formula has its apostrophe", async () => {
  const { file } = await exported("xlsx");
  const again = await readAgain(file);
  expect(again.map(({ time, app, status, bytes, duration_ms: ms }) => [time, app, status, bytes, ms])).toEqual([
    ["2018-04-04T10:00:00.123456Z", "007", undefined, undefined, undefined],
    ["2018-04-04T10:00:01Z", "12345678901234567890", 403, undefined, undefined],
    ["2018-04-04T10:00:02Z", "a", 200, 12, 3.5],
  ]);
  expect(again[1]?.actor).toBe("'=1+1");
});

test("OCSF records say in their class what the event says, and come back as calls", async () => {
  const { file } = await exported("ocsf");
  const [first, second, third] = fs
    .readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toMatchObject({
    class_uid: 6003,
    category_uid: 6,
    activity_id: 2,
    type_uid: 600302,
    time: Date.parse("2018-04-04T10:00:00.123Z"),
    status_id: 0,
    actor: { app_uid: "007", app_name: "Acme, Inc" },
    api: { service: { name: "groups" }, operation: "GET /g/{id}" },
    http_request: { http_method: "GET", url: { path: "/g/1" } },
    metadata: { original_time: "2018-04-04T10:00:00.123456Z" },
  });
  expect(second).toMatchObject({ status_id: 2, status_detail: "denied", http_response: { code: 403 } });
  expect(third).toMatchObject({
    status_id: 1,
    api: { operation: "list" },
    duration: 3.5,
    http_response: { length: 12 },
  });
  expect((await readAgain(file)).map(({ app, outcome }) => [app, outcome])).toEqual([
    ["007", "unknown"],
    ["12345678901234567890", "denied"],
    ["a", "allowed"],
  ]);
});

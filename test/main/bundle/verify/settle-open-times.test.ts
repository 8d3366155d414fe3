import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";

/** A bundle holds some lines of a file; what only the whole file settles of their times must come out the same from them. */

async function recomputed(lines: readonly string[], filter: string, timezone: string, times: readonly string[]) {
  const folder = temporaryFolder();
  const file = path.join(folder, "log.csv");
  fs.writeFileSync(file, ["time,app,path", ...lines].join("\n"));
  fs.utimesSync(file, new Date("2018-12-01"), new Date("2018-12-01"));
  const engine = new Engine(newCase());
  const { failures } = await engine.ask("import", { files: [file], timezone });
  expect(failures).toEqual([]);
  const query = await engine.ask("query", { filter, rows: { offset: 0 } });
  expect(query.events?.map((event) => event.time)).toEqual(times);
  const out = path.join(folder, "bundle.zip");
  await engine.ask("bundle", { out, filter });
  const { checks } = await verify(out, { recompute: true });
  engine.caseFile.close();
  return checks.filter((check) => check.ok === false);
}

test("the second of two equal local times, without the lines that say it is the second", async () => {
  const lines = [
    "2018-10-28 02:10:00,a,/1",
    "2018-10-28 02:50:00,a,/2",
    "2018-10-28 02:15:00,a,/3",
    "2018-10-28 03:05:00,a,/4",
  ];
  const times = ["2018-10-28T01:15:00Z"];
  expect(await recomputed(lines, 'path:"/3"', "Europe/Berlin", times)).toEqual([]);
});

test("a year that the lines before it say", async () => {
  const lines = ["Dec 30 10:00:00,a,/1", "Jun  3 10:00:00,a,/2", "Jan  5 10:00:00,a,/3", "May  5 10:00:00,a,/4"];
  const times = ["2018-01-05T10:00:00Z", "2018-05-05T10:00:00Z"];
  expect(await recomputed(lines, 'path:("/3" or "/4")', "UTC", times)).toEqual([]);
});

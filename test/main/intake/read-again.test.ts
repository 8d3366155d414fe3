import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { openCase } from "../../../main/case/case.ts";
import { Engine } from "../../../main/engine/engine.ts";
import { readAgain } from "../../../main/intake/read-again.ts";
import { newCase } from "../../fixture.ts";
import { eventsOf, imported } from "./imported.ts";

const rows = (caseFile: ReturnType<typeof newCase>) =>
  caseFile.db.prepare("select * from event order by source, line, offset").all();

test("a zone by hand moves every time, keeps tags and notes on their records, and both readings are on record", async () => {
  const caseFile = newCase();
  const log = `time,app,request_id\n${Array.from({ length: 30 }, (_, n) => `2018-04-04 10:00:${String(n).padStart(2, "0")},a${n % 3},r${n}`).join("\n")}\n`;
  await imported(log, { name: "a.csv", caseFile });
  await imported(`time,app,request_id\n2018-04-04 10:00:05,a2,r5\n2018-05-01 00:00:00,x,y\n`, {
    name: "b.csv",
    caseFile,
  });
  const engine = new Engine(caseFile);
  await engine.ask("tag", { filter: "app:a1", tag: "seen", note: "look here" });
  const before = (await engine.ask("query", { filter: "tag:seen", rows: { offset: 0 } })).events;
  const report = await engine.ask("remap", { source: 1, timezone: "Europe/Berlin" });
  expect(report).toMatchObject({
    source: {
      source: 1,
      events: 30,
      timezone: "Europe/Berlin",
      timezone_from: "option",
      first: "2018-04-04T08:00:00Z",
    },
    before: { events: 30, timezone: "UTC", timezone_from: "assumed" },
    annotations: { kept: 10, lost: 0 },
  });
  const after = (await engine.ask("query", { filter: "tag:seen note:look*", rows: { offset: 0 } })).events;
  expect(after?.map(({ line }) => line)).toEqual(before?.map(({ line }) => line));
  expect(
    eventsOf(caseFile)
      .filter(({ duplicate }) => duplicate)
      .map(({ source, line }) => [source, line]),
  ).toEqual([[2, 2]]);
  const act = (await engine.ask("custodyRows", { offset: 0, limit: 1 })).rows[0];
  expect(act).toMatchObject({
    act: "remap",
    detail: { before: { timezone: "UTC" }, after: { timezone: "Europe/Berlin" } },
  });
  expect(await engine.ask("undo", {})).toMatchObject({ tag: "seen" });
  expect(await engine.ask("query", { filter: "tag:*" })).toMatchObject({ count: 0 });
  await engine.ask("redo", {});
  expect(await engine.ask("query", { filter: "tag:seen" })).toMatchObject({ count: 10 });
  caseFile.close();
  const checks = (await verify(caseFile.folder, { recompute: true })).checks;
  expect(checks.filter(({ ok }) => ok === false)).toEqual([]);
});

test("another mapping gives the rows that an import with it gives, and says which tagged lines are no events any more", async () => {
  const log =
    "when,time,app\n2018-04-04T10:00:00Z,,a\n2018-04-05T10:00:00Z,2018-04-04T12:00:00Z,b\n,2018-04-04T13:00:00Z,c\n";
  const mapping = { schema: "exhibit/mapping@1", format: "csv", fields: { time: "when", actor: "app" } };
  const caseFile = newCase();
  await imported(log, { caseFile });
  const engine = new Engine(caseFile);
  await engine.ask("tag", { filter: "app:c or app:b", tag: "x" });
  const report = await engine.ask("remap", { source: 1, mapping });
  expect(report).toMatchObject({
    source: { events: 2, rejected: 1, rejects: [{ line: 4 }] },
    before: { events: 2, rejected: 1 },
    annotations: { kept: 1, lost: 1, lost_lines: [4] },
  });
  const direct = await imported(log, { mapping });
  const bare = (all: unknown[]) => all.map((each) => ({ ...(each as object), id: 0 }));
  expect(bare(rows(caseFile))).toEqual(bare(rows(direct.caseFile)));
  expect(await engine.ask("ledger", {})).toEqual(await new Engine(direct.caseFile).ask("ledger", {}));
  // The encoding by hand, with the mapping in force.
  expect(await engine.ask("remap", { source: 1, encoding: "windows-1252" })).toMatchObject({
    source: { encoding: "windows-1252", events: 2 },
    before: { mapping: { fields: { actor: "app" } } },
  });
  expect(eventsOf(caseFile).map(({ actor }) => actor)).toEqual(["a", "b"]);
});

test("what is refused, stopped or killed leaves the old events", async () => {
  const log = `time,app\n${Array.from({ length: 50 }, (_, n) => `2018-04-04T10:00:00Z,a${n}`).join("\n")}\n`;
  const { caseFile } = await imported(log, { name: "orders.csv" });
  const held = JSON.stringify(rows(caseFile));
  await expect(readAgain(caseFile, 1, { format: "nothing" })).rejects.toThrow(/nothing/u);
  await expect(readAgain(caseFile, 1, { timezone: "Mars/Olympus" })).rejects.toThrow(/Mars/u);
  await expect(readAgain(caseFile, 1, { mapping: { schema: "exhibit/mapping@1", format: "json" } })).rejects.toThrow(
    /orders\.csv/u,
  );
  await expect(readAgain(caseFile, 9, {})).rejects.toThrow(/no source 9/u);
  const stop = new AbortController();
  const sizes = { bytes: 64, rows: 3 };
  await expect(
    readAgain(caseFile, 1, { timezone: "UTC", sizes }, { signal: stop.signal, progress: () => stop.abort() }),
  ).rejects.toThrow(/stopped/u);
  expect(JSON.stringify(rows(caseFile))).toBe(held);
  // As a killed reading leaves it: rows under a number of their own, committed.
  caseFile.db.exec(`insert into source (id, state, name, path, bytes, format, encoding, timezone, timezone_from, mapping, replaces, began)
    select 2, 'importing', name, '', bytes, format, encoding, timezone, timezone_from, mapping, 1, began from source where id = 1;
    insert into event_row (id, source, line, "offset", length, time, outcome) values (1000, 2, 2, 9, 9, 0, 1)`);
  expect(JSON.stringify(rows(caseFile))).toBe(held);
  caseFile.close();
  const again = openCase(caseFile.folder, "write");
  const engine = new Engine(again);
  expect(await engine.ask("info", {})).toMatchObject({ sources: 1, events: 50, unfinished: [] });
  await readAgain(again, 1, {});
  expect(again.db.prepare("select count(*) from event_row").pluck().get()).toBe(50);
  expect(fs.readdirSync(path.join(again.cache, "segments")).filter((name) => /^\d+$/u.test(name))).toEqual(["1"]);
  again.close();
});

test.each([
  [
    "a table below a title",
    "Report of calls\n\ntime,app,api,status\n2018-04-04T10:00:00Z,a,g,200\n2018-04-04T10:00:01Z,b,g,200\n2018-04-04T10:00:02Z,c,g,200\n",
  ],
  [
    "dates beside clocks, the order of day and month found out",
    "DATE,TIME,app\n28/01/2018,00:15,a\n29/01/2018,00:30,b\n01/02/2018,00:45,c\n",
  ],
  ["a time column without a name for it", "Zeitpunkt;app;api\n2018-04-04T10:00:00Z;a;g\n2018-04-04T10:00:01Z;b;g\n"],
  [
    "times without a year",
    "Apr  4 10:00:00 host app[1]: one\nApr  4 10:00:01 host app[1]: two\nDec 31 23:59:59 host app[1]: x\n",
  ],
])("%s: what was found out is kept, so that reading again gives the same", async (_name, log) => {
  const { caseFile, source } = await imported(log, { name: "found.log" });
  expect(source.events).toBeGreaterThan(1);
  const bare = () => rows(caseFile).map((each) => ({ ...(each as object), id: 0 }));
  const before = bare();
  const { before: _, ...report } = await readAgain(caseFile, 1, {});
  expect(report.source).toEqual(source);
  expect(bare()).toEqual(before);
  caseFile.close();
  expect((await verify(caseFile.folder, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../../intake/imported.ts";

const logs: Record<string, string> = {
  // The day and the names change between two records.
  "iis.log": [
    "#Date: 2018-04-04",
    "#Fields: time c-ip cs-method cs-uri-stem sc-status",
    "10:00:00 198.51.100.7 GET /a 200",
    "#Date: 2018-04-05",
    "#Fields: time cs-uri-stem cs-method c-ip sc-status",
    "10:00:01 /b GET 198.51.100.7 403",
    "10:00:02 /c GET 198.51.100.7 200",
  ].join("\r\n"),
  // The time stands behind words; records have several lines.
  "worker.log": "w1 2018-04-04 09:00:00 read\n  more\n  2018-01-01 00:00:00 no record\nw2 2018-04-04 09:00:01 read\n",
  // A title above the header, date and clock apart, the day known by the whole file.
  "sheet.csv": "Calls,,\nDate,Time,user\n03/04/2018,10:00,ada\n28/04/2018,10:01,bob\n",
  // A time column with a name of its own.
  "own.csv": "who,Zeitpunkt\nada,2018-04-04 09:00:00\nbob,2018-04-04 09:00:01\n",
  "syslog.log":
    "Dec 31 23:59:59 h sshd[1]: Failed password for eve from 203.0.113.9 port 1\n\tmore\nJan  1 00:00:01 h cron[2]: x\n",
};

test("what a log's beginning or its other lines say of a record is kept: case and bundle read again give the same events", async () => {
  const caseFile = newCase();
  for (const [name, text] of Object.entries(logs)) await imported(text, { name, caseFile });
  const engine = new Engine(caseFile);
  expect(await engine.ask("query", { filter: "" })).toMatchObject({ count: 11 });
  await engine.ask("tag", { filter: "", tag: "all" });
  const zip = path.join(temporaryFolder(), "b.zip");
  await engine.ask("bundle", { out: zip });
  caseFile.close();
  for (const target of [zip, caseFile.folder])
    expect((await verify(target, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

/** Five calls, and a sixth where one is asked for. */
const calls = (isLonger: boolean) =>
  Array.from({ length: isLonger ? 6 : 5 }, (_, n) => ({ time: `2018-04-04 10:00:0${n}`, app: `a${n}`, api: "groups" }));
const written: Record<string, (isLonger: boolean) => Buffer> = {
  csv: (isLonger) =>
    Buffer.from(
      `time,app,api\n${calls(isLonger)
        .map((call) => Object.values(call).join(","))
        .join("\n")}\n`,
    ),
  "utf-16 csv": (isLonger) =>
    Buffer.from(
      `\ufefftime,app,api\n${calls(isLonger)
        .map((call) => Object.values(call).join(","))
        .join("\n")}\n`,
      "utf16le",
    ),
  "json lines": (isLonger) =>
    Buffer.from(
      calls(isLonger)
        .map((call) => `${JSON.stringify(call)}\n`)
        .join(""),
    ),
  "json document": (isLonger) => Buffer.from(JSON.stringify({ calls: calls(isLonger) })),
  "key=value": (isLonger) =>
    Buffer.from(
      calls(isLonger)
        .map(({ time, app, api }) => `time="${time}" app=${app} api=${api}\n`)
        .join(""),
    ),
};

test.each(Object.entries(written))(
  "sources whose chosen lines are the same bytes are read again each for itself: %s",
  async (name, log) => {
    const caseFile = newCase();
    const file = (at: number) => `${at}.${name.includes("json") ? "json" : "log"}`;
    await imported(log(false), { name: file(1), caseFile, timezone: "UTC" });
    // An overlapping export: its record is a duplicate, and both are in the bundle.
    await imported(log(true), { name: file(2), caseFile, timezone: "UTC" });
    const zip = path.join(temporaryFolder(), "b.zip");
    const engine = new Engine(caseFile);
    expect(await engine.ask("bundle", { out: zip, filter: "(duplicate:yes or duplicate:no) app:a1" })).toMatchObject({
      events: 2,
    });
    caseFile.close();
    expect((await verify(zip, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
  },
);

test("a chosen duplicate brings the record that it repeats, though that was read in another zone and is chosen by nothing", async () => {
  const caseFile = newCase();
  const row = "2018-04-03 23:30:00,a1,groups,200";
  await imported(`time,app,api,status\n${row}\n`, { name: "1.csv", caseFile, timezone: "UTC" });
  const longer = `time,app,api,status\n${row}\n2018-04-03 23:31:00,a2,events,200\n`;
  await imported(longer, { name: "2.csv", caseFile, timezone: "America/New_York" });
  const engine = new Engine(caseFile);
  const policy = path.join(temporaryFolder(), "policy.json");
  const rule = { id: "r", effective_from: "2018-04-04", applies_to: { api: ["groups"] } };
  fs.writeFileSync(policy, JSON.stringify({ schema: "exhibit/policy@1", as_of: "2019-11-05", rules: [rule] }));
  await engine.ask("policy", { file: policy });
  const zip = path.join(temporaryFolder(), "b.zip");
  const asked = { out: zip, filter: "duplicate:yes" };
  expect(await engine.ask("bundle", asked)).toMatchObject({ events: 2, left_out: 1 });
  caseFile.close();
  expect((await verify(zip, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

test("a claim whose filter names a file, a line and a tag is judged again by the same calls", async () => {
  const caseFile = newCase();
  await imported("time,app,api,status\n2018-04-03T10:00:00Z,a0,events,200\n", { name: "first.csv", caseFile });
  const rows = [1, 2, 3].map((n) => `2018-04-0${n}T10:00:00Z,a${n},groups,200\n`);
  await imported(`time,app,api,status\n${rows.join("")}`, { name: "second.csv", caseFile });
  const engine = new Engine(caseFile);
  await engine.ask("tag", { filter: "app:a3", tag: "late" });
  const claims = path.join(temporaryFolder(), "claims.json");
  const claim = (id: string, filter: string) => ({ id, text: id, measure: "events", filter, is: "=", value: 1 });
  const all = [claim("file", 'source:"second.csv" app:a2'), claim("place", "source:2 line:4 tag:late")];
  fs.writeFileSync(claims, JSON.stringify({ schema: "exhibit/claims@1", claims: all }));
  await engine.ask("claims", { file: claims });
  const zip = path.join(temporaryFolder(), "b.zip");
  // The file's first call stands for the file that the claim names.
  expect(await engine.ask("bundle", { out: zip })).toMatchObject({ events: 3, left_out: 1 });
  caseFile.close();
  expect((await verify(zip, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

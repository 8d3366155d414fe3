import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { exhibit } from "../../../exhibit.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile } from "../../intake/encode-file.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

/** What strangers put into logs: what a terminal obeys, what a browser runs, what a spreadsheet works out. */
const RECORDS = [
  {
    time: "2018-05-01T10:00:00.25Z",
    app: "=cmd|' /C calc'!A0",
    method: "GET",
    path: "/\u001b[2J\u001b]0;owned\u0007/\u202egnp.exe",
    user_agent: "<img src=x onerror=alert(1)>\u2028",
    status: 200,
    fields: ["from{name,picture}", "a;b", "@x"],
    fields_are: "requested",
    subjects: ["p;1", "\u009b31m", "é😀"],
    duration_ms: 1.5,
  },
  { time: "2018-05-01T10:00:01.123456Z", app: "a", operation: "Read", fields: ["name"], subjects: [], bytes: 0 },
  { time: "2018-05-01T10:00:02Z", app: "a", outcome: "denied", subject_count: 3, request_id: "0xff", ip: "::1" },
];

test("log text stays text on the terminal, and Exhibit's own events come back as they were", async () => {
  fs.writeFileSync(at("log.jsonl"), RECORDS.map((record) => JSON.stringify(record)).join("\n"));
  exhibit("create", at("case"), "--title", "T", "--examiner", "R. Vale <vale@example.org>");
  expect(exhibit("import", at("case"), at("log.jsonl")).code).toBe(0);

  const { out } = exhibit("query", at("case"), "", "--columns", "app,path,user_agent,subjects");
  expect(out).toContain("\\u001b[2J");
  expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);

  const back = async (format: string) => {
    expect(exhibit("query", at("case"), "", "--format", format, "--out", at(`events.${format}`)).code).toBe(0);
    const { events, rejects } = await readFile(at(`events.${format}`));
    expect(rejects).toEqual([]);
    return events;
  };
  /** The origin's own place is not the copy's. */
  const content = (events: readonly Partial<EventRecord>[]) =>
    events.map(({ source: _s, line: _l, offset: _o, length: _n, ...event }) => event);
  const events = await back("jsonl");
  const written = fs.readFileSync(at("events.jsonl"), "utf8").trim().split("\n");
  expect(content(events)).toEqual(content(written.map((line) => JSON.parse(line) as EventRecord)));
  expect(events.map(({ line }) => line)).toEqual([1, 2, 3]);
  expect(events[0]).toMatchObject({ ...RECORDS[0], time: "2018-05-01T10:00:00.250Z" });
  expect(events.map(({ fields_are }) => fields_are)).toEqual(["requested", "returned", undefined]);

  const table = await back("csv");
  expect(table.map(({ time, fields_are, outcome }) => [time, fields_are, outcome])).toEqual(
    events.map(({ time, fields_are, outcome }) => [time, fields_are, outcome]),
  );
});

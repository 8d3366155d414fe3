import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openCase } from "../../../main/case/case.ts";
import { exhibit } from "../../exhibit.ts";
import { temporaryFolder } from "../../temporary.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const CSV = `time,app,developer,api,status,fields,member_ids
2018-05-01T10:00:00Z,a1,Acme,groups,200,name,p1;p2
2018-05-02T10:00:00.123456Z,a1,"=cmd|' /C calc'!A0",groups,403,name,
2018-05-03T10:00:00Z,a2,<b>Böse</b>,events,200,id;name,p2
`;

test("the whole way in JSON, each command one document on stdout", () => {
  const created = exhibit(
    "create",
    at("case"),
    "--title",
    "T",
    "--examiner",
    "R. Vale <vale@example.org>",
    "--json",
  ).json();
  expect(created).toMatchObject({
    case: at("case"),
    title: "T",
    examiner: "R. Vale <vale@example.org>",
    sources: 0,
    events: 0,
    unfinished: [],
    read_only: false,
  });
  expect(created.custody_head).toMatch(/^[0-9a-f]{64}$/u);
  fs.writeFileSync(at("a.csv"), CSV);
  const imported = exhibit("import", at("case"), at("a.csv"), "--json").json<{ sources: object[] }>();
  expect(imported.sources[0]).toMatchObject({
    source: 1,
    file: "a.csv",
    format: "csv",
    encoding: "utf-8",
    timezone: "UTC",
    timezone_from: "timestamps",
    lines: 4,
    events: 3,
    rejected: 0,
    skipped: 1,
    duplicates: 0,
    line_ledger: { events: 3, rejected: 0, skipped: 1 },
    first: "2018-05-01T10:00:00Z",
    last: "2018-05-03T10:00:00Z",
    rejects: [],
  });
  const again = exhibit("import", at("case"), at("a.csv"), "--json");
  expect(again.code).toBe(0);
  expect(again.json<{ sources: object[] }>().sources[0]).toMatchObject({ duplicate_of: 1 });

  expect(exhibit("query", at("case"), "", "--count", "--json").json()).toEqual({ filter: "", count: 3 });
  expect(exhibit("query", at("case"), "-api:events", "--count").out).toBe("2\n");
  const { events } = exhibit("query", at("case"), "api:groups", "--json").json<{ events: object[] }>();
  expect(events[0]).toEqual({
    time: "2018-05-01T10:00:00Z",
    app: "a1",
    developer: "Acme",
    api: "groups",
    status: 200,
    outcome: "allowed",
    fields: ["name"],
    fields_are: "returned",
    subjects: ["p1", "p2"],
    source: 1,
    line: 2,
    offset: CSV.indexOf("\n") + 1,
    length: (CSV.split("\n")[1] as string).length,
  });
  expect(events[1]).toMatchObject({ time: "2018-05-02T10:00:00.123456Z", outcome: "denied" });
  expect(exhibit("query", at("case"), "", "--facet", "api", "--json").json()).toMatchObject({
    facets: {
      api: [
        { value: "groups", count: 2 },
        { value: "events", count: 1 },
      ],
    },
  });
  const { histogram } = exhibit("query", at("case"), "", "--histogram", "3", "--json").json<{
    histogram: { count: number }[];
  }>();
  expect(histogram.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(3);

  expect(exhibit("tag", at("case"), "api:groups", "--add", "seen", "--note", "look", "--json").json()).toEqual({
    filter: "api:groups",
    events: 2,
    tag: "seen",
  });
  expect(exhibit("query", at("case"), "tag:seen note:look", "--count").out).toBe("2\n");
  expect(exhibit("undo", at("case"), "--json").json()).toEqual({ filter: "api:groups", events: 2, tag: "seen" });
  expect(exhibit("query", at("case"), "tag:* or note:*", "--count").out).toBe("0\n");
  expect(exhibit("custody", at("case"), "--verify", "--json").json()).toMatchObject({ ok: true });
});

test("log text stays data: no formula in CSV, no escape on the terminal", () => {
  const csv = exhibit("query", at("case"), "status:403", "--format", "csv").out;
  expect(csv).toContain("\"'=cmd|' /C calc'!A0\"".replace(/^"|"$/gu, ""));
  expect(exhibit("query", at("case"), "developer:\"=cmd|' /C calc'!A0\"", "--count").out).toBe("1\n");
  const jsonl = exhibit("query", at("case"), "status:403", "--format", "jsonl").out;
  expect(JSON.parse(jsonl)).toMatchObject({ developer: "=cmd|' /C calc'!A0" });
});

test("a case open elsewhere is read, not written, and says so", async () => {
  const holder = spawn(
    process.execPath,
    [
      "-e",
      `const { openCase } = await import(${JSON.stringify(path.resolve(import.meta.dirname, "../../../main/case/case.ts"))}); globalThis.held = openCase(${JSON.stringify(at("case"))}, "write"); console.log("held"); setInterval(() => {}, 1000);`,
      "--input-type=module",
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const gone = new Promise((resolve) => holder.once("exit", resolve));
  try {
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    expect(exhibit("info", at("case"), "--json").json()).toMatchObject({ read_only: true, events: 3 });
    const refused = exhibit("tag", at("case"), "", "--add", "x");
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/read-only/u);
  } finally {
    holder.kill("SIGKILL");
  }
  await gone;
  // A dead process's lock is taken over.
  const caseFile = openCase(at("case"), "write");
  expect(caseFile.readOnly).toBe(false);
  caseFile.close();
  expect(fs.readdirSync(at("case")).sort()).toEqual(["bundles", "cache", "case.db", "evidence"]);
});

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { verifyCase } from "../../../../main/bundle/verify/case/verify-case.ts";
import type { Case } from "../../../../main/case/case.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { importFiles } from "../../../../main/intake/import-files.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";

const CALLS = `timestamp,app,developer,api,operation,status,actor,fields,subjects,ip,request_id,bytes
2019-10-01T10:00:00Z,a1,Acme,groups,GET /{id}/members,200,u1,name;picture,p1;p2,10.0.0.1,00000000000000ff,100
2019-10-01T11:00:00Z,a1,Acme,groups,GET /{id}/members,200,u1,name,p3,10.0.0.1,00000000000000fe,120
2019-10-02T11:00:00Z,a2,Orbit,groups,GET /{id}/feed,403,u2,,,10.0.0.2,req-3,
not a time,a2,Orbit,groups,GET /{id}/feed,403,u2,,,10.0.0.2,req-4,
`;
/** The last call of the first file again, and one of its own. */
const MORE = `timestamp,app,developer,api,operation,status,actor,fields,subjects,ip,request_id,bytes
2019-10-02T11:00:00Z,a2,Orbit,groups,GET /{id}/feed,403,u2,,,10.0.0.2,req-3,
2019-10-03T11:00:00Z,a2,Orbit,groups,GET /{id}/feed,200,u2,name,p9,10.0.0.2,req-9,7
`;
/** Two records of one call. */
const AUDIT = ["RequestReceived", "ResponseComplete"]
  .map((stage, at) =>
    JSON.stringify({
      kind: "Event",
      apiVersion: "audit.k8s.io/v1",
      level: "Metadata",
      auditID: "11111111-2222-3333-4444-555555555555",
      stage,
      requestURI: "/api/v1/namespaces/x/secrets/y",
      verb: "get",
      user: { username: "system:admin" },
      sourceIPs: ["10.0.0.9"],
      objectRef: { resource: "secrets", namespace: "x", name: "y", apiVersion: "v1" },
      ...(at === 1 && { responseStatus: { code: 200 } }),
      requestReceivedTimestamp: "2019-10-04T10:00:00.000000Z",
      stageTimestamp: `2019-10-04T10:00:0${at}.000000Z`,
    }),
  )
  .join("\n");
const REGISTRY = {
  "apps.csv": "app,app_name,developer_id,status\na1,One,D1,active\na2,Two,D2,active\n",
  "developers.csv": "developer_id,developer,contact,country\nD1,Acme,x@example.org,DE\nD2,Orbit,,US\n",
  "grants.csv": "app,permission,granted_at,revoked_at\na1,groups_member_info,2018-01-01,\n",
  "consents.csv": "subject,app,permission,given_at,withdrawn_at\np1,a1,groups_opt_in,2018-01-01,\n",
  "resources.csv": "resource,title,people,visibility\ng1,Choir,12,closed\n",
};
const POLICY = {
  schema: "exhibit/policy@1",
  title: "P",
  authority: "A",
  rules: [
    { id: "r", title: "R", effective_from: "2018-04-04", applies_to: { api: ["groups"] }, restricted_fields: ["name"] },
  ],
};
const CLAIMS = {
  schema: "exhibit/claims@1",
  claims: [{ id: "c", text: "one", rule: "r", measure: "developers", level: "obtained", is: ">=", value: 1 }],
};

const EVENTS = /the events of source 1 \(calls\.csv\) is not what act \d+ \(remap\) made it/u;
const REJECTED = /what was rejected of source 1 \(calls\.csv\) is not what act \d+ \(remap\) made it/u;

/** A case in which every act was made that leaves rows. */
async function fullCase(): Promise<Case> {
  const caseFile = newCase();
  const folder = temporaryFolder();
  const files = {
    "calls.csv": CALLS,
    "more.csv": MORE,
    "audit.log": AUDIT,
    "kept.csv": MORE.replace("req-9", "req-10"),
    ...REGISTRY,
  };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  fs.writeFileSync(path.join(folder, "policy.json"), JSON.stringify(POLICY));
  fs.writeFileSync(path.join(folder, "claims.json"), JSON.stringify(CLAIMS));
  const at = (name: string) => path.join(folder, name);
  for (const [name, byReference] of [
    ["calls.csv", false],
    ["more.csv", false],
    ["audit.log", false],
    ["kept.csv", true],
  ] as const) {
    const { failures } = await importFiles(caseFile, [at(name)], { by: "T", byReference }, {});
    if (failures[0]) throw failures[0];
  }
  const engine = new Engine(caseFile);
  await engine.ask("registry", { files: Object.keys(REGISTRY).map(at) });
  await engine.ask("policy", { file: at("policy.json") });
  await engine.ask("claims", { file: at("claims.json") });
  await engine.ask("finding", { rule: "r", developer: "D1", disposition: "confirmed", reason: "seen" });
  await engine.ask("finding", { rule: "r", developer: "D2", disposition: "dismissed", reason: "no" });
  await engine.ask("tag", { filter: "app:a1", tag: "seen", note: "by eye" });
  await engine.ask("tag", { filter: "app:a2", tag: "seen" });
  await engine.ask("note", { filter: "app:a2", note: "ask them" });
  await engine.ask("undo", {});
  await engine.ask("saveFilter", { name: "mine", filter: "app:a1" });
  await engine.ask("received", { source: 1, from: "A", on: "2019-11-06", medium: "disk", method: "export" });
  await engine.ask("received", { source: 1, from: "B", on: "2019-11-06", medium: "disk", method: "export" });
  await engine.ask("withdraw", { source: 2, reason: "twice" });
  await engine.ask("restore", { source: 2, reason: "no" });
  await engine.ask("remap", { source: 1, timezone: "Europe/Berlin" });
  return caseFile;
}

const detailsOf = async (folder: string) =>
  (await verifyCase(folder)).checks.filter(({ ok }) => ok === false).map(({ check, detail }) => `${check}: ${detail}`);

test("a case in which every act was made is as its acts left it", async () => {
  const caseFile = await fullCase();
  caseFile.close();
  expect(await detailsOf(caseFile.folder)).toEqual([]);
});

test("any table's first page zeroed, as a lost write leaves it: verify says that the case is not whole, or cannot open it", async () => {
  const caseFile = await fullCase();
  const roots = caseFile.db.prepare("select name, rootpage from sqlite_master where rootpage > 0").all() as {
    name: string;
    rootpage: number;
  }[];
  const size = caseFile.db.pragma("page_size", { simple: true }) as number;
  caseFile.close();
  const file = path.join(caseFile.folder, "case.db");
  const whole = fs.readFileSync(file);
  for (const { name, rootpage } of roots) {
    fs.writeFileSync(file, Buffer.from(whole).fill(0, (rootpage - 1) * size, rootpage * size));
    const said = await detailsOf(caseFile.folder).catch((error: unknown) => {
      expect(error, name).toMatchObject({ code: "case-damaged" });
      return ["not opened"];
    });
    expect(said, name).not.toEqual([]);
  }
});

/** By table and columns: what is done to it by SQL, and what names it. */
const EDITS: readonly [sql: string, named: RegExp][] = [
  ["update meta set value = 'Other' where key = 'title'", /the case's title/u],
  ["update meta set value = 'Other' where key = 'examiner'", /the case's examiner/u],
  ["update meta set value = 'other' where key = 'id'", /the case's id/u],
  ["update meta set value = '2001-01-01T00:00:00Z' where key = 'created'", /the case's created/u],

  ["delete from source where id = 2", /source 2 .*which act \d+ \((import|restore)\) made, is gone/u],
  [
    "delete from event_row where source = 3; delete from source where id = 3",
    /source 3 .*act \d+ \(import\) made, is gone/u,
  ],
  ["update source set state = 'importing' where id = 3", /source 3 \(audit\.log\).*is not complete/u],
  ...["name", "member", "path", "sha256", "packing", "format", "encoding", "compression", "timezone", "zone_data"].map(
    (column): [string, RegExp] => [`update source set ${column} = 'x' where id = 1`, /source 1 .*act \d+ \(remap\)/u],
  ),
  ...["mapping", "headers", "began", "ended", "withdrawn", "withdrawn_at", "withdrawn_by"].map(
    (column): [string, RegExp] => [
      `update source set ${column} = '{}' where id = 2`,
      /source 2 .*act \d+ \(restore\)/u,
    ],
  ),
  ...["by_reference", "bytes", "content_bytes", "lines", "events", "rejected", "skipped", "lines_events"].map(
    (column): [string, RegExp] => [
      `update source set ${column} = ${column} + 1 where id = 1`,
      /source 1 .*act \d+ \(remap\)/u,
    ],
  ),
  ...["lines_rejected", "lines_skipped", "ambiguous_times", "broken_text", "impossible_numbers", "no_values"].map(
    (column): [string, RegExp] => [
      `update source set ${column} = ${column} + 1 where id = 1`,
      /source 1 .*act \d+ \(remap\)/u,
    ],
  ),
  ["update source set first = first - 1, last = last + 1 where id = 1", /source 1 .*act \d+ \(remap\)/u],
  ["update source set timezone_from = 'assumed' where id = 1", /source 1 .*act \d+ \(remap\)/u],
  ["update source set duplicates = 0 where id = 2", /source 2 says 0 duplicates, its rows are 1/u],
  [
    "insert into source select 9, 'complete', 'x', member, path, 'y', bytes, content_bytes, format, encoding, compression, timezone, timezone_from, mapping, lines, 0, 0, skipped, 0, 0, 0, lines, 0, 0, first, last, began, ended, withdrawn, checkpoint, withdrawn_at, withdrawn_by, replaces, 0, packing, zone_data, 0, 0, headers from source where id = 1",
    /source 9 \(x\) is there, and no act tells of it/u,
  ],
  [
    "insert into source (id, state, name, path, bytes, format, encoding, timezone, timezone_from, mapping, began) values (9, 'importing', 'x', 'x', 1, 'csv', 'utf-8', 'UTC', 'assumed', '{}', '')",
    /source 9 \(x\) was begun, and no act tells of it/u,
  ],

  ...["line", '"offset"', "length", "time", "status", "outcome", "subject_count", "bytes", "duration_ms"].map(
    (column): [string, RegExp] => [
      `update event_row set ${column} = coalesce(${column}, 0) + 1 where source = 1 and line = 2`,
      EVENTS,
    ],
  ),
  ...["app", "developer", "api", "operation", "method", "path", "actor", "resource", "fields", "subjects", "ip"].map(
    (column): [string, RegExp] => [
      `update event_row set ${column} = coalesce(${column}, 0) + 1 where source = 1 and line = 3`,
      EVENTS,
    ],
  ),
  ["update event_row set user_agent = 1 where source = 1 and line = 3", EVENTS],
  ["update event_row set app = app + 0.5 where source = 1 and line = 3", EVENTS],
  ["update event_row set request_id = request_id + 1 where source = 1 and line = 3", EVENTS],
  ["update event_row set request_id = 'other' where source = 1 and line = 4", EVENTS],
  ["update event_row set request_id = null where source = 1 and line = 4", EVENTS],
  [
    "update event_row set flags = flags | 2 where source = 2 and line = 3",
    /the events of source 2 .*act \d+ \(import\)/u,
  ],
  ["update event_row set flags = flags & ~1 where source = 2", /which events of source 2 .* are duplicates/u],
  [
    "update event_row set flags = flags | 1 where source = 1 and line = 3",
    /which events of source 1 .* are duplicates is there, /u,
  ],
  [
    "update event_row set time = time + 1 where flags & 16 = 0 and source = 3",
    /which events of source 3 .* are duplicates/u,
  ],
  ["update event_row set id = id + 100 where source = 4", /the events of source 4/u],
  ["delete from event_row where source = 1 and line = 3", EVENTS],
  [
    'insert into event_row (source, line, "offset", length, time, outcome) values (77, 1, 0, 1, 0, 1)',
    /1 rows are of source 77, which is not there/u,
  ],
  ["update event_call set call = 'other' where id = (select max(id) from event_call)", /the events of source 3/u],
  ["update event_call set time = time + 1 where id = (select max(id) from event_call)", /the events of source 3/u],
  ["delete from event_call where id = (select max(id) from event_call)", /the events of source 3/u],
  ["insert into event_part (id, part) select id, 2 from event_row where source = 1 limit 1", EVENTS],
  ...["app", "developer", "api", "operation", "actor", "fields", "subjects", "ip", "method", "path", "resource"].map(
    (column): [string, RegExp] => [
      `update text_${column} set value = value || 'x' where id = 1`,
      new RegExp(`of the dictionary of ${column}, entries 1 to \\d+ is not what act \\d+ \\(import\\) made it`, "u"),
    ],
  ),
  ["delete from text_app where id = 2", /of the dictionary of app/u],

  ...["lines", '"offset"', "length"].map((column): [string, RegExp] => [
    `update reject set ${column} = ${column} + 1`,
    REJECTED,
  ]),
  ["update reject set reason = 'x'", REJECTED],
  ["delete from reject", /what was rejected of source 1 \(calls\.csv\), which act \d+ \(remap\) made, is gone/u],
  ["insert into reject values (2, 9, 1, 9, 9, 'x')", /what was rejected of source 2 .*act \d+/u],
  ["update reference set modified = '1' where source = 4", /the digests of source 4/u],
  [
    "update reference set digests = zeroblob(32) where source = 1",
    /the digests of source 1 \(calls\.csv\) are not those of evidence/u,
  ],
  ["update reference set digests = zeroblob(32) where source = 4", /the digests of source 4/u],

  ...["name", "sha256", "kind", "at", "replaces", "taken_back", "taken_back_at", "taken_back_by"].map(
    (column): [string, RegExp] => [
      `update registry_file set ${column} = '[1]' where id = 1`,
      /registry import 1 .*act \d+ \(registry\)/u,
    ],
  ),
  ["update registry_file set kept = 0 where id = 1", /registry import 1 /u],
  ["delete from registry_file where id = 2", /registry import 2, which act \d+ \(registry\) made, is gone/u],
  ["update registry_row set \"values\" = '{}' where file = 3", /the rows of registry import 3 /u],
  [
    "delete from registry_row where file = 3",
    /the rows of registry import 3, which act \d+ \(registry\) made, is gone/u,
  ],
  ["update developer set contact = 'y'", /the registry's table developer .*; the registry is not what act \d+/u],
  ["update app set developer_id = 'D1'", /the registry's table app/u],
  ["update app set place = 'line 99'", /the registry's table app/u],
  ["update grant_held set revoked_at = 1", /the registry's table grant_held/u],
  ["delete from consent", /the registry's table consent/u],
  ["update resource set people = 1", /the registry's table resource/u],
  ["update resource set file = 1", /the registry's table resource/u],

  ["update policy set document = replace(document, '2018', '2019')", /policy 1 .*act \d+ \(policy\)/u],
  ["delete from policy", /policy 1, which act \d+ \(policy\) made, is gone/u],
  [
    "insert into policy (name, sha256, document, at) select name, sha256, replace(document, '2018', '2019'), at from policy",
    /policy 2 is there, and no act tells of it/u,
  ],
  ["update claims set document = replace(document, '>=', '<=')", /claims 1 .*act \d+ \(claims\)/u],
  ["delete from claims", /claims 1, which act \d+ \(claims\) made, is gone/u],
  [
    "update decision set disposition = 'confirmed' where id = 2",
    /decision 2 \(r, D2\) is not what act \d+ \(finding\) made it/u,
  ],
  ["update decision set reason = 'x' where id = 1", /decision 1 \(r, D1\)/u],
  ["update decision set developer_id = 'D2' where id = 1", /decision 1 /u],
  ["update decision set at = '2001-01-01T00:00:00Z', by_whom = 'X' where id = 1", /decision 1 /u],
  ["delete from decision where id = 2", /decision 2, which act \d+ \(finding\) made, is gone/u],
  [
    "insert into decision (rule, developer_id, disposition, reason, at, by_whom) values ('r', 'D1', 'open', 'x', '', 'T')",
    /decision 3 \(r, D1\) is there, and no act/u,
  ],

  ["update tag set name = 'other'", /tag "seen", which act \d+ \(tag\) made, is gone/u],
  ["update tag_run set last = last - 1 where last > first", /tag "seen" on source 1 .*act \d+ \(remap\)/u],
  ["delete from tag_run", /tag "seen" on source \d, which act \d+ .* made, is gone/u],
  [
    "insert into tag_run select 1, id, id from event_row where source = 3 limit 1",
    /tag "seen" on source 3 is there, and no act tells of it/u,
  ],
  ["insert into tag (name) values ('new')", /tag "new" is there, and no act tells of it/u],
  ["update note set text = 'other' where id = 1", /the note of tagging 1 is not what act \d+ \(tag\) made it/u],
  ["update note set at = '', by_whom = 'X' where id = 1", /the note of tagging 1 /u],
  ["delete from note where id = 2", /the note of tagging 3, which act \d+ \(note\) made, is gone/u],
  ["delete from note_run where note = 1", /the note of tagging 1 on source 1, which act \d+ \(remap\) made, is gone/u],
  ...["kind = 'untag'", "tag = null", "filter = 'x'", "events = 9", "at = ''", "by_whom = 'X'", "undone = 'x'"].map(
    (change): [string, RegExp] => [
      `update act set ${change} where id = 1`,
      /tagging 1 is not what act \d+ \(tag\) made it/u,
    ],
  ),
  ["update act set undone = null where id = 3", /tagging 3 is not what act \d+ \(undo\) made it/u],
  ["delete from act where id = 3", /tagging 3, which act \d+ \(undo\) made, is gone/u],
  ["delete from act_run where act = 1", /the events of tagging 1, which act \d+ \(remap\) made, is gone/u],
  ...["source", "from_whom", "received_on", "medium", "method", "digest", "seal", "note", "at", "by_whom"].map(
    (column): [string, RegExp] => [
      `update acquisition set ${column} = 'x' where id = 1`,
      /acquisition 1 \(source (1|x)\) is not what act \d+ \(received\) made it/u,
    ],
  ),
  ["delete from acquisition where id = 2", /acquisition 2, which act \d+ \(received\) made, is gone/u],
  [
    "insert into acquisition values (9, 3, 'A', '2019-11-06', 'disk', 'export', null, null, null, '', 'T')",
    /acquisition 9 \(source 3\) is there, and no act tells of it/u,
  ],
  ["update saved_filter set filter = 'app:a2'", /saved filter "mine" is not what act \d+ \(save-filter\) made it/u],
  ["update saved_filter set layout = 'x', at = '', by_whom = 'X'", /saved filter "mine"/u],
  ["delete from saved_filter", /saved filter "mine", which act \d+ \(save-filter\) made, is gone/u],
  [
    "insert into saved_filter values ('new', 'x', '{}', '', 'T')",
    /saved filter "new" is there, and no act tells of it/u,
  ],
  ["insert into archive_begun values ('00', 'x.zip', '/x.zip', 1, '')", /the archive x\.zip was begun, and no act/u],

  ["drop trigger custody_stays", /the trigger custody_stays is gone/u],
  [
    "drop trigger custody_stays; delete from custody where seq > 1",
    /source 1 \(calls\.csv\) is there, and no act tells of it/u,
  ],
  [
    "drop trigger custody_stays; delete from custody where seq > 1",
    /decision 2 \(r, D2\) is there, and no act tells of it/u,
  ],
  [
    "drop trigger custody_kept; update custody set entry = replace(entry, 'dismissed', 'confirmed')",
    /an entry before it was changed/u,
  ],
  ["create trigger t after insert on decision begin delete from decision; end", /the trigger t was added/u],
  ["drop view event; create view event as select 1", /the view event was changed/u],
];

test("what SQL does to any table is named, with the act whose effect it was", async () => {
  const caseFile = await fullCase();
  caseFile.close();
  const good = fs.readFileSync(path.join(caseFile.folder, "case.db"));
  const silent: unknown[] = [];
  for (const [sql, named] of EDITS) {
    fs.writeFileSync(path.join(caseFile.folder, "case.db"), good);
    const db = new Database(path.join(caseFile.folder, "case.db"));
    db.exec(sql);
    db.close();
    const said = await detailsOf(caseFile.folder);
    if (!said.some((each) => named.test(each))) silent.push([sql, named, said]);
  }
  expect(silent).toEqual([]);
});

test("what was edited is named also when an act came after it", async () => {
  const caseFile = await fullCase();
  const engine = new Engine(caseFile);
  caseFile.db.exec("delete from tag_run where first = (select min(first) from tag_run)");
  await engine.ask("tag", { filter: "source:3", tag: "seen" });
  caseFile.db.exec("update grant_held set revoked_at = 1");
  const file = path.join(temporaryFolder(), "more.csv");
  fs.writeFileSync(file, "resource,people\ng2,7\n");
  await engine.ask("registry", { files: [file] });
  caseFile.db.exec("update note_run set last = last + 1 where note = 1");
  await engine.ask("withdraw", { source: 1, reason: "again" });
  const out = path.join(temporaryFolder(), "b.zip");
  await expect(engine.ask("bundle", { out })).rejects.toMatchObject({ code: "case-damaged" });
  expect(fs.existsSync(out)).toBe(false);
  caseFile.close();
  const [said] = await detailsOf(caseFile.folder);
  expect(said).toMatch(/tag "seen" is not on what its taggings made of it/u);
  expect(said).toMatch(/the registry was not what act \d+ \(registry\) made it when act \d+ \(registry\) was made/u);
  expect(said).toMatch(
    /the note of tagging 1 on source 1 was not what act \d+ \(remap\) made it when act \d+ \(withdraw\) was made/u,
  );
});

test("of acts of older versions, which hold no digests, that is said, and their words are compared", async () => {
  const caseFile = await fullCase();
  caseFile.db.exec("drop trigger custody_kept");
  const acts = caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[];
  const put = caseFile.db.prepare("update custody set entry = ? where seq = ?");
  let previous = "0".repeat(64);
  for (const [index, line] of acts.entries()) {
    const entry = JSON.parse(line) as { detail: Record<string, unknown>; previous: string };
    delete entry.detail.digests;
    const older = JSON.stringify({ ...entry, previous });
    put.run(older, index + 1);
    previous = createHash("sha256").update(older).digest("hex");
  }
  caseFile.db.exec(
    "create trigger custody_kept before update on custody begin select raise(abort, 'custody entries are never changed'); end",
  );
  caseFile.close();
  const { ok, checks } = await verifyCase(caseFile.folder);
  expect([ok, checks.filter((each) => each.ok === false)]).toEqual([true, []]);
  expect(checks.find(({ check }) => check === "custody")?.detail).toMatch(
    /acts 1, .* are of an older version and hold no digests: what came of them is compared by its words alone$/u,
  );
  const db = new Database(path.join(caseFile.folder, "case.db"));
  db.exec("update decision set disposition = 'confirmed' where id = 2; delete from source where id = 3");
  db.close();
  const said = (await detailsOf(caseFile.folder)).join("; ");
  expect(said).toContain("decision 2 (r, D2) is there, and no act tells of it");
  expect(said).toMatch(/the decision "dismissed" on D2, which act \d+ \(finding\) made, is gone/u);
  expect(said).toMatch(/source 3 \(audit\.log\), which act \d+ \(import\) made, is gone/u);
});

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { Inquiry } from "../../../main/findings/inquiry.ts";
import { type ImportOptions, importRegistry } from "../../../main/registry/import.ts";
import { loadRegistry } from "../../../main/registry/load.ts";
import { isoOf } from "../../../shared/base/time.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { caseOf } from "../../fixture.ts";
import type { Call } from "../../reference/model.ts";
import { temporaryFolder } from "../../temporary.ts";
import { registryOf } from "../query/dataset-of.ts";
import { workbook } from "./as-people-write-them.ts";

// Files as people keep them, each with what is right. The calls are three, of three apps.
const CALLS = [
  {
    time: "2018-05-10T12:00:00Z",
    app: "1041",
    api: "groups",
    resource: "g1",
    fields: ["name"],
    subjects: ["u1", "u2"],
  },
  { time: "2018-06-01T00:00:00Z", app: "1042", api: "groups", resource: "g1", fields: ["name"], subjects: ["u3"] },
  { time: "2018-06-07T10:00:00Z", app: "77", developer: "Acme", api: "groups", resource: "g3", subject_count: 40 },
].map((call) => ({ ...call, outcome: "allowed", fields_are: "returned" }) as unknown as Call);

const policy = {
  schema: "exhibit/policy@1",
  as_of: "2019-11-05T00:00:00Z",
  recent_days: 60,
  rules: [
    {
      id: "r1",
      effective_from: "2018-04-04T00:00:00Z",
      grace_days: 0,
      applies_to: { api: ["groups"] },
      restricted_fields: ["name"],
      permission: "p",
    },
  ],
};

function newCase(): Case {
  const caseFile = caseOf({ events: CALLS, registry: registryOf({}), policy: policy as never });
  caseFile.db.pragma("synchronous = off");
  return caseFile;
}

type Content = string | Buffer;
const folder = temporaryFolder();

function written(files: Readonly<Record<string, Content>>): string[] {
  return Object.entries(files).map(([name, content]) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    return file;
  });
}

/** A case in which these files are, and the answer about the last. */
async function imported(files: Readonly<Record<string, Content>>, options: ImportOptions = {}) {
  const caseFile = newCase();
  const report = await importRegistry(caseFile, written(files), options);
  const registry = loadRegistry(caseFile.db);
  const grants = registry.grants.map(({ granted_at, revoked_at, ...grant }) => ({
    ...grant,
    granted_at: isoOf(granted_at),
    ...(revoked_at === undefined ? {} : { revoked_at: isoOf(revoked_at) }),
  }));
  return { caseFile, report, registry, grants, said: report.files.flatMap(({ said }) => said) };
}
const refused = async (files: Readonly<Record<string, Content>>, options?: ImportOptions): Promise<string> =>
  imported(files, options).then(
    () => "taken",
    (error: Error & { todo?: string }) => `${error.message}: ${error.todo}`,
  );

const findings = (caseFile: Case) => new Inquiry(caseFile).findings().rules[0] as RuleFindings;
const entitled = (caseFile: Case) => findings(caseFile).totals.entitled.developers;

const GRANT = { app: "1041", permission: "p", granted_at: "2017-01-01T00:00:00Z" };
const HELD = "app,permission,granted_at,revoked_at\n";

test("a file with an app's name, status and owner is apps; one with member counts is resources", async () => {
  const { registry } = await imported({
    "apps.csv": "id,name,status,owner_id\n1041,Groups Tool,active,D1\n1042,Other,disabled,D2\n",
    "groups.csv": "id,name,member_count\ng3,Knitting,50\n",
  });
  expect(registry.apps.map(({ app, app_name, developer_id }) => [app, app_name, developer_id])).toEqual([
    ["1041", "Groups Tool", "D1"],
    ["1042", "Other", "D2"],
  ]);
  expect(registry.resources).toEqual([{ resource: "g3", title: "Knitting", people: 50 }]);
  expect(registry.developers).toEqual([]);
});

test("what cannot be told is refused and asked for", async () => {
  expect(await refused({ "id.csv": "id,name\n1,A\n" })).toMatch(/is not recognised.*--kind/u);
});

test("`revokedAt` is an end: nobody kept access who lost it before the cutoff", async () => {
  const rows = [{ ...GRANT, revokedAt: "2018-01-01T00:00:00Z" }];
  const { caseFile, grants } = await imported({ "camel.json": JSON.stringify(rows) });
  expect(grants).toEqual([{ ...GRANT, revoked_at: "2018-01-01T00:00:00Z" }]);
  expect(entitled(caseFile)).toBe(0);
});

test("a status that says revoked without a date is refused, naming the rows and what is missing", async () => {
  const text =
    "app,permission,granted_at,status\n1041,p,2017-01-01,revoked\n1042,p,2017-01-01,active\n1043,p,2017-01-01,expired\n";
  const why = await refused({ "status.csv": text });
  expect(why).toMatch(/line 2, line 4.*ended.*revoked_at is missing.*ignore="status"/u);
  expect(
    (await imported({ "status.csv": text }, { columns: [{ column: "ignore", from: "status" }] })).grants,
  ).toHaveLength(3);
  // a word that says neither is asked about, and so is a yes where a date is wanted
  expect(await refused({ "s.csv": "app,permission,granted_at,status\n1041,p,2017-01-01,grey\n" })).toMatch(
    /"grey" of line 2/u,
  );
  expect(await refused({ "s.csv": `${HELD}1041,p,2017-01-01,yes\n` })).toMatch(/line 2.*ended/u);
  expect((await imported({ "s.csv": `${HELD}1041,p,2017-01-01T00:00:00Z,no\n` })).grants).toEqual([GRANT]);
});

test.each([
  ["Cofnięto", "2018-05-13", /"Cofnięto" looks like an end.*revoked_at="Cofnięto"/u],
  ["失効日", "13.05.2018", /looks like an end/u],
  ["Last day", "13-May-2018", /looks like an end/u],
  ["Lapsed", "", /^taken/u],
  ["Last reviewed", "2018-05-13", /^taken/u],
  ["Erstellt am", "13.05.2018", /^taken/u],
  ["Ticket", "51234", /^taken/u],
  ["Decision", "denied", /looks like a status/u],
  ["Zustimmung", "nein", /looks like a status/u],
  ["Newsletter", "no", /^taken/u],
])("an unread column %s that holds %s is judged by what it holds", async (header, cell, why) => {
  expect(await refused({ "u.csv": `app;permission;granted_at;${header}\n1041;p;2017-01-01;${cell}\n` })).toMatch(why);
});

test.each(["Supplier", "Belongs to", "Verantwortlich"])(
  "%s beside apps without an owner is asked about, and beside an owner it is not",
  async (header) => {
    expect(await refused({ "a.csv": `app,app_name,${header}\n1041,Foo,D1\n` })).toMatch(/looks like an owner/u);
    expect(await refused({ "a.csv": `app,owner,${header}\n1041,D1,D2\n` })).toBe("taken");
  },
);

test("partner, company, one sheet of apps and developers: owners and developers are there", async () => {
  const { registry, report } = await imported({
    "english.csv": "Client ID,Partner,Company,Colour\n77,D3,Gamma,red\n",
    "both.csv":
      "developer_id,developer,country,app,app_name,status\nD1,Acme,US,1041,Foo,active\nD1,Acme,,1042,Bar,live\nNULL,,,9,Lost,live\n",
  });
  expect(registry.developers).toEqual([
    { developer_id: "D1", developer: "Acme", country: "US" },
    { developer_id: "D3", developer: "Gamma" },
  ]);
  expect(registry.apps.map(({ app, developer_id }) => [app, developer_id])).toEqual([
    ["1041", "D1"],
    ["1042", "D1"],
    ["77", "D3"],
    ["9", undefined],
  ]);
  expect(report.files[0]?.ignored).toEqual(["Colour"]);
});

test("day numbers of a spreadsheet are dates of its day count, said", async () => {
  const { grants, said } = await imported({ "serial.csv": `${HELD}1041,p,42736,43830\n` });
  expect(grants).toEqual([{ ...GRANT, revoked_at: "2020-01-01T00:00:00Z" }]);
  expect(said).toContain("2 bare numbers are days of a spreadsheet (1900 system): 42736 is 2017-01-01");
  const book = workbook(
    {
      Grants: [
        HELD.trim()
          .split(",")
          .map((text) => ({ text })),
        [{ number: "1041" }, { text: "p" }, { number: "41274" }, { number: "42368" }],
      ],
    },
    true,
  );
  expect((await imported({ "serial.xlsx": book })).grants).toEqual([{ ...GRANT, revoked_at: "2020-01-01T00:00:00Z" }]);
  expect(await refused({ "mixed.csv": `${HELD}1041,p,42736,1522837800\n` })).toMatch(/bare number/u);
});

test("a second file with the revocation takes the older row's place, and the answer counts it", async () => {
  const caseFile = newCase();
  await importRegistry(caseFile, written({ "1.csv": `${HELD}1041,p,2017-01-01,\n1042,p,2017-01-01,\n` }));
  expect(entitled(caseFile)).toBe(2);
  const { files, grants } = await importRegistry(
    caseFile,
    written({ "2.csv": `${HELD}1041,p,2017-01-01,2018-01-01\n1042,p,2017-01-01,\n1043,p,2017-01-01,\n` }),
  );
  expect(files[0]?.tables).toMatchObject([{ rows: 3, added: 1, changed: 1, same: 1 }]);
  expect(files[0]?.changes).toEqual([
    "2.csv line 2: app 1041, permission p, granted_at 2017-01-01T00:00:00Z was revoked_at absent, is now 2018-01-02T00:00:00Z",
  ]);
  expect(grants).toBe(3);
  expect(entitled(caseFile)).toBe(2);
});

test("a name that two developers bear is a conflict, naming both; a call that only names it is neither's", async () => {
  const { caseFile, report } = await imported({ "same.csv": "developer_id,developer\nD2,Acme\nD1,acme\n" });
  expect(report.conflicts).toEqual([
    "same.csv line 2 and same.csv line 3: D1 and D2 bear the name Acme; 1 call that only names it count for neither",
  ]);
  expect(findings(caseFile).developers.map(({ developer_id }) => developer_id)).not.toContain("D2");
});

test("words for no value are no owner: the app belongs to whom the log names, else is one of its own", async () => {
  const words = ["NULL", "null", "(null)", "\\N", "None", "nan", "N/A", "n/a", "-"];
  const { caseFile, registry, said } = await imported({
    "apps.csv": `app,app_name,developer_id\n77,A,NULL\n1041,B,-\n${words.map((word, i) => `x${i},X,${word}\n`).join("")}`,
  });
  expect(registry.apps.every(({ developer_id }) => developer_id === undefined)).toBe(true);
  expect(said).toEqual(["11 cells with a word for no value are read as absent"]);
  const developers = findings(caseFile).developers.map(({ developer_id }) => developer_id);
  expect(developers).toContain("app:1041");
});

test.each([
  ["Windows-1252", Buffer.from("developer_id,developer\nD1,Société Générale\nD2,Müller GmbH\n", "latin1")],
  ["UTF-16", Buffer.from("\uFEFFdeveloper_id\tdeveloper\nD1\tSociété Générale\nD2\tMüller GmbH\n", "utf16le")],
  ["UTF-8 with a mark", Buffer.from("\uFEFFdeveloper_id;developer\nD1;Société Générale\nD2;Müller GmbH\n")],
])("names in %s are whole", async (_, bytes) => {
  const { registry } = await imported({ "names.csv": bytes });
  expect(registry.developers.map(({ developer }) => developer)).toEqual(["Société Générale", "Müller GmbH"]);
});

test("a date without a clock reaches to the end of its day, in the zone that is given, and is said", async () => {
  const { grants, said, report } = await imported(
    { "d.csv": `${HELD}1041,p,2017-01-01,2018-05-10\n` },
    { timezone: "Europe/Berlin" },
  );
  expect(grants).toEqual([{ ...GRANT, granted_at: "2016-12-31T23:00:00Z", revoked_at: "2018-05-10T22:00:00Z" }]);
  expect(said).toEqual([
    "times without a zone are of Europe/Berlin (as --timezone says)",
    "1 date without a clock begins with the day",
    "1 date without a clock reaches to the end of the day",
  ]);
  expect(report.files[0]).toMatchObject({ timezone: "Europe/Berlin", timezone_from: "option" });
});

test.each([
  ["13/05/2018", "2018-05-14T00:00:00Z"],
  ["04-Apr-2018", "2018-04-05T00:00:00Z"],
  ["4. April 2018", "2018-04-05T00:00:00Z"],
  ["4 avril 2018", "2018-04-05T00:00:00Z"],
  ["20180404", "2018-04-05T00:00:00Z"],
  ["2018-04-04 10:30", "2018-04-04T10:30:00Z"],
  ["2018-04-04T10:30:00+02:00", "2018-04-04T08:30:00Z"],
  ["1522837800", "2018-04-04T10:30:00Z"],
  ["1522837800000", "2018-04-04T10:30:00Z"],
  ["never", undefined],
  ["nie", undefined],
  ["9999-12-31", undefined],
  ["31.12.9999", undefined],
  ["2999-12-31", undefined],
  ["0000-00-00 00:00:00", undefined],
  ["n/a", undefined],
])("an end written %s is %s", async (text, end) => {
  const { grants } = await imported({ "e.csv": `${HELD}1041;p;2017-01-01T00:00:00Z;${text}\n`.replaceAll(",", ";") });
  expect(grants).toEqual([{ ...GRANT, ...(end === undefined ? {} : { revoked_at: end }) }]);
});

test("a cell that lists permissions is a grant of each, said; scopes of an app without a date are none", async () => {
  const text = 'client_id,scopes,granted_at\n1041,"p q",2017-01-01\n1042,p,2017-01-01\n';
  const { grants, said } = await imported({ "s.csv": text });
  expect(grants.map(({ app, permission }) => `${app} ${permission}`).sort()).toEqual(["1041 p", "1041 q", "1042 p"]);
  expect(said).toContain("1 cell lists several permissions, each a row of its own");
  const semicolons = await imported({ "s.csv": 'app,permission,granted_at\n1041,"Read members; q",2017-01-01\n' });
  expect(semicolons.grants.map(({ permission }) => permission).sort()).toEqual(["Read members", "q"]);
  const apps = await imported({ "s.csv": "client_id,name,owner_id,scopes\n1041,Foo,D1,p q\n" });
  expect(apps.report).toMatchObject({ apps: 1, grants: 0 });
  expect(apps.report.files[0]?.ignored).toEqual(["scopes"]);
});

test("rows that stand under their ids are read, and none of them is lost beside a list", async () => {
  const app = { name: "Foo", developer_id: "D1" };
  const apps = [{ app: "1041", app_name: "Foo", developer_id: "D1" }];
  expect((await imported({ "i.json": JSON.stringify({ apps: { "1041": app } }) })).registry.apps).toEqual(apps);
  const two = await imported({
    "i.json": JSON.stringify({ "1041": app, "1042": { developer_id: "D1", name: "Bar" } }),
  });
  expect(two.registry.apps.map(({ app_name }) => app_name)).toEqual(["Foo", "Bar"]);
  const beside = await imported({
    "i.json": JSON.stringify({ developers: { D1: { name: "Acme" } }, grants: [GRANT] }),
  });
  expect(beside.report).toMatchObject({ developers: 1, grants: 1 });
});

test("a yes or no beside the date of an end says whether there is one", async () => {
  const text = "app,permission,granted_at,revoked,revoked_at\n1041,p,2017-01-01T00:00:00Z,";
  expect((await imported({ "f.csv": `${text}no,\n` })).grants).toEqual([GRANT]);
  expect((await imported({ "f.csv": `${text}true,2018-05-13\n` })).grants).toMatchObject([
    { revoked_at: "2018-05-14T00:00:00Z" },
  ]);
  expect(await refused({ "f.csv": `${text}true,\n` })).toMatch(/line 2.*ended, but not when/u);
  expect(await refused({ "f.csv": `${text}no,2018-05-13\n` })).toMatch(/line 2.*"revoked" says no/u);
});

test("dates and ids as MongoDB exports them are read", async () => {
  const rows = [
    { _id: { $oid: "5" }, app: "1041", permission: "p", granted_at: { $date: "2017-01-01T00:00:00Z" } },
    { app: "1042", permission: "p", granted_at: { $date: "2017-01-01T00:00:00Z" } },
  ];
  expect((await imported({ "m.json": JSON.stringify(rows) })).grants[0]).toEqual(GRANT);
});

test("dates whose order nothing decides are refused until it is said", async () => {
  const files = { "o.csv": `${HELD}1041,p,01/02/2017,05/06/2018\n1042,p,03/04/2017,02/03/2018\n` };
  expect(await refused(files)).toMatch(/01\/02\/2017.*--dates dmy or --dates mdy/u);
  expect((await imported(files, { dates: "mdy" })).grants[0]).toMatchObject({ granted_at: "2017-01-02T00:00:00Z" });
});

test.each([
  ["1,234", 1234],
  ["1.234", 1234],
  ["1 234", 1234],
  ["1'234'567", 1234567],
  ["40", 40],
])("%s people are %i", async (text, people) => {
  const { registry } = await imported({ "g.csv": `resource;people\ng3;${text}\n` });
  expect(registry.resources[0]?.people).toBe(people);
});

test.each([
  [
    "a title line",
    "Partner grants, as of 2018\n\nApp ID;Permission;Granted;Removed\n1041;p;01.01.2017;13.05.2018\n;;;\n;;;\n",
  ],
  ["sep=;", "sep=;\nApp ID;Permission;Granted;Removed\n1041;p;01.01.2017;13.05.2018\n"],
  ["German headers", "Anwendung;Berechtigung;Erteilt am;Widerrufen am\n1041;p;01.01.2017;13.05.2018\n"],
  ["French headers", "Application;Autorisation;Accordé le;Révoqué le\n1041;p;01/01/2017;13/05/2018\n"],
  ["Spanish headers", "Aplicación;Permiso;Concedido el;Revocado el\n1041;p;01/01/2017;13/05/2018\n"],
])("%s: taken", async (_, text) => {
  expect((await imported({ "t.csv": text })).grants).toEqual([{ ...GRANT, revoked_at: "2018-05-14T00:00:00Z" }]);
});

test("a workbook's sheets are read each, and one that holds no table is named", async () => {
  const table = (...rows: string[]) => rows.map((row) => row.split(",").map((text) => ({ text })));
  const { registry, report } = await imported({
    "book.xlsx": workbook({
      Cover: table("Who is who", "by hand"),
      Apps: table("App ID,App,Developer ID", "1041,Foo,D1"),
      Grants: table("A note", "App ID,Permission,Granted,Removed", "1041,p,2017-01-01,2018-05-13"),
    }),
  });
  expect(registry).toMatchObject({
    apps: [{ app: "1041", app_name: "Foo", developer_id: "D1" }],
    grants: [{ app: "1041" }],
  });
  expect(report.files[0]?.ignored).toEqual(['sheet "Cover"']);
});

test("what a JSON document holds beside its tables is named, and nothing that is empty", async () => {
  const app = { app: "1041", developer_id: "D1" };
  const { report } = await imported({
    "whole.json": JSON.stringify({
      ...{ made: "2018-05-01", total: 3, retired: ["1042", "1043"], of: { team: "x" }, partners: [{ x: "1", y: "q" }] },
      ...{ data: { apps: [app], next: null, pages: 1 }, grants: [], meta: {}, note: "" },
      // A number that keeps its digits is a value too.
    }).replace(":3,", ":3.0,"),
  });
  expect(report.files[0]?.ignored).toEqual(["made", "total", "retired", "of", "data.pages", 'sheet "partners"']);
});

test("ids that a spreadsheet has shortened are refused, not joined to nothing", async () => {
  expect(await refused({ "e.csv": `${HELD}1.05E+14,p,2017-01-01,\n` })).toMatch(/shortened.*as text/u);
  const book = workbook({
    G: [
      HELD.trim()
        .split(",")
        .map((text) => ({ text })),
      [{ number: "1234567890123456" }, { text: "p" }, { text: "2017-01-01" }],
    ],
  });
  expect(await refused({ "e.xlsx": book })).toMatch(/shortened/u);
});

test.each([
  ["old Excel", Buffer.from("d0cf11e0a1b11ae100000000", "hex"), /old Excel.*XLSX/u],
  ["gzip", Buffer.from("1f8b0800000000000003", "hex"), /packed \(gzip\).*unpack/u],
  ["HTML", Buffer.from("<table><tr><td>app</td></tr></table>"), /HTML/u],
  ["a mapped column that no file has", Buffer.from(`${HELD}1,p,2018-01-01,\n`), /maps "Gone"/u],
])("%s is refused with what to do", async (_, bytes, why) => {
  expect(await refused({ "x.bin": bytes }, { columns: [{ column: "country", from: "Gone" }] })).toMatch(why);
});

test("contradictions are conflicts, each with its rows and what hangs on it", async () => {
  const { report } = await imported({
    "grants.csv": `${HELD}1041,p,2017-01-01,\n1041,p,2017-02-01,2018-01-01\n1042,p,2017-01-01,2018-01-01T00:00:00Z\n1042,p,2018-01-01T00:00:00Z,\n`,
    "apps.csv": "app,developer_id,owned_from,owned_until\n1042,D1,,\n1042,D2,2018-05-01,\n55,D1,,\n",
    "groups.csv": "resource,people\ng3,30\ng9,5\n",
  });
  expect(report.conflicts).toEqual([
    "grants.csv line 2 and grants.csv line 3: app 1041 holds p from 2017-01-01T00:00:00Z without an end, and from 2017-02-01T00:00:00Z until 2018-01-02T00:00:00Z; 1 call of the app between the two ends count as made while it was held",
    "apps.csv line 2 and apps.csv line 3: app 1042 is owned by D1 and by D2 at the same time; 1 call of that time count for D2",
    "groups.csv line 2: resource g3 has 30 people, but a call returned 40; upper bounds of people rest on the smaller number",
    "apps.csv line 4: an app is in no log: 55; 0 grants hang on it",
    "groups.csv line 3: a resource is in no log: g9; no bound of people rests on it",
  ]);
});

test("an owner beside a grant counts for an app of which nothing else is known, and is a conflict where it says otherwise", async () => {
  const { registry, report } = await imported({
    "apps.csv": "app,developer_id,owned_from,owned_until\n1041,D1,,2018-01-01\n1041,D2,2018-01-02,\n",
    "grants.csv":
      "app,developer,permission,granted_at\n1041,D2,p,2017-01-01\n1041,D9,q,2017-01-01\n1042,D3,p,2017-01-01\n",
  });
  expect(registry.apps.map(({ app, developer_id }) => [app, developer_id])).toEqual([
    ["1041", "D1"],
    ["1041", "D2"],
    ["1042", "D3"],
  ]);
  expect(report.conflicts[0]).toMatch(/^grants\.csv line 3: app 1041 is of D9 here, which no row of the apps says/u);
});

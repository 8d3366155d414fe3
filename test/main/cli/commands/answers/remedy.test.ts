import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { beforeAll, describe, expect, test } from "vitest";
import type { Remedy } from "../../../../../shared/model/accountability/remedy.ts";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string | Buffer) => {
  fs.writeFileSync(at(name), text);
  return at(name);
};
const remedy = (...args: string[]) => exhibit("remedy", at("case"), ...args);
const json = (...args: string[]) => remedy(...args, "--json").json<Remedy>();
const entriesOf = (document: Remedy) =>
  document.rules.flatMap(({ developers }) => developers.flatMap((row) => row.entries));
const acts = () => exhibit("custody", at("case"), "--json").json<{ entries: number }>().entries;

beforeAll(() => {
  exhibit("create", at("case"), "--title", "T", "--examiner", "R. Vale <vale@example.org>");
  const log = [
    "time,app,api,outcome,fields,subjects",
    "2019-07-31T12:00:00Z,a1,groups,allowed,name,u1",
    "2019-09-14T08:00:00Z,a1,groups,allowed,name,u2",
    "2019-08-01T08:00:00Z,a2,groups,denied,name,",
  ].join("\n");
  exhibit("import", at("case"), write("log.csv", `${log}\n`));
  exhibit("registry", at("case"), write("apps.csv", "app,developer_id,developer\na1,D1,Acme Social\na2,D2,Brisk\n"));
  const rule = (id: string, api: string) => ({
    ...{
      id,
      title: id,
      effective_from: "2018-04-04",
      applies_to: { api: [api] },
      restricted_fields: ["name"],
      permission: "p",
    },
  });
  const policy = { schema: "exhibit/policy@1", title: "P", as_of: "2019-11-05", rules: [rule("r", "groups")] };
  expect(exhibit("policy", at("case"), write("policy.json", JSON.stringify(policy))).code).toBe(0);
});

test("a step is recorded with its files, contradicted by the log, taken back, and never changed", () => {
  const certificate = Buffer.from("We deleted everything.\n");
  const files = ["--file", write("certificate.txt", certificate), write("letter.txt", "Dear all\n")];
  const added = remedy(
    ...["--add", "certified", "--developer", "Acme Social", "--on", "2019-09-06", "--by", "its director"],
    ...["--note", "by mail", ...files, "--at", "2019-12-02T00:00:00Z", "--json"],
  );
  expect(added.err).toBe("");
  const sha256 = createHash("sha256").update(certificate).digest("hex");
  expect(added.json()).toMatchObject({
    at: "2019-12-02T00:00:00Z",
    rules: [
      {
        rule: "r",
        developers: [
          {
            ...{ developer_id: "D1", developer: "Acme Social", level: "obtained" },
            ...{ state: "certified", next: "audited", overdue: [] },
            entries: [
              {
                ...{ n: 1, step: "certified", on: "2019-09-06", by: "its director", note: "by mail" },
                files: [{ name: "certificate.txt", sha256, bytes: certificate.length }, { name: "letter.txt" }],
                against: [
                  {
                    ...{ kind: "calls", events: 1, first: "2019-09-14T08:00:00Z", last: "2019-09-14T08:00:00Z" },
                    filter: "finding:r finding:D1 level:possible+ time>=2019-09-07T00:00:00Z",
                  },
                  { kind: "missing" },
                ],
              },
            ],
          },
          { developer_id: "D2", level: "attempted", next: "revoked", overdue: [], entries: [] },
        ],
      },
    ],
  });
  const [against] = entriesOf(added.json<Remedy>())[0]?.against ?? [];
  const filter = against && "filter" in against ? against.filter : "";
  expect(exhibit("query", at("case"), filter, "--count", "--json").json()).toMatchObject({ count: 1 });
  expect(fs.readFileSync(path.join(at("case"), "evidence", sha256))).toEqual(certificate);
  expect(exhibit("verify", at("case")).code).toBe(0);

  expect(exhibit("undo", at("case")).err).toMatch(/^exhibit: No tag or note is left/u);
  expect(remedy("--take-back", "1").err).toMatch(/^exhibit: Taking a step back needs a reason/u);
  const back = json("--take-back", "1", "--reason", "another's letter");
  expect(entriesOf(back)).toMatchObject([{ n: 1, step: "certified", against: [], taken_back: "another's letter" }]);
  expect(back.rules[0]?.developers[0]).not.toHaveProperty("state");
  expect(remedy("--take-back", "1", "--reason", "again").err).toMatch(/taken back already: another's letter/u);
  expect(remedy("--take-back", "9", "--reason", "x").err).toMatch(/no remedy entry 9/u);
  expect(exhibit("verify", at("case")).code).toBe(0);
});

test("findings list the steps that are done", () => {
  json("--add", "revoked", "--developer", "D2", "--on", "2019-07-01T10:00:00+02:00");
  json("--add", "notified", "--developer", "D2", "--due", "2019-07-05");
  const { rules } = exhibit("findings", at("case"), "--developer", "D2", "--json").json<{
    rules: { developers: { remedy: object[] }[] }[];
  }>();
  expect(rules[0]?.developers[0]?.remedy).toEqual([{ step: "revoked", on: "2019-07-01T08:00:00Z" }]);
  expect(json("--at", "2019-07-06").rules[0]?.developers[1]).toMatchObject({ state: "revoked", overdue: ["notified"] });
  expect(remedy("--at", "2019-07-06").out).toMatch(/Brisk\s+attempted\s+revoked\s+notified\s+notified/u);
});

describe("a table of steps comes in whole or not at all", () => {
  const rows = [
    "Developer ID;Step;On;Due;Who;Result;Notes;Ticket",
    "D1;Revoked;2019-07-31;;platform;;access removed für alle;T-1",
    "D1;audited;;2019-11-29;Marlow & Hythe;;-;T-2",
    "Brisk;audited;2019-09-01;;;exceptions;;",
  ];

  test.each(["utf8", "utf16le", "latin1"] as const)("in %s", (encoding) => {
    const before = entriesOf(json()).length;
    const mark = encoding === "utf16le" ? "\uFEFF" : "";
    const own = rows.map((row) => row.replace("T-1", encoding)).join("\r\n");
    const file = write(`steps-${encoding}.csv`, Buffer.from(`${mark}${own}\r\n`, encoding));
    const said = remedy("--import", file);
    expect(said.out).toContain("3 steps recorded\n  not used: Ticket\n");
    const added = entriesOf(json()).filter(({ n }) => n > before);
    expect(added).toMatchObject([
      { step: "revoked", on: "2019-07-31", by: "platform", note: "access removed für alle" },
      { step: "audited", due: "2019-11-29", by: "Marlow & Hythe" },
      { step: "audited", on: "2019-09-01", result: "exceptions" },
    ]);
    expect(added[1]).not.toHaveProperty("note");
    expect(remedy("--import", file).err).toMatch(/in the case already, as entry/u);
  });

  test("with every wrong row in its sentence", () => {
    const before = acts();
    const wrong = [
      "developer_id,step,on,due,result",
      "D1,revoked,2019-07-31,,",
      "D999,revoked,2019-07-31,,",
      "D1,burned,2019-07-31,,",
      ",,,,",
      "D1,revoked,31.07.2019,,",
      "D1,revoked,,,",
      "D1,notified,2019-07-31,,passed",
    ];
    const refused = remedy("--import", write("wrong.csv", `${wrong.join("\n")}\n`));
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /^exhibit: wrong\.csv line 3: D999 is no developer here; line 4: "burned" is no step of remedy; line 6: on: "31\.07\.2019" is not a time; line 7: The step revoked has neither .*; line 8: The step notified has no result.*: correct it and import the file again; nothing was changed\n$/u,
    );
    expect(acts()).toBe(before);
  });

  test.each([
    ["developer_id,date\nD1,2019-01-01\n", /no column step/u],
    ["what,ever\n1,2\n", /is no table of steps/u],
    ["developer_id,step,on\n", /has no row/u],
    ["developer_id,step,on,on\nD1,revoked,2019-01-01,2019-01-02\n", /are both on/u],
  ])("%j is refused", (text, why) => {
    expect(remedy("--import", write("bad.csv", text)).err).toMatch(why);
  });
});

test.each<[string[], RegExp]>([
  [["--add", "revoked", "--on", "2019-01-01"], /none is named: name it with --developer/u],
  [
    ["--add", "revoke", "--developer", "D1", "--on", "2019-01-01"],
    /"revoke" is no step of remedy: did you mean revoked\?/u,
  ],
  [["--add", "revoked", "--developer", "D7", "--on", "2019-01-01"], /D7 is no developer here/u],
  [["--add", "revoked", "--developer", "D1"], /neither a day on which it was done/u],
  [["--add", "revoked", "--developer", "D1", "--on", "2999-01-01"], /still to come.*--due/u],
  [
    ["--add", "revoked", "--developer", "D1", "--on", "2019-02-30"],
    /on: "2019-02-30" is no day: February 2019 has 28/u,
  ],
  [["--add", "audited", "--developer", "D1", "--on", "2019-02-01", "--result", "fine"], /no result of an audit/u],
  [["--add", "revoked", "--developer", "D1", "--on", "2019-02-01", "--rule", "q"], /no rule "q"/u],
  [["--add", "revoked", "--developer", "D1", "--on", "2019-02-01", "--file", "/nowhere/x.pdf"], /x\.pdf is not there/u],
  [["--add", "revoked", "--developer", "D1", "--on", "2019-02-01", "--at", "soon"], /"soon" is not a time/u],
  [["--add", "revoked", "--import", "x.csv"], /two things/u],
  [["--on", "2019-01-01"], /none is added/u],
  [["--reason", "x"], /--take-back N/u],
])("%j is refused in one sentence, and nothing is recorded", (args, why) => {
  const before = acts();
  const { code, err } = remedy(...args);
  expect(code).toBe(2);
  expect(err).toMatch(why);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(acts()).toBe(before);
});

test("where the policy has several rules, a step names its own, or --rule names it for all", () => {
  fs.cpSync(at("case"), at("several"), { recursive: true });
  const several = JSON.parse(fs.readFileSync(at("policy.json"), "utf8")) as { rules: object[] };
  const rules = [...several.rules, { ...several.rules[0], id: "q", applies_to: { api: ["events"] } }];
  exhibit("policy", at("several"), write("two.json", JSON.stringify({ ...several, rules })));
  const own = (...args: string[]) => exhibit("remedy", at("several"), ...args);
  const add = ["--add", "closed", "--developer", "D2", "--on", "2019-11-01"];
  expect(own(...add).err).toMatch(/2 rules, and the step names none: give --rule, one of r, q/u);
  expect(own(...add, "--rule", "q", "--json").json()).toMatchObject({
    rules: [{ rule: "q", developers: [{ developer_id: "D2", state: "closed", entries: [{ step: "closed" }] }] }],
  });
  const file = write("mixed.csv", "developer_id,rule,step,on\nD2,r,closed,2019-11-02\nD1,,closed,2019-11-02\n");
  expect(own("--import", file).err).toMatch(/mixed\.csv line 3: The policy has 2 rules/u);
  const { rules: shown } = own("--import", file, "--rule", "q", "--json").json<Remedy>();
  expect(shown[0]?.developers.map(({ developer_id }) => developer_id)).toEqual(["D1", "D2"]);
});

test("without a policy there is nothing to put right, and no step of it", () => {
  exhibit("create", at("empty"), "--title", "E", "--examiner", "R. Vale <vale@example.org>");
  expect(exhibit("remedy", at("empty"), "--json").json()).toMatchObject({ rules: [] });
  const add = ["--add", "revoked", "--developer", "D1", "--on", "2019-01-01"];
  expect(exhibit("remedy", at("empty"), ...add).err).toMatch(/no policy/u);
});

test("a step that was changed behind the back of the acts is found", () => {
  fs.cpSync(at("case"), at("forged"), { recursive: true });
  const entry = entriesOf(json())[0]?.n;
  const db = new Database(path.join(at("forged"), "case.db"));
  db.prepare(`update remedy_entry set "on" = '2018-01-01' where id = ?`).run(entry);
  db.close();
  const verdict = exhibit("verify", at("forged"), "--json").json<{
    checks: { check: string; ok: boolean; detail: string }[];
  }>();
  expect(verdict.checks.find(({ check }) => check === "custody")).toMatchObject({
    ok: false,
    detail: expect.stringContaining(`remedy entry ${entry} is not what act`) as string,
  });
});

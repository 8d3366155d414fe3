import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Engine } from "../../../main/engine/engine.ts";
import { Refusal } from "../../../shared/base/errors.ts";
import { caseOf, newCase } from "../../fixture.ts";
import type { Call } from "../../reference/model.ts";
import { temporaryFolder } from "../../temporary.ts";
import { manyApps } from "./many-apps.ts";

/** Bad input of every kind gets one clear sentence with what to do, and changes nothing. */

let engine: Engine;
let folder: string;

const RULE = {
  id: "members",
  effective_from: "2018-04-04",
  applies_to: { api: ["groups"] },
  restricted_fields: ["name"],
  permission: "members",
};
const policy = (...rules: object[]) => ({
  schema: "exhibit/policy@1",
  as_of: "2019-11-05",
  recent_days: 60,
  rules,
});
const { effective_from: _cutoff, ...WITHOUT_CUTOFF } = RULE;
const CLOCK = { id: "a", trigger: "discovered", within: "P30D" };
const clocks = (...all: object[]) => ({ schema: "exhibit/clocks@1", clocks: all });
const CLAIM = { id: "c", text: "t", measure: "developers", level: "obtained", is: ">=", value: 1 };
const claims = (...all: object[]) => ({ schema: "exhibit/claims@1", claims: all });

function file(name: string, content: unknown): string {
  const written = path.join(folder, name);
  fs.writeFileSync(written, typeof content === "string" ? content : JSON.stringify(content));
  return written;
}

/** Everything in the case's database, but when it was looked at. */
function state(): string {
  const { db } = engine.caseFile;
  const tables = db.prepare("select name from sqlite_schema where type = 'table' order by name").pluck().all();
  return JSON.stringify(tables.map((table) => [table, db.prepare(`select * from "${table}"`).raw().all()]));
}

beforeAll(async () => {
  folder = temporaryFolder();
  const call = { time: "2019-05-01T00:00:00Z", app: "a1", api: "groups", operation: "GET /{group-id}/members" };
  const events = [{ ...call, outcome: "allowed", fields: ["name"], subjects: ["p1"] }] as Call[];
  engine = new Engine(caseOf({ events }, newCase()));
  await engine.ask("policy", { file: file("policy.json", policy(RULE)) });
});

type Ask = () => Promise<unknown>;

test.each<[string, Ask, RegExp]>([
  [
    "a policy without a cutoff",
    () => engine.ask("policy", { file: file("p.json", policy(WITHOUT_CUTOFF)) }),
    /p\.json: rules\[0\]\.effective_from: must be a time such as 2018-04-04/u,
  ],
  [
    "a policy without a rule",
    () => engine.ask("policy", { file: file("p.json", policy()) }),
    /p\.json: rules: must hold at least one rule/u,
  ],
  [
    "a cutoff that is no day",
    () => engine.ask("policy", { file: file("p.json", policy({ ...RULE, effective_from: "2018-02-30" })) }),
    /effective_from/u,
  ],
  [
    "half a day of grace",
    () => engine.ask("policy", { file: file("p.json", policy({ ...RULE, grace_days: 0.5 })) }),
    /grace_days/u,
  ],
  [
    "two rules of one id",
    () => engine.ask("policy", { file: file("p.json", policy(RULE, RULE)) }),
    /two rules have the id "members"/u,
  ],
  [
    "a rule whose filter names a tag",
    () => engine.ask("policy", { file: file("p.json", policy({ ...RULE, applies_to: { filter: "tag:x" } })) }),
    /tag/u,
  ],
  ["a policy that is a log", () => engine.ask("policy", { file: file("p.csv", "a,b\n1,2\n") }), /not valid JSON/u],
  [
    "a grant in the future",
    () => engine.ask("registry", { files: [file("g.csv", "app,permission,granted_at\na1,members,2098-01-01\n")] }),
    /g\.csv line 2: granted_at is still to come: "2098-01-01"/u,
  ],
  [
    "a consent in the future",
    () =>
      engine.ask("registry", {
        files: [file("c.csv", "subject,app,permission,given_at\np1,a1,opt_in,2098-01-01T00:00:00Z\n")],
      }),
    /c\.csv line 2: given_at is still to come/u,
  ],
  [
    "a grant that ends before it begins",
    () =>
      engine.ask("registry", {
        files: [file("g.csv", "app,permission,granted_at,revoked_at\na1,members,2018-02-01,2018-01-01\n")],
      }),
    /g\.csv line 2: revoked_at is before granted_at/u,
  ],
  [
    "a grant of no app",
    () => engine.ask("registry", { files: [file("g.csv", "app,permission,granted_at\n,members,2018-01-01\n")] }),
    /g\.csv line 2: app is empty/u,
  ],
  [
    "a remedy of an unknown developer",
    () => engine.ask("addSteps", { steps: [{ step: "revoked", developer: "Nobody", on: "2019-06-01" }] }),
    /Nobody is no developer here/u,
  ],
  [
    "a step that is none",
    () => engine.ask("addSteps", { steps: [{ step: "revokd", developer: "app:a1", on: "2019-06-01" }] }),
    /"revokd" is no step of remedy/u,
  ],
  [
    "a step done on a day to come",
    () => engine.ask("addSteps", { steps: [{ step: "revoked", developer: "app:a1", on: "2098-06-01" }] }),
    /2098-06-01 is still to come/u,
  ],
  [
    "a table of steps with one wrong line",
    () =>
      engine.ask("importSteps", {
        file: file("s.csv", "developer_id,step,on\napp:a1,revoked,2019-06-01\nD9,revoked,2019-06-01\n"),
      }),
    /s\.csv line 3: D9 is no developer here/u,
  ],
  [
    "a clock without a trigger",
    () => engine.ask("dueClocks", { file: file("k.json", clocks({ id: "a", within: "P30D" })) }),
    /k\.json: clocks\[0\]\.trigger: is missing: a clock starts with a fact/u,
  ],
  [
    "a clock that waits for itself",
    () => engine.ask("dueClocks", { file: file("k.json", clocks({ ...CLOCK, trigger: "done:a" })) }),
    /waits for its own end/u,
  ],
  [
    "a fact without a reason",
    () => engine.ask("setFact", { fact: "discovered", time: "2019-11-05", reason: " " }),
    /set with a reason/u,
  ],
  [
    "a claim about a rule that is none",
    () => engine.ask("claims", { file: file("c.json", claims({ ...CLAIM, rule: "others" })) }),
    /others/u,
  ],
  [
    "a decision about nobody",
    () => engine.ask("finding", { developer: "Nobody", disposition: "confirmed", reason: "x" }),
    /No finding speaks of a developer "Nobody"/u,
  ],
])("%s", async (_, ask, sentence) => {
  const before = state();
  const refused: unknown = await ask().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  const { what, todo } = refused as Refusal;
  expect(what).toMatch(sentence);
  // One sentence, and what to do: no stack, no second line, nothing of the schema's own words.
  expect(`${what}: ${todo}`).not.toMatch(/\n|\bzod\b|undefined|\[object/iu);
  expect(todo.length).toBeGreaterThan(5);
  expect(state()).toBe(before);
});

test("a rule that names no known API is set, since its logs may still come, and says so by name", async () => {
  const { warnings } = await engine.ask("policy", {
    file: file("p.json", policy({ ...RULE, applies_to: { api: ["gruops"] } })),
  });
  expect(warnings.filter((warning) => warning.includes("gruops"))).toEqual([
    "rule members: no call is to the API gruops",
  ]);
  const { rules } = await engine.ask("findings", {});
  expect(rules[0]?.totals.obtained.events).toBe(0);
});

test("a registry of many apps is taken in, and that none of them called is one sentence", () => manyApps(5000));

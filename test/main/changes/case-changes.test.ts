import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { openCase } from "../../../main/case/case.ts";
import { lastAct } from "../../../main/changes/changing-acts.ts";
import { compareStates } from "../../../main/changes/compare-states.ts";
import { stateOf } from "../../../main/changes/state-of.ts";
import { Engine } from "../../../main/engine/engine.ts";
import { Inquiry } from "../../../main/findings/inquiry.ts";
import { knownMoment } from "../../../shared/base/moment.ts";
import type { CaseState } from "../../../shared/model/accountability/changes.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";

const folder = temporaryFolder();
const NOW = knownMoment("2026-01-01T00:00:00Z");
const HEAD = "time,app,api,status,fields,subjects\n";
const row = (time: string, app: string, subjects = "p1") => `${time},${app},groups,200,name,${subjects}\n`;
const POLICY = (from: string) => ({
  schema: "exhibit/policy@1",
  as_of: "2018-07-01",
  rules: [
    {
      id: "members",
      title: "m",
      effective_from: from,
      applies_to: { api: ["groups"] },
      restricted_fields: ["name"],
      permission: "members",
    },
  ],
});
const FILES: Record<string, string> = {
  "a.csv": HEAD + row("2018-04-05T10:00:00Z", "a1") + row("2018-04-06T10:00:00Z", "a2", "p2;p3"),
  // Its second call is a.csv's: which of the two counts changes when one is withdrawn.
  "b.csv": HEAD + row("2018-05-01 10:00:00", "a3") + row("2018-04-06T10:00:00Z", "a2", "p2;p3"),
  "c.csv": HEAD + row("2018-06-09T10:00:00Z", "a1", "p9"),
  "apps.csv": "app,app_name,developer_id\na1,One,D1\na2,Two,D2\na3,Three,D3\n",
  "grants.csv": "app,permission,granted_at,revoked_at\na1,members,2017-01-01,2018-06-01\na2,members,2017-01-01,\n",
  "more.csv": "app,app_name,developer_id\na3,Three,D2\n",
  "early.json": JSON.stringify(POLICY("2018-04-04")),
  "late.json": JSON.stringify(POLICY("2018-06-10")),
  "claims.json": JSON.stringify({
    schema: "exhibit/claims@1",
    claims: [{ id: "two", text: "two", rule: "members", measure: "developers", level: "obtained", is: "=", value: 2 }],
  }),
};
const at = (name: string) => path.join(folder, name);

let caseFile: Case;
/** What the case said of itself behind each act, when that was its last. */
const seen = new Map<number, CaseState>();
const contradicted = { before: 0, after: 0 };

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(at(name), text);
  caseFile = newCase();
  const engine = new Engine(caseFile);
  const look = () => seen.set(lastAct(caseFile.db), stateOf(new Inquiry(caseFile), NOW));
  const doing = async (work: () => Promise<unknown>) => {
    await work();
    look();
    return lastAct(caseFile.db);
  };
  const finding = { developer: "D1", disposition: "confirmed", reason: "seen" } as const;
  const step = { step: "revoked", developer: "D1", rule: "members", on: "2018-06-01" } as const;
  look();
  await doing(() => engine.ask("import", { files: [at("a.csv")] }));
  await doing(() => engine.ask("registry", { files: [at("apps.csv"), at("grants.csv")] }));
  await doing(() => engine.ask("policy", { file: at("early.json") }));
  await doing(() => engine.ask("claims", { file: at("claims.json") }));
  await doing(() => engine.ask("import", { files: [at("b.csv")] }));
  await doing(() => engine.ask("finding", finding));
  await doing(() => engine.ask("registry", { files: [at("more.csv")] }));
  contradicted.before = await doing(() => engine.ask("addSteps", { steps: [step] }));
  contradicted.after = await doing(() => engine.ask("import", { files: [at("c.csv")] }));
  await doing(() => engine.ask("takeBackRegistry", { n: 3, reason: "wrong file" }));
  await doing(() => engine.ask("joinDevelopers", { developer_id: "D3", into: "D2", reason: "one company" }));
  await doing(() => engine.ask("separateDevelopers", { n: 1, reason: "two" }));
  await doing(() => engine.ask("policy", { file: at("late.json") }));
  await doing(() => engine.ask("withdraw", { source: 1, reason: "sealed" }));
  await doing(() => engine.ask("remap", { source: 2, timezone: "America/New_York" }));
  await doing(() => engine.ask("restore", { source: 1, reason: "released" }));
  await doing(() => engine.ask("withdraw", { source: 3, reason: "twice" }));
  await doing(() => engine.ask("takeBackStep", { n: 1, reason: "not yet" }));
  caseFile.close();
}, 60_000);

const working = async <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
  const again = openCase(caseFile.folder, "read");
  try {
    return await work(new Engine(again));
  } finally {
    again.close();
  }
};

test("every earlier state of a case is found again as it was: calls, registry, policy, decisions, steps", async () => {
  await working(async (engine) => {
    const acts = [...seen.keys()];
    const last = acts.at(-1) as number;
    // All of them in `npm run check:large`; each copies the case.
    const some = process.env.EXHIBIT_EVERY_KIND === undefined ? [acts[4], acts[10]] : acts;
    for (const before of some as number[]) {
      const { acts: _, before: from, after: to, ...found } = await engine.ask("changesReadAgain", { before });
      expect([from, to]).toEqual([before, last]);
      expect(found, `behind act ${before}`).toEqual(
        compareStates(seen.get(before) as CaseState, seen.get(last) as CaseState),
      );
    }
  });
}, 60_000);

test("an import that brings a call after a step contradicts it, and the finding has other numbers", async () => {
  const { rules, findings, remedy, acts } = await working((engine) => engine.ask("changesReadAgain", contradicted));
  expect(acts).toMatchObject([{ act: "import", about: "c.csv" }]);
  expect(rules).toMatchObject([{ rule: "members", in: [], out: [] }]);
  expect(findings).toMatchObject([
    { developer_id: "D1", change: "numbers", differs: ["recent", "obtained", "people", "allowed_after_revocation"] },
  ]);
  expect(remedy).toMatchObject([
    { n: 1, step: "revoked", developer_id: "D1", is_worse: true, before: [], after: [{ kind: "calls", events: 1 }] },
  ]);
});

test("a confirmed finding that a policy leaves without anything found no longer holds, and a claim turns", async () => {
  const last = [...seen.keys()].at(-1) as number;
  const {
    findings,
    no_longer_hold: fallen,
    claims,
  } = await working((engine) => engine.ask("changesReadAgain", { before: contradicted.after, after: last }));
  expect(fallen).toEqual([{ rule: "members", developer_id: "D1", developer: "D1" }]);
  expect(findings.map(({ developer_id: id, change }) => [id, change])).toContainEqual(["D1", "gone"]);
  expect(claims).toEqual([{ id: "two", before: "supported", after: "contradicted" }]);
});

test("without a calls' change the answer is there at once; with one it says that calls have to be read again", async () => {
  await working(async (engine) => {
    const last = [...seen.keys()].at(-1) as number;
    expect(await engine.ask("changes", { before: last - 1 })).toMatchObject({ changes: { remedy: [] } });
    expect(await engine.ask("changes", { before: contradicted.before })).toEqual({ before: contradicted.before });
  });
});

test("a state that is remembered before an act needs no calls read again", async () => {
  const again = openCase(caseFile.folder, "write");
  const engine = new Engine(again);
  await engine.ask("policy", { file: at("early.json") });
  await engine.ask("findings", {});
  const before = lastAct(again.db);
  await engine.ask("restore", { source: 3, reason: "not twice" });
  const { changes } = await engine.ask("changes", {});
  expect(changes).toMatchObject({ before, acts: [{ act: "restore" }] });
  expect(changes?.findings.map(({ developer_id: id, change }) => [id, change])).toContainEqual(["D1", "numbers"]);
  again.close();
});

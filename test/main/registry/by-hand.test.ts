import fs from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import type { Case } from "../../../main/case/case.ts";
import type { Engine } from "../../../main/engine/engine.ts";
import { POLICY } from "../bundle/fixture.ts";
import { engineOf } from "../engine-of.ts";

let caseFile: Case;
let engine: Engine;
let at: (name: string) => string;

beforeAll(async () => {
  const log = [
    "time,app,developer,api,status,fields,subjects",
    "2018-04-05T10:00:00Z,a1,,groups,200,name,p1;p2",
    "2018-04-06T10:00:00Z,a2,,groups,200,name,p2;p3",
    "2018-04-07T10:00:00Z,a9,,groups,200,name,p4",
    "2018-04-08T10:00:00Z,,Acme (old),groups,200,name,p5",
  ];
  const files = {
    "developers.csv": "developer_id,developer\nD1,Acme\nD2,Brisk\nD3,Corvid\n",
    "apps.csv": "app,app_name,developer_id,owned_from,owned_until\na1,One,D1,,\na2,Two,D2,2017-01-01,2019-01-01\n",
    "more.csv": "app,app_name,developer_id,owned_from,owned_until\na2,Two,D3,2018-01-01,\n",
    "grants.csv":
      "app,permission,granted_at,revoked_at\na2,members,2018-03-01T00:00:00Z,2018-03-01T00:00:00Z\na2,members,2017-02-01,\n",
    "policy.json": JSON.stringify(POLICY),
  };
  ({ engine, caseFile, at } = await engineOf(log, files));
  await engine.ask("registry", { files: ["developers.csv", "apps.csv", "grants.csv"].map((name) => at(name)) });
  await engine.ask("policy", { file: at("policy.json") });
  await engine.ask("addSteps", { steps: [{ step: "revoked", developer: "D2", on: "2018-04-06T00:00:00Z" }] });
}, 60_000);

const rows = async () => (await engine.ask("findings", {})).rules[0]?.developers ?? [];
const obtained = async () =>
  Object.fromEntries(
    (await rows()).filter((row) => row.obtained.events > 0).map((row) => [row.developer_id, row.obtained.events]),
  );
const found = async () =>
  JSON.stringify([await engine.ask("findings", {}), await engine.ask("remedy", { at: "2020-01-01T00:00:00Z" })]);
const sound = async (bundle?: string) =>
  (await verify(bundle ?? caseFile.folder, { recompute: bundle !== undefined })).checks.filter(
    ({ ok }) => ok === false,
  );

test("two developers joined by hand are one: findings, people, filter, steps; separated they are two as before", async () => {
  const before = await found();
  expect(await obtained()).toEqual({ D1: 1, D2: 1, "app:a9": 1, "name:Acme (old)": 1 });
  const joining = { developer_id: "D2", into: "D1" };
  const preview = await engine.ask("joinPreview", joining);
  expect(preview.findings.map(({ developer_id: id, change }) => [id, change])).toEqual([
    ["D1", "numbers"],
    ["D2", "gone"],
  ]);
  expect(await found(), "nothing is recorded by a look").toBe(before);

  const one = await engine.ask("joinDevelopers", { ...joining, reason: "one company" });
  const { n: two } = await engine.ask("joinDevelopers", {
    developer_id: "name:Acme (old)",
    into: "D2",
    reason: "its old name",
  });
  await engine.ask("joinDevelopers", { developer_id: "app:a9", into: "D1", reason: "its test app" });
  expect(await obtained()).toEqual({ D1: 4 });
  expect((await rows())[0]?.obtained.people).toEqual({ value: 5, basis: "exact" });
  expect((await engine.ask("query", { filter: 'developer:"Acme"' })).count).toBe(4);
  expect((await engine.ask("remedy", { at: "2020-01-01T00:00:00Z" })).rules[0]?.developers[0]).toMatchObject({
    developer_id: "D1",
    entries: [{ n: 1, recorded_for: "D2", against: [{ kind: "calls", events: 3 }, { kind: "grant" }] }],
  });
  expect((await engine.ask("joinedDevelopers", {})).joins).toMatchObject([
    { n: 1, developer: "Brisk", into_name: "Acme", reason: "one company" },
    { n: 2, developer: "Acme (old)", into: "D2" },
    { n: 3, developer_id: "app:a9" },
  ]);
  expect(await sound()).toEqual([]);

  await engine.ask("bundle", { out: at("joined.zip") });
  expect(await sound(at("joined.zip"))).toEqual([]);
  await engine.ask("bundle", { out: at("dossier.zip"), developer: "Brisk" });
  expect(await sound(at("dossier.zip"))).toEqual([]);

  for (const n of [3, two, one.n]) await engine.ask("separateDevelopers", { n, reason: "two companies" });
  expect(await found()).toBe(before);
  expect(await sound()).toEqual([]);
  expect(await engine.ask("custodyRows", { offset: 0, limit: 1 })).toMatchObject({
    rows: [{ act: "registry", detail: { separated: 1, developer: "D2", into: "D1", reason: "two companies" } }],
  });
}, 60_000);

test("a join without a reason, of nobody known, to an app, twice or in a circle is refused, and changes nothing", async () => {
  const ask = (developer_id: string, into: string, reason = "x") =>
    engine.ask("joinDevelopers", { developer_id, into, reason });
  await expect(ask("D2", "D1", " ")).rejects.toMatchObject({ code: "reason-missing" });
  await expect(ask("D2", "D77")).rejects.toMatchObject({ code: "developer-unknown" });
  await expect(ask("D2", "app:a9")).rejects.toThrow(/bears no name/u);
  await expect(ask("D2", "D2")).rejects.toThrow(/one already/u);
  const { n } = await ask("D2", "D1");
  await expect(ask("D2", "D3")).rejects.toThrow(/joined to D1 already: separate join/u);
  await expect(ask("D1", "D2")).rejects.toThrow(/one already/u);
  await engine.ask("separateDevelopers", { n, reason: "x" });
  await expect(engine.ask("separateDevelopers", { n, reason: "x" })).rejects.toThrow(/taken back already/u);
  expect(await obtained()).toMatchObject({ D1: 1, D2: 1 });
});

const conflicts = async () => await engine.ask("registryConflicts", {});
const conflict = async (kind: string) =>
  (await conflicts()).groups.find((group) => group.kind === kind)?.told[0] ?? { key: "none", rows: [] };

test("of an app with two owners one row is used, with a reason, and reopened", async () => {
  await engine.ask("registry", { files: [at("more.csv")] });
  const before = await found();
  expect(await obtained()).toMatchObject({ D3: 1 });
  const { key, rows: between } = await conflict("apps with two owners at once");
  expect(between).toMatchObject([/developer_id D2/u, /developer_id D3/u].map((words) => expect.stringMatching(words)));
  const preview = await engine.ask("resolvePreview", { conflict: key, use: 1 });
  expect(preview.findings.map(({ developer_id: id, change }) => [id, change])).toEqual(
    expect.arrayContaining([["D3", "gone"]]),
  );
  const { n } = await engine.ask("resolveConflict", { conflict: key, use: 1, reason: "the sale was in 2019" });
  expect(await obtained()).toMatchObject({ D2: 1 });
  expect((await conflict("apps with two owners at once")).key).toBe("none");
  expect((await conflicts()).resolved).toMatchObject([
    { n, reason: "the sale was in 2019", set_aside: expect.stringContaining("D3") },
  ]);
  expect(await sound()).toEqual([]);
  await engine.ask("bundle", { out: at("resolved.zip") });
  expect(await sound(at("resolved.zip"))).toEqual([]);
  await engine.ask("reopenConflict", { n, reason: "it was not" });
  expect(await found()).toBe(before);
  expect((await conflict("apps with two owners at once")).key).toBe(key);
}, 60_000);

test("a row that an import changes is another: what was decided of it holds no more", async () => {
  const { key } = await conflict("apps with two owners at once");
  await engine.ask("resolveConflict", { conflict: key, use: 1, reason: "the sale was in 2019" });
  fs.writeFileSync(at("more.csv"), "app,app_name,developer_id,owned_from,owned_until\na2,Two (sold),D3,2018-01-01,\n");
  await engine.ask("registry", { files: [at("more.csv")] });
  expect(await obtained()).toMatchObject({ D3: 1 });
  expect((await conflict("apps with two owners at once")).key).not.toBe(key);
});

test("what is no choice between rows is kept as it is; a grant that was never held can be set aside", async () => {
  const stranger = await conflict("apps of the logs that nobody registered");
  await expect(engine.ask("resolveConflict", { conflict: stranger.key, use: 1, reason: "x" })).rejects.toThrow(
    /not between rows/u,
  );
  await engine.ask("resolveConflict", { conflict: stranger.key, reason: "asked the platform" });
  const grant = await conflict("grants that end before they begin");
  await expect(engine.ask("resolveConflict", { conflict: grant.key, use: 2, reason: "x" })).rejects.toThrow(
    /no row 2/u,
  );
  await engine.ask("resolveConflict", { conflict: grant.key, use: 0, reason: "a slip of the pen" });
  expect((await conflicts()).groups.map(({ kind }) => kind)).not.toContain("grants that end before they begin");
  expect(await sound()).toEqual([]);
});

test("changed by no act, a join is found by verify", async () => {
  caseFile.db.prepare("update developer_join set reason = 'another' where id = 1").run();
  const [fault] = await sound();
  expect(fault?.detail).toContain("the join 1 of two developers is not what act");
});

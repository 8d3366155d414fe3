import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bundleChanges } from "../../../../main/bundle/verify/bundle-changes.ts";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { openCase } from "../../../../main/case/case.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../../intake/imported.ts";
import { POLICY, write } from "../fixture.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const HEAD = "time,app,api,status,fields\n";
const row = (day: number, app: string) => `2018-04-0${day}T10:00:00Z,${app},groups,200,name\n`;

/** Opens a case folder, lets something be done with it, and closes it. */
async function working(caseFolder: string, work: (engine: Engine) => Promise<unknown>): Promise<void> {
  const caseFile = openCase(caseFolder, "write");
  await work(new Engine(caseFile));
  caseFile.close();
}

beforeAll(async () => {
  const caseFile = newCase();
  await imported(HEAD + row(5, "a1") + row(6, "a2"), { name: "first.csv", caseFile });
  write(folder, {
    "apps.csv": "app,app_name,developer_id\na1,One,D1\na2,Two,D2\na3,Three,D3\n",
    "policy.json": JSON.stringify(POLICY),
    "second.csv": HEAD + row(7, "a3"),
  });
  const engine = new Engine(caseFile);
  await engine.ask("registry", { files: [at("apps.csv")] });
  await engine.ask("policy", { file: at("policy.json") });
  caseFile.close();
  const backup = at("backup");
  fs.cpSync(caseFile.folder, backup, { recursive: true });
  await working(caseFile.folder, (it) => it.ask("bundle", { out: at("first.zip") }));
  await working(caseFile.folder, async (it) => {
    await it.ask("finding", { developer: "D1", disposition: "dismissed", reason: "a test account" });
    await it.ask("import", { files: [at("second.csv")] });
    await it.ask("bundle", { out: at("second.zip") });
    await it.ask("bundle", { out: at("dossier.zip"), developer: "D2" });
  });
  // Another life of the case, from a copy made before its first bundle.
  await working(backup, async (it) => {
    await it.ask("finding", { developer: "D1", disposition: "confirmed", reason: "no test account" });
    await it.ask("bundle", { out: at("forked.zip") });
  });
});

const after = async (now: string, old: string) =>
  (await verify(at(now), { after: at(old) })).checks.find(({ check }) => check === "after");

test("without an older bundle the check does not apply", async () => {
  const { checks } = await verify(at("second.zip"));
  expect(checks.at(-1)).toMatchObject({ check: "after", ok: null, code: "after-none" });
});

test("a bundle after an older one: its acts are the first, its seal is there, and what changed is listed", async () => {
  const said = await after("second.zip", "first.zip");
  expect(said).toMatchObject({ ok: true, how: "compared", code: "after-follows" });
  expect(said?.detail).toMatch(
    /^the 6 acts of test-1 \(number 1\) are the first of this one, and act 7 holds its tag manifest; since then: /u,
  );
  expect(said?.detail).toContain("sources added: 2 (second.csv), 1 events");
  expect(said?.detail).toContain("findings of members: D1 open → dismissed, D3 is new, obtained");
  expect(said?.detail).toContain("decisions added: D1 (members) dismissed: a test account");
  expect(said?.detail).toContain("counts: events 2 → 3, members.obtained.developers 2 → 3");
});

test("the same bundle, as a folder too; and the two the wrong way round", async () => {
  expect(await after("first.zip", "first.zip")).toMatchObject({ ok: true, code: "after-same" });
  expect(await after("first.zip", "second.zip")).toMatchObject({
    ok: false,
    detail: expect.stringMatching(
      /^test-2 \(number 2\) is the later one: it has \d+ acts, of which the 6 of this bundle are the first/u,
    ),
  });
});

test("a case that was continued twice is a fork, named at the act where the chains part, and what is otherwise is listed", async () => {
  for (const [now, old] of [
    ["forked.zip", "first.zip"],
    ["second.zip", "forked.zip"],
  ] as const) {
    const said = await after(now, old);
    expect(said).toMatchObject({ ok: false, code: "after-differs" });
    expect(said?.detail).toMatch(
      /^a fork: the chains part at act 6, which is [a-z]+ of 20\S+ by .* here and [a-z]+ of /u,
    );
    expect(said?.detail).toMatch(/; between the two: .*D1 /u);
  }
});

test("a dossier after an older bundle: acts that stand as their digests are compared by these", async () => {
  expect(await after("dossier.zip", "first.zip")).toMatchObject({ ok: true, how: "compared", code: "after-follows" });
  expect(await after("dossier.zip", "forked.zip")).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/^a fork: the chains part at act 6, which is bundle of .* here and finding of /u),
  });
});

test("an older bundle of another case, a broken one, and one that is none", async () => {
  const caseFile = newCase();
  await imported(HEAD + row(5, "a1"), { name: "other.csv", caseFile });
  await new Engine(caseFile).ask("bundle", { out: at("other.zip") });
  caseFile.close();
  expect(await after("second.zip", "other.zip")).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/it is of another case/u),
  });
  const bytes = fs.readFileSync(at("first.zip"));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
  fs.writeFileSync(at("broken.zip"), bytes);
  expect(await after("second.zip", "broken.zip")).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/^the older bundle cannot be compared: it is not intact: /u),
  });
  await expect(verify(at("second.zip"), { after: at("nothing.zip") })).resolves.toMatchObject({ ok: false });
});

test("two bundles held against each other: a finding that is new, one that was decided, and no more", async () => {
  const found = await bundleChanges(at("first.zip"), at("second.zip"));
  expect(found).toMatchObject({ before: "test-1", after: "test-2", no_longer_hold: [], claims: [], remedy: [] });
  expect(found.findings.map(({ developer_id: id, change, differs }) => [id, change, differs])).toEqual([
    ["D1", "decision", ["status"]],
    ["D3", "new", []],
  ]);
  expect(found.rules).toMatchObject([
    {
      rule: "members",
      in: ["D3"],
      out: [],
      before: { obtained: { developers: 2 } },
      after: { obtained: { developers: 3 } },
    },
  ]);
  fs.writeFileSync(at("broken.zip"), fs.readFileSync(at("second.zip")).subarray(0, -40));
  await expect(bundleChanges(at("first.zip"), at("broken.zip"))).rejects.toThrow(/broken\.zip is not intact/u);
});

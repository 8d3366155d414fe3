import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import type { Case } from "../../../main/case/case.ts";
import { Engine } from "../../../main/engine/engine.ts";
import type { Remedy } from "../../../shared/model/accountability/remedy.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { imported } from "../intake/imported.ts";
import { POLICY, privateKeyText, write } from "./fixture.ts";
import { forged, type Payload, unpacked } from "./signed-bundle.ts";

const CERTIFICATE = "All of it is deleted.\n";
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
let caseFile: Case;
let engine: Engine;
let root: string;

/** Calls before and after as_of, of developers whom the registry names and of one whom only another call of its app does. */
beforeAll(async () => {
  caseFile = newCase();
  engine = new Engine(caseFile);
  const log = [
    "time,app,developer,api,status,fields",
    "2019-07-31T10:00:00Z,a1,,groups,200,name",
    "2019-08-04T10:00:00Z,a1,,groups,200,name",
    "2019-11-20T10:00:00Z,a1,,groups,200,name",
    "2019-11-21T10:00:00Z,a1,,events,200,name",
    "2017-01-01T10:00:00Z,a2,Brisk,events,200,name",
    "2019-08-04T10:00:00Z,a3,,groups,200,id",
  ];
  await imported(`${log.join("\n")}\n`, { caseFile });
  const key = privateKeyText(Buffer.alloc(32, 5));
  write(folder, {
    "apps.csv": "app,app_name,developer_id,developer\na1,One,D1,Acme Social\n",
    "grants.csv": "app,permission,granted_at,revoked_at\na2,members,2016-01-01,2018-01-01\na2,members,2020-01-01,\n",
    "policy.json": JSON.stringify(POLICY),
    "Certificate of Acme.pdf": CERTIFICATE,
    key,
  });
  await engine.ask("registry", { files: [at("apps.csv"), at("grants.csv")] });
  await engine.ask("policy", { file: at("policy.json") });
  const step = (step: string, on: string, developer = "D1") => ({ step, on, developer });
  await engine.ask("addSteps", { steps: [step("revoked", "2019-08-01"), step("revoked", "2019-08-01", "name:Brisk")] });
  await engine.ask("addSteps", {
    steps: [{ ...step("certified", "2019-08-02"), by: "its director", note: "by mail" }],
    files: [at("Certificate of Acme.pdf")],
  });
  await engine.ask("addSteps", { steps: [{ step: "audited", due: "2019-11-29", developer: "D1" }] });
  await engine.ask("addSteps", { steps: [step("closed", "2019-09-01")] });
  await engine.ask("takeBackStep", { n: 5, reason: "too early" });
  const { name } = await engine.ask("bundle", { out: at("bundle.zip"), key: at("key") });
  root = await unpacked(at("bundle.zip"), at(name));
}, 60_000);

const checksOf = async (bundle: string) => (await verify(bundle, { recompute: true })).checks;
const read = (name: string) => fs.readFileSync(path.join(root, "data", name), "utf8");

test("the report names whom the page names: revoked by the steps recorded, and who called after that", () => {
  const parts = unzipSync(fs.readFileSync(path.join(root, "data", "report.docx")));
  const words = Buffer.from(parts["word/document.xml"] as Uint8Array)
    .toString()
    .replace(/<[^>]+>/gu, "");
  const page = read("index.html").replace(/<[^>]+>/gu, "");
  expect(page).toMatch(/1 called after they were revoked:\s+Acme Social\s/u);
  expect(words).toContain("After their revocation called successfully: Acme Social (revoked 2019-08-01).");
});

test("a bundle has the steps as the command prints them, the files, and the calls that no level judges", async () => {
  expect((await checksOf(root)).filter(({ ok }) => ok === false)).toEqual([]);
  const about = JSON.parse(read("extract/bundle.json"));
  const remedy = JSON.parse(read("extract/remedy.json")) as Remedy;
  expect(remedy).toEqual(await engine.ask("remedy", { at: about.at }));
  expect(remedy.rules[0]?.developers.find(({ developer_id }) => developer_id === "name:Brisk")?.entries).toMatchObject([
    { n: 2, against: [{ kind: "grant" }] },
  ]);
  expect(remedy.rules[0]?.developers.find(({ developer_id }) => developer_id === "D1")).toMatchObject({
    state: "certified",
    overdue: ["audited"],
    entries: [
      {
        n: 1,
        against: [
          { kind: "calls", events: 1 },
          { kind: "later", events: 1 },
        ],
      },
      { n: 3, against: [{ kind: "calls", events: 1 }, { kind: "later", events: 1 }, { kind: "missing" }] },
      { n: 4, due: "2019-11-29", against: [] },
      { n: 5, against: [], taken_back: "too early" },
    ],
  });
  expect(read("attachments/3-1-certificate-of-acme.pdf")).toBe(CERTIFICATE);
  expect(about.selected).toContainEqual({
    why: "they speak against remedy entry 1, and no level judges them",
    filter: "developer:D1 api:(groups) not caller:service time>=2019-11-06T00:00:00Z",
    events: 1,
  });
  const events = read("extract/events.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).time);
  expect(events).toContain("2019-11-20T10:00:00Z");
  expect(events).not.toContain("2019-11-21T10:00:00Z");
  const { rules } = JSON.parse(read("extract/findings.json"));
  expect(rules[0].developers[0].remedy.map(({ step }: { step: string }) => step)).toEqual(["revoked", "certified"]);
});

// biome-ignore-start lint/suspicious/noExplicitAny: the table changes what it likes.
// biome-ignore-start lint/suspicious/useIterableCallbackReturn: as above.
describe("what is changed in it is named", () => {
  const remedy = (change: (entries: any[], document: any) => void) => (it: Payload) =>
    it.json("extract/remedy.json", (document) =>
      change(
        document.rules[0].developers.flatMap((row: { entries: object[] }) => row.entries),
        document,
      ),
    );
  /** The acts too, as its own maker could. */
  const all = (change: (entry: any) => void) => (it: Payload) => {
    it.acts((acts) => {
      for (const { detail } of acts) detail.entries?.filter(({ n }: { n: number }) => n === 3).forEach(change);
      return acts;
    });
    remedy((entries) => entries.filter(({ n }) => n === 3).forEach(change))(it);
  };
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

  test.each<[string, (it: Payload) => void, string, RegExp]>([
    [
      "the day of a step",
      remedy((entries) => (entries.find(({ n }) => n === 3).on = "2019-08-05")),
      "custody",
      /entry 3: on is "2019-08-05", worked out "2019-08-02" from act \d+ \(remedy\)/u,
    ],
    [
      "whose it is",
      remedy(
        (_, document) => (document.rules[0].developers.find((row: any) => row.entries.length > 1).developer_id = "D2"),
      ),
      "custody",
      /entry 1: developer is "D2"/u,
    ],
    [
      "a step left out",
      remedy((_, document) =>
        document.rules[0].developers.forEach((row: any) => (row.entries = row.entries.filter(({ n }: any) => n !== 4))),
      ),
      "custody",
      /lacks entry 4, which act/u,
    ],
    [
      "a step added",
      remedy((_, document) =>
        document.rules[0].developers[0].entries.push({
          n: 9,
          step: "closed",
          on: "2019-01-01",
          files: [],
          against: [],
        }),
      ),
      "custody",
      /entry 9 has no act/u,
    ],
    [
      "one that counts again",
      remedy((entries) => delete entries.find(({ n }) => n === 5).taken_back),
      "custody",
      /entry 5 is not taken back as act/u,
    ],
    [
      "one that was never taken back",
      remedy((entries) => (entries[0].taken_back = "no")),
      "custody",
      /is taken back by no act/u,
    ],
    [
      "another file",
      (it) => it.text("attachments/3-1-certificate-of-acme.pdf", () => "Nothing is deleted.\n"),
      "custody",
      /3-1-certificate-of-acme\.pdf .* is not the file/u,
    ],
    [
      "no file",
      (it) => it.remove("attachments/3-1-certificate-of-acme.pdf"),
      "custody",
      /certificate-of-acme\.pdf .*is not there/u,
    ],
    [
      "a file more",
      (it) => it.add("attachments/3-2-more.pdf", "x"),
      "custody",
      /no entry of remedy\.json has such a file/u,
    ],
    ["all of it", (it) => it.remove("extract/remedy.json"), "custody", /lacks entry 1/u],
    [
      "what speaks against a step",
      remedy((entries) => (entries[0].against = [])),
      "recompute",
      /remedy\.json: .*against has 0 items/u,
    ],
    [
      "how far it is",
      remedy((_, document) => (document.rules[0].developers[0].state = "closed")),
      "recompute",
      /state is "closed"/u,
    ],
    [
      "what is overdue",
      remedy((_, document) => (document.rules[0].developers[0].overdue = [])),
      "recompute",
      /overdue/u,
    ],
    [
      "a step after the bundle, in the acts too",
      all((entry) => (entry.on = "2099-01-01")),
      "dates",
      /entry 3 \(certified\) is dated 2099-01-01, after the bundle/u,
    ],
    [
      "the time that it is of",
      remedy((_, document) => (document.at = "2019-01-01T00:00:00Z")),
      "dates",
      /remedy\.json is of 2019-01-01/u,
    ],
  ])("%s", async (_, change, check, says) => {
    const checks = await checksOf(await forged(root, change));
    const named = checks.find((each) => each.check === check);
    expect(named, JSON.stringify(checks)).toMatchObject({ ok: false });
    expect(named?.detail).toMatch(says);
  });

  test("a certificate that was replaced in evidence is not handed over", async () => {
    const kept = path.join(caseFile.evidence, sha256(CERTIFICATE));
    fs.chmodSync(kept, 0o644);
    fs.writeFileSync(kept, "another\n");
    await expect(engine.ask("bundle", { out: at("second.zip") })).rejects.toThrow(/is not what was attached/u);
    expect((await verify(caseFile.folder)).checks.find(({ check }) => check === "manifest")).toMatchObject({
      ok: false,
      detail: expect.stringContaining("Certificate of Acme.pdf, a file of a remedy entry, was changed in evidence"),
    });
  });
});
// biome-ignore-end lint/suspicious/noExplicitAny: as above.
// biome-ignore-end lint/suspicious/useIterableCallbackReturn: as above.

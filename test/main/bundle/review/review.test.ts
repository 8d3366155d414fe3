import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parsePrivateKey } from "../../../../main/bundle/signature/ssh-key.ts";
import { REVIEW_NAMESPACE, signMessage } from "../../../../main/bundle/signature/ssh-signature.ts";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { openCase } from "../../../../main/case/case.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../../intake/imported.ts";
import { hasTool, POLICY, privateKeyText, run, write } from "../fixture.ts";

const HEAD = "time,app,api,status,fields\n";
const row = (day: number, app: string) => `2018-04-0${day}T10:00:00Z,${app},groups,200,name\n`;
const LOG = HEAD + row(5, "a1") + row(6, "a2") + row(7, "a2");
const AUTHOR = "J. Okafor <j@counsel.example>";
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const key = parsePrivateKey(privateKeyText(Buffer.alloc(32, 9)));
const finding = (developer_id: string) => ({ rule: "members", developer_id });

let caseFolder: string;
let sha256: string;
let name: string;
beforeAll(async () => {
  write(folder, {
    "apps.csv": "app,app_name,developer_id\na1,One,D1\na2,Two,D2\n",
    "policy.json": JSON.stringify(POLICY),
    "other.csv": HEAD + row(9, "a2"),
  });
  const made = await handed("before.zip", async (engine) => {
    await engine.ask("finding", { developer: "D2", disposition: "confirmed", reason: "seen" });
    await engine.ask("tag", { filter: "app:a1", tag: "seen", note: "both of them" });
  });
  ({ sha256, name, caseFolder } = made);
});

/** A case of the log with policy and registry, and its bundle; closed. */
async function handed(zip: string, work: (engine: Engine) => Promise<unknown>) {
  const caseFile = newCase();
  await imported(LOG, { name: "log.csv", caseFile });
  const engine = new Engine(caseFile);
  await engine.ask("registry", { files: [at("apps.csv")] });
  await engine.ask("policy", { file: at("policy.json") });
  await work(engine);
  const bundle = await engine.ask("bundle", { out: at(zip) });
  caseFile.close();
  return { caseFolder: caseFile.folder, ...bundle };
}

const call = (line: number, offset: number) => ({ event: line - 1, source: 1, line, offset });
const offsetOf = (text: string) => Buffer.byteLength(LOG.slice(0, LOG.indexOf(text)));
const ACTS = () => [
  { act: "confirm", finding: finding("D1"), text: "Seen in the lines." },
  { act: "dispute", finding: finding("D2"), text: "A test account." },
  { act: "comment", finding: finding("D1"), text: "Ask them." },
  { act: "comment", calls: [call(3, offsetOf(row(6, "a2")))], text: "Same page twice?" },
  { act: "tag", calls: [call(2, offsetOf(row(5, "a1"))), call(4, offsetOf(row(7, "a2")))], tag: "Seen" },
  { act: "tag", calls: [call(2, offsetOf(row(5, "a1")))], tag: "SEEN" },
  { act: "comment", calls: [{ source: 1, line: 2, offset: 3 }], text: "no such place" },
  { act: "confirm", finding: finding("D9"), text: "nobody" },
];
const review = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  schema: "exhibit/review@1",
  bundle: { name, tagmanifest_sha256: sha256 },
  author: AUTHOR,
  at: "2019-12-07T16:20:00Z",
  acts: ACTS(),
  ...more,
});

/** A copy of the case in which a test may act. */
async function inCase<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const copy = path.join(temporaryFolder(), "case");
  fs.cpSync(caseFolder, copy, { recursive: true });
  const caseFile = openCase(copy, "write");
  try {
    return await work(new Engine(caseFile));
  } finally {
    caseFile.close();
  }
}

function file(document: unknown): string {
  const target = path.join(temporaryFolder(), "okafor.review.json");
  fs.writeFileSync(target, typeof document === "string" ? document : JSON.stringify(document));
  return target;
}

const states = (acts: readonly { state: string }[]) => acts.map(({ state }) => state);

test("a review shows each of its acts beside what the case has, and takes nothing in", () =>
  inCase(async (engine) => {
    const before = (await engine.ask("custody", {})).entries;
    const report = await engine.ask("reviewFile", { file: file(review()) });
    expect(states(report.acts)).toEqual(["new", "differs", "new", "new", "new", "here", "lost", "lost"]);
    expect(report.acts[1]).toMatchObject({ says: "A test account.", here: expect.stringContaining("confirmed") });
    expect(report).toMatchObject({ bundle: name, author: AUTHOR });
    expect((await engine.ask("custody", {})).entries).toBe(before);
  }));

test("what is new is taken in under its author's name, an act of custody each, and once", () =>
  inCase(async (engine) => {
    const target = file(review());
    const { seen } = await engine.ask("reviewFile", { file: target });
    const { taken } = await engine.ask("takeReview", { file: target, seen, reason: "Review of counsel" });
    expect(taken).toBe(4);
    const lines = engine.caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[];
    const acts = lines.map((line) => JSON.parse(line)).slice(-5);
    expect(acts.map(({ act, by }) => [act, by])).toEqual([
      ["review taken", "T <t@example.org>"],
      ["review", AUTHOR],
      ["review", AUTHOR],
      ["note", AUTHOR],
      ["tag", AUTHOR],
    ]);
    expect(acts.map(({ detail }) => detail.review?.n)).toEqual([undefined, 1, 3, 4, 5]);
    const { reviews } = await engine.ask("reviews", {});
    expect(reviews.map(({ stance, reason }) => [stance, reason])).toEqual([
      ["agrees", "Seen in the lines."],
      ["comments", "Ask them."],
    ]);
    const again = await engine.ask("takeReview", { file: target });
    expect([states(again.acts).filter((state) => state === "new").length, again.taken]).toEqual([0, 0]);
    await engine.ask("takeReview", { file: target, only: [2] });
    const [d2] = (await engine.ask("findings", { developer: "D2" })).rules[0]?.developers ?? [];
    expect(d2?.status).toBe("confirmed");
    const out = path.join(temporaryFolder(), "after.zip");
    await engine.ask("bundle", { out });
    expect((await verify(out, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
    expect((await verify(engine.caseFile.folder)).checks.filter(({ ok }) => ok === false)).toEqual([]);
  }));

test("what was compared must still be so when it is taken in", () =>
  inCase(async (engine) => {
    const target = file(review());
    const { seen } = await engine.ask("reviewFile", { file: target });
    await engine.ask("finding", { developer: "D1", disposition: "dismissed", reason: "a mistake" });
    await expect(engine.ask("takeReview", { file: target, seen })).rejects.toMatchObject({ code: "selection-changed" });
  }));

test("a signed review names its key, and one that was changed after it was signed is refused", () =>
  inCase(async (engine) => {
    const target = file(review());
    fs.writeFileSync(`${target}.sig`, signMessage(key, fs.readFileSync(target), REVIEW_NAMESPACE));
    expect((await engine.ask("reviewFile", { file: target })).signed_by).toBe(key.publicKey.fingerprint);
    fs.writeFileSync(target, fs.readFileSync(target, "utf8").replace("Ask them.", "Pay them."));
    await expect(engine.ask("takeReview", { file: target })).rejects.toMatchObject({
      code: "review-wrong",
      what: "The review file okafor.review.json was changed after it was signed",
    });
    fs.writeFileSync(`${target}.sig`, signMessage(key, fs.readFileSync(target)));
    await expect(engine.ask("reviewFile", { file: target })).rejects.toMatchObject({ code: "review-wrong" });
  }));

test.skipIf(!hasTool("ssh-keygen", "-?"))("ssh-keygen signs a review", () =>
  inCase(async (engine) => {
    const target = file(review());
    const secret = at("reviewer");
    fs.writeFileSync(secret, privateKeyText(Buffer.alloc(32, 9)), { mode: 0o600 });
    run("ssh-keygen", ["-Y", "sign", "-n", REVIEW_NAMESPACE, "-f", secret, target]);
    expect((await engine.ask("reviewFile", { file: target })).signed_by).toBe(key.publicKey.fingerprint);
  }),
);

describe("refused whole, with one sentence, and the case stays as it is:", () => {
  const deep = `{"schema":"exhibit/review@1","acts":${"[".repeat(300_000)}${"]".repeat(300_000)}}`;
  const cases: readonly [why: string, document: () => unknown, says: RegExp][] = [
    [
      "another bundle",
      () => review({ bundle: { name, tagmanifest_sha256: "0".repeat(64) } }),
      /which this case never made/,
    ],
    [
      "another name for it",
      () => review({ bundle: { name: "orbit-2", tagmanifest_sha256: sha256 } }),
      /calls its bundle orbit-2/,
    ],
    ["no JSON", () => "{", /not valid JSON/],
    ["a key twice", () => JSON.stringify(review()).replace('"author"', '"author":"x","author"'), /twice/],
    ["an unknown key", () => review({ verdict: "guilty" }), /unknown key "verdict"/],
    ["an unknown act", () => review({ acts: [{ act: "delete" }] }), /act must be/],
    [
      "a comment on both",
      () => review({ acts: [{ ...ACTS()[2], calls: ACTS()[3]?.calls }] }),
      /on a finding or on calls/,
    ],
    ["an author of control characters", () => review({ author: "J\u0007" }), /control characters/],
    ["no author", () => review({ author: " " }), /author: is empty/],
    ["too many acts", () => review({ acts: new Array(2001).fill(ACTS()[0]) }), /more than 2000 acts/],
    [
      "too many calls",
      () => review({ acts: new Array(2).fill({ ...ACTS()[4], calls: new Array(60_000).fill(call(2, 1)) }) }),
      /120000 calls/,
    ],
    ["8 MiB and more", () => " ".repeat((8 << 20) + 1), /no more than/],
    ["lists without end", () => deep, /./],
    ["the examiner's own name", () => review({ author: "t" }), /is the examiner of this case/],
    ["no time", () => review({ at: "soon" }), /at: /],
  ];
  test.each(cases)("%s", (_, document, says) =>
    inCase(async (engine) => {
      const before = (await engine.ask("custody", {})).entries;
      const refused = await engine.ask("takeReview", { file: file(document()) }).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: expect.stringMatching(/review-wrong|usage/u),
        what: expect.stringMatching(says),
      });
      expect((await engine.ask("custody", {})).entries).toBe(before);
    }),
  );

  test.skipIf(process.platform === "win32")("a device is never read", () =>
    inCase(async (engine) => {
      await expect(engine.ask("reviewFile", { file: "/dev/zero" })).rejects.toMatchObject({ code: "review-wrong" });
    }),
  );
});

test("hostile text of a review stays text", () =>
  inCase(async (engine) => {
    const text = "=HYPERLINK(0)<script>alert(1)</script>\u202e";
    const target = file(review({ acts: [{ act: "comment", calls: ACTS()[3]?.calls, text }] }));
    await engine.ask("takeReview", { file: target });
    const out = path.join(temporaryFolder(), "hostile.zip");
    await engine.ask("bundle", { out });
    expect((await verify(out)).checks.filter(({ ok }) => ok === false)).toEqual([]);
  }));

describe("a bundle of another case", () => {
  test("brings its decisions, tags and notes, with where they come from", async () => {
    const other = await handed("other.zip", async () => {});
    const caseFile = openCase(other.caseFolder, "write");
    const engine = new Engine(caseFile);
    const report = await engine.ask("takeReview", { file: at("before.zip"), reason: "the same log" });
    expect(report.acts.map(({ act, about, state }) => [act, about, state])).toEqual([
      ["decide", "D2, members", "new"],
      ["tag", "call 1 (source 1, line 2)", "new"],
      ["comment", "call 1 (source 1, line 2)", "new"],
    ]);
    expect(report.taken).toBe(3);
    const lines = caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[];
    expect(JSON.parse(lines.at(-4) as string)).toMatchObject({
      act: "review taken",
      detail: { kind: "bundle", bundle: name, tagmanifest_sha256: sha256, taken: [1, 2, 3] },
    });
    const [d2] = (await engine.ask("findings", { developer: "D2" })).rules[0]?.developers ?? [];
    expect(d2?.status).toBe("confirmed");
    expect((await verify(caseFile.folder)).checks.filter(({ ok }) => ok === false)).toEqual([]);
    caseFile.close();
  });

  test("that is not intact says nothing", () =>
    inCase(async (engine) => {
      const broken = path.join(temporaryFolder(), "broken.zip");
      const bytes = fs.readFileSync(at("before.zip"));
      const where = bytes.indexOf("both of them");
      bytes[where] = (bytes[where] as number) ^ 1;
      fs.writeFileSync(broken, bytes);
      await expect(engine.ask("reviewFile", { file: broken })).rejects.toMatchObject({
        code: "review-wrong",
        what: expect.stringContaining("is not intact"),
      });
    }));
});

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { custodyLines } from "../../../main/custody/case-chain.ts";
import { exhibit } from "../../exhibit.ts";
import { type Incident, openIncident } from "../../incident.ts";
import { temporaryFolder } from "../../temporary.ts";

const folder = temporaryFolder();
const zip = path.join(folder, "bundle.zip");
let incident: Incident;
let root: string;

const has = (tool: string) => spawnSync(tool, ["--version"]).error === undefined;
const failed = async (target: string, recompute = true) =>
  (await verify(target, { recompute })).checks.filter((check) => check.ok === false);

/** The bundle's folder, fresh. */
function unpacked(name: string): string {
  const target = path.join(folder, name);
  fs.cpSync(root, target, { recursive: true });
  return target;
}

beforeAll(async () => {
  incident = await openIncident(2000, 5);
  const [first, second] = (await incident.engine.ask("findings", {})).rules[0]?.developers ?? [];
  await incident.engine.ask("finding", {
    developer: first?.developer_id ?? "",
    disposition: "confirmed",
    reason: "seen",
  });
  await incident.engine.ask("finding", {
    developer: second?.developer_id ?? "",
    disposition: "dismissed",
    reason: "a test account",
  });
  await incident.engine.ask("tag", { filter: "api:events time:2018-07", tag: "context", note: "for comparison" });
  const reply = await incident.engine.ask("bundle", { out: zip, originals: true });
  const out = path.join(folder, "out");
  fs.mkdirSync(out);
  const { openContainer } = await import("../../../main/bundle/verify/bag/open-zip.ts");
  const container = await openContainer(zip);
  for (const name of container.files?.sizes.keys() ?? []) {
    const file = path.join(out, reply.name, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const pieces: Buffer[] = [];
    for await (const chunk of container.files?.read(name) ?? []) pieces.push(Buffer.from(chunk));
    fs.writeFileSync(file, Buffer.concat(pieces));
  }
  await container.close();
  root = path.join(out, reply.name);
});
afterAll(() => incident.engine.caseFile.close());

test("a fresh bundle verifies, zip and folder, numbers worked out anew", async () => {
  expect(await failed(zip)).toEqual([]);
  expect(await failed(root)).toEqual([]);
  expect(await failed(incident.engine.caseFile.folder)).toEqual([]);
});

test("what it holds is what the commands print", () => {
  const extract = (name: string) => fs.readFileSync(path.join(root, "data/extract", name), "utf8");
  const place = incident.engine.caseFile.folder;
  expect(JSON.parse(extract("findings.json"))).toEqual(exhibit("findings", place, "--json").json());
  expect(JSON.parse(extract("claims.json"))).toEqual(exhibit("claims", place, "--json").json());
  const { selected } = JSON.parse(extract("bundle.json")) as { selected: { why: string; filter: string }[] };
  const filters = selected.map((reason) => reason.filter);
  expect(filters).toEqual(expect.arrayContaining(["level:attempted+", "outcome:denied", "tag:*", "note:*"]));
  // beside those: the calls that leave claims open, and a call for each value that claims name
  const others = selected.filter(({ why }) => why.includes("claim"));
  expect(filters.length - others.length).toBe(4);
  const filter = filters.map((each) => `(${each})`).join(" or ");
  expect(extract("events.jsonl")).toBe(exhibit("query", place, filter, "--format", "jsonl").out);
});

test("the same case state, choices and time give the same bundle, also from a copy of the case in another zone", () => {
  const copy = path.join(folder, "copy");
  const twin = path.join(folder, "twin");
  incident.engine.caseFile.db.pragma("wal_checkpoint");
  for (const target of [copy, twin])
    fs.cpSync(incident.engine.caseFile.folder, target, {
      recursive: true,
      filter: (source) => !/lock(\.json)?$/u.test(source),
    });
  const at = new Date().toISOString();
  const make = (place: string, out: string) =>
    exhibit("bundle", place, "--out", path.join(folder, out), "--at", at, "--unchecked", "--json").json<{
      sha256: string;
      name: string;
    }>();
  const [a, b] = [make(copy, "a.zip"), make(twin, "b.zip")];
  expect(a.sha256).toBe(b.sha256);
  expect(fs.readFileSync(path.join(folder, "a.zip")).equals(fs.readFileSync(path.join(folder, "b.zip")))).toBe(true);
});

test("a bundle dated before the case's last act, or after the clock, is refused; the second of the last act is not", async () => {
  const { engine } = incident;
  const { at } = JSON.parse([...custodyLines(engine.caseFile)].at(-1) ?? "") as { at: string };
  const out = path.join(folder, "dated.zip");
  const shifted = (seconds: number) => new Date(Math.floor(Date.parse(at) / 1000 + seconds) * 1000).toISOString();
  const bundle = (time: string) => engine.ask("bundle", { out, at: time });
  await expect(bundle(shifted(-1))).rejects.toMatchObject({
    code: "usage",
    what: expect.stringContaining("before the last act"),
  });
  await expect(bundle(shifted(3600 * 24))).rejects.toMatchObject({
    code: "usage",
    what: expect.stringContaining("after this computer's clock"),
  });
  expect(fs.existsSync(out)).toBe(false);
  expect(await bundle(shifted(0))).toMatchObject({ bundle: out });
  expect(await failed(out)).toEqual([]);
});

test("any byte changed: verify says no and names the file, or for the envelope the entry", async () => {
  const bytes = fs.readFileSync(zip);
  const target = path.join(folder, "flipped.zip");
  for (let round = 0; round < 6; round += 1) {
    const at = Math.floor(((round * 0.618_033_988_75) % 1) * bytes.length);
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ (1 << (round % 8));
    fs.writeFileSync(target, flipped);
    const wrong = await failed(target, false);
    expect(wrong.length, `byte ${at}`).toBeGreaterThan(0);
    expect(wrong.map((check) => check.detail).join(), `byte ${at}`).toMatch(
      /data\/|bagit|bag-info|manifest|OPEN|VERIFY|entry|header|directory|end|zip/u,
    );
  }
});

describe("one fact changed and every digest made anew: --recompute names it", () => {
  /** What a careful forger does: change one file, then the manifests. The bundle is unsigned. */
  function forge(name: string, file: string, change: (text: string) => string): string {
    const target = unpacked(name);
    const victim = path.join(target, "data/extract", file);
    const before = fs.readFileSync(victim, "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    fs.writeFileSync(victim, after);
    const digest = (each: string) =>
      createHash("sha256")
        .update(fs.readFileSync(path.join(target, each)))
        .digest("hex");
    const redo = (manifest: string) => {
      const lines = fs
        .readFileSync(path.join(target, manifest), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => `${digest(line.slice(66))}  ${line.slice(66)}`);
      fs.writeFileSync(path.join(target, manifest), `${lines.join("\n")}\n`);
    };
    const info = path.join(target, "bag-info.txt");
    const size = (
      fs
        .readdirSync(path.join(target, "data"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile()) as fs.Dirent[]
    ).reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
    fs.writeFileSync(info, fs.readFileSync(info, "utf8").replace(/Payload-Oxum: \d+/u, `Payload-Oxum: ${size}`));
    redo("manifest-sha256.txt");
    redo("tagmanifest-sha256.txt");
    return target;
  }

  test.each<[string, string, (text: string) => string, RegExp]>([
    ["a status", "events.jsonl", (text) => text.replace('"status":200', '"status":201'), /events\.jsonl/u],
    ["a cell of the spreadsheet", "events.csv", (text) => text.replace(",denied,", ",allowed,"), /events\.csv/u],
    [
      "a grant's end",
      "registry.json",
      (text) =>
        text
          .replace(/"revoked_at": "2018/u, '"revoked_at": "2017')
          .replace(/"revoked_at": "2019-1/u, '"revoked_at": "2018-1'),
      /registry\.json|findings\.json/u,
    ],
    [
      "a consent's time",
      "registry.json",
      (text) => text.replace(/"given_at": "2018-0/u, '"given_at": "2017-0'),
      /registry\.json|findings\.json/u,
    ],
    [
      "a number of developers",
      "findings.json",
      (text) => text.replace(/"developers": 100/u, '"developers": 99'),
      /findings\.json: rules\[0\]\.totals\.entitled\.developers is 99, worked out 100/u,
    ],
    [
      "a verdict",
      "claims.json",
      (text) => text.replace('"verdict": "contradicted"', '"verdict": "supported"'),
      /claims\.json/u,
    ],
    ["an hour", "hours.csv", (text) => text.replace(/,(\d+),(\d+)\n$/u, ",9$1,$2\n"), /coverage|hours/u],
    [
      "the rule itself",
      "policy.json",
      (text) => text.replace("2018-04-04", "2018-06-04"),
      /policy\.json|findings\.json/u,
    ],
    ["an act", "custody.jsonl", (text) => text.replace('"act":"registry"', '"act":"policy"'), /custody\.jsonl/u],
    [
      "a reason",
      "bundle.json",
      (text) => text.replace('"disposition": "dismissed"', '"disposition": "confirmed"'),
      /findings\.json/u,
    ],
  ])("%s", async (name, file, change, named) => {
    const wrong = await failed(forge(name.replaceAll(" ", "-"), file, change));
    expect(wrong.map((check) => `${check.check}: ${check.detail}`).join("\n")).toMatch(named);
  });
});

test.skipIf(!has("sha256sum"))("stock tools verify it: sha256sum over both manifests", () => {
  for (const manifest of ["manifest-sha256.txt", "tagmanifest-sha256.txt"]) {
    const ran = spawnSync("sha256sum", ["-c", "--strict", "--quiet", manifest], { cwd: root, encoding: "utf8" });
    expect(ran.status, ran.stderr).toBe(0);
  }
});

test.skipIf(spawnSync("ssh-keygen", ["-?"]).error !== undefined)(
  "a signed bundle: VERIFY.txt's own lines, run as they stand",
  async () => {
    const key = path.join(folder, "key");
    spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "examiner@example.org", "-f", key]);
    const signed = path.join(folder, "signed.zip");
    const { name } = await incident.engine.ask("bundle", { out: signed, key });
    expect((await verify(signed, { signer: fs.readFileSync(`${key}.pub`, "utf8") })).ok).toBe(true);
    const out = path.join(folder, "signed");
    spawnSync("python3", [
      "-c",
      `import zipfile; zipfile.ZipFile(${JSON.stringify(signed)}).extractall(${JSON.stringify(out)})`,
    ]);
    const inside = path.join(out, name);
    const lines = fs
      .readFileSync(path.join(inside, "VERIFY.txt"), "utf8")
      .split("\n")
      .flatMap((line) => /^\s+\$ (.+)$/u.exec(line)?.[1] ?? []);
    const unix = lines.filter((line) => /sha256sum|ssh-keygen|printf|echo/u.test(line));
    expect(unix.some((line) => line.includes("sha256sum -c"))).toBe(true);
    expect(unix.some((line) => line.includes("ssh-keygen -Y"))).toBe(true);
    for (const line of unix) {
      const ran = spawnSync("bash", ["-c", line], { cwd: inside, encoding: "utf8" });
      expect(ran.status, `${line}\n${ran.stdout}${ran.stderr}`).toBe(0);
    }
  },
);

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect } from "vitest";
import { parsePrivateKey } from "../main/bundle/signature/ssh-key.ts";
import { type Case, openCase } from "../main/case/case.ts";
import { createCase } from "../main/case/create.ts";
import { verifyCustody } from "../main/custody/case-chain.ts";
import { Engine } from "../main/engine/engine.ts";
import { COMMANDS, type Command, DECISIONS, type Place } from "./kill-commands.ts";
import { privateKeyText } from "./main/bundle/fixture.ts";
import { tarOf } from "./main/evidence/archives/archive-makers.ts";
import { temporaryFolder } from "./temporary.ts";

const program = path.resolve(import.meta.dirname, "../main/exhibit.js");
const preload = path.resolve(import.meta.dirname, "kill-at.mjs");
const EXAMINER = "R. Vale <vale@example.org>";

const head = "time,app,actor,request_id,member_ids\n";
const logOf = (from: number, to: number): string =>
  head +
  Array.from({ length: to - from }, (_, k) => {
    const n = from + k;
    return `${new Date(1.5228e12 + n * 1000).toISOString()},a${n % 7},u${n % 11},r${n},p${n % 50}\n`;
  }).join("");

const FILES = {
  "one.csv": logOf(0, 300),
  "two.csv": logOf(250, 400),
  "three.csv": logOf(5000, 5100),
  "apps.csv": "app,developer_id\na1,D1\na2,D2\n",
  "developers.csv": "developer_id,developer\nD1,Acme\nD2,Orbit\n",
  "policy.json": JSON.stringify({
    schema: "exhibit/policy@1",
    rules: [{ id: "r", title: "R", effective_from: "2018-04-04" }],
  }),
  "claims.json": JSON.stringify({
    schema: "exhibit/claims@1",
    claims: [{ id: "c", text: "none", rule: "r", measure: "developers", level: "obtained", is: ">=", value: 1 }],
  }),
};

/** Tables whose rows say what is decided, who is who, and what counts. */
const TABLES = [
  "policy",
  "claims",
  "decision",
  "developer",
  "app",
  "registry_file",
  "source",
  "note",
  "act",
  "act_run",
  "acquisition",
  "remedy_entry",
  "remedy_file",
  "clocks",
  "fact",
  "developer_join",
];
/** What says when, and where the work is under way. */
const TIMES = new Set(["at", "began", "ended", "withdrawn_at", "taken_back_at", "undone", "checkpoint", "path", "id"]);

/** Runs a command that is killed at an act of its writing; 0: at none. Returns how many there were. */
async function run(args: readonly string[], at: number): Promise<number> {
  const counter = path.join(temporaryFolder(), "acts");
  const env = {
    ...process.env,
    NODE_OPTIONS: `--import ${JSON.stringify(preload)}`,
    EXHIBIT_KILL_AT: String(at),
    EXHIBIT_KILL_COUNTER: counter,
  };
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  child.stderr.on("data", (piece) => {
    said += String(piece);
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (at === 0) expect(code, said).toBe(0);
  return fs.statSync(counter).size;
}

/** Everything that a case answers from, and its acts but for their times. */
function stateOf({ db }: Case): string {
  const hash = createHash("sha256");
  const rows = db.prepare(
    "select json_array(e.source, e.line, e.time, e.app, e.actor, e.request_id, e.subjects, e.duplicate) from event e order by source, line",
  );
  for (const row of rows.pluck().iterate()) hash.update(String(row));
  for (const row of db.prepare("select json_array(tag, first, last) from tag_run").pluck().iterate())
    hash.update(String(row));
  for (const table of TABLES)
    for (const row of db.prepare(`select * from ${table} order by 1, 2`).all() as Record<string, unknown>[])
      hash.update(JSON.stringify(Object.entries(row).filter(([name]) => !TIMES.has(name))));
  return hash.digest("hex");
}
const actsOf = ({ db }: Case, act: string): number =>
  db.prepare("select count(*) from custody where entry ->> 'act' = ?").pluck().get(act) as number;

/** Names of what a killed run must not leave behind once the case was opened again. */
function leftIn(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    /(?:^|[\\/])(?:\.making-|part\.db|columns\.\d)|\.part$|\.making/u.test(name),
  );
}

async function makeBase(folder: string): Promise<string> {
  for (const [name, content] of Object.entries(FILES)) fs.writeFileSync(path.join(folder, name), content);
  fs.mkdirSync(path.join(folder, "small"));
  for (let n = 0; n < 6; n++)
    fs.writeFileSync(path.join(folder, "small", `${n}.csv.gz`), zlib.gzipSync(logOf(6000 + n * 9, 6010 + n * 9)));
  const members = [1, 2].map((n) => ({ name: `logs/${n}.csv`, data: logOf(n * 1000, n * 1000 + 100) }));
  fs.writeFileSync(path.join(folder, "logs.tgz"), zlib.gzipSync(tarOf(members)));
  const base = path.join(folder, "base");
  const caseFile = createCase(base, { title: "Kills", examiner: EXAMINER });
  const engine = new Engine(caseFile);
  const at = (name: string) => path.join(folder, name);
  expect((await engine.ask("import", { files: [at("one.csv"), at("three.csv")] })).failures).toEqual([]);
  await engine.ask("withdraw", { source: 2, reason: "not ours" });
  await engine.ask("registry", { files: [at("apps.csv")] });
  await engine.ask("policy", { file: at("policy.json") });
  await engine.ask("tag", { filter: "app:a1", tag: "first" });
  fs.writeFileSync(at("key.pub"), parsePrivateKey(privateKeyText(Buffer.alloc(32, 9))).publicKey.line);
  const bundle = await engine.ask("bundle", { out: at("reviewed.zip") });
  fs.writeFileSync(at("o.review.json"), reviewOf(bundle));
  await engine.ask("query", { filter: "" });
  caseFile.close();
  return base;
}

/** What somebody who read a bundle says of a finding and of a call. */
const reviewOf = ({ name, sha256 }: { name: string; sha256: string }): string =>
  JSON.stringify({
    schema: "exhibit/review@1",
    bundle: { name, tagmanifest_sha256: sha256 },
    author: "J. Okafor",
    at: "2019-12-07T16:20:00Z",
    acts: [
      { act: "dispute", finding: { rule: "r", developer_id: "D1" }, text: "A test account." },
      { act: "comment", finding: { rule: "r", developer_id: "D2" }, text: "Ask them." },
    ],
  });

/** A repeatable choice. */
export function randomOf(seed: number): (below: number) => number {
  let random = seed;
  return (below) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((random / 2_147_483_648) * below);
  };
}

/** All positions, or some of them: the first, the last, and what chance takes. */
function positionsOf(count: number, most: number, random: (below: number) => number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, k) => k + 1);
  const chosen = new Set<number>([count]);
  while (chosen.size < most) chosen.add(1 + random(count));
  return [...chosen].sort((a, b) => a - b);
}

/**
 * Kills every command that writes at acts of its writing: afterwards its effect is there whole and its act with it, or neither
 * is, nothing lies about, and the command goes through when it is given again.
 */
export async function killCommands(which: "logs" | "decisions", most: number, seed: number): Promise<void> {
  console.log(`kills by seed ${seed}`);
  const random = randomOf(seed);
  const folder = temporaryFolder();
  const base = await makeBase(folder);
  let number = 0;
  const placeOf = ({ isFirst }: Pick<Command, "isFirst">): Place => {
    number += 1;
    const place = {
      folder,
      case: path.join(folder, `case-${number}`),
      out: path.join(folder, `out-${number}`, "out"),
    };
    fs.cpSync(base, place.case, { recursive: true });
    fs.mkdirSync(path.dirname(place.out));
    if (isFirst) fs.rmSync(path.join(place.case, "cache"), { recursive: true });
    return place;
  };
  for (const command of which === "logs" ? COMMANDS : DECISIONS) {
    const whole = placeOf(command);
    const count = await run(command.args(whole), 0);
    const undisturbed = openCase(whole.case, "write");
    const expected = stateOf(undisturbed);
    const made = command.act === undefined ? 0 : actsOf(undisturbed, command.act);
    if (command.act !== undefined) expect(made, command.name).toBeGreaterThan(0);
    const { count: tagged } = await new Engine(undisturbed).ask("query", { filter: "tag:first" });
    undisturbed.close();
    for (const at of positionsOf(count, most > count ? most : Math.min(most, command.few ?? most), random)) {
      const place = placeOf(command);
      await run(command.args(place), at);
      const about = `${command.name}, seed ${seed}, killed at ${at} of ${count}`;
      const caseFile = openCase(place.case, "write");
      try {
        expect(caseFile.readOnly, about).toBe(false);
        await checkKilled(command, caseFile, place, { expected, made, tagged, about });
      } finally {
        caseFile.close();
      }
      fs.rmSync(place.case, { recursive: true });
    }
  }
  if (which === "logs") await killCreates(folder, most, random);
}

async function checkKilled(
  command: Command,
  caseFile: Case,
  place: Place,
  { expected, made, tagged, about }: { expected: string; made: number; tagged: number; about: string },
): Promise<void> {
  const engine = new Engine(caseFile);
  const isDone = () => (command.act === undefined ? false : actsOf(caseFile, command.act) === made);
  const demandSound = async () => {
    expect(verifyCustody(caseFile).ok, about).toBe(true);
    expect(caseFile.db.pragma("integrity_check", { simple: true }), about).toBe("ok");
    if (command.isWhole && fs.existsSync(place.out)) expect(await command.isWhole(place.out), about).toBe(true);
  };
  await demandSound();
  if (command.isWhole && command.act !== undefined) expect(fs.existsSync(place.out), about).toBe(isDone());
  // An output without an act may be written anew only where it is not there.
  const isThere = command.isWhole !== undefined && fs.existsSync(place.out);
  if (!isDone() && !isThere) await command.again(engine, place);
  if (command.act !== undefined) expect(isDone(), about).toBe(true);
  await demandSound();
  expect(stateOf(caseFile), about).toBe(expected);
  if (command.act !== undefined) expect(leftIn(path.dirname(place.out)), about).toEqual([]);
  expect(leftIn(place.case), about).toEqual([]);
  expect((await engine.ask("query", { filter: "tag:first" })).count, about).toBe(tagged);
}

async function killCreates(folder: string, most: number, random: (below: number) => number): Promise<void> {
  const args = (place: string) => ["create", place, "--examiner", EXAMINER];
  const count = await run(args(path.join(folder, "made")), 0);
  for (const at of positionsOf(count, most, random)) {
    const place = path.join(folder, `made-${at}`);
    await run(args(place), at);
    const about = `create, killed at ${at} of ${count}`;
    if (!fs.existsSync(path.join(place, "case.db"))) createCase(place, { title: "", examiner: EXAMINER }).close();
    const caseFile = openCase(place, "write");
    expect(actsOf(caseFile, "create"), about).toBe(1);
    caseFile.close();
    expect(fs.readdirSync(place).sort(), about).toEqual(["bundles", "cache", "case.db", "evidence"]);
  }
}

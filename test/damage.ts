import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { verifyCase } from "../main/bundle/verify/case/verify-case.ts";
import { openCase } from "../main/case/case.ts";
import { Engine } from "../main/engine/engine.ts";
import { Refusal } from "../shared/base/errors.ts";
import { randomOf } from "./kills.ts";
import { sampleCase } from "./sampled.ts";
import { temporaryFolder } from "./temporary.ts";

const PAGE_BYTES = 4096;
const REFUSED = "refused";

type Damage = (bytes: Buffer, random: (below: number) => number) => Buffer;

const flip: Damage = (bytes, random) => {
  const at = random(bytes.length);
  return bytes.fill((bytes[at] as number) ^ (1 << random(8)), at, at + 1);
};
const pageOf = (bytes: Buffer, random: (below: number) => number) =>
  random(Math.ceil(bytes.length / PAGE_BYTES)) * PAGE_BYTES;
const zero: Damage = (bytes, random) => {
  const at = pageOf(bytes, random);
  return bytes.fill(0, at, Math.min(at + PAGE_BYTES, bytes.length));
};
const zeroAll: Damage = (bytes) => bytes.fill(0);
const cut: Damage = (bytes, random) => bytes.subarray(0, random(bytes.length));
const swap: Damage = (bytes, random) => {
  const [a, b] = [pageOf(bytes, random), pageOf(bytes, random)];
  const [first, second] = [a, b].map((at) => Buffer.from(bytes.subarray(at, at + PAGE_BYTES))) as [Buffer, Buffer];
  const length = Math.min(first.length, second.length);
  second.copy(bytes, a, 0, length);
  first.copy(bytes, b, 0, length);
  return bytes;
};

/** What is digested of a bundle: what it hands over of the calls. The record of acts grows with each damage that was found, and remedy is judged at the time of the bundle. */
function extractOf(bundle: string): string[] {
  const manifest = fs.readFileSync(bundle).toString("latin1");
  return [...manifest.matchAll(/[0-9a-f]{64} {2}data\/(?:originals|extract)\/[^\n]+/gu)]
    .map(([line]) => line)
    .filter((line) => !/custody|bundle\.json|extract\.json|remedy\.json|clocks\.json/u.test(line))
    .sort();
}

/** Every kind of answer, each as text; `refused` where it was refused. */
async function answersOf(folder: string): Promise<string[]> {
  const caseFile = openCase(folder, "write");
  const engine = new Engine(caseFile);
  const out = path.join(temporaryFolder(), "b.zip");
  const questions: (() => Promise<unknown>)[] = [
    async () => [
      (await engine.ask("query", { filter: "" })).count,
      (await engine.ask("query", { filter: "duplicate:*" })).count,
    ],
    async () => (await engine.ask("query", { filter: "outcome:allowed status>=200" })).count,
    () => engine.ask("findings", {}),
    async () => (await engine.ask("people", { filter: "outcome:allowed" })).people,
    async () => (await engine.ask("query", { filter: "members" })).count,
    async () => (await engine.ask("query", { filter: "2018-04" })).count,
    async () => {
      await engine.ask("bundle", { out, filter: "outcome:denied", originals: true });
      const extract = extractOf(out);
      expect(extract.length).toBeGreaterThan(5);
      return extract;
    },
    // Duplicates are decided anew.
    async () => {
      await engine.ask("withdraw", { source: 1, reason: "test" });
      const without = (await engine.ask("query", { filter: "" })).count;
      await engine.ask("restore", { source: 1, reason: "test" });
      return [without, (await engine.ask("query", { filter: "" })).count];
    },
  ];
  const answers: string[] = [];
  for (const ask of questions) {
    try {
      answers.push(
        createHash("sha256")
          .update(JSON.stringify(await ask()))
          .digest("hex"),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answers.push(REFUSED);
    }
  }
  caseFile.close();
  return answers;
}

/** What came of damages. */
export interface Damages {
  readonly damages: number;
  readonly unchanged: number;
  readonly refused: number;
}

/**
 * Damages a file of a case, `flips` times by one bit and `others` times each by a zeroed page, zeros throughout, a cut,
 * and two pages swapped, in caches and evidence (`files`) or in the database itself. Every answer is as before, or refused.
 * Where the database refuses one, plain verify says what is wrong.
 */
export async function damageFiles(
  which: "files" | "database",
  rows: number,
  flips: number,
  others: number,
  seed: number,
): Promise<Damages> {
  const random = randomOf(seed);
  const folder = temporaryFolder();
  const engine = await sampleCase(folder, rows, 7);
  await keepFewFindings(engine, folder);
  engine.caseFile.close();
  const good = path.join(folder, "case");
  // An answer to each question leaves every kind of cache.
  const expected = await answersOf(good);
  expect(expected).not.toContain(REFUSED);
  expect(await answersOf(good)).toEqual(expected);
  const files =
    which === "database"
      ? ["case.db"]
      : (fs.readdirSync(good, { recursive: true }) as string[]).filter(
          (name) =>
            /^(?:cache|evidence)[\\/]/u.test(name) &&
            fs.statSync(path.join(good, name)).size > 0 &&
            fs.statSync(path.join(good, name)).isFile(),
        );
  const kinds: [string, Damage][] = [
    ...Array.from({ length: flips }, () => ["a bit flipped", flip] as [string, Damage]),
    ...Array.from({ length: others }, () => [
      ["a page zeroed", zero] as [string, Damage],
      ["zeroed", zeroAll] as [string, Damage],
      ["cut", cut] as [string, Damage],
      ["pages swapped", swap] as [string, Damage],
    ]).flat(),
  ];
  const place = path.join(folder, "damaged");
  let [unchanged, refused] = [0, 0];
  for (const [round, [what, damage]] of kinds.entries()) {
    fs.cpSync(good, place, { recursive: true });
    const name = files[random(files.length)] as string;
    const file = path.join(place, name);
    fs.chmodSync(file, 0o644);
    fs.writeFileSync(file, damage(fs.readFileSync(file), random));
    const about = `seed ${seed}, round ${round}: ${name}, ${what}`;
    const isNamed = which === "database" && (await isWrong(place, about));
    const answers = await damagedAnswers(place, about, expected.length);
    const known = answers.map((answer, index) => (answer === REFUSED ? expected[index] : answer));
    expect(known, about).toEqual(expected);
    if (which === "database" && answers.includes(REFUSED)) expect(isNamed, about).toBe(true);
    // Caches are made anew: only damaged evidence refuses.
    if (name.startsWith("cache")) expect(answers, about).toEqual(expected);
    if (answers.includes(REFUSED)) refused += 1;
    else unchanged += 1;
    fs.rmSync(place, { recursive: true });
  }
  const damages = { damages: kinds.length, unchanged, refused };
  const where = which === "database" ? "case.db" : "caches and evidence";
  console.log(
    `${where}, seed ${seed}: ${kinds.length} damages (${flips} bits, ${others * 4} pages, cuts and zeros): ${unchanged} times every answer as before, ${refused} times refused, 0 times another`,
  );
  return damages;
}

/** Those of a tenth of the apps: each finding is a document of its own in every bundle, which was half of the time of a round. */
async function keepFewFindings(engine: Engine, folder: string): Promise<void> {
  const [grants, policy] = ["registry/grants.csv", "policy.json"].map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  const [header, ...lines] = fs.readFileSync(grants, "utf8").trimEnd().split("\n") as [string, ...string[]];
  const app = header.split(",").indexOf("app");
  const kept = lines.filter((line) => line.split(",")[app]?.endsWith("1"));
  fs.writeFileSync(grants, `${[header, ...kept].join("\n")}\n`);
  await engine.ask("registry", { files: [grants], replace: true });
  const document = JSON.parse(fs.readFileSync(policy, "utf8")) as { rules: { applies_to: object }[] };
  for (const rule of document.rules) rule.applies_to = { ...rule.applies_to, filter: "app:*1" };
  fs.writeFileSync(policy, JSON.stringify(document));
  await engine.ask("policy", { file: policy });
  const [found] = (await engine.ask("findings", {})).rules;
  expect(found?.developers.length).toBeGreaterThan(5);
  expect(found?.developers.length).toBeLessThan(30);
}

/** Whether plain `verify CASE` says that something is wrong, or refuses. */
async function isWrong(place: string, about: string): Promise<boolean> {
  try {
    return !(await verifyCase(place)).ok;
  } catch (error) {
    expect(error, about).toBeInstanceOf(Refusal);
    return true;
  }
}

/** A case that does not open answers nothing. */
async function damagedAnswers(place: string, about: string, questions: number): Promise<string[]> {
  try {
    return await answersOf(place);
  } catch (error) {
    if (!(error instanceof Refusal)) throw new Error(about, { cause: error });
    return Array.from({ length: questions }, () => REFUSED);
  }
}

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Cast } from "../../main/sample/incident/cast.ts";
import type { BenchOptions } from "./bench.ts";
import { writeCsv } from "./exports.ts";
import { Judge, print, ratioOf } from "./judge.ts";
import { type Measure, measure } from "./measure.ts";
import { newSampleCase } from "./sample-case.ts";

const PROGRAM = path.resolve(import.meta.dirname, "../../main/exhibit.js");
const MEMORY = 500e6;
const MEMORY_OF_EVERYTHING = 700e6;
const MEMORY_OF_RECOMPUTE = 1e9;
const MOST_EVENTS = 1_000_000;
const EVENTS_OF_RECOMPUTE = 2_700_000;

/**
 * Speed and memory of a bundle: of a million events with their lines, made beside `zip -0` and `sha256sum` of the same files, and
 * checked beside `sha256sum -c`; and with all that a policy finds, packed, beside `zip -6` and `sha256sum`. True where every
 * target is met.
 */
export async function bundle(options: BenchOptions): Promise<boolean> {
  const rows = Math.min(options.rows, MOST_EVENTS);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-bench-"));
  const folder = options.folder ?? work;
  fs.mkdirSync(folder, { recursive: true });
  try {
    console.log(
      `\nbundle: ${rows.toLocaleString("en-US")} events with their lines, ${options.rounds} rounds, first of a case without a policy`,
    );
    for (const tool of ["zip", "unzip", "sha256sum"])
      if (spawnSync(tool, ["--version"]).error) {
        console.log(`${tool} is not here: nothing is compared`);
        return false;
      }
    const judge = new Judge();
    const made = newCase(work, writeCsv(folder, rows));
    await sideBySide(judge, work, made, options.rounds);
    await everything(judge, work, writeCsv(folder, rows), rows);
    if (options.large) await recompute(judge, work, writeCsv(folder, EVENTS_OF_RECOMPUTE));
    else console.log("verify --recompute of 2.7 million events is measured with --large");
    return judge.isMet;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function newCase(work: string, log: string): string {
  const folder = fs.mkdtempSync(path.join(work, "case-"));
  const target = path.join(folder, "case");
  demand("node", [PROGRAM, "create", target, "--title", "Bench", "--examiner", "Bench"]);
  demand("node", [PROGRAM, "import", target, log, "--json"]);
  return target;
}

function demand(program: string, args: readonly string[], cwd?: string): void {
  const { status, stderr } = spawnSync(program, args, { cwd, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}: ${stderr}`);
}

async function sideBySide(judge: Judge, work: string, caseFolder: string, rounds: number): Promise<void> {
  const zip = path.join(work, "bundle.zip");
  const make = (...options: string[]) => {
    fs.rmSync(zip, { force: true });
    const asked = ["--filter", "time>=1970", "--out", zip, "--json", ...options];
    return measure("node", [PROGRAM, "bundle", caseFolder, ...asked]);
  };
  await make("--unchecked");
  const unpacked = path.join(work, "unpacked");
  demand("unzip", ["-q", zip, "-d", unpacked]);
  const [name = ""] = fs.readdirSync(unpacked);
  const bag = path.join(unpacked, name);
  const shell = (script: string) => measure("sh", ["-c", `cd "$0" && ${script}`, bag]);
  const plain = path.join(work, "plain.zip");
  const runs: Record<string, () => Promise<Measure>> = {
    "exhibit bundle": () => make("--unchecked"),
    "zip -0 and sha256sum": () => {
      fs.rmSync(plain, { force: true });
      return shell(`zip -q -0 -r "${plain}" . && find . -type f -exec sha256sum {} + >/dev/null`);
    },
    "exhibit verify": () => measure("node", [PROGRAM, "verify", zip, "--json"]),
    "sha256sum -c": () =>
      shell("sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt"),
  };
  const taken = new Map(Object.keys(runs).map((each) => [each, [] as Measure[]]));
  for (let round = 0; round < rounds; round++)
    for (const [each, run] of Object.entries(runs)) (taken.get(each) as Measure[]).push(await run());
  console.log(`the zip has ${Math.round(fs.statSync(zip).size / 1e6)} MB`);
  for (const [each, measures] of taken) print(each, measures);
  // The target is that of making it. By itself the command ends on `verify --recompute` of what it made.
  print("exhibit bundle, with its own check", [await make()]);
  console.log();
  const ratio = (a: string, b: string) => ratioOf(taken.get(a) as Measure[], taken.get(b) as Measure[]);
  judge.ratio("bundle / zip -0 and sha256sum", ratio("exhibit bundle", "zip -0 and sha256sum"), 2);
  judge.ratio("verify / sha256sum -c", ratio("exhibit verify", "sha256sum -c"), 3);
  judge.memory("memory of bundle", taken.get("exhibit bundle") as Measure[], MEMORY);
  judge.memory("memory of verify", taken.get("exhibit verify") as Measure[], MEMORY);
}

/** Report, tables, drafts, load file and viewer of a case with a registry and a policy. Once: packing takes long. */
async function everything(judge: Judge, work: string, csv: string, rows: number): Promise<void> {
  const folder = fs.mkdtempSync(path.join(work, "everything-"));
  const caseFolder = path.join(folder, "case");
  newSampleCase(caseFolder, { work: folder, csv, cast: new Cast(rows, 1) }, (...args) =>
    demand("node", [PROGRAM, ...args]),
  );
  const make = (name: string, ...more: string[]) => {
    const asked = ["--filter", "time>=1970", "--out", path.join(folder, name), "--unchecked", "--json", ...more];
    return measure("node", [PROGRAM, "bundle", caseFolder, ...asked]);
  };
  const stored = [await make("stored.zip")];
  const compact = [await make("compact.zip", "--compact")];
  demand("unzip", ["-q", path.join(folder, "stored.zip"), "-d", path.join(folder, "unpacked")]);
  const script = `cd "$0" && zip -q -6 -r "${path.join(folder, "plain.zip")}" . && find . -type f -exec sha256sum {} + >/dev/null`;
  const plain = [await measure("sh", ["-c", script, path.join(folder, "unpacked")])];
  const size = (name: string) => `${Math.round(fs.statSync(path.join(folder, name)).size / 1e6)} MB`;
  console.log(
    `\nwith a policy: stored ${size("stored.zip")}, compact ${size("compact.zip")}, zip -6 ${size("plain.zip")}`,
  );
  print("exhibit bundle", stored);
  print("exhibit bundle --compact", compact);
  print("zip -6 and sha256sum", plain);
  console.log();
  judge.ratio("bundle of everything / zip -6 and sha256sum", ratioOf(stored, plain), 2.5);
  judge.ratio("the same, --compact", ratioOf(compact, plain), 2.5);
  judge.memory("memory of bundle of everything", [...stored, ...compact], MEMORY_OF_EVERYTHING);
  fs.rmSync(folder, { recursive: true, force: true });
}

async function recompute(judge: Judge, work: string, log: string): Promise<void> {
  const zip = path.join(work, "large.zip");
  const caseFolder = newCase(work, log);
  demand("node", [PROGRAM, "bundle", caseFolder, "--filter", "time>=1970", "--out", zip, "--unchecked", "--json"]);
  const again = [await measure("node", [PROGRAM, "verify", zip, "--recompute", "--json"])];
  print("exhibit verify --recompute, 2.7 million", again);
  judge.memory("memory of verify --recompute, 2.7 million events", again, MEMORY_OF_RECOMPUTE);
}

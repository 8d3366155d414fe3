import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BenchOptions } from "./bench.ts";
import { writeLogs } from "./exports.ts";
import { type Measure, measure, median } from "./measure.ts";

/** What is asked, and how many times as long as before it may take. */
const MOST = { import: 1.05, "first question": 1.1, "question again": 1, "rows as JSON lines": 1.1 } as const;
type Work = keyof typeof MOST;
/** Below, a difference is one of the machine and not of the build. */
const NOISE = 0.03;

/** What checking costs: the same work by an older build and by this one, in turns. True where every target is met. */
export async function costs({ before, rows, rounds, folder }: BenchOptions): Promise<boolean> {
  if (before === undefined) {
    console.error(
      "bench: costs are beside an older build: give its folder, with its packages installed, by --before DIR",
    );
    return false;
  }
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-costs-"));
  const logs = folder ?? work;
  fs.mkdirSync(logs, { recursive: true });
  try {
    const { csv } = await writeLogs(logs, rows);
    console.log(`\ncosts: ${rows.toLocaleString("en-US")} calls in a CSV, ${rounds} rounds, beside ${before}\n`);
    const builds = [
      new Build(path.resolve(before), path.join(work, "before"), csv),
      new Build(path.resolve(import.meta.dirname, "../.."), path.join(work, "now"), csv),
    ] as const;
    const taken = new Map(Object.keys(MOST).map((name) => [name as Work, [[], []] as [Measure[], Measure[]]]));
    for (let round = 0; round < rounds; round += 1)
      for (const [name, measures] of taken)
        for (const [which, build] of builds.entries()) (measures[which] as Measure[]).push(await build.run(name));
    const told = [...taken].map(([name, [old, now]]) => judge(name, old, now));
    return told.every((isMet) => isMet);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** A build of the program, and its case. */
class Build {
  readonly #program: string;
  readonly #case: string;
  readonly #csv: string;

  constructor(root: string, folder: string, csv: string) {
    this.#program = path.join(root, "main", "exhibit.js");
    this.#case = folder;
    this.#csv = csv;
  }

  run(work: Work): Promise<Measure> {
    const query = (...args: string[]) => measure("node", [this.#program, "query", this.#case, ...args]);
    switch (work) {
      case "import":
        return this.#import();
      case "first question":
        fs.rmSync(path.join(this.#case, "cache", "columns"), { recursive: true, force: true });
        return query("outcome:allowed", "--count");
      case "question again":
        return query("outcome:allowed", "--count");
      case "rows as JSON lines":
        fs.rmSync(`${this.#case}.jsonl`, { force: true });
        return query("", "--format", "jsonl", "--out", `${this.#case}.jsonl`);
    }
  }

  #import(): Promise<Measure> {
    fs.rmSync(this.#case, { recursive: true, force: true });
    const made = spawnSync("node", [this.#program, "create", this.#case, "--title", "Bench", "--examiner", "Bench"]);
    if (made.status !== 0) throw new Error(String(made.stderr));
    return measure("node", [this.#program, "import", this.#case, this.#csv]);
  }
}

function judge(name: Work, old: readonly Measure[], now: readonly Measure[]): boolean {
  const of = (measures: readonly Measure[], pick: (m: Measure) => number) => median(measures.map(pick));
  const wall = (m: Measure) => m.wall;
  // Neighbours in time share the machine's mood.
  const ratio = median(now.map((m, at) => m.wall / (old[at] as Measure).wall));
  const cpu = of(now, (m) => m.cpu) / of(old, (m) => m.cpu);
  const isMet = ratio <= MOST[name] + NOISE;
  const seconds = `${of(old, wall).toFixed(2)} s before, ${of(now, wall).toFixed(2)} s now`;
  console.log(
    `${isMet ? "met   " : "MISSED"} ${name}: ${ratio.toFixed(3)}, at most ${MOST[name].toFixed(2)}   (${seconds}; CPU seconds: ${cpu.toFixed(3)})`,
  );
  return isMet;
}

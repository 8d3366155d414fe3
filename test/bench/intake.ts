import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Answer, caseAnswer, duckAnswer, duckQuestions, shellAnswer } from "./answers.ts";
import type { BenchOptions } from "./bench.ts";
import { writeCsv, writeLogs } from "./exports.ts";
import { installDuckdb } from "./install-duckdb.ts";
import { Judge, print, ratioOf } from "./judge.ts";
import { type Measure, measure, median } from "./measure.ts";
import { callsOf, writeTrail } from "./small-files.ts";

const here = import.meta.dirname;
const PROGRAM = path.resolve(here, "../../main/exhibit.js");
const DUCKDB = path.join(here, "duckdb.js");
const MEMORY = 500e6;
const SMALL_MEMORY = 400e6;

/** Speed, memory and space of an import. True where every target is met. */
export async function intake(options: BenchOptions): Promise<boolean> {
  installDuckdb();
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-bench-"));
  const folder = options.folder ?? work;
  fs.mkdirSync(folder, { recursive: true });
  try {
    const bench = new Intake(work);
    console.log(
      `\nintake: ${options.rows.toLocaleString("en-US")} calls of the sample incident, ${options.rounds} rounds`,
    );
    console.log(
      "One CSV and one JSON lines file of 17 columns, written from the sample's calls: its own exports spread them",
    );
    console.log("over four formats. Every column is mapped without a mapping file. DuckDB's table is in memory.\n");
    await bench.run(folder, options);
    return bench.judge.isMet;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

type Runner = () => Promise<Measure>;

class Intake {
  readonly judge = new Judge();
  readonly #case: string;
  readonly #table: string;
  readonly #hasShell = spawnSync("sqlite3", ["--version"]).status === 0;

  constructor(work: string) {
    this.#case = path.join(work, "case");
    this.#table = path.join(work, "shell.db");
  }

  async run(folder: string, { rows, rounds, large }: BenchOptions): Promise<void> {
    const logs = await writeLogs(folder, rows);
    await this.#prove(logs);
    const csvBytes = fs.statSync(logs.csv).size;
    const caseBytes = await this.#sizeAfter(logs.csv);

    const runs: Record<string, Runner> = {
      "exhibit import, CSV": () => this.#import(logs.csv),
      "DuckDB read_csv": () => this.#duckdb(`create table t as select * from read_csv(${quoted(logs.csv)})`),
      ...(this.#hasShell && { "sqlite3 .import": () => this.#shell(logs.csv) }),
      "exhibit import, JSON lines": () => this.#import(logs.jsonl),
      "DuckDB read_json": () => this.#duckdb(`create table t as select * from read_json(${quoted(logs.jsonl)})`),
      "exhibit import, CSV.gz": () => this.#import(logs.csvGz),
      "exhibit import, JSON lines.gz": () => this.#import(logs.jsonlGz),
    };
    const taken = new Map(Object.keys(runs).map((name) => [name, [] as Measure[]]));
    for (let round = 0; round < rounds; round++)
      for (const [name, run] of Object.entries(runs)) (taken.get(name) as Measure[]).push(await run());
    for (const [name, measures] of taken) print(name, measures);
    console.log();

    const ratio = (a: string, b: string) => ratioOf(taken.get(a) as Measure[], taken.get(b) as Measure[]);
    this.judge.ratio("CSV / DuckDB read_csv", ratio("exhibit import, CSV", "DuckDB read_csv"), 0.75);
    if (this.#hasShell)
      this.judge.ratio("CSV / sqlite3 .import", ratio("exhibit import, CSV", "sqlite3 .import"), 1 / 2.5);
    else console.log("the sqlite3 shell is not here: its .import is not compared with");
    this.judge.ratio("JSON lines / DuckDB read_json", ratio("exhibit import, JSON lines", "DuckDB read_json"), 0.8);
    this.judge.ratio("CSV.gz / CSV", ratio("exhibit import, CSV.gz", "exhibit import, CSV"), 1.3);
    this.judge.ratio(
      "JSON lines.gz / JSON lines",
      ratio("exhibit import, JSON lines.gz", "exhibit import, JSON lines"),
      1.3,
    );
    this.judge.ratio("case.db / CSV, indexes included", { wall: caseBytes / csvBytes, cpu: Number.NaN }, 0.5);
    const ours = [...taken].filter(([name]) => name.startsWith("exhibit")).flatMap(([, measures]) => measures);
    this.judge.memory("memory of the process tree", ours, MEMORY);

    await this.#smallFiles(folder, rounds);
    if (!large) console.log("20 million rows are measured with --large");
    else await this.#large(folder, rows, taken.get("exhibit import, CSV") as Measure[]);
  }

  /** Records of a trail in thousands of small files, beside the same in one. */
  async #smallFiles(folder: string, rounds: number): Promise<void> {
    const trail = writeTrail(folder);
    const [many, one]: [Measure[], Measure[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      one.push(await this.#import(trail.one));
      const calls = callsOf(this.#case);
      many.push(await this.#import(trail.many));
      if (callsOf(this.#case) !== calls) throw new Error("bench: many small files do not give the calls of the one");
    }
    print("exhibit import, 3,858 small files", many);
    print("exhibit import, the same in one", one);
    this.judge.ratio("many small files / the same records in one", ratioOf(many, one), 2);
    this.judge.memory("memory of the process tree, many small files", many, SMALL_MEMORY);
  }

  async #large(folder: string, rows: number, small: readonly Measure[]): Promise<void> {
    const many = [await this.#import(writeCsv(folder, rows * 10))];
    print(`exhibit import, CSV, ${(rows * 10).toLocaleString("en-US")} rows`, many);
    const { wall, cpu } = many[0] as Measure;
    const times = { wall: wall / median(small.map((m) => m.wall)), cpu: cpu / median(small.map((m) => m.cpu)) };
    this.judge.ratio("ten times the rows / the rows", times, 11);
    this.judge.memory("memory of the process tree, ten times the rows", many, MEMORY);
  }

  /** All ways give the same rows: counts by API and outcome, sums over every column, one row in 256 cell by cell. */
  async #prove(logs: { csv: string; jsonl: string; csvGz: string; jsonlGz: string }): Promise<void> {
    const duck = async (reader: string, file: string) =>
      duckAnswer(
        (
          await this.#duckdb(
            `create table t as select * from ${reader}(${quoted(file)})`,
            duckQuestions(reader === "read_csv"),
          )
        ).output,
      );
    const truth = await duck("read_csv", logs.csv);
    const demand = (who: string, answer: Answer[]) => {
      if (!isDeepStrictEqual(answer, truth)) throw new Error(`bench: ${who} does not hold the same rows as DuckDB`);
    };
    demand("DuckDB's read_json", await duck("read_json", logs.jsonl));
    for (const file of Object.values(logs)) {
      await this.#import(file);
      demand(`the case from ${path.basename(file)}`, caseAnswer(this.#case));
    }
    if (this.#hasShell) {
      await this.#shell(logs.csv);
      demand("the table of the sqlite3 shell", shellAnswer(this.#table));
    }
    console.log(
      `DuckDB, ${this.#hasShell ? "the sqlite3 shell, " : ""}and the view of four cases hold the same ${Number(truth[1]?.[0]?.[0]).toLocaleString("en-US")} rows\n`,
    );
  }

  /** The whole command, start-up included, into a new case. */
  async #import(file: string): Promise<Measure> {
    fs.rmSync(this.#case, { recursive: true, force: true });
    const made = spawnSync("node", [PROGRAM, "create", this.#case, "--title", "Bench", "--examiner", "Bench"]);
    if (made.status !== 0) throw new Error(String(made.stderr));
    return measure("node", [PROGRAM, "import", this.#case, file, "--json"]);
  }

  async #sizeAfter(file: string): Promise<number> {
    await this.#import(file);
    return fs.statSync(path.join(this.#case, "case.db")).size;
  }

  /** The statement alone: what DuckDB takes to start is not counted. */
  async #duckdb(statement: string, questions: readonly string[] = []): Promise<Measure> {
    const took = await measure(process.execPath, [DUCKDB, ":memory:", statement, ...questions]);
    return { ...took, wall: JSON.parse(took.output.slice(0, took.output.indexOf("\n"))) as number };
  }

  async #shell(file: string): Promise<Measure> {
    fs.rmSync(this.#table, { force: true });
    return measure("sqlite3", [this.#table], `.import --csv "${file}" t\n`);
  }
}

const quoted = (file: string): string => `'${file.replaceAll("'", "''")}'`;

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PEOPLE, personId } from "../../../main/sample/incident/actors.ts";
import { Cast } from "../../../main/sample/incident/cast.ts";
import type { DryRun } from "../../../shared/model/accountability/dry-run.ts";
import type { Findings, SubjectReport } from "../../../shared/model/finding.ts";
import type { Policy } from "../../../shared/model/policy.ts";
import type { BenchOptions } from "../bench.ts";
import { writeCsv } from "../exports.ts";
import { installDuckdb } from "../install-duckdb.ts";
import { Judge } from "../judge.ts";
import { measure, median } from "../measure.ts";
import { newSampleCase, policyOf } from "../sample-case.ts";
import type { Told } from "./ask.ts";
import { type DuckRows, dryRunRows, duckDryRun, duckFindings, duckPerson, findingsRows, personRows } from "./rows.ts";
import { type Asked, dryRunAsked, findingsAsked, personAsked, tables, WARM } from "./sql.ts";

const PROGRAM = path.resolve(import.meta.dirname, "../../../main/exhibit.js");
const ASK = path.join(import.meta.dirname, "ask.ts");
const DUCK = path.join(import.meta.dirname, "duck.js");

/** Seconds at 20 million calls. At fewer they hold as well, and say less. */
const TARGETS = { findings: 3, "dry run": 1.5, person: 0.1 } as const;
const MEMORY = 600e6;
/** Ours takes at most this part of DuckDB's time. */
const PART_OF_DUCKDB = 0.5;

/**
 * What a policy finds, what another one would, and whether a person was affected: each asked of
 * a case whose columns are loaded, and as SQL of DuckDB over a table of its own. Both give the same answer before a time counts.
 */
export async function findings({ rows, rounds, folder }: BenchOptions): Promise<boolean> {
  installDuckdb();
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-bench-"));
  const logs = folder ?? work;
  fs.mkdirSync(logs, { recursive: true });
  try {
    console.log(
      `\nfindings: ${rows.toLocaleString("en-US")} calls of the sample incident in a CSV, ${rounds} rounds\n`,
    );
    const bench = new FindingsBench(work, rows);
    await bench.prepare(writeCsv(logs, rows));
    return await bench.compare(rounds);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

type Took = Pick<Told, "seconds" | "cpu">;
const wall = ({ seconds }: Took): number => seconds;
const cpu = ({ cpu: used }: Took): number => used;

interface Question {
  readonly question: keyof typeof TARGETS;
  readonly asked: Asked;
  /** Both answers as rows. */
  ours(answer: unknown): string[];
  ducks(answer: readonly DuckRows[]): string[];
}

class FindingsBench {
  readonly #case: string;
  readonly #table: string;
  readonly #work: string;
  readonly #cast: Cast;
  readonly #policy: Policy;
  readonly #others: readonly Policy[];
  readonly #people: readonly string[];

  constructor(work: string, rows: number) {
    this.#work = work;
    this.#case = path.join(work, "case");
    this.#table = path.join(work, "calls.duckdb");
    this.#cast = new Cast(rows, 1);
    this.#policy = policyOf(this.#cast);
    const other = (over: object): Policy => ({
      ...this.#policy,
      rules: this.#policy.rules.map((r) => ({ ...r, ...over })),
    });
    this.#others = [
      other({ effective_from: "2018-10-01T00:00:00Z", restricted_fields: ["picture"] }),
      other({ effective_from: "2018-05-01T00:00:00Z" }),
    ];
    this.#people = [PEOPLE.frequent, PEOPLE.wavering, 4321, 10_007].map(personId).concat("nobody");
  }

  /** The case and DuckDB's tables, of the same log and registry. */
  async prepare(csv: string): Promise<void> {
    const registry = newSampleCase(this.#case, { work: this.#work, csv, cast: this.#cast }, run);
    await measure(process.execPath, [DUCK, this.#table], JSON.stringify({ make: tables(csv, registry) }));
  }

  #questions(): Question[] {
    const fields = this.#policy.rules[0]?.restricted_fields ?? [];
    return [
      {
        question: "findings",
        asked: findingsAsked(this.#policy),
        ours: (answer) => findingsRows(answer as Findings),
        ducks: duckFindings,
      },
      ...this.#others.map(
        (other): Question => ({
          question: "dry run",
          asked: dryRunAsked(other),
          ours: (answer) => dryRunRows(answer as DryRun),
          ducks: duckDryRun,
        }),
      ),
      ...this.#people.map(
        (person): Question => ({
          question: "person",
          asked: personAsked(person, this.#policy),
          ours: (answer) => personRows(answer as SubjectReport),
          ducks: (answer) => duckPerson(answer, fields),
        }),
      ),
    ];
  }

  /** In turns, so that both share the machine's mood. The answers of every round are compared. */
  async compare(rounds: number): Promise<boolean> {
    const questions = this.#questions();
    const asked = {
      policies: this.#others.map((other) => JSON.stringify(other)),
      people: this.#people,
    };
    const seconds = new Map(Object.keys(TARGETS).map((name) => [name, { ours: [] as Took[], ducks: [] as Took[] }]));
    const memory: { columns: number; findings: number }[] = [];
    let loading = 0;
    for (let round = 0; round < rounds; round += 1) {
      const [loaded, ...told] = lines<Told>(
        (await measure(process.execPath, [ASK, this.#case], JSON.stringify(asked))).output,
      );
      const duck = lines<Took & { answer: DuckRows[] }>(
        (
          await measure(
            process.execPath,
            [DUCK, this.#table],
            JSON.stringify({
              warm: [WARM],
              questions: questions.map(({ question, asked: { make, ask } }) => ({ question, make, ask })),
            }),
          )
        ).output,
      );
      loading = loaded?.seconds ?? 0;
      memory.push({ columns: loaded?.peak ?? 0, findings: told[0]?.peak ?? 0 });
      for (const [at, { question, ours, ducks }] of questions.entries()) {
        const [mine, theirs] = [told[at], duck[at]];
        if (!mine || !theirs) throw new Error(`bench: no answer to ${question}`);
        demandSame(question, ours(mine.answer), ducks(theirs.answer));
        seconds.get(question)?.ours.push(mine);
        seconds.get(question)?.ducks.push(theirs);
      }
    }
    console.log(
      `${questions.length} questions, and DuckDB gives the same answer to each; columns load in ${loading.toFixed(2)} s\n`,
    );
    const judge = new Judge();
    for (const [question, { ours, ducks }] of seconds) {
      const of = (all: readonly Took[], pick: (one: Took) => number) => median(all.map(pick));
      const [mine, theirs] = [of(ours, wall), of(ducks, wall)];
      judge.seconds(question, mine, TARGETS[question as keyof typeof TARGETS]);
      judge.ratio(
        `${question} / DuckDB (${theirs.toFixed(3)} s)`,
        { wall: mine / theirs, cpu: of(ours, cpu) / of(ducks, cpu) },
        PART_OF_DUCKDB,
      );
    }
    const most = (pick: (each: (typeof memory)[number]) => number) => Math.max(...memory.map(pick));
    judge.bytes(
      "memory of all findings, beside the columns",
      most((each) => each.findings - each.columns),
      MEMORY,
    );
    console.log(`all of the process: ${Math.round(most((each) => each.findings) / 1e6)} MB`);
    return judge.isMet;
  }
}

function demandSame(question: string, ours: readonly string[], ducks: readonly string[]): void {
  const missing = ducks.filter((row) => !ours.includes(row));
  const more = ours.filter((row) => !ducks.includes(row));
  if (missing.length + more.length > 0)
    throw new Error(
      `bench: ${question}: DuckDB says ${missing.slice(0, 4).join(" ")}, Exhibit ${more.slice(0, 4).join(" ")} (${missing.length} and ${more.length} rows)`,
    );
}

const lines = <T>(output: string): T[] =>
  output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);

function run(...args: string[]): void {
  const { status, stderr } = spawnSync("node", [PROGRAM, ...args], { maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`exhibit ${args[0]} ended with ${status}: ${stderr}`);
}

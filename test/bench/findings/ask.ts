import { text } from "node:stream/consumers";
import { openCase } from "../../../main/case/case.ts";
import { Engine } from "../../../main/engine/engine.ts";

/** What is asked of a case, in this order. */
export interface Questions {
  /** Documents, each a dry run beside the policy in force. */
  readonly policies: readonly string[];
  readonly people: readonly string[];
}

/** A line of what this program prints. */
export interface Told {
  readonly question: "columns" | "findings" | "dry run" | "person";
  readonly seconds: number;
  /** Seconds of all cores. */
  readonly cpu: number;
  /** Bytes: the most memory that was resident up to here. */
  readonly peak: number;
  readonly answer: unknown;
}

/** Each column that findings look at is loaded by a term of its own, as in a window that has shown the calls. */
const COLUMNS = ["app", "developer", "api", "operation", "resource", "fields", "status", "subject_count"];
const LOADED = `${COLUMNS.map((name) => `${name}:*`).join(" or ")} or outcome:denied or caller:app or duplicate:no`;

/** `node ask.ts CASE`, with the questions as JSON on stdin: asks the engine as the window does, each question timed. */
async function main(): Promise<void> {
  const { policies, people } = JSON.parse(await text(process.stdin)) as Questions;
  const engine = new Engine(openCase(process.argv[2] ?? "", "read"));
  // The program itself is loaded too.
  await engine.ask("policyInForce", {});
  await timed("columns", () => engine.ask("query", { filter: LOADED }));
  await timed("findings", () => engine.ask("findings", {}));
  for (const document of policies) await timed("dry run", () => engine.ask("policyDryRun", { document }));
  for (const subject of people) await timed("person", () => engine.ask("subject", { filter: "", subject }));
}

async function timed(question: Told["question"], ask: () => Promise<unknown>): Promise<void> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const answer = await ask();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  const told: Told = {
    question,
    seconds,
    cpu: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS * 1024,
    answer,
  };
  console.log(JSON.stringify(told));
}

await main();

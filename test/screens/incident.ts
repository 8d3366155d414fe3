import fs from "node:fs";
import path from "node:path";
import type { Engine } from "../../main/engine/engine.ts";
import { writeSample } from "../../main/sample/write-sample.ts";
import { sampleCase } from "../sampled.ts";

export const INCIDENT_FILTER = "api:groups time>=cutoff outcome:allowed fields:(name or picture)";

/** The sample incident as a case that somebody has worked on, a bundle of it, and `more` exports that are not in it. @returns the case's folder */
export async function makeIncident(folder: string, rows: number): Promise<string> {
  const engine = await sampleCase(folder, rows, 1);
  const { rows: calls } = await engine.ask("rows", { filter: INCIDENT_FILTER, offset: 0, limit: 12 });
  const events = (...at: number[]) => at.map((index) => calls[index]?.id ?? 0);
  await engine.ask("tag", { filter: "level:obtained time:last60d", tag: "Reviewed" });
  await engine.ask("tag", { filter: INCIDENT_FILTER, events: events(4, 7, 9), tag: "Reviewed" });
  await engine.ask("tag", { filter: INCIDENT_FILTER, events: events(1, 4), tag: "Ask counsel" });
  const note = "The same members as the day before: ask the platform for its page size.";
  await engine.ask("note", { filter: INCIDENT_FILTER, events: events(4), note });
  await engine.ask("saveFilter", { name: "Names and pictures after the cutoff", filter: INCIDENT_FILTER });
  const { rules } = await engine.ask("findings", {});
  const [first, second] = rules[0]?.developers ?? [];
  for (const developer of [first, second])
    if (developer)
      await engine.ask("finding", {
        developer: developer.developer_id,
        disposition: developer === first ? "confirmed" : "disputed",
        reason:
          developer === first ? "The original lines show names and pictures." : "The developer says it was a test.",
      });
  await putRight(engine, folder);
  await writeSample(path.join(folder, "more"), { rows: 20_000, seed: 2 });
  await engine.ask("bundle", { out: path.join(folder, "groups.zip") });
  engine.caseFile.close();
  return engine.caseFile.folder;
}

type Fact = { set: string; time: string; reason: string } | { done: string; on: string };

/** The sample's steps, clocks and facts: one certificate that the log contradicts, one audit overdue, one developer never notified. */
async function putRight(engine: Engine, folder: string): Promise<void> {
  const there = (file: string) => path.join(folder, file);
  await engine.ask("importSteps", { file: there("remedy.csv") });
  await engine.ask("dueClocks", { file: there("clocks.json") });
  for (const fact of JSON.parse(fs.readFileSync(there("facts.json"), "utf8")) as Fact[]) {
    if ("set" in fact) await engine.ask("setFact", { fact: fact.set, time: fact.time, reason: fact.reason });
    else await engine.ask("clockDone", { id: fact.done, on: fact.on });
  }
}

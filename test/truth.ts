import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Against, DeveloperRemedy } from "../shared/model/accountability/remedy.ts";
import type { EventRecord } from "../shared/model/event.ts";
import type { Incident } from "./incident.ts";
import { filterCounts } from "./reference/count.ts";

/** Every number of truth.json, asked for as a user would. */
export async function expectTruth({ engine, truth }: Incident): Promise<void> {
  expect(await engine.ask("findings", {})).toEqual(truth.findings);
  const { claims } = await engine.ask("claims", {});
  expect(claims.map(({ why: _why, filter: _filter, ...claim }) => claim)).toEqual(truth.claims.claims);
  for (const { filter, people } of truth.people)
    expect(await engine.ask("people", { filter }), filter).toEqual({ filter, people });
  for (const { filter, ...expected } of truth.subjects)
    expect(await engine.ask("subject", { filter, subject: expected.subject })).toEqual(expected);
  for (const { filter, count } of truth.counts)
    expect((await engine.ask("query", { filter })).count, filter).toBe(count);
  const { sources } = await engine.ask("sources", {});
  expect(sources).toMatchObject(
    truth.sources.map(({ ambiguous_times: _counted, ...source }) => ({
      ...source,
      file: source.file.split("/").at(-1),
    })),
  );
}

const withoutFilter = (against: Against): object => {
  if (!("filter" in against)) return against;
  const { filter: _filter, ...rest } = against;
  return rest;
};

/** The steps that the incident brings, and what speaks against each; every filter has the calls that it says. */
export async function expectRemedyTruth({ engine, folder, truth }: Incident): Promise<readonly DeveloperRemedy[]> {
  await engine.ask("importSteps", { file: path.join(folder, "remedy.csv") });
  const { at, rules } = await engine.ask("remedy", { at: truth.remedy.at });
  const found = rules.map(({ rule, developers }) => ({
    rule,
    developers: developers.map((row) => ({
      ...row,
      entries: row.entries.map((entry) => ({ ...entry, against: entry.against.map(withoutFilter) })),
    })),
  }));
  expect({ at, rules: found }).toEqual(truth.remedy);
  for (const each of rules.flatMap(({ developers }) => developers.flatMap(({ entries }) => entries)))
    for (const against of each.against)
      if ("filter" in against)
        expect((await engine.ask("query", { filter: against.filter })).count, against.filter).toBe(against.events);
  return rules.flatMap(({ developers }) => developers);
}

type Fact = { set: string; time: string; reason: string } | { done: string; on: string };

/** What is due by the incident's clocks and facts, and what would move its numbers. */
export async function expectClocksTruth({ engine, folder, truth }: Incident): Promise<void> {
  expect(await engine.ask("sensitivity", {})).toEqual(truth.sensitivity);
  await engine.ask("dueClocks", { file: path.join(folder, "clocks.json") });
  const facts = JSON.parse(fs.readFileSync(path.join(folder, "facts.json"), "utf8")) as Fact[];
  for (const fact of facts) {
    if ("set" in fact) await engine.ask("setFact", { fact: fact.set, time: fact.time, reason: fact.reason });
    else await engine.ask("clockDone", { id: fact.done, on: fact.on });
  }
  expect(await engine.ask("dueClocks", { at: truth.clocks.at })).toEqual(truth.clocks);
}

/** Filters counted by plain predicates over the events themselves, without the filter parser. */
export async function expectIndependentCounts({ engine }: Incident): Promise<void> {
  const { events = [] } = await engine.ask("query", { filter: "duplicate:*", rows: { offset: 0 } });
  const all = events as EventRecord[];
  const lines = await linesOf(engine, all);
  const counts = filterCounts(all);
  expect(counts.length).toBeGreaterThanOrEqual(30);
  for (const { filter, keep } of counts) {
    const wanted = all.filter(
      (event, index) => (filter.includes("duplicate") || !event.duplicate) && keep(event, lines[index] as string),
    );
    expect((await engine.ask("query", { filter })).count, filter).toBe(wanted.length);
  }
}

async function linesOf(engine: Incident["engine"], events: readonly EventRecord[]): Promise<string[]> {
  const { readRecords } = await import("../main/evidence/original.ts");
  const encodings = new Map(
    engine.caseFile.db.prepare("select id, encoding from source").raw().all() as [number, string][],
  );
  const decoders = new Map([...encodings].map(([id, encoding]) => [id, new TextDecoder(encoding)]));
  const places = events.map(({ source, offset, length }) => ({ source, offset, length }));
  return [...readRecords(engine.caseFile, places)].map((bytes, index) =>
    (decoders.get(events[index]?.source ?? 0) as TextDecoder).decode(bytes),
  );
}

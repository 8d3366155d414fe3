import { instantOf } from "../../../../shared/base/time.ts";
import { type ClocksReport, DUE_CLOCKS } from "../../../../shared/model/accountability/due-clock.ts";
import type { Sensitivity, ShiftedRule } from "../../../../shared/model/accountability/sensitivity.ts";
import type { Case } from "../../../case/case.ts";
import { sensitivity } from "../../../findings/answers/cutoff-sensitivity.ts";
import type { Inquiry } from "../../../findings/inquiry.ts";
import { clocksReport } from "../../../remedy/clocks/clocks.ts";
import { putFacts } from "../../../remedy/regimes/facts.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { differences } from "../extract/differences.ts";
import { readJson } from "../extract/read-extract.ts";

const has = (bag: Bag, name: string): boolean => bag.files.sizes.has(`data/extract/${name}`);

/** Clocks, facts, and the zones that sources were read in, into the case that is worked out anew. */
export function fillClocks(caseFile: Case, about: BundleDocument, sources: readonly SourceRecord[]): void {
  if (about.clocks)
    caseFile.db
      .prepare("insert into clocks (name, sha256, document, at) values ('clocks', '', ?, '')")
      .run(JSON.stringify(DUE_CLOCKS.parse(about.clocks)));
  putFacts(caseFile, about.facts ?? []);
  const zone = caseFile.db.prepare("update source set timezone = ?, timezone_from = ? where id = ?");
  for (const { source, timezone, timezone_from: from } of sources) zone.run(timezone, from, source);
}

/** A bundle of a version that knew neither has nothing to compare. */
export async function compareClocks(bag: Bag, inquiry: Inquiry, about: BundleDocument): Promise<string[]> {
  const faults: string[] = [];
  if (about.clocks !== undefined)
    for (const name of ["clocks.json", "sensitivity.json"]) if (!has(bag, name)) faults.push(`${name} is not there`);
  // A dossier holds neither clocks nor what would move the numbers of all.
  if (about.developer !== undefined) {
    for (const [name, empty] of [
      ["clocks.json", { at: about.at, facts: {}, clocks: [] }],
      ["sensitivity.json", { rules: [] }],
    ] as const)
      if (has(bag, name))
        faults.push(...differences(await readJson(bag, name), empty).map((fault) => `${name}: ${fault}`));
    return faults;
  }
  if (has(bag, "clocks.json")) {
    const said = await readJson<ClocksReport>(bag, "clocks.json");
    const worked = clocksReport(inquiry, instantOf(about.at));
    faults.push(...differences(inOneCase(said), inOneCase(worked)).map((fault) => `clocks.json: ${fault}`));
  }
  if (has(bag, "sensitivity.json")) {
    const said = await readJson<Sensitivity>(bag, "sensitivity.json");
    const worked = sensitivity(inquiry);
    faults.push(...sensitivityFaults(said, worked, about.left_out === 0).map((fault) => `sensitivity.json: ${fault}`));
  }
  return faults;
}

/** Filters spell an app as the case first did, maybe in a call that the bundle does not hold. */
const inOneCase = ({ clocks, ...rest }: ClocksReport) => ({
  ...rest,
  clocks: clocks.map(({ contents, ...clock }) => ({
    ...clock,
    contents: contents.map((each) => ({ ...each, filter: each.filter?.toLowerCase() })),
  })),
});

/**
 * A later cutoff speaks of calls that the bundle holds, so its numbers come out the same. Calls before the cutoff and around other
 * boundaries are not all in it: there the case may have counted more, and never less. With every call all of it comes out.
 */
function sensitivityFaults(said: Sensitivity, worked: Sensitivity, isWhole: boolean): string[] {
  if (isWhole) return differences(said, worked);
  const later = ({ rules }: Sensitivity) =>
    rules.map(({ rule, shifts }) => ({ rule, shifts: shifts.filter(({ by }) => !by.startsWith("-")) }));
  const faults = differences(later(said), later(worked));
  for (const [index, { rule, shifts, zones }] of worked.rules.entries()) {
    const other = said.rules[index];
    if (!other) continue;
    for (const [at, shift] of shifts.entries())
      if (shift.by.startsWith("-")) faults.push(...earlierFaults(rule, other.shifts[at], shift));
    for (const { source, timezone, timezone_from: from, could_move: could } of zones) {
      const zone = other.zones.find((each) => each.source === source);
      if (!zone) faults.push(`rule ${rule} lacks the zone of source ${source}`);
      else if (zone.timezone !== timezone || zone.timezone_from !== from)
        faults.push(`rule ${rule}: the zone of source ${source} is not that of sources.json`);
      else if (zone.could_move.events < could.events || zone.could_move.developers < could.developers)
        faults.push(
          `rule ${rule}: of source ${source} at least ${could.events} calls could move, it says ${zone.could_move.events}`,
        );
    }
  }
  return faults;
}

/** What the log alone names stands for an app or a name. */
const isRegistered = (id: string): boolean => !/^(?:app|name):|^unknown$/u.test(id);

function earlierFaults(rule: string, said: ShiftedRule | undefined, worked: ShiftedRule): string[] {
  const what = `rule ${rule}, ${worked.by}`;
  if (!said || said.by !== worked.by || said.cutoff !== worked.cutoff)
    return [`${what} is not there, or with another cutoff`];
  const faults = differences(said.totals.entitled.apps, worked.totals.entitled.apps, `${what}: entitled.apps`);
  // Developers are not compared: the call that names whose an app is may not be in the bundle, and then it is its own.
  for (const level of ["attempted", "possible", "obtained", "recent"] as const)
    for (const key of ["apps", "events"] as const) {
      const [is, least] = [said.totals[level][key], worked.totals[level][key]];
      if (!(is >= least)) faults.push(`${what}: ${level}.${key} is ${is}, worked out at least ${least}`);
    }
  for (const way of ["in", "out"] as const)
    for (const id of worked[way].filter(isRegistered))
      if (!said[way].includes(id)) faults.push(`${what}: "${way}" lacks ${id}`);
  return faults;
}

import fs from "node:fs";
import type { Case } from "../../../main/case/case.ts";
import { Dataset } from "../../../main/query/dataset.ts";
import { caseOf, newCase } from "../../fixture.ts";
import type { Call, RegistryRows } from "../../reference/model.ts";

/** A call as a test says it: what it leaves out, the log left out; without an outcome the log says none. */
export type SaidCall = Partial<Call> & { readonly time: string };

export const registryOf = (rows: Partial<RegistryRows>): RegistryRows => ({
  developers: [],
  apps: [],
  grants: [],
  consents: [],
  resources: [],
  ...rows,
});

/** The tables that tests fill and `caseOf` leaves as they are. */
const ACTS = ["tag", "tag_run", "note", "note_run", "act", "act_run", "decision"];

/**
 * For one test file: calls → a dataset of them as one complete source, in the order of their lines. All share a case, which
 * each fills anew; a test that keeps two at a time gives a case of its own.
 */
export function datasets(): (calls: readonly SaidCall[], registry?: Partial<RegistryRows>, own?: Case) => Dataset {
  let shared: Case | undefined;
  return (calls, registry = {}, own = undefined) => {
    // Rows that an act has made are not taken from under it.
    const acts = shared?.db.prepare("select count(*) from custody").pluck().get() ?? 0;
    if (!own && (acts as number) !== 1) shared = quickCase();
    const caseFile = own ?? (shared as Case);
    for (const table of ACTS) caseFile.db.exec(`delete from ${table}`);
    return new Dataset(caseOf({ events: calls as Call[], registry: registryOf(registry) }, caseFile));
  };
}

/** A case that need not outlive a power cut. */
export function quickCase(): Case {
  const caseFile = newCase();
  caseFile.db.pragma("synchronous = off");
  return caseFile;
}

/** A quick case whose columns are read from its rows each time: for thousands of small cases, files of columns take most of the time. */
export function caseWithoutCache(): Case {
  const caseFile = quickCase();
  fs.rmSync(caseFile.cache, { recursive: true, force: true });
  // No folder can be made where a file is.
  fs.writeFileSync(caseFile.cache, "");
  return caseFile;
}

/** A day's noon in April 2018, so many minutes later. */
export const noon = (day: number, minutes = 0): string =>
  new Date(Date.UTC(2018, 3, day, 12, minutes)).toISOString().replace(".000Z", "Z");

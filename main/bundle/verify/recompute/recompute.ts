import fs from "node:fs";
import path from "node:path";
import { given } from "../../../../shared/base/given.ts";
import { knownMoment } from "../../../../shared/base/moment.ts";
import { idKey } from "../../../../shared/base/same-id.ts";
import { endOf, HOUR, instantOf, isoOf } from "../../../../shared/base/time.ts";
import type { Remedy } from "../../../../shared/model/accountability/remedy.ts";
import type { Coverage, Findings } from "../../../../shared/model/finding.ts";
import type { Case } from "../../../case/case.ts";
import { createCase } from "../../../case/create.ts";
import { claimResults } from "../../../findings/answers/claims.ts";
import { Inquiry } from "../../../findings/inquiry.ts";
import { VERSION } from "../../../platform/version.ts";
import { tidyMemory } from "../../../platform/workers.ts";
import { workingFolder } from "../../../platform/working-folder.ts";
import { remedyOf } from "../../../remedy/remedy.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { type BundleFacts, factsOf } from "../../contents/bundle-facts.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import { Contradictions } from "../../contents/contradictions.ts";
import { readHours } from "../../contents/hourly-counts.ts";
import { isLarge } from "../bag/large-bag.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import { differences } from "../extract/differences.ts";
import { pagesInput, payloadPageFaults } from "../extract/page-faults.ts";
import { readExtract, readJson } from "../extract/read-extract.ts";
import { filtersToAsk, selectedFaults } from "../extract/selected-counts.ts";
import { compareChosen } from "./compare-chosen.ts";
import { compareClocks } from "./compare-clocks.ts";
import { compareEvents } from "./compare-events.ts";
import { type Extract, fillCase } from "./fill-case.ts";
import { inOneSpelling } from "./spelling.ts";
import { strayLines } from "./stray-lines.ts";

export interface Recomputed {
  readonly outcome: Outcome;
  /** Stated filters of the selection that hold of another number of the calls read again. */
  readonly selected: readonly string[];
}

/**
 * Recomputes the whole bundle. The original lines are read again through the mappings into a throw-away case; registry,
 * policy and decisions are added; then every event and number is compared with the bundle. Counts of hours whose calls are
 * not in the bundle (hours.csv) are used as they are.
 */
export async function recompute(bag: Bag): Promise<Recomputed> {
  // What one step needed is given back before the next one: together they would need the most of all that verify does.
  const tidy = isLarge(bag) ? tidyMemory : () => {};
  tidy();
  const folder = workingFolder("recompute");
  let caseFile: Case | undefined;
  try {
    caseFile = createCase(path.join(folder, "case"), { title: "recompute", examiner: "verify" });
    // Nobody resumes it after a crash, so nothing has to be on the disk at any moment.
    caseFile.db.pragma("synchronous = off");
    const about = await readJson<Extract["about"]>(bag, "bundle.json");
    const { sources } = await readJson<{ sources: Extract["sources"] }>(bag, "sources.json");
    const filters = `${JSON.stringify(about.claims)}\n${filtersToAsk(about)}`;
    const { order, remedy } = await fillCase(bag, caseFile, { about, sources }, path.join(folder, "lines"), filters);
    tidy();
    const lanes = readHours(await readExtract(bag, "hours.csv"));
    const known = {
      lanes,
      ...(about.as_of === undefined ? {} : { asOf: instantOf(about.as_of) }),
      ...given({ only: about.developer }),
    };
    const inquiry = new Inquiry(caseFile, known);
    tidy();
    if (about.developer !== undefined)
      inquiry.dataset.holders = new Map(
        about.holders.map(({ app, developer_id: id }) => [idKey(app), id.replace(/^name:/u, "")]),
      );
    const contradictions = new Contradictions(inquiry.dataset.registry.resources);
    const eventFaults = await compareEvents(bag, inquiry, order, contradictions);
    inquiry.dataset.columns.release();
    tidy();
    const faults = [
      ...eventFaults,
      ...strayLines(bag, caseFile, order),
      ...asOfFaults(about, inquiry),
      ...(about.findings === undefined
        ? [
            ...compareFacts(about, { ...factsOf(inquiry), contradictions: contradictions.all }),
            ...(await compareFindings(bag, inquiry, about)),
            ...compareRemedy(inquiry, remedy, about),
            ...(await compareClocks(bag, inquiry, about)),
          ]
        : await compareChosen(bag, inquiry, about, { remedy, contradictions: contradictions.all })),
      // Every number that the pages print is one of the extract, where this version made them.
      ...(about.software === `Exhibit ${VERSION}` ? await payloadPageFaults(bag, await pagesInput(bag)) : []),
    ];
    const shown = faults.slice(0, 8).join("; ");
    return {
      outcome:
        faults.length > 0
          ? bad("recompute-differs", shown)
          : about.findings !== undefined
            ? await ofStates(bag, about)
            : good(about.developer === undefined ? "recompute-agrees" : "recompute-of-dossier", about.events),
      selected: selectedFaults(about, inquiry.dataset, "lines of the bundle"),
    };
  } finally {
    caseFile?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Until when the rules judge is what the policy says. Where it says nothing, it is the last call of the case.
 * @param isWhole all calls of the case are there
 */
export function asOfFaults({ as_of }: BundleDocument, { policy, dataset }: Inquiry, isWhole = false): string[] {
  const { rows, time } = dataset.columns;
  const last = rows > 0 ? time[rows - 1] : undefined;
  const worked = policy?.as_of === undefined ? last : endOf(policy.as_of);
  if (worked === undefined) return [];
  const said = as_of === undefined ? Number.NaN : instantOf(as_of);
  const isRight = policy?.as_of !== undefined || isWhole ? said === worked : said >= worked;
  return isRight ? [] : [`bundle.json: as_of is ${String(as_of)}, worked out ${isoOf(worked)}`];
}

/** What there is of them, and what is left on trust. */
async function ofStates(bag: Bag, { events, findings = [] }: BundleDocument): Promise<Outcome> {
  const { rules } = await readJson<Findings>(bag, "findings.json");
  const rows = rules.flatMap(({ developers }) => developers);
  const kept = rows.filter(({ status }) => findings.includes(status)).length;
  return good("recompute-of-states", events, kept, rows.length - kept);
}

function compareFacts(about: BundleDocument, worked: BundleFacts): string[] {
  const { holders, holding, without_dismissed, contradictions, developer } = about;
  const folded = (ids: readonly string[]) =>
    ids
      .filter((id) => developer === undefined || id === developer)
      .map((id) => id.toLowerCase())
      .sort();
  const spelt = (facts: BundleFacts) => ({
    ...facts,
    holding: facts.holding.map(({ rule, developers }) => ({ rule, developers: folded(developers) })),
    // Those of a dossier are taken as they are.
    holders:
      about.developer === undefined
        ? facts.holders.map(({ app, developer_id }) => [idKey(app), developer_id]).sort()
        : [],
    finding_sources: facts.finding_sources
      ?.filter(({ developer_id: id }) => developer === undefined || id === developer)
      .map((each) => ({ ...each, developer_id: each.developer_id.toLowerCase() }))
      .sort((a, b) => (`${a.rule} ${a.developer_id}` < `${b.rule} ${b.developer_id}` ? -1 : 1)),
  });
  const { finding_sources } = about;
  const said = { holders, holding, without_dismissed, contradictions, ...given({ finding_sources }) };
  // A bundle of a version that had no load file does not say it.
  const again = about.bates === undefined ? { ...worked, finding_sources } : worked;
  return differences(spelt(said), spelt(again as BundleFacts)).map((fault) => `bundle.json: ${fault}`);
}

/** Steps, and what speaks against each; of a bundle of a version that knew no remedy there is nothing to compare. */
function compareRemedy(inquiry: Inquiry, said: Remedy | undefined, { at }: Extract["about"]): string[] {
  if (said === undefined) return [];
  return differences(said, remedyOf(inquiry, { at: knownMoment(at) })).map((fault) => `remedy.json: ${fault}`);
}

async function compareFindings(bag: Bag, inquiry: Inquiry, { at }: Extract["about"]): Promise<string[]> {
  const said = await readJson<Findings>(bag, "findings.json");
  const worked = inquiry.findings({ at: knownMoment(at) });
  const faults = differences({ ...inOneSpelling(said), coverage: [] }, { ...inOneSpelling(worked), coverage: [] }).map(
    (fault) => `findings.json: ${fault}`,
  );
  // hours.csv knows first and last to the hour.
  const hourly = (coverage: readonly Coverage[]) =>
    coverage.map((lane) => ({
      ...lane,
      from: Math.floor(instantOf(lane.from) / HOUR),
      to: Math.floor(instantOf(lane.to) / HOUR),
    }));
  faults.push(
    ...differences(hourly(said.coverage), hourly(worked.coverage)).map((fault) => `findings.json, coverage: ${fault}`),
  );
  const { coverage } = await readJson<{ coverage: Coverage[] }>(bag, "coverage.json");
  faults.push(...differences(coverage, said.coverage).map((fault) => `coverage.json: ${fault}`));
  const claims = await readJson<{ claims: unknown }>(bag, "claims.json");
  faults.push(...differences(claims.claims, claimResults(inquiry)).map((fault) => `claims.json: ${fault}`));
  return faults;
}

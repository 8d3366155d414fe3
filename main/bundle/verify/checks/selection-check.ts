import { HOUR, isoOf } from "../../../../shared/base/time.ts";
import type { Disposition, Findings } from "../../../../shared/model/finding.ts";
import { policyOf } from "../../../findings/rules/policy.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { ALWAYS, foundBy, statesOf } from "../../contents/choose-events.ts";
import { hourLines, readHours } from "../../contents/hourly-counts.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import { type BundleContents, isHidden } from "../extract/bundle-contents.ts";
import { readExtract, readJson } from "../extract/read-extract.ts";
import type { RowScan } from "../extract/row-scan.ts";
import type { Recomputed } from "../recompute/recompute.ts";

/**
 * What was selected, and what was left out: the sums of the whole case as sources.json and hours.csv have them, and each
 * stated filter over the rows of the bundle; where all is worked out anew, also over the calls read again.
 */
export async function selectionCheck(
  bag: Bag,
  contents: BundleContents,
  scan: RowScan,
  recomputed: Recomputed | undefined,
): Promise<Outcome> {
  const wrong = stateFaults(contents);
  if (wrong.length > 0) return bad("selection-differs", wrong.join("; "));
  const faults = [
    ...sumFaults(contents),
    ...(await hourFaults(bag, contents, scan)),
    ...filterFaults(contents, scan),
    ...(await reasonFaults(bag, contents)),
    ...(recomputed?.selected ?? []),
  ];
  if (faults.length > 0) return bad("selection-differs", [...new Set(faults)].slice(0, 20).join("; "));
  const { selected, events, left_out, developer, findings: states } = contents.about;
  if (states !== undefined)
    return good("selection-of-states", events, left_out, selected.length, await leftFindings(bag, states));
  if (developer !== undefined) return good("selection-of-dossier", events, left_out, selected.length);
  return good("selection-agrees", events, left_out, selected.length);
}

/** Each stated filter holds of as many calls of the bundle as it says: a bundle has every call that its filters choose. */
function filterFaults({ about: { selected } }: BundleContents, scan: RowScan): string[] {
  return selected.flatMap(({ why, filter, events }, at) => {
    if (isHidden(filter)) return [];
    const named = `bundle.json: the filter ${printable(filter.slice(0, 200))} (${printable(why.slice(0, 100))})`;
    const found = scan.selected[at];
    if (typeof found === "string") return [`${named} cannot be asked: ${found}`];
    return found === events ? [] : [`${named} says ${events} events, the bundle holds ${found} of them`];
  });
}

/** How many findings are in another state: of them a bundle has the numbers alone. */
async function leftFindings(bag: Bag, states: readonly Disposition[]): Promise<number> {
  const { rules } = await readJson<Findings>(bag, "findings.json");
  return rules.flatMap(({ developers }) => developers).filter(({ status }) => !states.includes(status)).length;
}

/** States are those that there are, some of them, in their order. */
function stateFaults({ about: { findings } }: BundleContents): string[] {
  if (findings === undefined) return [];
  const isRight = Array.isArray(findings) && JSON.stringify(statesOf(findings)) === JSON.stringify(findings);
  return isRight && findings.length > 0 ? [] : ["bundle.json: findings are no states that a bundle can be of"];
}

/** What every bundle holds: without its filter nobody would miss the calls. A dossier's is narrowed, and may be hidden. */
async function reasonFaults(bag: Bag, { about: { selected, developer, findings } }: BundleContents): Promise<string[]> {
  const has = (wanted: string) =>
    selected.some(({ filter }) =>
      developer === undefined ? filter === wanted : filter.startsWith(`(${wanted}) `) || isHidden(filter),
    );
  const wanted = policyOf(await readExtract(bag, "policy.json")) ? [foundBy(findings), ...ALWAYS] : ALWAYS;
  return wanted
    .filter((filter) => !has(filter))
    .map((filter) => `bundle.json: nothing is selected by ${filter}, as in every bundle`);
}

/** The calls of the bundle and those left out are all that the sources have which count. */
function sumFaults({ about, sources }: BundleContents): string[] {
  const all = sources.reduce((sum, { events, withdrawn }) => sum + (withdrawn ? 0 : events), 0);
  return about.events + about.left_out === all
    ? []
    : [
        `bundle.json: ${about.events} events and ${about.left_out} left out are not the ${all} of its sources in sources.json`,
      ];
}

/** hours.csv has all records of each source, hour by hour, and no fewer in any hour than the bundle itself. */
async function hourFaults(bag: Bag, { sources }: BundleContents, scan: RowScan): Promise<string[]> {
  const text = await readExtract(bag, "hours.csv");
  const lanes = readHours(text);
  const faults: string[] = [];
  // An hour that stands there twice counts once here, and twice for whoever sums the file. Once it had no duplicates.
  if (text.split("\n", 1)[0] !== "source,api,hour,events" && text !== [...hourLines(lanes)].join(""))
    faults.push("hours.csv is not written as a bundle writes it");
  const sum = (counts: Float64Array | undefined) => counts?.reduce((all, count) => all + count, 0) ?? 0;
  for (const { source, file, events, duplicates, withdrawn } of sources) {
    const own = lanes.filter((lane) => lane.source === source);
    const again = own.reduce((all, lane) => all + sum(lane.duplicates), 0);
    const hours = own.reduce((all, lane) => all + sum(lane.counts), again);
    const what = `of source ${source} (${printable(file)})`;
    if (hours !== (withdrawn ? 0 : events))
      faults.push(`hours.csv has ${hours} events ${what}, sources.json ${withdrawn ? "none that count" : events}`);
    if (!withdrawn && again !== duplicates)
      faults.push(`hours.csv has ${again} duplicates ${what}, sources.json ${duplicates}`);
  }
  const known = new Set(sources.map(({ source }) => source));
  for (const { source } of lanes)
    if (!known.has(source)) faults.push(`hours.csv has hours of source ${source}, which sources.json has not`);
  const byKey = new Map(lanes.map((lane) => [`${lane.source} ${JSON.stringify(lane.api ?? null)}`, lane]));
  for (const [key, { events, duplicates }] of scan.hours) {
    const [said = "", source = ""] = key.split(" ", 2);
    const api = JSON.parse(key.slice(said.length + source.length + 2)) as string | null;
    const hour = Number(said);
    const lane = byKey.get(`${source} ${JSON.stringify(api)}`);
    const has = {
      events: lane?.counts[hour - lane.start] ?? 0,
      duplicates: lane?.duplicates?.[hour - lane.start] ?? 0,
    };
    if (has.events < events || has.duplicates < duplicates) {
      const at = `${isoOf(hour * HOUR)} of source ${source}${api === null ? "" : `, API ${printable(api)}`}`;
      faults.push(
        `hours.csv has ${has.events} events and ${has.duplicates} duplicates in the hour ${at}, the bundle itself ${events} and ${duplicates}`,
      );
    }
  }
  return faults;
}

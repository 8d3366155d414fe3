import { instantOf } from "../../../../shared/base/time.ts";
import type { Case } from "../../../case/case.ts";
import { Inquiry } from "../../../findings/inquiry.ts";
import { printable } from "../../../platform/printable-name.ts";
import { fillRegistry } from "../../../registry/document.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { Contradictions } from "../../contents/contradictions.ts";
import { hourLines } from "../../contents/hourly-counts.ts";
import { type SourceRecord, sourceRecords } from "../../contents/source-records.ts";
import type { BundleContents } from "../extract/bundle-contents.ts";
import { differences } from "../extract/differences.ts";
import { readExtract } from "../extract/read-extract.ts";
import { selectedFaults } from "../extract/selected-counts.ts";
import { compareEvents } from "./compare-events.ts";
import { fillRules } from "./fill-case.ts";
import { asOfFaults } from "./recompute.ts";

/** What of a source its original gives. Who gave it, and what was said of it, it does not know. */
const OF_ORIGINAL = [
  ...["lines", "events", "rejected", "skipped", "duplicates", "line_ledger", "impossible_numbers", "no_values"],
  ...["first", "last", "ambiguous_times", "broken_text", "reject_reasons", "rejects", "clock"],
] as const;

/**
 * What only the whole case knows, against a case into which all its originals were read again, whatever lines/ says: ledgers,
 * hours and clocks, every call of the bundle, how many calls each stated filter chooses, what was left out, what counts nowhere.
 * @param order the bundle's source numbers → those of that case
 */
export async function wholeCaseFaults(
  bag: Bag,
  { about, sources }: BundleContents,
  caseFile: Case,
  order: ReadonlyMap<number, number>,
): Promise<string[]> {
  fillRegistry(caseFile.db, await readExtract(bag, "registry.json"));
  await fillRules(bag, caseFile, about);
  const inquiry = new Inquiry(caseFile, about.as_of === undefined ? {} : { asOf: instantOf(about.as_of) });
  const { dataset } = inquiry;
  const faults = sourceFaults(sources, new Map(sourceRecords(dataset).map((each) => [each.source, each])), order);
  faults.push(...asOfFaults(about, inquiry, true));
  const numbers = new Map([...order].map(([source, again]) => [again, source]));
  const lanes = inquiry.recordLanes.map((lane) => ({ ...lane, source: numbers.get(lane.source) ?? lane.source }));
  faults.push(...hourFaults(await readExtract(bag, "hours.csv"), hourLines(lanes)));
  const contradictions = new Contradictions(dataset.registry.resources);
  faults.push(...(await compareEvents(bag, inquiry, order, contradictions, "originals")));
  faults.push(...selectedFaults(about, dataset, "originals"));
  if (dataset.columns.rows !== about.events + about.left_out)
    faults.push(
      `bundle.json: ${about.events} events and ${about.left_out} left out, the originals give ${dataset.columns.rows}`,
    );
  const apart = inquiry.judged.map((judged) => ({ rule: judged.rule.id, ...inquiry.apartOf(judged) }));
  faults.push(...differences(about.apart, apart, "apart").map((fault) => `bundle.json: ${fault} from the originals`));
  return faults;
}

function sourceFaults(
  sources: readonly SourceRecord[],
  again: ReadonlyMap<number, SourceRecord>,
  order: ReadonlyMap<number, number>,
): string[] {
  return sources.flatMap((source) => {
    const read = again.get(order.get(source.source) ?? -1);
    if (!read) return [];
    const what = `sources.json: source ${source.source} (${printable(source.file)})`;
    return OF_ORIGINAL.flatMap((key) =>
      differences(
        (source as unknown as Record<string, unknown>)[key],
        (read as unknown as Record<string, unknown>)[key],
        key,
      ).map((fault) => `${what}: ${fault}`),
    );
  });
}

/** Line by line: in which hour the two differ first. */
function hourFaults(said: string, worked: Iterable<string>): string[] {
  let at = 0;
  let row = 0;
  for (const line of worked) {
    row += 1;
    if (!said.startsWith(line, at))
      return [
        `hours.csv line ${row} is ${printable(said.slice(at, at + 80).split("\n", 1)[0] || "not there")}, the originals give ${printable(line.trimEnd())}`,
      ];
    at += line.length;
  }
  return at === said.length ? [] : [`hours.csv line ${row + 1} is of no call of the originals`];
}

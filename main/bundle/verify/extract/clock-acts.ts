import { instantOf } from "../../../../shared/base/time.ts";
import type { ClocksReport, FactEntry } from "../../../../shared/model/accountability/due-clock.ts";
import { DUE_CLOCKS } from "../../../../shared/model/accountability/due-clock.ts";
import type { CustodyEntry } from "../../../custody/append.ts";
import { lineOf } from "../../../custody/row-digests.ts";
import { printable } from "../../../platform/printable-name.ts";
import { sha256Of } from "../../../platform/sha256.ts";
import { factsReport, timesReport } from "../../../remedy/clocks/clocks.ts";
import { factsOf } from "../../../remedy/regimes/facts.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import type { Compared } from "./compared.ts";
import { differences } from "./differences.ts";

type Said = Pick<BundleDocument, "clocks" | "facts" | "at">;

/**
 * Clocks and facts against the acts that made them, and how each clock stands against both: that follows from them alone. A
 * bundle of a version that knew no clocks has neither.
 */
export function clockFaults(about: Said, report: ClocksReport | undefined, acts: readonly CustodyEntry[]): Compared {
  const faults = [...fileFaults(about, acts), ...factFaults(about.facts ?? [], acts)];
  if (faults.length === 0 && report !== undefined) faults.push(...reportFaults(about, report));
  return { faults, onTrust: [] };
}

function fileFaults({ clocks = null }: Said, acts: readonly CustodyEntry[]): string[] {
  const set = acts.findLast(({ act }) => act === "clocks");
  if (!set) return clocks === null ? [] : ["bundle.json has clocks, and no act tells of them"];
  return clocks !== null && sha256Of(JSON.stringify(clocks)) === set.detail.read_sha256
    ? []
    : [`bundle.json: the clocks are not those that act ${set.seq} (clocks) took into the case`];
}

const say = (value: unknown): string => (value === undefined ? "nothing" : printable(String(value).slice(0, 80)));

/** Entries in their order are the acts that made them in theirs. */
function factFaults(facts: readonly FactEntry[], acts: readonly CustodyEntry[]): string[] {
  const made = acts.filter(({ act }) => act === "fact");
  const faults: string[] = [];
  for (let index = 0; index < Math.max(facts.length, made.length); index += 1) {
    const [entry, act] = [facts[index], made[index]];
    if (!act) faults.push(`bundle.json: fact ${index + 1} (${say(entry?.fact)}) has no act`);
    else if (!entry) faults.push(`bundle.json lacks the fact ${say(act.detail.fact)} that act ${act.seq} (fact) made`);
    else faults.push(...entryFaults(entry, act, index + 1));
  }
  return faults;
}

function entryFaults(entry: FactEntry, { seq, by, detail }: CustodyEntry, number: number): string[] {
  const what = `bundle.json: fact ${number} (${say(entry.fact)})`;
  const faults = (["fact", "value", "reason", "file", "sha256", "bytes"] as const)
    .filter((key) => entry[key] !== detail[key])
    .map((key) => `${what}: ${key} is ${say(entry[key])}, and in act ${seq} (fact) ${say(detail[key])}`);
  if (entry.by !== by) faults.push(`${what}: by is ${say(entry.by)}, and in act ${seq} (fact) ${say(by)}`);
  if (faults.length > 0) return faults;
  const { fact, value = null, reason = null, file = null, sha256 = null, bytes = null, at } = entry;
  const pinned = Object.values((detail.digests as { fact?: Record<string, unknown> })?.fact ?? {})[0];
  return pinned === sha256Of(lineOf([fact, value, reason, file, sha256, bytes, at, by]))
    ? []
    : [`${what} is not what act ${seq} (fact) made it`];
}

/** `at`, facts and times of clocks.json. What the case fills in rests on calls, and is worked out from them. */
function reportFaults({ clocks, facts = [], at }: Said, report: ClocksReport): string[] {
  const inForce = factsOf(facts);
  const defined = clocks ? DUE_CLOCKS.parse(clocks).clocks : [];
  const times = report.clocks.map(({ threshold: _threshold, contents: _contents, ...rest }) => rest);
  const worked = { at, facts: factsReport(inForce), clocks: timesReport(defined, inForce, instantOf(at)) };
  return differences({ at: report.at, facts: report.facts, clocks: times }, worked).map(
    (fault) => `clocks.json: ${fault}`,
  );
}

import { MAX_JUMPS_SHOWN } from "../../../findings/coverage/source-clocks.ts";
import { printable } from "../../../platform/printable-name.ts";
import { VERSION } from "../../../platform/version.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleContents } from "./bundle-contents.ts";
import { readExtract } from "./read-extract.ts";

const SCHEMAS: readonly string[] = ["exhibit/bundle@2", "exhibit/bundle@1"];

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** Documents that a bundle prints itself. The policy is as it was read. */
const PRINTED = ["bundle", "findings", "sources", "registry", "claims", "remedy", "coverage", "clocks", "sensitivity"];

const BUNDLE = new Set([
  ...["schema", "name", "number", "title", "case", "examiner", "made_by", "at", "software", "build", "as_of"],
  ...[
    "filter",
    "findings",
    "developer",
    "selected",
    "events",
    "left_out",
    "apart",
    "originals",
    "unfinished",
    "custody",
  ],
  ...["claims", "clocks", "facts", "decisions", "holders", "holding", "without_dismissed", "contradictions"],
  ...["bates", "finding_sources", "for", "matter", "reason", "letterhead"],
]);
const DECISION = new Set(["rule", "developer_id", "disposition", "reason", "at", "by"]);
const SOURCE = new Set([
  ...["source", "file", "member", "sha256", "bytes", "format", "encoding", "compression", "timezone", "timezone_from"],
  ...["zone_data", "lines", "events", "rejected", "skipped", "duplicates", "line_ledger", "impossible_numbers"],
  ...["no_values", "first", "last", "rejects", "reject_reasons", "acquisition", "withdrawn", "reference", "clock"],
  ...["ambiguous_times", "broken_text", "mapping"],
]);
const WITHDRAWN = new Set(["reason", "at", "by"]);
const CLOCK = new Set(["events", "order", "backward", "usual", "furthest", "jumps", "first_jumps"]);
const FACT = new Set(["fact", "value", "reason", "file", "sha256", "bytes", "at", "by"]);
const ACT = new Set(["seq", "at", "by", "act", "detail", "previous", "digest"]);

/**
 * Documents are written in one way. Written in another, a name may stand there twice, of which one reader takes the first and
 * the next one the last; and what this version knows nothing of, none of its checks has looked at.
 */
export async function formFaults(bag: Bag, { about, sources, acts }: BundleContents): Promise<string[]> {
  const faults: string[] = [];
  for (const name of PRINTED) {
    if (!bag.files.sizes.has(`data/extract/${name}.json`)) continue;
    const text = await readExtract(bag, `${name}.json`);
    if (text !== `${JSON.stringify(JSON.parse(text), undefined, 1)}\n`)
      faults.push(`${name}.json is not written as a bundle writes it`);
  }
  const lines = await readExtract(bag, "custody.jsonl");
  if (lines !== acts.map((act) => `${JSON.stringify(act)}\n`).join(""))
    faults.push("custody.jsonl is not written as a case writes it");
  if (!SCHEMAS.includes(about.schema))
    faults.push(
      `bundle.json is of the schema ${printable(String(about.schema).slice(0, 60))}, and this version knows ${SCHEMAS.join(" and ")}: check it with the version that made it`,
    );
  for (const { seq, act, by, detail } of acts)
    if (!isText(act) || (detail !== undefined && !isText(by)))
      faults.push(`act ${seq} of custody.jsonl does not say ${isText(act) ? "whose" : "what"} it is`);
  if (about.software !== `Exhibit ${VERSION}`) return faults;
  const say = (what: string, document: object, known: ReadonlySet<string>) => {
    for (const key of Object.keys(document))
      if (!known.has(key)) faults.push(`${what} has ${printable(key.slice(0, 60))}, which no bundle has`);
  };
  say("bundle.json", about, BUNDLE);
  for (const [index, decision] of about.decisions.entries())
    say(`bundle.json: decision ${index + 1}`, decision, DECISION);
  say("bundle.json: custody", about.custody ?? {}, new Set(["entries", "head"]));
  for (const each of about.holding ?? [])
    say(`bundle.json: holding of ${each.rule}`, each, new Set(["rule", "developers"]));
  for (const [index, fact] of (about.facts ?? []).entries()) say(`bundle.json: fact ${index + 1}`, fact, FACT);
  for (const source of sources) {
    say(`sources.json: source ${source.source}`, source, SOURCE);
    if (source.withdrawn) say(`sources.json: the withdrawal of source ${source.source}`, source.withdrawn, WITHDRAWN);
    if (source.clock) say(`sources.json: the clock of source ${source.source}`, source.clock, CLOCK);
    for (const key of source.withdrawn || source.events === 0 ? [] : CLOCK)
      if (!Object.hasOwn(source.clock ?? {}, key))
        faults.push(`sources.json: the clock of source ${source.source} lacks ${key}`);
    const { jumps = 0, first_jumps = [] } = source.clock ?? {};
    if (first_jumps.length !== Math.min(jumps, MAX_JUMPS_SHOWN))
      faults.push(
        `sources.json: the clock of source ${source.source} has ${jumps} jumps, and ${first_jumps.length} of them stand there`,
      );
  }
  for (const act of acts) say(`act ${act.seq} of custody.jsonl`, act, ACT);
  for (const [name, key] of [
    ["sources", "sources"],
    ["claims", "claims"],
    ["coverage", "coverage"],
  ] as const)
    say(`${name}.json`, JSON.parse(await readExtract(bag, `${name}.json`)) as object, new Set([key]));
  return faults;
}

import type { CustodyEntry } from "../../../custody/append.ts";
import { rejectsDigest } from "../../../evidence/source-report.ts";
import { printable } from "../../../platform/printable-name.ts";
import { sha256Of } from "../../../platform/sha256.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import type { BundleContents } from "./bundle-contents.ts";
import type { Compared } from "./compared.ts";
import { differences } from "./differences.ts";

/** What sources.json has of a source and its act too. Duplicates change with other sources. */
const STATED = [
  ...[
    "file",
    "member",
    "sha256",
    "bytes",
    "format",
    "encoding",
    "compression",
    "timezone",
    "timezone_from",
    "zone_data",
  ],
  ...["lines", "events", "rejected", "skipped", "line_ledger", "impossible_numbers", "no_values", "first", "last"],
] as const;

/** What acts hold since a later version: of an act that does not have it, it is on trust. */
const STATED_LATER = ["ambiguous_times", "broken_text"] as const;

interface Told {
  readonly seq: number;
  readonly act: string;
  readonly said: Readonly<Record<string, unknown>>;
  /** Acts with digests say all of it: what they lack is not there. */
  readonly isWhole: boolean;
}

/** Sources against the acts that read, withdrew and restored them; each source has its act, and each act its source. */
export function sourceFaults({ sources, acts }: BundleContents): Compared {
  const faults: string[] = [];
  const onTrust: string[] = [];
  const { told, paths, receipts, withdrawals } = actsOfSources(acts);
  faults.push(...begunFaults(acts));
  const shown = new Set(sources.map(({ source }) => source));
  for (const [source, { seq, act, said }] of told)
    if (!shown.has(source))
      faults.push(`sources.json lacks source ${source} (${say(said.file)}), which act ${seq} (${act}) made`);
  for (const [source, { seq, detail }] of receipts)
    if (!told.has(source))
      faults.push(`act ${seq} (received) tells of source ${source} (${say(detail.file)}), which no act imported`);
  for (const source of sources) {
    const what = `sources.json: source ${source.source} (${say(source.file)})`;
    const of = told.get(source.source);
    if (!of) {
      faults.push(`${what} has no act`);
      continue;
    }
    const named = `act ${of.seq} (${of.act})`;
    for (const key of STATED) {
      const found = (source as unknown as Record<string, unknown>)[key];
      if (of.said[key] === undefined && !of.isWhole) continue;
      for (const fault of differences(found, of.said[key], key)) faults.push(`${what}: ${worded(fault, named)}`);
    }
    for (const key of STATED_LATER) {
      if (of.said[key] === undefined) onTrust.push(`${named} does not hold ${key} of source ${source.source}`);
      else
        for (const fault of differences(source[key], of.said[key], key))
          faults.push(`${what}: ${worded(fault, named)}`);
    }
    const rejected = of.said.rejects_sha256;
    if (rejected === undefined)
      onTrust.push(`${named} holds no digest of what was rejected of source ${source.source}`);
    else if (rejected !== rejectsDigest({ rejects: source.rejects, reasons: source.reject_reasons }))
      faults.push(`${what}: rejects and reject_reasons are not those of ${named}`);
    for (const fault of differences(source.reference?.path, paths.get(source.source), "reference.path"))
      faults.push(`${what}: ${worded(fault, named)}`);
    const mapping = of.said.mapping_sha256;
    if (mapping === undefined)
      onTrust.push(`${named} is of an older version: the mapping of source ${source.source} is on trust`);
    else if (mapping !== sha256Of(JSON.stringify(source.mapping)))
      faults.push(`${what}: its mapping is not the one of ${named}`);
    faults.push(...acquisitionFaults(source, receipts.get(source.source)).map((fault) => `${what}: ${fault}`));
    const last = withdrawals.get(source.source);
    for (const act of [receipts.get(source.source), last])
      for (const key of ["file", "sha256"] as const)
        if (act && act.detail[key] !== undefined && act.detail[key] !== source[key])
          faults.push(
            `${what}: ${key} is ${say(source[key])}, and in act ${act.seq} (${act.act}) ${say(act.detail[key])}`,
          );
    const { withdrawn } = source;
    if (withdrawn && last?.act !== "withdraw") faults.push(`${what} is withdrawn, and no act tells of it`);
    else if (!withdrawn && last?.act === "withdraw")
      faults.push(`${what} counts, and act ${last.seq} (withdraw) withdrew it`);
    else if (withdrawn && last) {
      if (withdrawn.reason !== last.detail.reason)
        faults.push(
          `${what} is withdrawn for ${say(withdrawn.reason)}, and in act ${last.seq} (withdraw) for ${say(last.detail.reason)}`,
        );
      const { withdrawn_at } = last.detail;
      if (withdrawn_at !== undefined && withdrawn.at !== withdrawn_at)
        faults.push(
          `${what} is withdrawn on ${say(withdrawn.at)}, and in act ${last.seq} (withdraw) on ${say(withdrawn_at)}`,
        );
      if (withdrawn.by !== last.by)
        faults.push(
          `${what} is withdrawn by ${say(withdrawn.by)}, and in act ${last.seq} (withdraw) by ${say(last.by)}`,
        );
    }
  }
  return { faults, onTrust };
}

/** An import ends with the file with which it began. */
function begunFaults(acts: readonly CustodyEntry[]): string[] {
  const begun = new Map<unknown, CustodyEntry>();
  const faults: string[] = [];
  for (const act of acts) {
    const { source } = act.detail;
    if (act.act === "import begun") begun.set(source, act);
    const before = act.act === "import" ? begun.get(source) : undefined;
    if (!before) continue;
    for (const key of ["file", "member", "bytes", "format"])
      if (before.detail[key] !== act.detail[key])
        faults.push(
          `act ${act.seq} (import) has ${key} ${say(act.detail[key])}, and act ${before.seq} (import begun) ${say(before.detail[key])}`,
        );
  }
  return faults;
}

/** How a file came is as the last act that says it has it; and whether the producer's digest matches is worked out. */
function acquisitionFaults({ acquisition, sha256 }: SourceRecord, act: CustodyEntry | undefined): string[] {
  if (!act) return acquisition === undefined ? [] : ["it says how it came, and no act tells of it"];
  const { source: _source, file: _file, sha256: _sha256, digests: _digests, clock: _clock, ...said } = act.detail;
  const faults = differences(acquisition, said, "acquisition").map((fault) =>
    worded(fault, `act ${act.seq} (received)`),
  );
  const { digest, digest_matches } = acquisition ?? {};
  if (digest_matches !== (digest === undefined ? undefined : digest === sha256))
    faults.push(
      `acquisition.digest_matches is ${say(digest_matches)}, and the digest stated is ${say(digest)}, the file's ${sha256}`,
    );
  return faults;
}

const say = (value: unknown): string => printable(String(value).slice(0, 80));

const worded = (fault: string, named: string): string => fault.replace(", worked out ", `, and in ${named} `);

function actsOfSources(acts: readonly CustodyEntry[]) {
  const told = new Map<number, Told>();
  const paths = new Map<number, unknown>();
  const receipts = new Map<number, CustodyEntry>();
  const withdrawals = new Map<number, CustodyEntry>();
  for (const entry of acts) {
    const { seq, act, detail } = entry;
    const source = Number(detail.source);
    if (act === "withdraw" || act === "restore") withdrawals.set(source, entry);
    if (act === "import" && detail.by_reference !== undefined) paths.set(source, detail.by_reference);
    if (act === "received") receipts.set(source, entry);
    if (act !== "import" && act !== "remap") continue;
    const isWhole = detail.digests !== undefined;
    const { source: _source, ...own } = detail;
    // A remap of an older version says only what it changed.
    const before = act === "remap" && !isWhole ? told.get(source)?.said : undefined;
    const after = act === "remap" ? { ...(detail.after as object) } : own;
    told.set(source, { seq, act, isWhole, said: { ...before, file: detail.file, ...after } });
  }
  return { told, paths, receipts, withdrawals };
}

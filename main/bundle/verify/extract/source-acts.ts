import type { CustodyEntry } from "../../../custody/append.ts";
import { printable } from "../../../platform/printable-name.ts";
import { sha256Of } from "../../../platform/sha256.ts";
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
  const { told, withdrawals } = actsOfSources(acts);
  const shown = new Set(sources.map(({ source }) => source));
  for (const [source, { seq, act, said }] of told)
    if (!shown.has(source))
      faults.push(`sources.json lacks source ${source} (${say(said.file)}), which act ${seq} (${act}) made`);
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
    const mapping = of.said.mapping_sha256;
    if (mapping === undefined)
      onTrust.push(`${named} is of an older version: the mapping of source ${source.source} is on trust`);
    else if (mapping !== sha256Of(JSON.stringify(source.mapping)))
      faults.push(`${what}: its mapping is not the one of ${named}`);
    const last = withdrawals.get(source.source);
    const { withdrawn } = source;
    if (withdrawn && last?.act !== "withdraw") faults.push(`${what} is withdrawn, and no act tells of it`);
    else if (!withdrawn && last?.act === "withdraw")
      faults.push(`${what} counts, and act ${last.seq} (withdraw) withdrew it`);
    else if (withdrawn && last) {
      if (withdrawn.reason !== last.detail.reason)
        faults.push(
          `${what} is withdrawn for ${say(withdrawn.reason)}, and in act ${last.seq} (withdraw) for ${say(last.detail.reason)}`,
        );
      if (withdrawn.by !== last.by)
        faults.push(
          `${what} is withdrawn by ${say(withdrawn.by)}, and in act ${last.seq} (withdraw) by ${say(last.by)}`,
        );
    }
  }
  return { faults, onTrust };
}

const say = (value: unknown): string => printable(String(value).slice(0, 80));

const worded = (fault: string, named: string): string => fault.replace(", worked out ", `, and in ${named} `);

function actsOfSources(acts: readonly CustodyEntry[]) {
  const told = new Map<number, Told>();
  const withdrawals = new Map<number, CustodyEntry>();
  for (const entry of acts) {
    const { seq, act, detail } = entry;
    const source = Number(detail.source);
    if (act === "withdraw" || act === "restore") withdrawals.set(source, entry);
    if (act !== "import" && act !== "remap") continue;
    const isWhole = detail.digests !== undefined;
    const { source: _source, ...own } = detail;
    // A remap of an older version says only what it changed.
    const before = act === "remap" && !isWhole ? told.get(source)?.said : undefined;
    const after = act === "remap" ? { ...(detail.after as object) } : own;
    told.set(source, { seq, act, isWhole, said: { ...before, file: detail.file, ...after } });
  }
  return { told, withdrawals };
}

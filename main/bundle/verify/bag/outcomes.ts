import { figure } from "../../../../shared/base/figure.ts";
import type { HowChecked, VerdictWord } from "../../../../shared/model/verdict.ts";
import { printable } from "../../../platform/printable-name.ts";

/** What is checked of any bag. */
const BAG_CHECKS = ["container", "structure", "manifest", "tagmanifest", "signature"] as const;

/** Of the bag, and not of what its files say. */
export const isBagCheck = (check: string): boolean => (BAG_CHECKS as readonly string[]).includes(check);

/** What is checked of a bundle's contents. */
export const CONTENT_CHECKS = [
  "timestamp",
  "pages",
  "custody",
  "dates",
  "sources",
  "selection",
  "counts",
  "redaction",
  "recompute",
  "after",
] as const;

/** The checks of a bundle, a bag or a case, in the order they are shown. */
export const CHECKS = [...BAG_CHECKS, ...CONTENT_CHECKS] as const;
export type CheckName = (typeof CHECKS)[number];

/** How each check knows what it says, unless the code says otherwise (`ON_TRUST`). */
const HOW: Readonly<Record<CheckName, HowChecked>> = {
  container: "worked-out",
  structure: "worked-out",
  manifest: "worked-out",
  tagmanifest: "worked-out",
  signature: "worked-out",
  timestamp: "worked-out",
  pages: "worked-out",
  custody: "compared",
  dates: "compared",
  sources: "worked-out",
  selection: "worked-out",
  counts: "compared",
  redaction: "worked-out",
  recompute: "worked-out",
  after: "compared",
};

/** How a check can end: each code with the sentence that says it. What is found wrong is a sentence of its own, put in. */
const SENTENCES = {
  "not-reached": () => "could not be looked at",
  "not-checked": () => "not checked",
  "bundle-older": () => "a bundle of an older version (exhibit/bundle@1), checked as a bag with its signature",
  "bundle-not-older": (act: number) =>
    `bundle.json says that it is exhibit/bundle@1, and act ${act} of custody.jsonl is of a later version`,
  "not-exhibit": () => "not an Exhibit bundle",
  "check-failed": (why: string) => `could not be checked: ${why}`,

  "folder-no-zip": () => "a folder, no zip",
  "case-no-zip": () => "a case, no zip",
  "zip-unreadable": (faults: string) => `${faults || "the zip is empty"}; its contents cannot be read`,
  "zip-wrong": (faults: string, isIntact: boolean) =>
    `${faults}; the contents are ${isIntact ? "intact" : "not intact, see below"}`,
  "zip-ordinary": (entries: number) => `an ordinary zip of ${entries} entries, not written by Exhibit`,
  "zip-right": (entries: number) => `${entries} entries`,

  "structure-wrong": (faults: string) => faults,
  "structure-right": (version: string, kind: string, notes: string) => `BagIt ${version}, ${kind}${notes}`,
  "database-wrong": (fault: string) => `case.db: ${fault}`,
  "database-right": () => "case.db is whole",

  "files-differ": (faults: string) => faults,
  "files-unchanged": (files: string) => files,
  "evidence-differs": (faults: string) => faults,
  "evidence-unchanged": (originals: number, attached: number, byReference: string) =>
    `${originals} originals ${attached > 0 ? `and ${attached} files of remedy entries and clocks ` : ""}unchanged${byReference}`,
  "tag-manifest-missing": () => "there is no tag manifest",
  "tag-manifest-none": () => "a case has none",

  "signature-missing": (keys: string) => `the signature by key ${keys} is missing`,
  "signature-none": () => "there is none",
  unsigned: () => "unsigned",
  "case-unsigned": () => "a case is not signed; its bundles are",
  "signature-wrong": (fault: string) => `the signature of tagmanifest-sha256.txt ${fault}`,
  "signature-unreadable": (why: string) => `the signature cannot be checked: ${why}`,
  "signature-key-unnamed": (key: string, named: string) =>
    `signed by key ${key}, but bag-info.txt names ${named || "no key"}`,
  "signature-valid": (key: string, named = "") =>
    `valid, by key ${key}; compare it with the one the examiner gave you${named}`,
  "signature-not-named": (key: string, named: string) =>
    `valid, by key ${key}${named}; compare it with the one the examiner gave you`,
  "signer-confirmed": (key: string, named = "") => `valid, by the key given, ${key}${named}`,
  "signer-confirmed-not-named": (key: string, named: string) => `valid, by the key given, ${key}${named}`,
  "signer-other": (key: string, given: string) => `signed by another key, ${key}, not by the one given, ${given}`,

  "pages-differ": (faults: string) => faults,
  "pages-agree": () =>
    "OPEN.html, VERIFY.txt, bag-info.txt and every page in data are what the extract gives, byte for byte",
  "pages-of-another-version": (software: string, own: string) =>
    `the pages are made by ${printable(String(software).slice(0, 60))}; Exhibit ${own} makes others, and cannot compare them`,
  "case-no-pages": () => "a case has none",

  "chain-broken": (why: string) => why,
  "chain-head-differs": (entries: number, head: string, named: { entries: number; head: string }) =>
    `custody.jsonl has ${entries} acts and head ${head}, bundle.json says ${named.entries} and ${named.head}`,
  "acts-and-bundle-differ": (faults: string) => faults,
  "chain-in-part-on-trust": (entries: number, head: string, notes: string) =>
    `${entries} acts, unbroken, head ${head}; the bundle agrees with them, but for what no act holds: ${notes}`,
  "chain-of-dossier": (entries: number, head: string, hidden: number) =>
    `${entries} acts, unbroken, head ${head}; a dossier of one developer: ${hidden} acts that name others stand as their digests; registry, policy, claims, tags and notes are narrowed to it and on trust`,
  "acts-differ": (faults: string) => faults,
  "acts-agree": (entries: number, head: string, compared: number, older: readonly number[]) =>
    `${entries} acts, unbroken, head ${head}${compared > 0 ? `; ${figure(compared)} rows and groups of rows are as they left them` : ""}${olderActs(older)}`,
  "chain-unbroken": (entries: number, head: string) =>
    `${entries} acts, unbroken, head ${head}; the bundle agrees with them, and has nothing without its act`,

  "dates-wrong": (faults: string) => faults,
  "dates-right": (acts: number, notes: string) => `${acts} acts, each dated at or after the one before it${notes}`,

  "originals-differ": (faults: string) => faults,
  "originals-none": (sources: number) =>
    `the originals are not in the bundle: that the ${sources} sources hold what sources.json, hours.csv and lines/ say is on trust`,
  "originals-agree": (originals: number, sources: number, records: number) =>
    `${originals} originals with the digests of ${sources} sources, read again to the same ledgers, hours, clocks and calls; ${figure(records)} records stand where index.csv says, byte for byte`,

  "selection-differs": (faults: string) => faults,
  "selection-agrees": (events: number, leftOut: number, filters: number) =>
    `${figure(events)} events and ${figure(leftOut)} left out are all, and hours.csv agrees; ${filters} stated filters asked again give their counts`,
  "selection-of-dossier": (events: number, leftOut: number, filters: number) =>
    `${figure(events)} events and ${figure(leftOut)} left out are all, and hours.csv agrees; ${filters} stated filters asked again give their counts; a dossier of one developer: that no call of it is missing is on trust`,
  "selection-of-states": (events: number, leftOut: number, filters: number, findings: number) =>
    `${figure(events)} events and ${figure(leftOut)} left out are all, and hours.csv agrees; ${filters} stated filters asked again give their counts; of ${figure(findings)} findings in other states only the numbers are here`,
  "case-sources": () => "their originals are compared under manifest, and read again with --recompute",
  "case-not-selected": () => "a case selects nothing; its bundles do",

  "counts-differ": (faults: string) => faults,
  "counts-agree": (events: number, sources: number) => `${figure(events)} events, ${sources} sources`,
  "case-counts-agree": (events: number, sources: number) =>
    `${figure(events)} events of ${sources} sources, every line in one place`,

  "not-redacted": () => "nothing is redacted",
  "case-not-redacted": () => "nothing is redacted in a case",

  "recompute-not-asked": () => "not asked for; --recompute works every number out anew",
  "case-recompute-not-asked": () => "not asked for",
  "recompute-differs": (faults: string) => faults,
  "recompute-agrees": (events: number) =>
    `${figure(events)} events read again from their lines; findings, claims, coverage and remedy worked out to the same numbers`,
  "recompute-of-dossier": (events: number) =>
    `${figure(events)} events of one developer read again from their lines to the same numbers; the registry, policy and holders of apps that they rest on are narrowed to it and on trust`,
  "recompute-of-states": (events: number, findings: number, left: number) =>
    `${figure(events)} events read again from their lines, and ${figure(findings)} finding${findings === 1 ? "" : "s"} worked out to the same numbers; the ${figure(left)} in other states, and the totals, claims, clocks and sensitivity that rest on their calls too, are on trust`,
  "source-unreadable": (source: number, why: string) => `source ${source} cannot be read again: ${why}`,
  "event-differs": (source: number, line: number) =>
    `source ${source} line ${line}: the case's event is not what the original line gives`,
  "case-recompute-agrees": (events: number) => `${figure(events)} events read again from evidence, all the same`,

  "after-none": () => "not asked for; --after OLDER-BUNDLE.zip compares with an older bundle of the case",
  "after-unreadable": (why: string) => `the older bundle cannot be compared: ${why}`,
  "after-differs": (faults: string, changes: string) => `${faults}; between the two: ${changes}`,
  "after-follows": (old: string, acts: number, seal: number, changes: string) =>
    `the ${acts} acts of ${old} are the first of this one, and act ${seal} holds its tag manifest; since then: ${changes}`,
  "after-in-part-on-trust": (old: string, acts: number, changes: string) =>
    `the ${acts} acts of ${old} are the first of this one; that it was sealed as it is given is on trust, for the acts that seal are known here by their digests alone; since then: ${changes}`,
  "after-same": (old: string) => `${old} is this bundle itself`,
  "case-after-none": () => "a case is not compared with bundles",

  "timestamp-none": () => "the bundle carries no time stamp",
  "case-timestamp-none": () => "a case has none",
} as const;

/** Acts of older versions, by their numbers: those that follow one another as a run. */
function olderActs(seqs: readonly number[]): string {
  if (seqs.length === 0) return "";
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const run = runs.at(-1);
    if (run && run[1] === seq - 1) run[1] = seq;
    else runs.push([seq, seq]);
  }
  const said = runs.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(", ");
  return `; act${seqs.length > 1 ? "s" : ""} ${said} ${seqs.length > 1 ? "are" : "is"} of an older version and hold${seqs.length > 1 ? "" : "s"} no digests: what came of ${seqs.length > 1 ? "them" : "it"} is compared by its words alone`;
}

export type OutcomeCode = keyof typeof SENTENCES;
type Parts<Code extends OutcomeCode> = Parameters<(typeof SENTENCES)[Code]>;

/** What these say, whole or in part, nothing in the bundle proves or contradicts. */
const ON_TRUST: ReadonlySet<OutcomeCode> = new Set<OutcomeCode>([
  "chain-in-part-on-trust",
  "chain-of-dossier",
  "selection-of-dossier",
  "recompute-of-dossier",
  "recompute-of-states",
  "originals-none",
  "after-in-part-on-trust",
]);

/** `ok` null: it does not apply, and `detail` says why. */
export interface Outcome {
  readonly ok: boolean | null;
  readonly code: OutcomeCode;
  readonly detail: string;
}
export type Check = { readonly check: CheckName; readonly how?: HowChecked } & Outcome;
export interface Verdict {
  readonly verdict: VerdictWord;
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

function outcome<Code extends OutcomeCode>(ok: boolean | null, code: Code, parts: Parts<Code>): Outcome {
  const sentence = SENTENCES[code] as (...parts: Parts<Code>) => string;
  return { ok, code, detail: sentence(...parts) };
}

/** The check found all as it should be. */
export const good = <Code extends OutcomeCode>(code: Code, ...parts: Parts<Code>) => outcome(true, code, parts);
/** The check failed. */
export const bad = <Code extends OutcomeCode>(code: Code, ...parts: Parts<Code>) => outcome(false, code, parts);
/** The check does not apply. */
export const none = <Code extends OutcomeCode>(code: Code, ...parts: Parts<Code>) => outcome(null, code, parts);

/** The checks in their order, and whether none of them failed. */
export function verdictOf(outcomes: Partial<Record<CheckName, Outcome>>): Verdict {
  const checks = CHECKS.map((check): Check => {
    const outcome = outcomes[check] ?? none("not-reached");
    const how = ON_TRUST.has(outcome.code) ? "on-trust" : outcome.ok === null ? undefined : HOW[check];
    return { check, ...outcome, ...(how && { how }) };
  });
  const ok = checks.every((check) => check.ok !== false);
  return { verdict: ok ? signedAs(outcomes.signature) : "broken", ok, checks };
}

function signedAs(signature: Outcome | undefined): VerdictWord {
  if (signature?.code === "signer-confirmed" || signature?.code === "signer-confirmed-not-named") return "verified";
  return signature?.code === "signature-valid" || signature?.code === "signature-not-named"
    ? "signer-not-checked"
    : "unsigned";
}

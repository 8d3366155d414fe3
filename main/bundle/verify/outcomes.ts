import { figure } from "../../../shared/base/figure.ts";

/** The checks of a bundle, a bag or a case, in the order they are shown. */
export const CHECKS = [
  "container",
  "structure",
  "manifest",
  "tagmanifest",
  "signature",
  "custody",
  "counts",
  "redaction",
  "recompute",
  "timestamp",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** How a check can end: each code with the sentence that says it. What is found wrong is a sentence of its own, put in. */
const SENTENCES = {
  "not-reached": () => "could not be looked at",
  "not-checked": () => "not checked",
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
  "evidence-unchanged": (originals: number, byReference: string) => `${originals} originals unchanged${byReference}`,
  "tag-manifest-missing": () => "there is no tag manifest",
  "tag-manifest-none": () => "a case has none",

  "signature-missing": (keys: string) => `the signature by key ${keys} is missing`,
  "signature-none": () => "there is none",
  unsigned: () => "unsigned",
  "case-unsigned": () => "a case is not signed; its bundles are",
  "signature-wrong": (fault: string) => `the signature ${fault}`,
  "signature-unreadable": (why: string) => `the signature cannot be checked: ${why}`,
  "signature-key-unnamed": (key: string, named: string) =>
    `signed by key ${key}, but bag-info.txt names ${named || "no key"}`,
  "signature-valid": (key: string) => `valid, by key ${key}; compare it with the one the examiner gave you`,
  "signer-confirmed": (key: string) => `valid, by the key given, ${key}`,
  "signer-other": (key: string, given: string) => `signed by another key, ${key}, not by the one given, ${given}`,

  "chain-broken": (why: string) => why,
  "chain-head-differs": (entries: number, head: string, named: { entries: number; head: string }) =>
    `custody.jsonl has ${entries} acts and head ${head}, bundle.json says ${named.entries} and ${named.head}`,
  "chain-state-differs": (file: string) => `${file} is not what custody recorded when it was taken into the case`,
  "acts-differ": (faults: string) => faults,
  "acts-agree": (entries: number, head: string, compared: number, older: readonly number[]) =>
    `${entries} acts, unbroken, head ${head}${compared > 0 ? `; ${figure(compared)} rows and groups of rows are as they left them` : ""}${olderActs(older)}`,
  "chain-unbroken": (entries: number, head: string) => `${entries} acts, unbroken, head ${head}`,

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
    `${figure(events)} events read again from their lines; findings, claims and coverage worked out to the same numbers`,
  "source-unreadable": (source: number, why: string) => `source ${source} cannot be read again: ${why}`,
  "event-differs": (source: number, line: number) =>
    `source ${source} line ${line}: the case's event is not what the original line gives`,
  "case-recompute-agrees": (events: number) => `${figure(events)} events read again from evidence, all the same`,

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

/** `ok` null: it does not apply, and `detail` says why. The code stays inside: what is printed has the sentence. */
export interface Outcome {
  readonly ok: boolean | null;
  readonly code: OutcomeCode;
  readonly detail: string;
}
export type Check = { readonly check: CheckName } & Outcome;
export interface Verdict {
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
  const checks = CHECKS.map((check) => ({ check, ...(outcomes[check] ?? none("not-reached")) }));
  return { ok: checks.every((check) => check.ok !== false), checks };
}

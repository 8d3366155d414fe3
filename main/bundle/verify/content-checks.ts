import { verifyChain } from "../../custody/verify.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { columnsOfHeader } from "../../query/results/event-csv.ts";
import { readAll } from "../bag/bag-files.ts";
import type { Bag } from "../bag/load-bag.ts";
import type { BundleRecord } from "../contents/bundle-record.ts";
import { bad, good, type Outcome } from "./outcomes.ts";

const EXTRACT = "data/extract/";
/** Files of the extract are read whole up to this size. */
const MAX_FILE_BYTES = 1 << 30;

export const readExtract = async (bag: Bag, name: string): Promise<string> =>
  (await readAll(bag.files, EXTRACT + name, MAX_FILE_BYTES)).toString("utf8");

export const readJson = async <T>(bag: Bag, name: string): Promise<T> => {
  const text = await readExtract(bag, name);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${name} is not valid JSON`);
  }
};

/** The lines of a file that may be large, without their line ends. */
export async function* readLines(bag: Bag, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of bag.files.read(EXTRACT + name)) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** The chain of custody, from its first act to the head that bundle.json names; policy and registry as custody pins them. */
export async function custodyCheck(bag: Bag): Promise<Outcome> {
  const lines = (await readExtract(bag, "custody.jsonl")).split("\n").filter((line) => line !== "");
  const verdict = verifyChain(lines);
  if (!verdict.ok) return bad("chain-broken", `custody.jsonl: ${verdict.why}`);
  const about = await readJson<BundleRecord>(bag, "bundle.json");
  if (about.custody.head !== verdict.head || about.custody.entries !== verdict.entries) {
    return bad("chain-head-differs", verdict.entries, verdict.head, about.custody);
  }
  const acts = lines.map((line) => JSON.parse(line) as { act: string; detail: Record<string, unknown> });
  const latest = (act: string, key: string) =>
    acts.findLast((each) => each.act === act && typeof each.detail[key] === "string")?.detail[key];
  for (const [file, pinned] of [
    ["policy.json", latest("policy", "sha256")],
    ["registry.json", latest("registry", "state_sha256")],
  ] as const) {
    if (pinned === undefined) continue;
    const digest = sha256Of(await readAll(bag.files, EXTRACT + file, MAX_FILE_BYTES));
    if (digest !== pinned) return bad("chain-state-differs", file);
  }
  return good("chain-unbroken", verdict.entries, verdict.head);
}

/** The numbers of bundle.json and sources.json against the files. */
export async function countsCheck(bag: Bag): Promise<Outcome> {
  const about = await readJson<BundleRecord>(bag, "bundle.json");
  let events = 0;
  for await (const line of readLines(bag, "events.jsonl")) if (line !== "") events += 1;
  const faults: string[] = [];
  if (events !== about.events) faults.push(`events.jsonl has ${events} events, bundle.json says ${about.events}`);
  const rows = await csvRows(bag);
  if (rows !== events) faults.push(`events.csv has ${rows} events, events.jsonl ${events}`);
  const { sources } = await readJson<{
    sources: {
      source: number;
      lines: number;
      line_ledger: { events: number; rejected: number; skipped: number };
      events: number;
    }[];
  }>(bag, "sources.json");
  for (const { source, lines, line_ledger: ledger } of sources) {
    if (ledger.events + ledger.rejected + ledger.skipped !== lines)
      faults.push(`sources.json: the line ledger of source ${source} does not sum to its ${lines} lines`);
  }
  const all = sources.reduce((sum, source) => sum + source.events, 0);
  if (about.events + about.left_out > all)
    faults.push(
      `bundle.json: ${about.events} events and ${about.left_out} left out are more than the ${all} of its sources`,
    );
  return faults.length > 0 ? bad("counts-differ", faults.join("; ")) : good("counts-agree", events, sources.length);
}

/** Records of events.csv under its header; line breaks inside quotes belong to their record. */
async function csvRows(bag: Bag): Promise<number> {
  let rows = -1;
  let open = false;
  let header = "";
  for await (const line of readLines(bag, "events.csv")) {
    if (!open && rows === -1) header = line;
    if (!open) rows += 1;
    for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) open = !open;
  }
  if (!columnsOfHeader(header.replace(/^\uFEFF/u, ""))) throw new Error("events.csv does not begin with its header");
  return Math.max(rows, 0);
}

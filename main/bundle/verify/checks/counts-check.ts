import type { Bag } from "../../bag/load-bag.ts";
import type { BundleRecord } from "../../contents/bundle-record.ts";
import { columnsOfTable } from "../../contents/event-table.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import { readJson, readLines } from "../extract/read-extract.ts";

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
  if (!columnsOfTable(header.replace(/^\uFEFF/u, ""))) throw new Error("events.csv does not begin with its header");
  return Math.max(rows, 0);
}

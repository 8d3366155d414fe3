import type { Findings } from "../../../../shared/model/finding.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import { countedKey } from "../../rows/said-rows.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import type { BundleContents } from "../extract/bundle-contents.ts";
import { readJson } from "../extract/read-extract.ts";
import type { RowScan } from "../extract/row-scan.ts";
import { formFaults } from "../extract/written-form.ts";

const LEVELS = ["attempted", "possible", "obtained"] as const;

/** The rows against each other, and the numbers of bundle.json, sources.json and findings.json against the rows. */
export async function countsCheck(bag: Bag, contents: BundleContents, scan: RowScan): Promise<Outcome> {
  const { about, sources } = contents;
  const faults = await formFaults(bag, contents);
  if (scan.rows !== about.events) faults.push(`events.jsonl has ${scan.rows} events, bundle.json says ${about.events}`);
  faults.push(
    ...scan.faults,
    ...countedFaults(await readJson<Findings>(bag, "findings.json"), scan.counted, about.findings),
  );
  for (const { source, lines, line_ledger: ledger } of sources) {
    if (ledger.events + ledger.rejected + ledger.skipped !== lines)
      faults.push(`sources.json: the line ledger of source ${source} does not sum to its ${lines} lines`);
  }
  return faults.length > 0
    ? bad("counts-differ", faults.slice(0, 20).join("; "))
    : good("counts-agree", scan.rows, sources.length);
}

/** A bundle holds every call that a finding counts, and events.csv says which those are; of findings in other states than `states` some. */
function countedFaults(
  { rules }: Findings,
  counted: ReadonlyMap<string, number>,
  states: BundleDocument["findings"],
): string[] {
  const faults: string[] = [];
  const left = new Map(counted);
  for (const { rule, developers } of rules)
    for (const row of developers)
      for (const level of LEVELS) {
        const key = countedKey(rule, row.developer_id, level);
        const found = left.get(key) ?? 0;
        left.delete(key);
        const isWhole = !Array.isArray(states) || states.includes(row.status);
        if (isWhole ? found !== row[level].events : found > row[level].events)
          faults.push(
            `findings.json: rule ${printable(rule)} has ${row[level].events} ${level} calls of ${printable(row.developer_id)}, events.csv ${found}`,
          );
      }
  for (const [key, found] of left) {
    const [rule = "", developer = "", level = ""] = JSON.parse(key) as string[];
    faults.push(
      `events.csv has ${found} ${level} calls of ${printable(developer)} under rule ${printable(rule)}, findings.json none`,
    );
  }
  return faults;
}

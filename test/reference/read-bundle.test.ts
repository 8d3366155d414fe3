import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { differences } from "../../main/bundle/verify/extract/differences.ts";
import type { Findings, RuleFindings } from "../../shared/model/finding.ts";
import { faultsByChance } from "../bundles/faults-by-chance.ts";
import { unpacked } from "../bundles/unpacked.ts";
import { openIncident } from "../incident.ts";
import { hasTool } from "../main/bundle/fixture.ts";
import { temporaryFolder } from "../temporary.ts";

const hasPython = hasTool("python3", "--version");
if (!hasPython)
  console.warn("python3 is not on this machine: that METHOD.txt's words give the numbers is not tested here");
const READER = path.join(import.meta.dirname, "read_bundle.py");

/** Ids as they are compared, and without what is no number: names, remedy, and whether fields are as requested. */
function numbers(rule: RuleFindings): unknown {
  const folded = (text: string) => text.toLowerCase();
  return JSON.parse(
    JSON.stringify({
      ...rule,
      developers: rule.developers
        .map(({ apps, ...row }) => ({ ...row, apps: apps.map(folded).sort() }))
        .sort((a, b) => (folded(a.developer_id) < folded(b.developer_id) ? -1 : 1)),
    }),
    (name, value) => {
      if (name === "developer" || name === "remedy" || name === "fields_are") return undefined;
      return name === "developer_id" ? folded(value) : value;
    },
  );
}

const toHour = (time: string) => `${time.slice(0, 13)}:00:00Z`;

/** What the reader works out otherwise than the bundle says. */
function faultsOf(bundle: string): string[] {
  const read = JSON.parse(execFileSync("python3", [READER, bundle], { encoding: "utf8", maxBuffer: 1 << 28 }));
  const json = (name: string) => JSON.parse(fs.readFileSync(path.join(bundle, "data/extract", name), "utf8"));
  const said = json("findings.json") as Findings;
  const about = json("bundle.json");
  return [
    ...differences(said.as_of, read.as_of, "as_of"),
    ...said.rules.flatMap((rule, index) => differences(numbers(rule), numbers(read.rules[index]), rule.rule)),
    ...differences(
      said.coverage.map((lane) => ({ ...lane, from: toHour(lane.from), to: toHour(lane.to) })),
      read.coverage,
      "coverage",
    ),
    ...(about.without_dismissed as { rule: string; totals: RuleFindings["totals"] }[]).flatMap(({ rule, totals }) => {
      const { fields_are: _, ...obtained } = totals.obtained;
      return differences({ ...totals, obtained }, read.without_dismissed[rule], `${rule}, without dismissed`);
    }),
    ...differences(about.events + about.left_out, read.all, "events and left out"),
  ];
}

test.skipIf(!hasPython)(
  "a reader in Python, written from METHOD.txt's words, gets every number of the sample",
  async () => {
    const { engine } = await openIncident(3000, 12);
    const [first] = (await engine.ask("findings", {})).rules[0]?.developers ?? [];
    await engine.ask("finding", { developer: first?.developer_id ?? "", disposition: "dismissed", reason: "a test" });
    const folder = temporaryFolder();
    await engine.ask("bundle", { out: path.join(folder, "bundle.zip") });
    engine.caseFile.close();
    expect(faultsOf(await unpacked(path.join(folder, "bundle.zip"), folder))).toEqual([]);
  },
);

test.skipIf(!hasPython)("and of small cases by chance", async () => {
  expect(await faultsByChance(8000, faultsOf)).toEqual([]);
});

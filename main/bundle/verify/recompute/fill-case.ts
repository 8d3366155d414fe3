import fs from "node:fs";
import path from "node:path";
import type { Remedy } from "../../../../shared/model/accountability/remedy.ts";
import { CLAIMS } from "../../../../shared/model/claims.ts";
import type { Findings } from "../../../../shared/model/finding.ts";
import type { SourceReport } from "../../../../shared/model/source.ts";
import type { Case } from "../../../case/case.ts";
import { importFiles } from "../../../intake/import-files.ts";
import { withRecords } from "../../../intake/mapping/mapping.ts";
import type { Mapping } from "../../../intake/mapping/mapping-document.ts";
import { writeAll } from "../../../platform/files.ts";
import { sha256OfFile } from "../../../platform/sha256.ts";
import { fillRegistry } from "../../../registry/document.ts";
import { putSteps } from "../../../remedy/steps/entries.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { lineFeedIn } from "../../contents/write-lines.ts";
import { placeEvents } from "../extract/place-events.ts";
import { readExtract, readJson } from "../extract/read-extract.ts";
import { readRemedy, statedEntries } from "../extract/remedy-faults.ts";
import { fillClocks } from "./compare-clocks.ts";
import { forgetActs } from "./forget-acts.ts";
import { takeSpellings } from "./known-spellings.ts";
import { dropOtherCalls } from "./other-calls.ts";
import { settleOpenTimes } from "./settle-open-times.ts";
import { nameSource, nextSourceIs } from "./source-numbers.ts";

export interface Extract {
  readonly about: BundleDocument;
  readonly sources: readonly SourceRecord[];
}

/**
 * Fills a throw-away case, still empty, from a bundle: its original lines are read again through their mappings, then registry,
 * rules, decisions, steps, clocks and facts are added.
 * @param lines a folder to be made, for the lines
 * @param filters any text that holds the filters that will be asked
 * @returns the bundle's source numbers → those of the case
 */
export async function fillCase(
  bag: Bag,
  caseFile: Case,
  { about, sources }: Extract,
  lines: string,
  filters: string,
): Promise<{ readonly order: Map<number, number>; readonly remedy: Remedy | undefined }> {
  takeSpellings(await readJson<Findings>(bag, "findings.json"), caseFile);
  const order = await importLines(bag, caseFile, sources, lines);
  await dropOtherCalls(bag, caseFile, order);
  await settleOpenTimes(bag, caseFile, order);
  await placeEvents(bag, caseFile, order, filters);
  forgetActs(caseFile);
  fillRegistry(caseFile.db, await readExtract(bag, "registry.json"));
  await fillRules(bag, caseFile, about);
  const remedy = await readRemedy(bag);
  putSteps(
    caseFile.db,
    statedEntries(remedy).map(({ developer: developer_id, against: _, ...entry }) => ({ ...entry, developer_id })),
    "",
    "",
  );
  fillClocks(caseFile, about, sources);
  return { order, remedy };
}

/** Maps each source number of the bundle to the source number in the throw-away case. */
async function importLines(
  bag: Bag,
  caseFile: Case,
  sources: Extract["sources"],
  folder: string,
): Promise<Map<number, number>> {
  fs.mkdirSync(folder);
  const order = new Map<number, number>();
  const digests = new Set<string>();
  for (const source of sources) {
    const name = `data/extract/lines/source-${source.source}.txt`;
    if (!bag.files.sizes.has(name)) continue;
    const file = path.join(folder, `source-${source.source}.txt`);
    const out = fs.openSync(file, "w");
    try {
      for await (const chunk of bag.files.read(name)) writeAll(out, chunk);
    } finally {
      fs.closeSync(out);
    }
    // A case knows a file by its digest. The chosen lines of two sources may be the same bytes, of an overlapping export or
    // of one text in two zones: blank lines behind them, which every reader skips, make each a file of its own.
    let sha256 = sha256OfFile(file);
    for (; digests.has(sha256); sha256 = sha256OfFile(file)) fs.appendFileSync(file, lineFeedIn(source.encoding));
    digests.add(sha256);
    // Records of a JSON document are here one after another, without the document around them.
    const { wrapped, records } = source.mapping;
    const alone =
      wrapped === undefined || records !== undefined ? withRecords({ records: records as Mapping["records"] }, "") : {};
    // A table's names are those that its import knew.
    const columns = "delimiter" in source.mapping ? { later_columns: [] } : {};
    const mapping = { ...columns, ...source.mapping, encoding: source.encoding, ...alone };
    nextSourceIs(caseFile, source.source);
    const outcome = await importFiles(caseFile, [file], { mapping, timezone: source.timezone, by: "verify" }, {});
    const [failure] = outcome.failures;
    if (failure) throw new Error(`the lines of source ${source.source} cannot be read again: ${failure.what}`);
    const again = (outcome.sources[0] as SourceReport).source;
    nameSource(caseFile, again, source);
    order.set(source.source, again);
  }
  return order;
}

/** Policy, claims and decisions, as the bundle has them. */
export async function fillRules(bag: Bag, caseFile: Case, about: Extract["about"]): Promise<void> {
  const policy = await readExtract(bag, "policy.json");
  if (policy.trim() !== "{}")
    caseFile.db
      .prepare("insert into policy (name, sha256, document, at) values ('policy.json', '', ?, '')")
      .run(policy);
  if (about.claims !== null) {
    caseFile.db
      .prepare("insert into claims (name, sha256, document, at) values ('claims', '', ?, '')")
      .run(JSON.stringify(CLAIMS.parse(about.claims)));
  }
  const put = caseFile.db.prepare(
    "insert into decision (rule, developer_id, disposition, reason, at, by_whom) values (@rule, @developer_id, @disposition, @reason, @at, @by)",
  );
  for (const decision of about.decisions) put.run(decision);
}

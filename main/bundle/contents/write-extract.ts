import fs from "node:fs";
import path from "node:path";
import { knownMoment } from "../../../shared/base/moment.ts";
import { instantOf } from "../../../shared/base/time.ts";
import type { Remedy } from "../../../shared/model/accountability/remedy.ts";
import { callerCode } from "../../../shared/model/event.ts";
import { custodyLines } from "../../custody/case-chain.ts";
import { claimResults } from "../../findings/answers/claims.ts";
import { sensitivity } from "../../findings/answers/cutoff-sensitivity.ts";
import { decisions } from "../../findings/dispositions.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { claimsDocument, policyDocument } from "../../findings/rules/policy.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { RareColumn } from "../../query/results/event-csv.ts";
import { PieceFile } from "../../query/results/piece-file.ts";
import { writeEvents } from "../../query/results/write-events.ts";
import { registryText } from "../../registry/document.ts";
import { clocksReport } from "../../remedy/clocks/clocks.ts";
import { clocksDocument } from "../../remedy/regimes/clocks-file.ts";
import { factEntries } from "../../remedy/regimes/facts.ts";
import { factsOf } from "./bundle-facts.ts";
import type { BundleDocument, BundleRecord } from "./bundle-record.ts";
import type { Choice } from "./choose-events.ts";
import { Contradictions, type CountedRecord } from "./contradictions.ts";
import type { Dossier } from "./dossier.ts";
import { SaidCells, tableColumns, tableHeader } from "./event-table.ts";
import { hourLines } from "./hourly-counts.ts";
import { sourceRecords } from "./source-records.ts";

const pretty = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;

/** Byte-order mark. Without it Excel reads the names in the file as Latin-1. */
const BOM = "\uFEFF";

const ownOf =
  (dossier: Dossier | undefined) =>
  <T>(value: T): T =>
    dossier ? dossier.hidden(value) : value;

/** Writes `data/extract/` but for rows and original lines: the record that everything else in the bundle is made from. */
export function writeExtract(
  inquiry: Inquiry,
  choice: Choice,
  remedy: Remedy,
  { contradictions, ...about }: BundleRecord & Pick<BundleDocument, "contradictions">,
  folder: string,
  dossier?: Dossier,
): void {
  const { dataset } = inquiry;
  const { caseFile } = dataset;
  const put = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text, { flag: "wx" });
  const own = ownOf(dossier);
  const json = (name: string, value: unknown) => put(name, pretty(own(value)));
  json("findings.json", inquiry.findings({ at: knownMoment(about.at) }));
  json("claims.json", { claims: dossier ? [] : claimResults(inquiry) });
  json("remedy.json", remedy);
  // What is due about the case, and what would move its numbers, is not one developer's.
  json("clocks.json", dossier ? { at: about.at, facts: {}, clocks: [] } : clocksReport(inquiry, instantOf(about.at)));
  json("sensitivity.json", dossier ? { rules: [] } : sensitivity(inquiry));
  json("coverage.json", { coverage: inquiry.coverage });
  put("hours.csv", [...hourLines(inquiry.recordLanes)].join(""));
  json("sources.json", { sources: sourceRecords(inquiry.dataset) });
  put("registry.json", dossier ? pretty(dossier.registry(choice.positions)) : registryText(caseFile.db));
  put("policy.json", ownPolicy(policyDocument(caseFile) ?? "{}\n", own));
  put(
    "custody.jsonl",
    [...custodyLines(caseFile)].map((line) => `${dossier ? dossier.actLine(line) : line}\n`).join(""),
  );
  const document: BundleDocument = {
    ...about,
    claims: dossier ? null : claimsDocument(caseFile),
    clocks: dossier ? null : clocksDocument(caseFile),
    facts: dossier ? [] : factEntries(caseFile),
    decisions: decisions(caseFile).filter(({ developer_id: id }) => !dossier || id === dossier.developer),
    ...factsOf(inquiry, dossier),
    contradictions,
  };
  json("bundle.json", document);
}

/** As it was read, where it names nobody who must not be in the bundle. */
function ownPolicy(text: string, own: <T>(value: T) => T): string {
  const document = JSON.parse(text) as unknown;
  const left = own(document);
  return JSON.stringify(left) === JSON.stringify(document) ? text : pretty(left);
}

/** Which of the rare columns the events need. */
function rareColumns(dataset: Dataset, positions: Uint32Array): Set<RareColumn> {
  const flags = dataset.columns.codes("flags");
  const has = new Set<RareColumn>();
  if (holdParts(dataset, positions)) has.add("part");
  if (positions.some((position) => callerCode(flags[position] as number) !== 0)) has.add("caller");
  return has;
}

/** Whether one of the events is a call of a record that holds several. */
function holdParts({ caseFile: { db }, columns }: Dataset, positions: Uint32Array): boolean {
  if (db.prepare("select 1 from event_part limit 1").get() === undefined) return false;
  const ids = columns.codes("id");
  const isPart = db.prepare("select 1 from event_part where id = ?");
  return positions.some((position) => isPart.get(ids[position]) !== undefined);
}

/** The record of a call as its contradictions are looked for: in whatever spelling, a resource is the same. */
function countedRecords({ columns }: Dataset): (position: number) => CountedRecord {
  const [source, line] = [columns.codes("source"), columns.numbers("line")];
  const [subjects, resource] = [columns.codes("subjects"), columns.codes("resource")];
  const counts = columns.numbers("subject_count");
  return (position) => {
    const list = columns.dictionary("subjects").get(subjects[position] as number);
    const count = counts[position] as number;
    return {
      source: source[position] as number,
      line: line[position] as number,
      subjects: list === undefined ? undefined : (JSON.parse(list) as string[]),
      subject_count: Number.isNaN(count) ? undefined : count,
      resource: columns.dictionary("resource").get(resource[position] as number),
    };
  };
}

/** Writes the calls, events.jsonl and events.csv. */
export function writeRows(inquiry: Inquiry, positions: Uint32Array, folder: string, dossier?: Dossier): Contradictions {
  const contradictions = new Contradictions(inquiry.dataset.registry.resources);
  const json = new PieceFile(path.join(folder, "events.jsonl"));
  const csv = new PieceFile(path.join(folder, "events.csv"));
  try {
    const rare = rareColumns(inquiry.dataset, positions);
    const said = new SaidCells(inquiry);
    const counted = countedRecords(inquiry.dataset);
    csv.write(BOM + tableHeader(tableColumns(rare)));
    let number = 0;
    const options = {
      ...{ caller: rare.has("caller"), part: rare.has("part"), own: ownOf(dossier) },
      before: (position: number) => {
        number += 1;
        if (said.counts(position)) contradictions.add(number, counted(position));
        csv.number(number);
      },
      behind: (position: number) => {
        csv.write(",");
        csv.write(said.of(position));
      },
    };
    writeEvents(inquiry.dataset, positions, { json, csv }, options);
    return contradictions;
  } finally {
    json.close();
    csv.close();
  }
}

import { createHash } from "node:crypto";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";
import { namedFile } from "../../../../shared/model/source.ts";
import { spreadsheetText } from "../../../platform/spreadsheet-text.ts";
import { batesNumber } from "../../contents/bates.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { type RuleFacts, ruleFacts } from "../document/rule-facts.ts";
import { pdfOf } from "../print/pdf.ts";
import { plainText } from "../print/plain-text.ts";
import { printedOnce } from "../print/printed-once.ts";
import { type DatField, datFile } from "./dat.ts";
import { findingSheet } from "./finding-sheet.ts";
import { loadReadme } from "./load-readme.ts";

/** Where it lies in the bag. */
const FOLDER = "data/legal/load/";

/** A document of the load file. `file`: one that is made for it; a native lies elsewhere in the bundle. */
interface LoadDocument {
  readonly bates: string;
  readonly kind: "finding" | "log";
  readonly name: string;
  readonly ending: string;
  readonly custodian: string;
  readonly modified: string;
  /** From the folder of the load file, as Windows writes paths. */
  readonly native: string;
  readonly text: string;
  readonly bytes?: Uint8Array;
  readonly size: number | undefined;
  readonly sha256: string | undefined;
  readonly original: string | undefined;
  readonly pages: number | undefined;
  readonly facts?: RuleFacts;
  readonly row?: DeveloperFinding;
  readonly sources: readonly string[];
}

const FIELDS: readonly DatField<LoadDocument>[] = [
  {
    name: "BEGBATES",
    meaning: "Bates number of the document. One number a document, also where it has several pages.",
    value: (d) => d.bates,
  },
  { name: "ENDBATES", meaning: "the same number", value: (d) => d.bates },
  {
    name: "BEGATTACH",
    meaning: "the same number: a log belongs to many findings, and is no attachment of one",
    value: (d) => d.bates,
  },
  { name: "ENDATTACH", meaning: "the same number", value: (d) => d.bates },
  {
    name: "DOCTYPE",
    meaning: "finding: a developer's finding under one rule; log: original lines that findings rest on",
    value: (d) => d.kind,
  },
  {
    name: "CUSTODIAN",
    meaning: "of a log from whom it came, where that is recorded; of a finding the examiner",
    value: (d) => d.custodian,
  },
  { name: "FILENAME", meaning: "name of the file; of a log as it was given", value: (d) => d.name },
  { name: "FILEEXT", meaning: "its ending", value: (d) => d.ending },
  {
    name: "FILESIZE",
    meaning: "bytes of the file at NATIVEPATH; empty where only chosen lines of a log are in the bundle",
    value: (d) => d.size,
  },
  {
    name: "DATEMOD",
    meaning: "of a finding the time of the bundle, UTC; of a log empty: the case does not keep it",
    value: (d) => d.modified,
  },
  {
    name: "MD5HASH",
    meaning: "of the file at NATIVEPATH, for findings",
    value: (d) => d.bytes && createHash("md5").update(d.bytes).digest("hex"),
  },
  {
    name: "SHA256HASH",
    meaning:
      "of the file at NATIVEPATH; empty where only chosen lines are in the bundle: manifest-sha256.txt has theirs",
    value: (d) => d.sha256,
  },
  { name: "ORIGSHA256", meaning: "of a log the SHA-256 of the whole file as it was given", value: (d) => d.original },
  { name: "NATIVEPATH", meaning: "from the folder of this load file", value: (d) => d.native },
  {
    name: "TEXTPATH",
    meaning: "from the folder of this load file; empty for a log, which is text itself",
    value: (d) => d.text,
  },
  { name: "PAGECOUNT", meaning: "pages of a finding's PDF; empty for a log", value: (d) => d.pages },
  { name: "REDACTED", meaning: "no: nothing in this bundle is redacted", value: () => "no" },
  { name: "RULE", meaning: "id of the rule", value: (d) => d.facts?.found.rule },
  { name: "DEVELOPERID", meaning: "id of the developer", value: (d) => d.row?.developer_id },
  { name: "DEVELOPER", meaning: "its name", value: (d) => d.row?.developer },
  { name: "APPS", meaning: "its apps with a level", value: (d) => d.row?.apps.join(";") },
  { name: "LEVEL", meaning: "entitled, attempted, possible or obtained, the highest", value: (d) => d.row?.level },
  { name: "CALLS", meaning: "calls that got restricted data", value: (d) => d.row?.obtained.events },
  {
    name: "PEOPLE",
    meaning: "people in those calls; where it is a range its lower bound",
    value: (d) => d.row && (d.row.obtained.people.value ?? ""),
  },
  {
    name: "PEOPLEBASIS",
    meaning: "exact, at-least, at-most, between or not-logged",
    value: (d) => d.row?.obtained.people.basis,
  },
  { name: "FIRSTCALL", meaning: "first of them, UTC", value: (d) => d.row?.obtained.first },
  { name: "LASTCALL", meaning: "last of them, UTC", value: (d) => d.row?.obtained.last },
  { name: "STATUS", meaning: "open, confirmed, dismissed or disputed", value: (d) => d.row?.status },
  { name: "RESTSON", meaning: "Bates numbers of the logs in which its calls stand", value: (d) => d.sources.join(";") },
];

/**
 * The load file of a bundle for a review platform: a document for each developer's finding and one for each log, not one for each
 * call, with Bates numbers that the act of the bundle has taken for it.
 */
export async function loadFile(input: PageInput): Promise<ReadonlyMap<string, Uint8Array>> {
  const { bates } = input.about;
  const files = new Map<string, Uint8Array>();
  if (bates === undefined) return files;
  const documents = await documentsOf(input, bates, files);
  const dat = datFile(FIELDS, documents, (document) => document.bates);
  const put = (name: string, text: string) => files.set(FOLDER + name, Buffer.from(text, "utf8"));
  put("load.dat", dat.text);
  put("load.opt", documents.map((each) => optLine(each, input.about.name)).join(""));
  put("bates-index.csv", batesIndex(documents));
  put("readme.txt", loadReadme(input.about, bates, FIELDS, dat.replaced));
  return files;
}

async function documentsOf(
  input: PageInput,
  bates: NonNullable<PageInput["about"]["bates"]>,
  files: Map<string, Uint8Array>,
): Promise<LoadDocument[]> {
  const rules = ruleFacts(input);
  const findings = rules.flatMap((facts) => facts.found.developers.map((row) => ({ facts, row })));
  const logs = new Map(
    bates.natives.map((source, index) => [source, batesNumber(bates, bates.first + findings.length + index)]),
  );
  const restsOn = new Map(
    (input.about.finding_sources ?? []).map((each) => [JSON.stringify([each.rule, each.developer_id]), each.sources]),
  );
  const documents: LoadDocument[] = [];
  for (const [index, { facts, row }] of findings.entries()) {
    const number = batesNumber(bates, bates.first + index);
    const own = restsOn.get(JSON.stringify([facts.found.rule, row.developer_id])) ?? [];
    const sources = own.flatMap((source) => logs.get(source) ?? []);
    const sheet = findingSheet(input, facts, row, number, sources);
    const [pdf, text] = [await printedOnce("pdf", sheet, pdfOf), Buffer.from(plainText(sheet))];
    const name = number.toLowerCase();
    files.set(`${FOLDER}${name}.pdf`, pdf);
    files.set(`${FOLDER}${name}.txt`, text);
    documents.push({
      ...{ bates: number, kind: "finding", name: `${name}.pdf`, ending: "pdf" },
      ...{ custodian: input.about.examiner, modified: input.about.at },
      ...{ native: `${name}.pdf`, text: `${name}.txt`, bytes: pdf, size: pdf.length },
      sha256: createHash("sha256").update(pdf).digest("hex"),
      ...{ original: undefined, pages: pagesOf(pdf), facts, row, sources },
    });
  }
  return [...documents, ...[...logs].map(([source, number]) => logDocument(input, source, number))];
}

function logDocument({ about, sources }: PageInput, source: number, bates: string): LoadDocument {
  const log = sources.find((each) => each.source === source) as SourceRecord;
  const original = about.originals[String(source)];
  const name = namedFile(log);
  return {
    ...{ bates, kind: "log", name, ending: /\.([A-Za-z0-9]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? "" },
    ...{ custodian: log.acquisition?.from ?? "", modified: "", text: "", pages: undefined, sources: [] },
    native: original === undefined ? `..\\..\\extract\\lines\\source-${source}.txt` : `..\\..\\originals\\${original}`,
    size: original === undefined ? undefined : log.bytes,
    sha256: original === undefined ? undefined : log.sha256,
    original: log.sha256,
  };
}

/** Opticon: a line an image; a PDF is one, of as many pages. */
const optLine = ({ kind, bates, native, pages }: LoadDocument, volume: string): string =>
  kind === "finding" ? `${bates},${volume},${native},Y,,,${pages}\r\n` : "";

/** Typst writes each page as an object of its own, outside object streams. */
const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type\s*\/Page\b/gu)?.length ?? 1;

function batesIndex(documents: readonly LoadDocument[]): string {
  const cell = (text: string) => {
    const safe = spreadsheetText(text);
    return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = documents.map(({ bates, kind, name, row, facts, sources }) =>
    [bates, kind, facts?.found.rule ?? "", row?.developer_id ?? "", row?.developer ?? "", name, sources.join(";")]
      .map(cell)
      .join(","),
  );
  return `\uFEFF${["bates,kind,rule,developer_id,developer,file,rests_on", ...rows].join("\n")}\n`;
}

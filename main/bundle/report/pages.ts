import type { PageInput } from "../contents/page-input.ts";
import { reportDocument } from "./document/report-document.ts";
import { drafts } from "./legal/drafts.ts";
import { provenance } from "./legal/provenance.ts";
import { methodText } from "./method-text.ts";
import { openPage } from "./open-page.ts";
import { plainText } from "./print/plain-text.ts";
import { printedOnce } from "./print/printed-once.ts";
import { reportPage } from "./report-page.ts";
import { tablesOf } from "./tables.ts";
import type { TagTextOptions } from "./tag-texts.ts";

/** The pages of the payload, by their path in the bag. */
export const payloadPages = (input: PageInput): ReadonlyMap<string, string> =>
  new Map([
    ["data/METHOD.txt", methodText(input.about, input.policy, input.joined)],
    ["data/index.html", reportPage(input)],
  ]);

/** The report on paper and for a word processor, and the drafts for counsel, by their path in the bag. */
export async function payloadDocuments(input: PageInput): Promise<ReadonlyMap<string, Uint8Array>> {
  const document = reportDocument(input);
  const [{ pdfOf }, { docxOf }] = await Promise.all([import("./print/pdf.ts"), import("./print/docx.ts")]);
  const files = new Map<string, Uint8Array>([
    ["data/extract/tables.xlsx", tablesOf(input)],
    ["data/report.pdf", await printedOnce("pdf", document, pdfOf)],
    ["data/report.docx", await printedOnce("docx", document, docxOf)],
  ]);
  for (const { name, document: each } of drafts(input)) {
    files.set(`data/legal/${name}.txt`, Buffer.from(plainText(each)));
    files.set(`data/legal/${name}.docx`, await printedOnce("docx", each, docxOf));
  }
  const { loadFile } = await import("./load-file/load-file.ts");
  for (const [name, bytes] of await loadFile(input)) files.set(name, bytes);
  files.set("data/legal/provenance.jsonld", Buffer.from(provenance(input), "utf8"));
  return files;
}

/** What the files beside `data` are made from. */
export const tagTextOptions = (input: PageInput): TagTextOptions => ({
  name: input.about.name,
  date: input.about.at.slice(0, 10),
  software: input.about.software,
  info: [
    ["Contact-Name", input.about.examiner],
    ["External-Description", input.about.title],
  ],
  openPage: openPage(input.about, input.key !== undefined),
  key: input.key,
});

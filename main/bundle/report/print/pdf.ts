import { NodeCompiler, PdfStandard } from "@myriaddreamin/typst-ts-node-compiler";
import { Refusal } from "../../../../shared/base/errors.ts";
import { instantOf, SECOND } from "../../../../shared/base/time.ts";
import type { ReportDocument } from "../document/tree.ts";
import { fontBlobs } from "./fonts.ts";
import { typstMarkup } from "./typst-markup.ts";

let compiler: NodeCompiler | undefined;

/**
 * The document as PDF/UA-1, tagged. Its bytes are made by the document alone: no clock, no zone, no font of the machine.
 * @throws Refusal `bundle-unsound` where Typst does not take what was written for it
 */
export function pdfOf(document: ReportDocument): Uint8Array {
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: fontBlobs() }] });
  const compiled = compiler.compile({ mainFileContent: typstMarkup(document), resetRead: true });
  if (!compiled.result) {
    const why = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
    throw new Refusal(
      "bundle-unsound",
      `The report could not be set: ${JSON.stringify(why).slice(0, 300)}`,
      "report this",
    );
  }
  const bytes = compiler.pdf(compiled.result, {
    pdfStandard: PdfStandard.UA_1,
    creationTimestamp: Math.floor(instantOf(document.at) / SECOND),
  });
  // What it remembers of one document is of no use for the next.
  compiler.evictCache(0);
  return bytes;
}

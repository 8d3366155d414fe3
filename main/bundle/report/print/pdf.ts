import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { NodeCompiler, PdfStandard } from "@myriaddreamin/typst-ts-node-compiler";
import { Refusal } from "../../../../shared/base/errors.ts";
import { instantOf, SECOND } from "../../../../shared/base/time.ts";
import type { ReportDocument } from "../document/tree.ts";
import { typstMarkup } from "./typst-markup.ts";

const require = createRequire(import.meta.url);

/**
 * The fonts that the program ships: Latin with Greek, Cyrillic and Devanagari; Arabic; Hebrew; and the three of East Asia, which
 * have no bold here. Read by us, since a packaged program keeps its files where Typst cannot look.
 */
const FONTS: readonly (readonly [main: string, files: readonly string[]])[] = [
  [require.resolve("@embedpdf/fonts-latin"), ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"]],
  [require.resolve("@embedpdf/fonts-arabic"), ["NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"]],
  [require.resolve("@embedpdf/fonts-hebrew"), ["NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"]],
  [require.resolve("@embedpdf/fonts-jp"), ["NotoSansJP-Regular.otf"]],
  [require.resolve("@embedpdf/fonts-sc"), ["NotoSansHans-Regular.otf"]],
  [require.resolve("@embedpdf/fonts-kr"), ["NotoSansKR-Regular.otf"]],
];

const fontBlobs = (): Buffer[] =>
  FONTS.flatMap(([main, files]) =>
    files.map((file) => fs.readFileSync(path.join(path.dirname(main), "../fonts", file))),
  );

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

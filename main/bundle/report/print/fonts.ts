import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const LATIN = require.resolve("@embedpdf/fonts-latin");
const REGULAR = "NotoSans-Regular.ttf";
const BOLD = "NotoSans-Bold.ttf";

/**
 * The fonts that the program ships: Latin with Greek, Cyrillic and Devanagari; Arabic; Hebrew; and the three of East Asia, which
 * have no bold here. Read by us, since a packaged program keeps its files where Typst cannot look.
 */
const FONTS: readonly (readonly [main: string, files: readonly string[]])[] = [
  [LATIN, [REGULAR, BOLD]],
  [require.resolve("@embedpdf/fonts-arabic"), ["NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"]],
  [require.resolve("@embedpdf/fonts-hebrew"), ["NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"]],
  [require.resolve("@embedpdf/fonts-jp"), ["NotoSansJP-Regular.otf"]],
  [require.resolve("@embedpdf/fonts-sc"), ["NotoSansHans-Regular.otf"]],
  [require.resolve("@embedpdf/fonts-kr"), ["NotoSansKR-Regular.otf"]],
];

export const fontBlobs = (): Buffer[] => FONTS.flatMap(([main, files]) => files.map((file) => readFont(main, file)));

/** Of figures and English words. */
export const latinFont = (isBold: boolean): Buffer => readFont(LATIN, isBold ? BOLD : REGULAR);

const readFont = (main: string, file: string): Buffer =>
  fs.readFileSync(path.join(path.dirname(main), "../fonts", file));

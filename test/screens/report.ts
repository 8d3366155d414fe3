import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { unpacked } from "../bundles/unpacked.ts";
import { withFewColours } from "./png.ts";

/** Pages of a bundle's report on paper, where this machine has Poppler: the first, and that of the first chart. */
export async function takeReport(zip: string, out: string): Promise<void> {
  if (spawnSync("pdftoppm", ["-v"], { stdio: "ignore" }).error) return;
  const pdf = path.join(await unpacked(zip, path.join(path.dirname(zip), "report")), "data", "report.pdf");
  const pages = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).split("\f");
  const charts = pages.findIndex((text) => text.includes("Calls by month")) + 1;
  for (const [name, page] of [
    ["report", 1],
    ["report-charts", charts],
  ] as const) {
    const size = ["-r", "80", "-f", String(page), "-singlefile", "-png"];
    const png = execFileSync("pdftoppm", [...size, pdf], { maxBuffer: 1 << 26 });
    fs.writeFileSync(path.join(out, `${name}.png`), withFewColours(png));
  }
}

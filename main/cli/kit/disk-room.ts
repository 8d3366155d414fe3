import fs from "node:fs";
import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { Input } from "../../../shared/contract/contract.ts";
import { filesIn } from "../../evidence/archives/list-folder.ts";
import { type Output, sizeText, timeLeft } from "./output.ts";
import type { Ask } from "./with-case-thread.ts";

/** An import of this size or more is measured first, which takes about a second. */
const LARGE_IMPORT_BYTES = 2 ** 31;
/** With this many times the size of the exports free, compressed ones fit too, without measuring. */
const AMPLE_TIMES = 8;

/**
 * Says on stderr what a large import will need, before it begins. Small imports are measured only where disk space is short.
 * @throws Refusal `no-room`
 */
export async function demandRoom(folder: string, input: Input<"estimate">, ask: Ask, out: Output): Promise<void> {
  const bytes = input.files.reduce((sum, file) => sum + bytesIn(file), 0);
  const { bavail, bsize } = fs.statfsSync(folder);
  if (bytes < LARGE_IMPORT_BYTES && bytes * AMPLE_TIMES < bavail * bsize) return;
  const { files, rows, seconds, needs, free, fits, basis } = await ask("estimate", input);
  if (files.every(({ known, unknown }) => known || unknown !== undefined) && fits) return;
  const parts = [
    ...(needs.evidence > 0 ? [`evidence ${sizeText(needs.evidence)}`] : []),
    `database ${sizeText(needs.database)}`,
    `cache ${sizeText(needs.cache)}`,
  ].join(" + ");
  // The cache can do with less. Without room for evidence and database the import is not begun.
  if (needs.evidence + needs.database > free)
    throw new Refusal(
      "no-room",
      `The import does not fit: it needs ${parts}, and ${sizeText(free)} are free where the case is (${basis})`,
      `make room${needs.evidence > 0 ? ", or leave the originals where they are with --by-reference" : ""}; nothing was begun`,
    );
  out.note(
    `${sizeText(bytes)}: about ${figure(rows)} rows in ${timeLeft(seconds)}; ${parts} of ${sizeText(free)} free${fits ? "" : ", which is too little for the cache"} (${basis})`,
  );
}

/** Of a file, or of all files in a folder. */
function bytesIn(file: string): number {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return filesIn(file).files.reduce((sum, each) => sum + bytesIn(each.file), 0);
  return stat?.isFile() ? stat.size : 0;
}

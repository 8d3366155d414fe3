import { batesNumber } from "../../contents/bates.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import { visible } from "../document/tree.ts";

const MAX_REPLACED = 100;

/** What the load file is, and what each of its fields means. */
export function loadReadme(
  { name, at, software }: BundleDocument,
  bates: NonNullable<BundleDocument["bates"]>,
  fields: readonly { readonly name: string; readonly meaning: string }[],
  replaced: readonly string[],
): string {
  const width = Math.max(...fields.map((field) => field.name.length));
  const findings = bates.last - bates.first + 1 - bates.natives.length;
  return `Load file of bundle ${visible(name)}, made ${at} by ${visible(software)}

load.dat         a row a document: UTF-8 with byte-order mark, separator U+0014, every value between U+00FE,
                 a line break in a value is U+00AE, several values joined by ";", lines end in CR LF
load.opt         a line for the PDF of each finding: Key,Volume,Path,Y,,,PageCount
bates-index.csv  the same documents for a spreadsheet
${bates.prefix.toLowerCase()}NNN.pdf and .txt  each finding as a document and as text

Documents: ${findings} findings, ${batesNumber(bates, bates.first)} onwards, then ${bates.natives.length} logs, up to ${batesNumber(bates, bates.last)}.
There is one document for each developer's finding and one for each log, not one for each call: the calls are in
extract/events.csv. A Bates number names a document, and is used once in the case: the act of this bundle in
extract/custody.jsonl holds the range, and no later bundle begins before its end.

The form is a convention of review platforms and no standard; check the import with a few documents first.
Paths lead from this folder. Logs are the lines of extract/lines, or the files of originals/ where the bundle has them.

Fields
${fields.map((field) => `${field.name.padEnd(width)}  ${field.meaning}`).join("\n")}

Marks of the form that stood in a value, and were replaced (U+00FE by "th", U+00AE by "(R)", U+0014 by a blank):
${replaced.length === 0 ? "none" : replaced.slice(0, MAX_REPLACED).join("\n")}${replaced.length > MAX_REPLACED ? `\nand ${replaced.length - MAX_REPLACED} more` : ""}
`;
}

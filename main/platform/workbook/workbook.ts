import type { DaySystem } from "./days.ts";
import { type Meaning, meaningOf } from "./number-format.ts";
import { xmlTokens } from "./xml.ts";

/** What a part of a workbook's package holds, by its path; undefined where there is none. */
export type Parts = (path: string) => string | undefined;

export interface WorkbookSheet {
  readonly name: string;
  /** The path of its part. */
  readonly part: string;
  readonly isHidden: boolean;
}

/** A workbook's own account of its parts (ECMA-376, Office Open XML). */
export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
  /** Paths of the texts that cells share, and of the formats of numbers. */
  readonly strings: string | undefined;
  readonly styles: string | undefined;
  readonly days: DaySystem;
}

/** The part that a package is about: of a workbook, `xl/workbook.xml`. Undefined where none is named. */
export const mainPart = (parts: Parts): string | undefined =>
  targetOf(parts("_rels/.rels") ?? "", "", ([type]) => type.endsWith("/officeDocument"));

/** The sheets of a workbook, hidden ones too, from its main part. Undefined where that is not there. */
export function readWorkbook(parts: Parts, main: string): Workbook | undefined {
  const text = parts(main);
  if (text === undefined) return undefined;
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  const relations = parts(`${folder}_rels/${main.slice(folder.length)}.rels`) ?? "";
  const sheets: WorkbookSheet[] = [];
  let days: DaySystem = "excel_days";
  for (const token of xmlTokens(text)) {
    if (token.kind !== "open") continue;
    if (token.name === "workbookPr" && /^(?:1|true|on)$/iu.test(token.attributes.get("date1904") ?? ""))
      days = "excel_days_1904";
    if (token.name !== "sheet") continue;
    const id = [...token.attributes].find(([name]) => /(?:^|:)id$/u.test(name))?.[1];
    const part = targetOf(relations, folder, ([type, relation]) => relation === id && type.endsWith("/worksheet"));
    // Charts have no part of rows.
    if (part === undefined) continue;
    const state = token.attributes.get("state") ?? "visible";
    sheets.push({ name: token.attributes.get("name") ?? "", part, isHidden: state !== "visible" });
  }
  const partOf = (kind: string) => targetOf(relations, folder, ([type]) => type.endsWith(`/${kind}`));
  return { sheets, days, strings: partOf("sharedStrings"), styles: partOf("styles") };
}

/** The part that a relation leads to, from the folder of the part that has it. */
function targetOf(
  relations: string,
  folder: string,
  wanted: (relation: readonly [type: string, id: string]) => boolean,
): string | undefined {
  for (const token of xmlTokens(relations)) {
    if (token.kind !== "open" || token.name !== "Relationship") continue;
    const { attributes } = token;
    if (!wanted([attributes.get("Type") ?? "", attributes.get("Id") ?? ""])) continue;
    const target = attributes.get("Target") ?? "";
    return target.startsWith("/") ? target.slice(1) : resolved(folder + target);
  }
  return undefined;
}

function resolved(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}

/** By a cell's style: what its number is. */
export function readMeanings(styles: string): Meaning[] {
  const codes = new Map<number, string>();
  const meanings: Meaning[] = [];
  let isCells = false;
  for (const token of xmlTokens(styles)) {
    if (token.kind === "text") continue;
    if (token.name === "cellXfs") isCells = token.kind === "open";
    if (token.kind !== "open") continue;
    if (token.name === "numFmt")
      codes.set(Number(token.attributes.get("numFmtId")), token.attributes.get("formatCode") ?? "");
    if (!isCells || token.name !== "xf") continue;
    const id = Number(token.attributes.get("numFmtId") ?? 0);
    meanings.push(meaningOf(id, codes.get(id)));
  }
  return meanings;
}

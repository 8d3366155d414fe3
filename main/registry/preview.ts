import { Refusal } from "../../shared/base/errors.ts";
import type {
  RegistryColumn,
  RegistryKind,
  RegistryOpen,
  RegistryPreview,
  RegistrySheet,
} from "../../shared/model/registry.ts";
import type { Case } from "../case/case.ts";
import { type FileSheet, notRecognised, readFileSheets } from "./file-sheets.ts";
import { importRegistry } from "./import.ts";
import { COLUMN_NAMES, columnsOf } from "./kinds.ts";
import { OpenRefusal } from "./open-refusal.ts";
import type { ReadOptions } from "./read-file.ts";
import { chosenColumn, type Recognition, recognise } from "./recognise.ts";

/** A sample is shown in a cell of a table. */
const MAX_SAMPLE = 80;

/**
 * What a dry run of these files says. Where they would be refused it says instead what is open, of all their columns at once,
 * so that a person can say what each is.
 * @throws Refusal where a file cannot be read as tables at all
 */
export async function previewRegistry(
  caseFile: Case,
  files: readonly string[],
  options: ReadOptions,
): Promise<RegistryPreview> {
  const sheets: RegistrySheet[] = [];
  const open: RegistryOpen[] = [];
  for (const file of files) {
    const { name, sheets: found } = await readFileSheets(file, options);
    let isKnown = false;
    for (const each of found) {
      const recognition = recognise(each.header, each.sheet, options, each.where, (refusal) =>
        open.push(refusal.open()),
      );
      isKnown ||= recognition !== undefined;
      if (recognition === undefined && each.isTable) open.push(notRecognised(each.where, each.header).open());
      sheets.push(sheetOf(each, recognition, options));
    }
    if (!isKnown && !found.some(({ isTable }) => isTable)) open.push(notRecognised(name, []).open());
  }
  if (open.length > 0) return { sheets, open };
  try {
    return { sheets, open, report: await importRegistry(caseFile, files, { ...options, dry_run: true }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // of values there can be thousands that are wrong in one way: the first says which
    return { sheets, open: [openOf(error)] };
  }
}

const openOf = (refusal: Refusal): RegistryOpen =>
  refusal instanceof OpenRefusal ? refusal.open() : { ...refusal.data(), where: "", columns: [], by: "file" };

function sheetOf(
  { sheet, header, where }: FileSheet,
  recognition: Recognition | undefined,
  { kind, columns: choices = [] }: ReadOptions,
): RegistrySheet {
  const tables = recognition?.tables ?? [];
  const kinds: RegistryKind[] = recognition ? tables.map((table) => table.kind) : kind ? [kind] : [];
  const columns = header.flatMap((name, index): RegistryColumn[] => {
    const sample = sheet.rows.map(({ cells }) => (cells[index] ?? "").trim()).find((cell) => cell !== "") ?? "";
    if (name.trim() === "") return [];
    const is = tables.flatMap((table) => [...table.columns].flatMap(([column, at]) => (at === index ? [column] : [])));
    if (recognition?.status?.index === index) is.push("status");
    const chosen = chosenColumn(choices, name);
    return [
      { name, sample: sample.slice(0, MAX_SAMPLE), is: [...new Set(is)], ...(chosen === undefined ? {} : { chosen }) },
    ];
  });
  const own = kinds.flatMap((each) => columnsOf(each).map(([column]) => column));
  return { where, kinds, columns, choices: [...new Set([...own, ...COLUMN_NAMES])] };
}

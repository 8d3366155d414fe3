import { Refusal } from "../../../shared/base/errors.ts";
import type { Original } from "../../platform/byte-source.ts";
import { mainPart, readWorkbook, type Workbook } from "../../platform/workbook/workbook.ts";
import { xmlTokens } from "../../platform/workbook/xml.ts";
import type { Part, SheetStep } from "../packing.ts";
import type { Entry } from "../unpack-steps.ts";
import { UnreadWorkbook } from "../unread-workbook.ts";
import { entriesByPath, zipParts } from "./zip-parts.ts";

/** Bytes that a workbook's own account of its parts may have. */
const MAX_ACCOUNT_BYTES = 16 << 20;

/** The sheets of a workbook by the names that they show. `step` is absent where a sheet is hidden. */
export interface Sheets {
  readonly kind: "xlsx";
  readonly sheets: readonly { readonly name: string; readonly step?: SheetStep }[];
  /** What lies beside the workbook in the zip. */
  readonly others: readonly Entry[];
}

/**
 * The sheets of a zip that is a workbook (XLSX, also with macros), by its parts and never by its name. Undefined for other zips.
 * @throws Refusal `file-unreadable`
 */
export function findSheets(zip: Original, entries: readonly Entry[], name: string): Sheets | undefined {
  const find = entriesByPath(entries);
  const parts = zipParts(zip, entries, name, MAX_ACCOUNT_BYTES);
  if (isOpenDocument(parts, find))
    throw new UnreadWorkbook(name, "is an OpenDocument spreadsheet", "save it as XLSX, or as CSV");
  if (!find("_rels/.rels")) return undefined;
  const main = mainOf(parts, name);
  const workbook = accountOf(parts, main, name);
  if (!workbook) return undefined;
  const partAt = (path: string | undefined): Part | undefined => {
    const entry = path === undefined ? undefined : find(path);
    if (!entry) return undefined;
    if ("unread" in entry)
      throw new UnreadWorkbook(name, `has a part ${entry.path} that cannot be unpacked`, "save it anew");
    return entry.steps;
  };
  const strings = partAt(workbook.strings);
  const styles = partAt(workbook.styles);
  return {
    kind: "xlsx",
    others: otherThan(main, entries),
    sheets: workbook.sheets.map(({ name: shown, part, isHidden }, index) => {
      const named = { name: safeName(shown) || `sheet ${index + 1}` };
      if (isHidden) return named;
      const sheet = partAt(part);
      if (!sheet) throw new UnreadWorkbook(name, `lacks the part ${part} of its sheet ${shown}`, "ask for it again");
      const step: SheetStep = {
        kind: "sheet",
        sheet,
        ...(strings && { strings }),
        ...(styles && { styles }),
        days: workbook.days,
      };
      return { ...named, step };
    }),
  };
}

/** Folders of a package that are not the workbook's own (ECMA-376 part 2; `docMetadata`: labels of sensitivity). */
const PACKAGE_PART = /^(?:\[Content_Types\]\.xml$|_rels\/|docProps\/|customXml\/|docMetadata\/|\[trash\]\/)/iu;

function otherThan(main: string, entries: readonly Entry[]): Entry[] {
  const folder = main.slice(0, main.lastIndexOf("/") + 1).toLowerCase();
  return entries.filter(({ path }) => !PACKAGE_PART.test(path) && !path.toLowerCase().startsWith(folder));
}

type Texts = (path: string) => string | undefined;

/** What the package is about. @throws UnreadWorkbook */
const mainOf = (parts: Texts, name: string): string =>
  readable(name, () => {
    const main = mainPart(parts) ?? "xl/workbook.xml";
    if (/(?:^|\/)workbook\.bin$/iu.test(main))
      throw new UnreadWorkbook(name, "is a binary workbook (XLSB)", "save it as XLSX, or as CSV");
    return main;
  });

/** Undefined where the package is another document: a text, slides. @throws UnreadWorkbook */
const accountOf = (parts: Texts, main: string, name: string): Workbook | undefined =>
  readable(name, () => {
    for (const token of xmlTokens(parts(main) ?? ""))
      if (token.kind === "open") return token.name === "workbook" ? readWorkbook(parts, main) : undefined;
    return undefined;
  });

function readable<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { message } = error as Error;
    throw new UnreadWorkbook(name, `is no workbook that Exhibit can read (${message})`, "save it as CSV", error);
  }
}

/** ODF 1.3 part 2, 3.3: the first file says what the package is. */
const isOpenDocument = (
  parts: (path: string) => string | undefined,
  find: (path: string) => Entry | undefined,
): boolean => {
  const type = find("mimetype");
  if (type === undefined || "unread" in type || type.bytes > 200) return false;
  return /^application\/vnd\.oasis\.opendocument\.spreadsheet/u.test(parts("mimetype") ?? "");
};

/** A name for a path inside a file: nothing in it divides. */
const safeName = (name: string): string => name.replace(/[/\\\0-\x1f\x7f]/gu, "_").replace(/^\.+$/u, "_");

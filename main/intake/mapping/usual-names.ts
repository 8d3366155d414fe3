import { MAPPED_FIELDS, type MappedField } from "../../../shared/model/event.ts";
import type { Mapping } from "./mapping-document.ts";

/**
 * Fields of a built-in format behind whose own places the usual names stand. Not where the format says how a value is
 * read (a unit, a time's form): under another name it may be written in another. Not where the user gave a place, and
 * not where the names are the format's own (groups of its pattern, names of a #Fields line).
 */
export function usualBehind(base: Mapping, user: Mapping): ReadonlySet<MappedField> {
  if (base.format === "regex" || base.format === "headers") return new Set();
  return new Set(
    MAPPED_FIELDS.filter((field) => {
      const own = base.fields?.[field];
      if (own === undefined || own === null || user.fields?.[field] !== undefined) return false;
      return typeof own === "string" || (own.parse === undefined && own.value === undefined);
    }),
  );
}

/** Columns of an export of files or documents: who owns there owns the document. */
const DOCUMENT = /(?:^|[_ .-])(?:item|file|document|doc|folder|drive)(?:$|[_ .-])/iu;

/** Whether a table with these columns lists documents, so that its `owner` is no developer. */
export const areDocuments = (columns: readonly string[]): boolean => columns.some((column) => DOCUMENT.test(column));

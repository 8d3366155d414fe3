import type { ColumnChoice, RegistryKind } from "../../shared/model/registry.ts";

/** How registry files are to be read where they do not say it themselves. */
export interface RegistryDraft {
  readonly kind?: RegistryKind;
  readonly columns?: readonly ColumnChoice[];
  readonly timezone?: string;
  readonly dates?: "dmy" | "mdy";
}

/** As the files say it. */
export const AS_THEY_SAY: RegistryDraft = {};

/**
 * A column of a table as `column` of the registry, `ignore` to leave it out, empty as it is found. A table has each column of
 * the registry once: another of its columns that was mapped to it is as it is found again.
 * @param names the columns of the table
 */
export function withColumn(
  { columns = [], ...rest }: RegistryDraft,
  names: readonly string[],
  from: string,
  column: string,
): RegistryDraft {
  const others = columns.filter(
    (each) => each.from !== from && (column === "ignore" || each.column !== column || !names.includes(each.from)),
  );
  const all = column === "" ? others : [{ column, from }, ...others];
  return all.length === 0 ? rest : { ...rest, columns: all };
}

/** Another kind, zone or order of dates; empty: as the files say. */
export function withOption(draft: RegistryDraft, option: "kind" | "timezone" | "dates", value: string): RegistryDraft {
  const { [option]: _, ...rest } = draft;
  return value === "" ? rest : { ...rest, [option]: value };
}

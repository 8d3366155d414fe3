import type { Database } from "better-sqlite3";
import { isoOf } from "../../shared/base/time.ts";
import type { RegistryKind, RegistryPage, RegistryPageRow } from "../../shared/model/registry.ts";
import { columnsOf } from "./kinds.ts";
import { TABLE } from "./rows.ts";

interface Asked {
  readonly kind: RegistryKind;
  /** Every word in some column of the row, any case. */
  readonly contains: string;
  /** `column` or `column:desc`; else in the order of its columns. */
  readonly sort?: string;
  readonly offset: number;
  readonly limit: number;
}

/** A page of the registry's rows of one kind, each with the file and the place in it that it came from. */
export function registryPage(db: Database, { kind, contains, sort, offset, limit }: Asked): RegistryPage {
  const columns = columnsOf(kind).map(([name]) => name);
  const times = new Set(columnsOf(kind).flatMap(([name, column]) => (column.kind === "time" ? [name] : [])));
  const table = TABLE[kind];
  const words = contains.split(/\s+/).filter(Boolean);
  // SQLite knows the capitals of ASCII alone: what has others is found as it is written
  const bound = words.flatMap((word) => [word, word]);
  const hay = columns.map((name) => `coalesce("${name}", '')`).join(" || char(10) || ");
  const where =
    words.length === 0
      ? ""
      : `where ${words.map(() => `(instr(lower(${hay}), lower(?)) > 0 or instr(${hay}, ?) > 0)`).join(" and ")}`;
  const [by, way] = (sort ?? "").split(":");
  const order = columns.includes(by ?? "") ? [`"${by}" ${way === "desc" ? "desc" : "asc"}`] : [];
  const rows = db
    .prepare(
      `select ${columns.map((name) => `"${name}"`).join(", ")}, place, (select name from registry_file where id = file) as name
       from ${table} ${where} order by ${[...order, ...columns.map((name) => `"${name}"`)].join(", ")} limit ? offset ?`,
    )
    .all(...bound, limit, offset) as (Record<string, string | number | null> & {
    place: string | null;
    name: string | null;
  })[];
  return {
    columns,
    total: db.prepare(`select count(*) from ${table}`).pluck().get() as number,
    matched: db
      .prepare(`select count(*) from ${table} ${where}`)
      .pluck()
      .get(...bound) as number,
    rows: rows.map(
      ({ place, name, ...values }): RegistryPageRow => ({
        values: Object.fromEntries(
          Object.entries(values).flatMap(([key, value]) =>
            value === null ? [] : [[key, times.has(key) && typeof value === "number" ? isoOf(value) : value]],
          ),
        ),
        ...(name === null ? {} : { file: name }),
        ...(place === null ? {} : { place }),
      }),
    ),
  };
}

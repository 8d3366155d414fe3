import type { Database } from "better-sqlite3";
import { ENCODED_COLUMNS, type EncodedColumn } from "../../../shared/model/event.ts";
import { preparedPluck } from "../../platform/database/prepared.ts";
import { eachEncoded } from "../encode/encoded-batch.ts";
import type { KnownTexts } from "../encode/text-column.ts";

/** Texts of a column that a new import loads. Any beyond are written again when they come again. */
const MAX_KNOWN_TEXTS = 200_000;

/** What a case's dictionaries hold already. */
export const knownTextsOf = (db: Database): Record<EncodedColumn, KnownTexts> =>
  eachEncoded((column) => {
    const rows = db
      .prepare(`select id, value from text_${column} order by id limit ${MAX_KNOWN_TEXTS}`)
      .raw()
      .all() as [number, string][];
    const next = db.prepare(`select coalesce(max(id), 0) + 1 from text_${column}`).pluck().get() as number;
    return { ids: rows.map(([id]) => id), values: rows.map(([, value]) => value), next };
  });

const STATE = `select json_array(${ENCODED_COLUMNS.map((column) => `(select max(id) from text_${column})`).join(", ")})`;

/** Another text where a case's dictionaries hold something else: they only grow, and ids are never used twice. */
export const textsStateOf = (db: Database): string => preparedPluck(db, STATE).get() as string;

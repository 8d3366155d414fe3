import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import type { RegistryKind } from "../../shared/model/registry.ts";
import { resolutionsInForce, rowText } from "./decided/resolved.ts";
import { columnsOf } from "./kinds.ts";
import type { StoredRow } from "./state.ts";

/** A contradiction, and the rows that it is between, where one of them can be set aside. */
export interface Conflict {
  readonly text: string;
  readonly kind?: RegistryKind;
  readonly rows?: readonly StoredRow[];
  /** The calls that hang on it. */
  readonly filter?: string;
  /** An app that nobody registered. */
  readonly app?: string;
}

/** Hexadecimal digits of a key: enough for a person to name one among all of a case. */
const KEY_DIGITS = 12;

/**
 * What a contradiction is known by: its kind and the rows that it is between, as they are. One that speaks of no rows is known
 * by its sentence, without the numbers that change with each import.
 */
export function conflictKey(group: string, { text, kind, rows }: Conflict): string {
  const about =
    kind === undefined || rows === undefined
      ? [text.replace(/\d[\d,]*(?= (?:call|calls)\b)/gu, "")]
      : rows.map((row) => rowAsText(kind, row)).sort();
  return createHash("sha256")
    .update(JSON.stringify([group, ...about]))
    .digest("hex")
    .slice(0, KEY_DIGITS);
}

export const rowAsText = (kind: NonNullable<Conflict["kind"]>, { values }: StoredRow): string =>
  rowText(
    columnsOf(kind).map(([name]) => name),
    values,
  );

/** Whether nobody has resolved a contradiction. */
export function openConflicts(db: Database): (group: string, conflict: Conflict) => boolean {
  const resolved = new Set(resolutionsInForce(db).map(({ conflict }) => conflict));
  return resolved.size === 0 ? () => true : (group, conflict) => !resolved.has(conflictKey(group, conflict));
}

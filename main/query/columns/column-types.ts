import type { EncodedColumn, NumberColumn } from "../../../shared/model/event.ts";
import type { TextsOfColumns } from "./text-blocks.ts";

export type Codes = Uint8Array | Uint16Array | Uint32Array;

export type ColumnName =
  | EncodedColumn
  | NumberColumn
  | "time"
  | "id"
  | "source"
  | "line"
  | "offset"
  | "length"
  | "outcome"
  | "flags";

/** Array types a column file may hold, by the name that `columns.json` gives them. */
export const ARRAY_TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;

export type ArrayType = keyof typeof ARRAY_TYPES;

/** The file that says what the others of its folder are. */
export const INDEX_NAME = "columns.json";

export interface ColumnsIndex {
  /** What the columns were made from; another stamp means stale. */
  readonly stamp: string;
  readonly rows: number;
  readonly types: Partial<Record<ColumnName, ArrayType>>;
  /** CRC-32 of each block of each file (platform/block-checksums.ts). */
  readonly checksums: Partial<Record<ColumnName, readonly number[]>>;
  readonly texts: TextsOfColumns;
}

export type ColumnArray = Codes | Float64Array;

/** Where columns are had from: files, or the rows themselves. */
export interface ColumnStore {
  readonly rows: number;
  /** What the dictionaries were that the codes stand for. */
  readonly texts: TextsOfColumns;
  /** Undefined where the column is not what was written. */
  read(name: ColumnName): ColumnArray | undefined;
}

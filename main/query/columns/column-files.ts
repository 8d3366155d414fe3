import fs from "node:fs";
import path from "node:path";
import { checkedDocument, fitChecksums } from "../../platform/block-checksums.ts";
import {
  ARRAY_TYPES,
  type ArrayType,
  type ColumnArray,
  type ColumnName,
  type ColumnStore,
  type ColumnsIndex,
  INDEX_NAME,
} from "./column-types.ts";
import type { TextsOfColumns } from "./text-blocks.ts";

/** The files of `cache/columns/`, each compared with its checksums when it is first read. */
export class ColumnFiles implements ColumnStore {
  readonly rows: number;
  readonly texts: TextsOfColumns;
  readonly #folder: string;
  readonly #index: ColumnsIndex;

  constructor(folder: string, index: ColumnsIndex) {
    this.#folder = folder;
    this.#index = index;
    this.rows = index.rows;
    this.texts = index.texts;
  }

  read(name: ColumnName): ColumnArray | undefined {
    const type = ARRAY_TYPES[this.#index.types[name] as ArrayType];
    let bytes: Buffer;
    try {
      bytes = fs.readFileSync(path.join(this.#folder, `${name}.bin`));
    } catch {
      return undefined;
    }
    if (bytes.length !== this.rows * type.BYTES_PER_ELEMENT) return undefined;
    if (!fitChecksums(bytes, this.#index.checksums[name] ?? [])) return undefined;
    return new type(bytes.buffer as ArrayBuffer, bytes.byteOffset, this.rows);
  }
}

/** Why there are no files to read from: they are missing or stale; or the file that is damaged. */
export interface Unfit {
  readonly damaged: string | undefined;
}

const ABSENT: Unfit = { damaged: undefined };

/** Opens the files if they were made from what the stamp says. Their content is not read yet. */
export function openColumnFiles(folder: string, stamp: string): ColumnFiles | Unfit {
  let text: string;
  try {
    text = fs.readFileSync(path.join(folder, INDEX_NAME), "utf8");
  } catch {
    return ABSENT;
  }
  const index = checkedDocument(text) as ColumnsIndex | undefined;
  // Those of older versions have no checksum.
  if (!index) return text.startsWith('{"stamp":"[2,') ? ABSENT : { damaged: INDEX_NAME };
  if (index.stamp !== stamp) return ABSENT;
  for (const [name, type] of Object.entries(index.types)) {
    const size = fs.statSync(path.join(folder, `${name}.bin`), { throwIfNoEntry: false })?.size;
    if (size === undefined) return ABSENT;
    if (size !== index.rows * ARRAY_TYPES[type].BYTES_PER_ELEMENT) return { damaged: `${name}.bin` };
  }
  return new ColumnFiles(folder, index);
}

import { ENCODED_COLUMNS, type EncodedColumn } from "../../../shared/model/event.ts";
import type { EncodedBatch, NewTexts } from "../encode/encoded-batch.ts";
import { MAX_ROW_BYTES, type RowPacker } from "./pack-rows.ts";
import { type Pages, putVarint, TableWriter, varintLength } from "./sqlite-pages.ts";

/** Texts shorter than this are copied byte by byte: a view on them would cost more. */
const SHORT_TEXT_BYTES = 64;

function packTexts(pages: Pages, table: TableWriter, texts: NewTexts): boolean {
  const { first, lengths, bytes: from } = texts;
  let start = 0;
  for (let index = 0; index < lengths.length; index++) {
    const length = lengths[index] as number;
    const type = length * 2 + 13;
    const header = 2 + varintLength(type);
    if (header + length > MAX_ROW_BYTES) return false;
    const end = table.room(header + length);
    const record = end - header - length;
    let at = record;
    const { bytes } = pages;
    bytes[at++] = header;
    bytes[at++] = 0;
    at = putVarint(bytes, at, type);
    if (length < SHORT_TEXT_BYTES) for (let i = 0; i < length; i++) bytes[at + i] = from[start + i] as number;
    else bytes.set(from.subarray(start, start + length), at);
    table.put(first + index, record, end);
    start += length;
  }
  return true;
}

/** Root pages of the template's tables. */
export interface Roots {
  readonly event_row: number;
  readonly texts: Readonly<Record<EncodedColumn, number>>;
}

/**
 * Rows and dictionary entries of batches as the bytes of a SQLite file, valid until `pages` is used again. Undefined where
 * something is too long for a page. `INSERT … SELECT` from such a file copies records as they are, while a bound value
 * costs more than all else that is done for it.
 */
export function packPart(
  pages: Pages,
  packer: RowPacker,
  roots: Roots,
  source: number,
  firstId: number,
  batches: readonly EncodedBatch[],
): Uint8Array | undefined {
  pages.reset();
  const rows = new TableWriter(pages, roots.event_row);
  let id = firstId;
  for (const encoded of batches) {
    if (!packer.pack(pages, rows, source, id, encoded)) return undefined;
    id += encoded.rows;
  }
  if (!rows.finish()) return undefined;
  for (const column of ENCODED_COLUMNS) {
    const table = new TableWriter(pages, roots.texts[column]);
    for (const { texts } of batches) if (texts[column] && !packTexts(pages, table, texts[column])) return undefined;
    if (!table.finish()) return undefined;
  }
  return pages.finish();
}

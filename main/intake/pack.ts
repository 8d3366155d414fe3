import { CODED_COLUMNS, type CodedColumn } from "../../shared/model/event.ts";
import { type CodedBatch, HEX_REQUEST, type NewTexts, TEXT_REQUEST } from "./coded.ts";

/**
 * Writes a SQLite file by hand: tables whose rows come with ascending ids and fit into a page
 * (https://www.sqlite.org/fileformat2.html). `INSERT … SELECT` from such a file copies records as they are, while a bound
 * value costs more than all else that is done for it.
 */
export const PAGE = 1 << 16;
/** A record longer than this might need an overflow page; such a part is inserted value by value. */
const LONGEST = 60_000;
const LEAF = 0x0d;
const INTERIOR = 0x05;
const LEAF_HEADER = 8;
const INTERIOR_HEADER = 12;
const MOST_LEAVES = Math.floor((PAGE - INTERIOR_HEADER) / 15);

/** Serial types of the record format. */
const NULL = 0;
const DOUBLE = 7;

function intType(value: number): number {
  if (value === 0) return 8;
  if (value === 1) return 9;
  const positive = value < 0 ? -value - 1 : value;
  if (positive < 0x80) return 1;
  if (positive < 0x8000) return 2;
  if (positive < 0x800000) return 3;
  if (positive < 0x80000000) return 4;
  return positive < 0x800000000000 ? 5 : 6;
}

/** Bytes of a value by its serial type, for the types below 12. */
const WIDTH = Uint8Array.of(0, 1, 2, 3, 4, 6, 8, 8, 0, 0);

const varintLength = (value: number): number => {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length += 1;
  return length;
};

/** The pages of a file: the first page and one root a table are the template's; leaves follow as they fill. */
export class Pages {
  readonly pages: Buffer[] = [];
  readonly #spare: Buffer[];

  constructor(template: Buffer, spare: Buffer[]) {
    this.#spare = spare;
    for (let at = 0; at < template.length; at += PAGE) this.pages.push(Buffer.from(template.subarray(at, at + PAGE)));
  }

  /** A page with undefined content and its number. */
  add(): { page: Buffer; number: number } {
    const page = this.#spare.pop() ?? Buffer.allocUnsafe(PAGE);
    return { page, number: this.pages.push(page) };
  }

  /** Removes the page added last; its content holds until the next `add`. */
  takeLast(): Buffer {
    const page = this.pages.pop() as Buffer;
    this.#spare.push(page);
    return page;
  }

  /** Fills in the number of pages; the file is then whole. */
  finish(): Buffer[] {
    (this.pages[0] as Buffer).writeUInt32BE(this.pages.length, 28);
    return this.pages;
  }

  /** Leaves go back to be used again. */
  recycle(templatePages: number): void {
    this.#spare.push(...this.pages.splice(templatePages));
  }
}

/** One table being written, its rows in the order of their ids. */
class TableWriter {
  readonly #pages: Pages;
  readonly #root: number;
  readonly #leaves: { number: number; last: number }[] = [];
  #leaf: { page: Buffer; number: number } | undefined;
  #cells = 0;
  #content = PAGE;
  #last = 0;

  constructor(pages: Pages, root: number) {
    this.#pages = pages;
    this.#root = root;
  }

  page: Buffer = Buffer.alloc(0);

  /** Makes room for a record and writes what stands before it; returns where in `page` the record goes. */
  cell(id: number, recordLength: number): number {
    const prefix = varintLength(recordLength) + varintLength(id);
    if (!this.#leaf || this.#content - prefix - recordLength < LEAF_HEADER + (this.#cells + 1) * 2) this.#next();
    const at = this.#content - prefix - recordLength;
    const page = this.page;
    const pointer = LEAF_HEADER + this.#cells * 2;
    page[pointer] = at >>> 8;
    page[pointer + 1] = at & 0xff;
    this.#cells += 1;
    this.#content = at;
    this.#last = id;
    return putVarint(page, putVarint(page, at, recordLength), id);
  }

  #next(): void {
    this.#close();
    this.#leaf = this.#pages.add();
    this.page = this.#leaf.page;
    this.#cells = 0;
    this.#content = PAGE;
  }

  #close(): void {
    if (!this.#leaf) return;
    const page = this.#leaf.page;
    // What an earlier use of the page left between pointers and cells is nobody's business.
    page.fill(0, LEAF_HEADER + this.#cells * 2, this.#content);
    page[0] = LEAF;
    page.writeUInt16BE(0, 1);
    page.writeUInt16BE(this.#cells, 3);
    page.writeUInt16BE(this.#content & 0xffff, 5);
    page[7] = 0;
    this.#leaves.push({ number: this.#leaf.number, last: this.#last });
    this.#leaf = undefined;
  }

  /** Writes the root over the leaves. False where there are more than one root can hold. */
  finish(): boolean {
    this.#close();
    const leaves = this.#leaves;
    if (leaves.length === 0) return true;
    if (leaves.length > MOST_LEAVES) return false;
    const root = this.#pages.pages[this.#root - 1] as Buffer;
    // A root over a single leaf would have no cell of its own, which SQLite takes for damage.
    if (leaves.length === 1) {
      this.#pages.takeLast().copy(root);
      return true;
    }
    root.fill(0);
    let at = PAGE;
    leaves.slice(0, -1).forEach(({ number, last }, index) => {
      at -= 4 + varintLength(last);
      root.writeUInt32BE(number, at);
      putVarint(root, at + 4, last);
      root.writeUInt16BE(at, INTERIOR_HEADER + index * 2);
    });
    root[0] = INTERIOR;
    root.writeUInt16BE(leaves.length - 1, 3);
    root.writeUInt16BE(at & 0xffff, 5);
    root.writeUInt32BE((leaves.at(-1) as { number: number }).number, 8);
    return true;
  }
}

function putVarint(page: Buffer, at: number, value: number): number {
  if (value < 0x80) {
    page[at] = value;
    return at + 1;
  }
  const length = varintLength(value);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    page[at + i] = (rest % 0x80) | (i === length - 1 ? 0 : 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return at + length;
}

/** A whole number, big-endian, in as many bytes as its type has. */
function putInt(page: Buffer, at: number, value: number, type: number): number {
  switch (type) {
    case 1:
      page[at] = value & 0xff;
      return at + 1;
    case 2:
      page[at] = (value >> 8) & 0xff;
      page[at + 1] = value & 0xff;
      return at + 2;
    case 3:
      page[at] = (value >> 16) & 0xff;
      page[at + 1] = (value >> 8) & 0xff;
      page[at + 2] = value & 0xff;
      return at + 3;
    case 4:
      return put32(page, at, value | 0);
    case 5: {
      const high = Math.floor(value / 0x100000000);
      page[at] = (high >> 8) & 0xff;
      page[at + 1] = high & 0xff;
      return put32(page, at + 2, value | 0);
    }
    case 6: {
      const high = Math.floor(value / 0x100000000);
      return put32(page, put32(page, at, high | 0), (value - high * 0x100000000) | 0);
    }
    default:
      return at;
  }
}

function put32(page: Buffer, at: number, value: number): number {
  page[at] = (value >>> 24) & 0xff;
  page[at + 1] = (value >>> 16) & 0xff;
  page[at + 2] = (value >>> 8) & 0xff;
  page[at + 3] = value & 0xff;
  return at + 4;
}

/** Columns of `event_row`: 25, so that the record's header is one byte for itself and one for each but a long text. */
const COLUMNS = 25;
const REQUEST = 21;

/** Rows of a batch into the pages of table `root`; false where one is too long for a page. */
function packRows(table: TableWriter, source: number, firstId: number, coded: CodedBatch): boolean {
  const { codes, numbers, request } = coded;
  const types = new Uint8Array(COLUMNS);
  const values = new Float64Array(COLUMNS);
  const double = new DataView(new ArrayBuffer(8));
  // Columns in the order of the table; the id is the row's own number and stands as NULL.
  const columns: readonly (Int32Array | Float64Array | Uint8Array | undefined)[] = [
    undefined,
    undefined,
    coded.line,
    coded.offset,
    coded.length,
    coded.time,
    codes.app,
    codes.developer,
    codes.api,
    codes.operation,
    codes.method,
    codes.path,
    numbers.status,
    coded.outcome,
    codes.actor,
    codes.resource,
    codes.fields,
    codes.subjects,
    numbers.subject_count,
    codes.ip,
    codes.user_agent,
    undefined,
    numbers.bytes,
    numbers.duration_ms,
    coded.flags,
  ];
  const isCode = columns.map((column) => column instanceof Int32Array && column !== coded.length);
  let requestAt = 0;
  for (let k = 0; k < coded.rows; k++) {
    let body = 0;
    for (let c = 1; c < COLUMNS; c++) {
      const column = columns[c];
      if (column === undefined) continue;
      const value = column[k] as number;
      let type: number;
      if (isCode[c] ? value < 0 : Number.isNaN(value)) type = NULL;
      else if (Number.isInteger(value)) type = intType(value);
      else type = DOUBLE;
      types[c] = type;
      values[c] = value;
      body += WIDTH[type] as number;
    }
    types[1] = intType(source);
    values[1] = source;
    body += WIDTH[types[1] as number] as number;
    const form = request.form[k] as number;
    const length = request.lengths[k] as number;
    let requestType = NULL;
    if (form === HEX_REQUEST) {
      // As SQLite would store it: a number this small in fewer bytes.
      const value = (request.high[k] as number) * 0x100000000 + ((request.low[k] as number) >>> 0);
      requestType = intType(value);
      body += WIDTH[requestType] as number;
      values[REQUEST] = value;
    } else if (form === TEXT_REQUEST) {
      requestType = length * 2 + 13;
      body += length;
    }
    const requestHeader = varintLength(requestType);
    const header = COLUMNS + requestHeader;
    if (header + body > LONGEST) return false;
    let at = table.cell(firstId + k, header + body);
    const page = table.page;
    page[at++] = header;
    for (let c = 0; c < REQUEST; c++) page[at++] = types[c] as number;
    at = putVarint(page, at, requestType);
    for (let c = REQUEST + 1; c < COLUMNS; c++) page[at++] = types[c] as number;
    for (let c = 1; c < COLUMNS; c++) {
      if (c === REQUEST) {
        if (form === HEX_REQUEST) {
          if (requestType === 6) at = put32(page, put32(page, at, request.high[k] as number), request.low[k] as number);
          else at = putInt(page, at, values[c] as number, requestType);
        } else if (form === TEXT_REQUEST) {
          page.set(request.bytes.subarray(requestAt, requestAt + length), at);
          at += length;
        }
      } else if (types[c] === DOUBLE) {
        double.setFloat64(0, values[c] as number);
        for (let i = 0; i < 8; i++) page[at++] = double.getUint8(i);
      } else at = putInt(page, at, values[c] as number, types[c] as number);
    }
    requestAt += length;
  }
  return true;
}

function packTexts(table: TableWriter, texts: NewTexts): boolean {
  let from = 0;
  for (let index = 0; index < texts.lengths.length; index++) {
    const length = texts.lengths[index] as number;
    const type = length * 2 + 13;
    const header = 2 + varintLength(type);
    if (header + length > LONGEST) return false;
    let at = table.cell(texts.first + index, header + length);
    const page = table.page;
    page[at++] = header;
    page[at++] = NULL;
    at = putVarint(page, at, type);
    page.set(texts.bytes.subarray(from, from + length), at);
    from += length;
  }
  return true;
}

/** Root pages of the template's tables. */
export interface Roots {
  readonly event_row: number;
  readonly texts: Readonly<Record<CodedColumn, number>>;
}

/** Rows and dictionary entries of batches as a file's pages; undefined where something is too long for a page. */
export function packPart(
  pages: Pages,
  roots: Roots,
  source: number,
  firstId: number,
  batches: readonly CodedBatch[],
): Buffer[] | undefined {
  const rows = new TableWriter(pages, roots.event_row);
  let id = firstId;
  for (const coded of batches) {
    if (!packRows(rows, source, id, coded)) return undefined;
    id += coded.rows;
  }
  if (!rows.finish()) return undefined;
  for (const column of CODED_COLUMNS) {
    const table = new TableWriter(pages, roots.texts[column]);
    for (const { texts } of batches) if (texts[column] && !packTexts(table, texts[column])) return undefined;
    if (!table.finish()) return undefined;
  }
  return pages.finish();
}

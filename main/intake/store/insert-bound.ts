import type { Database } from "better-sqlite3";
import { ENCODED_COLUMNS, type EncodedColumn } from "../../../shared/model/event.ts";
import { prepared } from "../../platform/database/prepared.ts";
import {
  type EncodedBatch,
  type EncodedRows,
  HEX_REQUEST,
  type NewTexts,
  type Rejected,
  type RequestIds,
  requestTexts,
  TEXT_REQUEST,
} from "../encode/encoded-batch.ts";

/** Columns of `event_row`, in the order of the table. */
const ROW_COLUMNS = [
  "id",
  "source",
  "line",
  '"offset"',
  "length",
  "time",
  "app",
  "developer",
  "api",
  "operation",
  "method",
  "path",
  "status",
  "outcome",
  "actor",
  "resource",
  "fields",
  "subjects",
  "subject_count",
  "ip",
  "user_agent",
  "request_id",
  "bytes",
  "duration_ms",
  "flags",
] as const;

const ROWS_PER_STATEMENT = 64;

/** Inserts rows by bound values, in statements of many rows. The reference that the packed way is tested against. */
export function insertBound(db: Database, source: number, firstId: number, encoded: EncodedRows): void {
  const tuple = `(${ROW_COLUMNS.map(() => "?").join(",")})`;
  const sql = (rows: number) =>
    `insert into event_row (${ROW_COLUMNS.join(",")}) values ${Array.from({ length: rows }, () => tuple).join(",")}`;
  const { ids, numbers, request } = encoded;
  const code = (column: EncodedColumn, k: number) => ((ids[column][k] as number) < 0 ? null : ids[column][k]);
  const number = (value: number | undefined) => (Number.isNaN(value) ? null : value);
  let requestAt = 0;
  let values: unknown[] = [];
  for (let k = 0; k < encoded.rows; k++) {
    const form = request.form[k];
    const length = request.lengths[k] as number;
    let id: bigint | string | null = null;
    if (form === HEX_REQUEST)
      id = (BigInt(request.high[k] as number) << 32n) | BigInt((request.low[k] as number) >>> 0);
    else if (form === TEXT_REQUEST)
      id = Buffer.from(request.bytes.buffer, request.bytes.byteOffset + requestAt, length).toString("utf8");
    requestAt += length;
    values.push(
      firstId + k,
      source,
      encoded.line[k],
      encoded.offset[k],
      encoded.length[k],
      encoded.time[k],
      code("app", k),
      code("developer", k),
      code("api", k),
      code("operation", k),
      code("method", k),
      code("path", k),
      number(numbers.status[k]),
      encoded.outcome[k],
      code("actor", k),
      code("resource", k),
      code("fields", k),
      code("subjects", k),
      number(numbers.subject_count[k]),
      code("ip", k),
      code("user_agent", k),
      id,
      number(numbers.bytes[k]),
      number(numbers.duration_ms[k]),
      encoded.flags[k],
    );
    if (values.length === ROWS_PER_STATEMENT * ROW_COLUMNS.length) {
      prepared(db, sql(ROWS_PER_STATEMENT)).run(values);
      values = [];
    }
  }
  if (values.length > 0) prepared(db, sql(values.length / ROW_COLUMNS.length)).run(values);
}

/** Adds dictionary entries, the reference way. */
export function insertTexts(db: Database, texts: Partial<Record<EncodedColumn, NewTexts>>): void {
  for (const column of ENCODED_COLUMNS) {
    const entries = texts[column];
    if (!entries) continue;
    const insert = prepared(db, `insert into text_${column} (id, value) values (?, ?)`);
    let at = 0;
    entries.lengths.forEach((length, index) => {
      insert.run(
        entries.first + index,
        Buffer.from(entries.bytes.buffer, entries.bytes.byteOffset + at, length).toString("utf8"),
      );
      at += length;
    });
  }
}

export function insertRejects(db: Database, source: number, rejects: readonly Rejected[]): void {
  if (rejects.length === 0) return;
  const insert = prepared(
    db,
    'insert into reject (source, line, lines, "offset", length, reason) values (?, ?, ?, ?, ?, ?)',
  );
  for (const { line, lines, offset, length, reason } of rejects)
    insert.run(source, line, lines, offset, length, reason);
}

/** Beside the rows of records that hold several calls: which of them each row is. */
export function insertParts(db: Database, firstId: number, { rows, part }: EncodedRows): void {
  if (!part) return;
  const insert = prepared(db, "insert into event_part (id, part) values (?, ?)");
  for (let k = 0; k < rows; k++) if ((part[k] as number) > 0) insert.run(firstId + k, part[k]);
}

/** Names of calls beside the rows that tell of them, with each row's own time. */
export function insertCalls(db: Database, firstId: number, encoded: EncodedBatch, call: RequestIds): void {
  const insert = prepared(db, "insert into event_call (id, call, time) values (?, ?, ?)");
  for (const [k, name] of namesOfCalls(encoded, call)) insert.run(firstId + k, name, encoded.time[k]);
}

/** Rows that tell of a call that has a name: their number in the batch, and the name as the case keeps it. */
export function* namesOfCalls(
  { rows, callPart }: EncodedBatch,
  call: RequestIds,
): Generator<[k: number, name: string]> {
  let k = 0;
  for (const name of requestTexts(call, rows)) {
    const part = callPart?.[k] ?? 0;
    if (name !== undefined && name !== "") yield [k, part > 0 ? `${name}\u0000${part}` : name];
    k++;
  }
}

import { ENCODED_COLUMNS, NUMBER_COLUMNS } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { MARKS, MarksDigest } from "../../intake/duplicates/marks-digest.ts";
import { type EncodedRows, HEX_REQUEST, TEXT_REQUEST } from "../../intake/encode/encoded-batch.ts";
import { EventsDigest } from "../../intake/store/events-digest.ts";
import type { ColumnName } from "./column-types.ts";

const INTEGER_COLUMNS: readonly ColumnName[] = ["id", "source", "outcome", "flags", ...ENCODED_COLUMNS];
/** In the order in which they are read: `time` says the order of all. */
export const COLUMNS: readonly ColumnName[] = [
  ...(["time", "line", "offset", "length"] as const),
  ...NUMBER_COLUMNS,
  ...INTEGER_COLUMNS,
];

/** Rows that are read by one statement: parsing one JSON text of a column is far faster than fetching rows one by one. */
const BLOCK_ROWS = 4096;

/** The rows of one complete source: a run of ids, because only one import writes at a time. */
export interface SourceRows {
  readonly source: number;
  readonly first: number;
  readonly last: number;
}

/** What the rows of a source are. */
export interface RowsDigest {
  readonly events: string;
  readonly marks: string | null;
}

/** The rows of each source that counts, in source order. */
export function countedRows({ db }: Case): SourceRows[] {
  const sources = db.prepare(`select id, events from source where ${COUNTS} and events > 0 order by id`).all() as {
    id: number;
    events: number;
  }[];
  const runs = runsByLength(db) ?? runsByRow(db);
  return sources.map(({ id, events }) => {
    const run = runs.get(id);
    if (!run || run.last - run.first + 1 !== events)
      throw new Error(`source ${id} says ${events} events, its rows say otherwise`);
    return run;
  });
}

/** The runs of all sources, each as long as its source says. Undefined where rows say otherwise. */
function runsByLength(db: Case["db"]): Map<number, SourceRows> | undefined {
  const sourceAt = db.prepare("select source from event_row where id = ?").pluck();
  const next = db.prepare("select id, source from event_row where id >= ? order by id limit 1");
  const eventsOf = db.prepare("select events from source where id = ?").pluck();
  const runs = new Map<number, SourceRows>();
  let first = 0;
  for (;;) {
    const row = next.get(first) as { id: number; source: number } | undefined;
    if (!row) return runs;
    const { id, source } = row;
    const last = id + ((eventsOf.get(source) as number | undefined) ?? 0) - 1;
    if (last < id || runs.has(source) || sourceAt.get(last) !== source) return undefined;
    runs.set(source, { source, first: id, last });
    first = last + 1;
  }
}

function runsByRow(db: Case["db"]): Map<number, SourceRows> {
  const runs = db
    .prepare("select source, min(id) as first, max(id) as last from event_row group by source")
    .all() as SourceRows[];
  return new Map(runs.map((run) => [run.source, run]));
}

type Value = number | string | boolean | null;
type Block = Readonly<Record<string, readonly Value[]>>;
export type UnsortedColumns = Map<ColumnName, Uint32Array | Float64Array>;

/** Columns of these rows, in id order, that is by source and line. Absent: 0 in whole columns, NaN in others. */
export function readColumns({ db }: Case, runs: readonly SourceRows[], names: readonly ColumnName[]): UnsortedColumns {
  const columns = emptyColumns(runs, names);
  let at = 0;
  for (const run of runs)
    for (const { rows, block } of blocksOf(db, run, names)) {
      fillAll(columns, at, block);
      at += rows;
    }
  return columns;
}

/** The same in a reading of whole rows, which says what the rows of each source are, by its number. */
export function readColumnsAndDigests(
  { db }: Case,
  runs: readonly SourceRows[],
  names: readonly ColumnName[],
): { columns: UnsortedColumns; digests: Map<number, RowsDigest> } {
  const columns = emptyColumns(runs, names);
  const digests = new Map<number, RowsDigest>();
  let at = 0;
  for (const run of runs) {
    const events = new EventsDigest();
    const marks = new MarksDigest();
    for (const { from, rows, block } of blocksOf(db, run, COLUMNS, besides(db, run))) {
      fillAll(columns, at, block);
      const stored = storedRows(block, from, run.source);
      const [flags, times] = [block.flags as readonly number[], block.time as readonly number[]];
      for (let k = 0; k < rows; k += 1)
        marks.add(from - run.first + k, flags[k] as number, times[k] as number, stored.encoded.time[k] as number);
      events.addRows(stored.encoded, namesOf(block.call), stored.isForeign);
      at += rows;
    }
    digests.set(run.source, { events: events.end(run.first), marks: marks.end() });
  }
  return { columns, digests };
}

function* blocksOf(
  db: Case["db"],
  { first, last }: SourceRows,
  names: readonly string[],
  besides: Readonly<Record<string, string>> = {},
): Generator<{ from: number; rows: number; block: Block }> {
  const values = [...names.map((name) => `coalesce("${name}", 'null')`), ...Object.values(besides)];
  const keys = [...names, ...Object.keys(besides)];
  const select = db
    .prepare(
      `select ${values.map((value) => `group_concat(${value})`).join(", ")} from event_row e where id between ? and ?`,
    )
    .raw();
  for (let from = first; from <= last; from += BLOCK_ROWS) {
    const to = Math.min(last, from + BLOCK_ROWS - 1);
    const texts = select.get(from, to) as (string | null)[];
    const block = Object.fromEntries(keys.map((key, i) => [key, JSON.parse(`[${texts[i] ?? ""}]`) as Value[]]));
    const rows = to - from + 1;
    const found = block[keys[0] as string]?.length ?? 0;
    if (found !== rows) throw new Error(`the case says ${rows} events, its rows are ${found}`);
    yield { from, rows, block };
  }
}

const emptyColumns = (runs: readonly SourceRows[], names: readonly ColumnName[]): UnsortedColumns => {
  const rows = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return new Map(
    names.map((name) => [name, INTEGER_COLUMNS.includes(name) ? new Uint32Array(rows) : new Float64Array(rows)]),
  );
};

function fillAll(columns: UnsortedColumns, at: number, block: Block): void {
  for (const [name, column] of columns) {
    const values = block[name] as readonly (number | null)[];
    const absent = column instanceof Uint32Array ? 0 : Number.NaN;
    for (let k = 0; k < values.length; k += 1) column[at + k] = values[k] ?? absent;
  }
}

/** SQL: what is hashed of rows beside the columns. Few sources have calls or parts, and looking for them costs each row. */
function besides(db: Case["db"], { first, last }: SourceRows): Record<string, string> {
  const has = (table: string) =>
    db.prepare(`select 1 from ${table} where id between ? and ? limit 1`).get(first, last) !== undefined;
  const ofCall = (value: string) => `coalesce((select ${value} from event_call c where c.id = e.id), 'null')`;
  return {
    high: "case typeof(request_id) when 'integer' then request_id >> 32 else 'null' end",
    low: "case typeof(request_id) when 'integer' then request_id & 4294967295 when 'text' then json_quote(request_id) when 'null' then 'null' else 'true' end",
    ...(has("event_part") && { part: "coalesce((select part from event_part p where p.id = e.id), 0)" }),
    ...(has("event_call") && { call: ofCall("json_quote(call)"), own: ofCall("time") }),
  };
}

function* namesOf(calls: readonly Value[] | undefined): Generator<[number, string]> {
  for (const [k, name] of calls?.entries() ?? []) if (name !== null) yield [k, name as string];
}

/** Rows as an import has them: absent ids are -1. */
function storedRows(block: Block, from: number, source: number): { encoded: EncodedRows; isForeign: boolean } {
  let isForeign = false;
  const rows = (block.id as readonly Value[]).length;
  const of = (name: string) => block[name] as readonly Value[];
  for (let k = 0; k < rows; k += 1) if (of("id")[k] !== from + k || of("source")[k] !== source) isForeign = true;
  const reals = (name: string) => {
    const [values, column] = [of(name), new Float64Array(rows)];
    for (let k = 0; k < rows; k += 1) {
      const value = values[k];
      column[k] = typeof value === "number" ? value : Number.NaN;
      if (typeof value !== "number" && value !== null) isForeign = true;
    }
    return column;
  };
  const integers = (name: string) => {
    const [values, column] = [of(name), new Int32Array(rows)];
    for (let k = 0; k < rows; k += 1) {
      const value = values[k] as Value;
      column[k] = value === null ? -1 : (value as number);
      if (value !== null && (column[k] !== value || (value as number) < 0)) isForeign = true;
    }
    return column;
  };
  const bytes = (name: string, mask = 255) => {
    const [values, column] = [of(name), new Uint8Array(rows)];
    for (let k = 0; k < rows; k += 1) {
      column[k] = (values[k] as number) & mask;
      if (((values[k] as number) & ~255) !== 0 || typeof values[k] !== "number") isForeign = true;
    }
    return column;
  };
  const request = {
    form: new Uint8Array(rows),
    high: new Int32Array(rows),
    low: new Int32Array(rows),
    lengths: new Int32Array(rows),
  };
  const texts: Buffer[] = [];
  const [high, low] = [of("high"), of("low")];
  for (let k = 0; k < rows; k += 1) {
    const value = low[k] as Value;
    if (typeof high[k] === "number") {
      request.form[k] = HEX_REQUEST;
      request.high[k] = high[k] as number;
      request.low[k] = value as number;
    } else if (typeof value === "string") {
      const text = Buffer.from(value);
      request.form[k] = TEXT_REQUEST;
      request.lengths[k] = text.length;
      texts.push(text);
    } else if (value !== null) isForeign = true;
  }
  const time = reals("time");
  const own = block.own;
  if (own) for (let k = 0; k < rows; k += 1) if (of("call")[k] !== null) time[k] = own[k] as number;
  const encoded: EncodedRows = {
    rows,
    line: reals("line"),
    offset: reals("offset"),
    length: integers("length"),
    ...(block.part && { part: integers("part") }),
    time,
    ids: Object.fromEntries(ENCODED_COLUMNS.map((name) => [name, integers(name)])) as EncodedRows["ids"],
    numbers: Object.fromEntries(NUMBER_COLUMNS.map((name) => [name, reals(name)])) as EncodedRows["numbers"],
    outcome: bytes("outcome"),
    flags: bytes("flags", ~MARKS & 255),
    request: { ...request, bytes: Buffer.concat(texts) },
  };
  return { encoded, isForeign };
}

import type { Database } from "better-sqlite3";
import {
  CALLERS,
  callerCode,
  type EncodedColumn,
  type EventRecord,
  type FieldsAre,
  FLAG,
  type NumberColumn,
  OUTCOMES,
} from "../../../shared/model/event.ts";
import { type Labels, labelsOf } from "../../annotations/labels.ts";
import type { Dataset } from "../dataset.ts";
import { csvCell } from "./event-csv.ts";
import { IsoTexts } from "./iso-texts.ts";

/** A value as it stands in an event's JSON, key and comma before it, and in its CSV line, comma before it. */
interface Piece {
  readonly json: string;
  readonly csv: string;
}

/** An event as `eventsAt` has it, written. */
export interface EventTexts {
  readonly position: number;
  /** Without line end. */
  readonly json: string;
  /** Its cells, each with a comma before it, without line end. */
  readonly cells: string;
}

export interface EventTextOptions {
  /** Columns that the table has only where events need them. */
  readonly caller: boolean;
  readonly part: boolean;
  /** What of tags and notes is written. */
  readonly own: <T>(value: T) => T;
}

type Labelled = Pick<EventRecord, "tags" | "notes">;

type PieceOf = (position: number) => Piece;
type PieceOfText = (id: number | null) => Piece;

const EVENTS_AT_ONCE = 200;

/** Texts whose pieces are kept, a column. The first ids are those of what came first, and often. */
const KEPT = 1 << 14;

const NOTHING: Piece = { json: "", csv: "," };

/**
 * The events at these positions as JSON and as CSV, byte for byte what `JSON.stringify` and `csvLine` make of
 * `eventsAt`: a million of them are written without an object of each, and what many have in common is escaped once.
 */
export function* eventTexts(
  dataset: Dataset,
  positions: Uint32Array,
  { caller: hasCaller, part: hasPart, own }: EventTextOptions,
): Generator<EventTexts> {
  const { columns, caseFile, owners } = dataset;
  const ids = columns.codes("id");
  const time = columns.time;
  const flags = columns.codes("flags");
  const outcome = columns.codes("outcome");
  const rows = rowsOf(caseFile.db, hasPart);
  const labels = labelsOf(caseFile.db);
  const times = new IsoTexts();
  let row: RowBeside = [null, null, null, null];

  const text = (name: EncodedColumn) => encoded(dataset, name, (value) => textPiece(name, value));
  const [app, actor, resource] = (["app", "actor", "resource"] as const).map((name) =>
    pieces(dataset, name, (value) => textPiece(name, value)),
  ) as [PieceOfText, PieceOfText, PieceOfText];
  const developers = owners.list.map(({ shown }) =>
    shown === undefined ? NOTHING : kept(textPiece("developer", shown)),
  );
  const outcomes = OUTCOMES.map((each) => kept(textPiece("outcome", each)));
  const callers = [NOTHING, ...CALLERS.map((each) => kept(textPiece("caller", each)))];
  const fields = (are: FieldsAre) => encoded(dataset, "fields", (value) => fieldsPiece(value, are), NO_FIELDS);
  const [requested, returned] = [fields("requested"), fields("returned")];
  // In the order of a record's keys, which is that of the table's columns.
  const cells: readonly PieceOf[] = [
    () => app(row[1]),
    (p) => developers[owners.of[p] as number] ?? NOTHING,
    ...(["api", "operation", "method", "path"] as const).map(text),
    numbers(dataset, "status"),
    (p) => outcomes[outcome[p] as number] ?? NOTHING,
    () => actor(row[2]),
    ...(hasCaller ? [(p: number) => callers[callerCode(flags[p] as number)] as Piece] : []),
    () => resource(row[3]),
    (p) => ((flags[p] as number) & FLAG.requested ? requested(p) : returned(p)),
    encoded(dataset, "subjects", (value) => listPiece("subjects", value), NOTHING, 0),
    numbers(dataset, "subject_count"),
    text("ip"),
    text("user_agent"),
    () => (row[0] === null ? NOTHING : textPiece("request_id", row[0])),
    numbers(dataset, "bytes"),
    numbers(dataset, "duration_ms"),
    (p) => ((flags[p] as number) & FLAG.duplicate ? DUPLICATE : NOTHING),
    placePieces(dataset),
    ...(hasPart ? [() => (typeof row[4] === "number" ? numberPiece("part", row[4]) : NOTHING)] : []),
    (p) => labelPiece(own, labels, ids[p] as number),
  ];
  for (let from = 0; from < positions.length; from += EVENTS_AT_ONCE) {
    const batch = positions.subarray(from, from + EVENTS_AT_ONCE);
    const found = rows(Array.from(batch, (position) => ids[position] as number));
    for (let k = 0; k < found.length; k += 1) {
      const position = batch[k] as number;
      row = found[k] as RowBeside;
      const at = times.of(time[position] as number);
      let json = `{"time":"${at}"`;
      let csv = `,${csvCell(at)}`;
      for (let column = 0; column < cells.length; column += 1) {
        const piece = (cells[column] as PieceOf)(position);
        json += piece.json;
        csv += piece.csv;
      }
      yield { position, json: `${json}}`, cells: csv };
    }
  }
}

/**
 * What the columns do not hold of an event: its request id, its ids as the log spells them (columns hold one spelling of
 * each), and its part where any event has one.
 */
type RowBeside = [
  request: string | null,
  app: number | null,
  actor: number | null,
  resource: number | null,
  part?: number | null,
];

function rowsOf(db: Database, hasPart: boolean): (ids: readonly number[]) => RowBeside[] {
  const rows = db
    .prepare(
      `select case typeof(e.request_id) when 'integer' then printf('%016x', e.request_id) else e.request_id end,
       e.app, e.actor, e.resource${hasPart ? ", (select part from event_part where id = e.id)" : ""}
       from json_each(?) wanted join event_row e on e.id = wanted.value order by wanted.key`,
    )
    .raw();
  return (ids) => rows.all(JSON.stringify(ids)) as RowBeside[];
}

/** The piece of a dictionary-encoded column at a position. */
function encoded(
  dataset: Dataset,
  name: EncodedColumn,
  made: (text: string) => Piece,
  absent = NOTHING,
  most = KEPT,
): PieceOf {
  const codes = dataset.columns.codes(name);
  const piece = pieces(dataset, name, made, absent, most);
  return (position) => piece(codes[position] as number);
}

/** The piece of a text by its id. */
function pieces(
  { columns }: Dataset,
  name: EncodedColumn,
  made: (text: string) => Piece,
  absent = NOTHING,
  most = KEPT,
): PieceOfText {
  const texts = columns.dictionary(name);
  const known: (Piece | undefined)[] = new Array(most);
  return (id) => {
    if (id === null || id === 0) return absent;
    const piece = id < most ? known[id] : undefined;
    if (piece) return piece;
    const text = texts.get(id);
    const fresh = text === undefined ? absent : made(text);
    if (id >= most) return fresh;
    known[id] = kept(fresh);
    return known[id] as Piece;
  };
}

function numbers({ columns }: Dataset, name: NumberColumn): PieceOf {
  const values = columns.numbers(name);
  const known: (Piece | undefined)[] = new Array(KEPT);
  return (position) => {
    const value = values[position] as number;
    if (Number.isNaN(value)) return NOTHING;
    if (!(value >= 0 && value < KEPT && Number.isInteger(value))) return numberPiece(name, value);
    known[value] ??= kept(numberPiece(name, value));
    return known[value] as Piece;
  };
}

/** Where the record stands, four columns. */
function placePieces({ columns }: Dataset): PieceOf {
  const [source, line] = [columns.codes("source"), columns.numbers("line")];
  const [offset, length] = [columns.numbers("offset"), columns.numbers("length")];
  return (p) => {
    const [at, row] = [String(offset[p]), String(line[p])];
    return {
      json: `,"source":${source[p]},"line":${row},"offset":${at},"length":${length[p]}`,
      csv: `,${source[p]},${row},${at},${length[p]}`,
    };
  };
}

/** A piece to keep. Texts that were put together are copied each into one, which is far faster to write again and again. */
const kept = ({ json, csv }: Piece): Piece => ({ json: inOne(json), csv: inOne(csv) });
const inOne = (text: string): string => [text.slice(0, 1), text.slice(1)].join("");

const textPiece = (name: keyof EventRecord, text: string): Piece => ({
  json: `,"${name}":${JSON.stringify(text)}`,
  csv: `,${csvCell(text)}`,
});

const numberPiece = (name: keyof EventRecord, value: number): Piece => ({
  json: `,"${name}":${value}`,
  csv: `,${value}`,
});

/** A list of texts that stand in JSON, and between the semicolons of a cell, as they are. */
const PLAIN_LIST = /^\["[\w.:@/ -]*"(?:,"[\w.:@/ -]*")*\]$/u;

function listPiece(name: "fields" | "subjects", text: string): Piece {
  if (PLAIN_LIST.test(text))
    return { json: `,"${name}":${text}`, csv: `,${csvCell(text.slice(2, -2).replaceAll('","', ";"))}` };
  const list = JSON.parse(text) as string[];
  return { json: `,"${name}":${JSON.stringify(list)}`, csv: `,${csvCell(list)}` };
}

/** The list and what it is, two columns. An empty list of fields is none. */
function fieldsPiece(text: string, are: FieldsAre): Piece {
  if ((JSON.parse(text) as string[]).length === 0) return NO_FIELDS;
  const [list, what] = [listPiece("fields", text), textPiece("fields_are", are)];
  return { json: list.json + what.json, csv: list.csv + what.csv };
}

const UNLABELLED: Piece = { json: "", csv: ",," };
const NO_FIELDS: Piece = { json: "", csv: ",," };
const DUPLICATE: Piece = { json: ',"duplicate":true', csv: `,${csvCell(true)}` };
function labelPiece(own: EventTextOptions["own"], labels: Labels, event: number): Piece {
  const [tags, notes] = [labels.tags(event), labels.notes(event)];
  if (tags.length === 0 && notes.length === 0) return UNLABELLED;
  const labelled: Labelled = own({ ...(tags.length > 0 && { tags }), ...(notes.length > 0 && { notes }) });
  return {
    json: `,${JSON.stringify(labelled).slice(1, -1)}`,
    csv: `,${csvCell(labelled.tags)},${csvCell(labelled.notes)}`,
  };
}

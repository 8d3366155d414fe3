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
import { type Piece, PieceArena } from "./piece-arena.ts";
import type { Pieces } from "./piece-file.ts";
import { PlainTexts } from "./plain-texts.ts";

export interface EventsOptions {
  /** Columns that the table has only where events need them. */
  readonly caller: boolean;
  readonly part: boolean;
  /** What of tags and notes is written. */
  readonly own: <T>(value: T) => T;
  /** Writes what stands before an event's cells in its row, the comma left out, and behind them, with the row's end. */
  readonly before: (position: number) => void;
  readonly behind: (position: number) => void;
}

type Labelled = Pick<EventRecord, "tags" | "notes">;

/** Writes the value of one column, or nothing but the comma before its cell. */
type WriteCell = (position: number) => void;

const EVENTS_AT_ONCE = 1 << 10;
/** Ids of texts and small numbers that have a piece each, a column. The first ids are those of what came first, and often. */
const KEPT = 1 << 14;
const [LF, COMMA, QUOTE, CLOSE] = [10, 44, 34, 125] as const;
const NOTHING: Piece = { json: "", csv: "," };
const NO_FIELDS: Piece = { json: "", csv: ",," };
const UNLABELLED = Buffer.from(",,");

/**
 * Writes the events at these positions as JSON lines and as rows of a table, byte for byte what `JSON.stringify` and
 * `csvLine` make of `eventsAt`: of a million of them no object or text is made of each, and what many have in common is
 * escaped once.
 */
export function writeEvents(
  dataset: Dataset,
  positions: Uint32Array,
  { json, csv }: { readonly json: Pieces; readonly csv: Pieces },
  options: EventsOptions,
): void {
  const ids = dataset.columns.codes("id");
  const rows = new RowsBeside(dataset, options.part);
  const cells = cellWriters(dataset, json, csv, rows, options);
  for (let from = 0; from < positions.length; from += EVENTS_AT_ONCE) {
    const batch = positions.subarray(from, from + EVENTS_AT_ONCE);
    rows.read(Uint32Array.from(batch, (position) => ids[position] as number));
    for (let k = 0; k < batch.length; k += 1) {
      const position = batch[k] as number;
      rows.at(k);
      options.before(position);
      for (let column = 0; column < cells.length; column += 1) (cells[column] as WriteCell)(position);
      json.byte(CLOSE);
      json.byte(LF);
      options.behind(position);
    }
  }
}

/** In the order of a record's keys, which is that of the table's columns. */
function cellWriters(
  dataset: Dataset,
  json: Pieces,
  csv: Pieces,
  rows: RowsBeside,
  { caller: hasCaller, part: hasPart, own }: EventsOptions,
): readonly WriteCell[] {
  const { columns, caseFile, owners } = dataset;
  const [ids, flags, outcome] = [columns.codes("id"), columns.codes("flags"), columns.codes("outcome")];
  const labels = labelsOf(caseFile.db);
  const plain = new PlainTexts(json, csv);
  const put = (piece: Piece) => {
    json.write(piece.json);
    csv.write(piece.csv);
  };
  const coded = (most: number, make: (number: number) => Piece) => {
    const arena = new PieceArena(most);
    return (number: number) => arena.put(number, json, csv, make);
  };
  /** A column of texts, by their ids. */
  const texts = (name: EncodedColumn, idAt: (position: number) => number) => {
    const dictionary = columns.dictionary(name);
    const arena = new PieceArena(KEPT);
    const key = Buffer.from(`,"${name}":`);
    const make = (id: number) => optional(name, dictionary.get(id));
    return (position: number) => {
      const id = idAt(position);
      if (id === 0) csv.byte(COMMA);
      else if (id < KEPT) arena.put(id, json, csv, make);
      else {
        const text = dictionary.get(id);
        if (text === undefined || !plain.text(key, text)) put(optional(name, text));
      }
    };
  };
  const encoded = (name: EncodedColumn) => {
    const codes = columns.codes(name);
    return texts(name, (position) => codes[position] as number);
  };
  const numbers = (name: NumberColumn) => {
    const values = columns.numbers(name);
    const key = Buffer.from(`,"${name}":`);
    return (position: number) => {
      const value = values[position] as number;
      csv.byte(COMMA);
      if (Number.isNaN(value)) return;
      json.bytes(key, 0, key.length);
      json.number(value);
      csv.number(value);
    };
  };
  const lists = columns.dictionary("fields");
  const fieldsOf = columns.codes("fields");
  const [requested, returned] = (["requested", "returned"] as const).map((are) =>
    coded(KEPT, (id) => fieldsPiece(lists.get(id), are)),
  ) as [(id: number) => void, (id: number) => void];
  const subjects = columns.codes("subjects");
  const subjectLists = columns.dictionary("subjects");
  const subjectsKey = Buffer.from(',"subjects":');
  const developers = coded(owners.list.length, (owner) => optional("developer", owners.list[owner]?.shown));
  const outcomes = coded(OUTCOMES.length, (each) => optional("outcome", OUTCOMES[each]));
  const callers = coded(CALLERS.length + 1, (each) => optional("caller", CALLERS[each - 1]));
  return [
    timeWriter(columns.time, json, csv),
    texts("app", () => rows.app),
    (p) => developers(owners.of[p] as number),
    ...(["api", "operation", "method", "path"] as const).map(encoded),
    numbers("status"),
    (p) => outcomes(outcome[p] as number),
    texts("actor", () => rows.actor),
    ...(hasCaller ? [(p: number) => callers(callerCode(flags[p] as number))] : []),
    texts("resource", () => rows.resource),
    (p) => ((flags[p] as number) & FLAG.requested ? requested : returned)(fieldsOf[p] as number),
    (p) => {
      const list = subjectLists.get(subjects[p] as number);
      if (list === undefined) csv.byte(COMMA);
      else if (!plain.list(subjectsKey, list)) put(listPiece("subjects", list));
    },
    numbers("subject_count"),
    encoded("ip"),
    encoded("user_agent"),
    () => {
      const { request } = rows;
      if (typeof request === "string") put(optional("request_id", request));
      else if (request === null) csv.byte(COMMA);
      else plain.hex(REQUEST_KEY, rows.requestHigh, request);
    },
    numbers("bytes"),
    numbers("duration_ms"),
    (p) => ((flags[p] as number) & FLAG.duplicate ? put(DUPLICATE) : csv.byte(COMMA)),
    ...placeWriters(dataset, json, csv),
    ...(hasPart ? [() => put(rows.part === null ? NOTHING : numberPiece("part", rows.part))] : []),
    (p) => {
      const piece = labelPiece(own, labels, ids[p] as number);
      if (piece) put(piece);
      else csv.bytes(UNLABELLED, 0, UNLABELLED.length);
    },
  ];
}

const REQUEST_KEY = Buffer.from(',"request_id":');
const DUPLICATE: Piece = { json: ',"duplicate":true', csv: `,${csvCell(true)}` };

function timeWriter(time: Float64Array, json: Pieces, csv: Pieces): WriteCell {
  const key = Buffer.from('{"time":"');
  const times = new IsoTexts();
  return (position) => {
    const text = times.of(time[position] as number);
    json.bytes(key, 0, key.length);
    json.write(text);
    csv.byte(COMMA);
    const from = json.filled - text.length;
    // Before the year 0 and past 9999 a time begins with a sign.
    if (isDigit(json.buffer[from] as number)) csv.bytes(json.buffer, from, json.filled);
    else csv.write(csvCell(text));
    json.byte(QUOTE);
  };
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Where the record stands, four columns. */
function placeWriters({ columns }: Dataset, json: Pieces, csv: Pieces): WriteCell[] {
  const values = {
    source: columns.codes("source"),
    line: columns.numbers("line"),
    offset: columns.numbers("offset"),
    length: columns.numbers("length"),
  };
  return Object.entries(values).map(([name, column]) => {
    const key = Buffer.from(`,"${name}":`);
    return (position) => {
      const value = column[position] as number;
      json.bytes(key, 0, key.length);
      json.number(value);
      csv.byte(COMMA);
      csv.number(value);
    };
  });
}

type RowBeside = readonly [
  id: number,
  high: number | null,
  low: number | string | null,
  app: number | null,
  actor: number | null,
  resource: number | null,
  part?: number | null,
];

/**
 * What the columns do not hold of an event: its request id, its ids as the log spells them (columns hold one spelling of
 * each), and its part where any event has one.
 */
class RowsBeside {
  app = 0;
  actor = 0;
  resource = 0;
  /** A text, or the lower half of a number of 16 hex digits. */
  request: string | number | null = null;
  requestHigh = 0;
  part: number | null = null;
  #rows: readonly RowBeside[] = [];
  #order: readonly number[] | undefined;
  readonly #run: (first: number, last: number) => RowBeside[];
  readonly #some: (ids: string) => RowBeside[];

  constructor({ caseFile: { db } }: Dataset, hasPart: boolean) {
    const row = `e.id, case typeof(e.request_id) when 'integer' then e.request_id >> 32 end,
      case typeof(e.request_id) when 'integer' then e.request_id & 4294967295 else e.request_id end,
      e.app, e.actor, e.resource${hasPart ? ", (select part from event_part where id = e.id)" : ""}`;
    const run = db.prepare(`select ${row} from event_row e where e.id between ? and ? order by e.id`).raw();
    const some = db
      .prepare(`select ${row} from json_each(?) wanted join event_row e on e.id = wanted.value order by wanted.key`)
      .raw();
    this.#run = (first, last) => run.all(first, last) as RowBeside[];
    this.#some = (ids) => some.all(ids) as RowBeside[];
  }

  /** Of events that mostly follow one another in their log too: then a run of rows is read, and each found by its id. */
  read(ids: Uint32Array): void {
    let [first, last] = [ids[0] as number, 0];
    for (const id of ids) {
      if (id < first) first = id;
      if (id > last) last = id;
    }
    this.#order = undefined;
    if (last - first < 2 * ids.length) {
      const rows = this.#run(first, last);
      // Without a hole among them.
      if (rows.length === last - first + 1) {
        this.#rows = rows;
        this.#order = Array.from(ids, (id) => id - first);
        return;
      }
    }
    this.#rows = this.#some(JSON.stringify(Array.from(ids)));
  }

  /** Shows that of the event with this number among those that were read. */
  at(number: number): void {
    const row = this.#rows[this.#order?.[number] ?? number] as RowBeside;
    this.requestHigh = row[1] ?? 0;
    this.request = row[2];
    this.app = row[3] ?? 0;
    this.actor = row[4] ?? 0;
    this.resource = row[5] ?? 0;
    this.part = row[6] ?? null;
  }
}

const optional = (name: keyof EventRecord, text: string | undefined): Piece =>
  text === undefined ? NOTHING : { json: `,"${name}":${JSON.stringify(text)}`, csv: `,${csvCell(text)}` };

const numberPiece = (name: keyof EventRecord, value: number): Piece => ({
  json: `,"${name}":${value}`,
  csv: `,${value}`,
});

function listPiece(name: "fields" | "subjects", text: string): Piece {
  const list = JSON.parse(text) as string[];
  return { json: `,"${name}":${JSON.stringify(list)}`, csv: `,${csvCell(list)}` };
}

/** The list and what it is, two columns. An empty list of fields is none. */
function fieldsPiece(text: string | undefined, are: FieldsAre): Piece {
  if (text === undefined || (JSON.parse(text) as string[]).length === 0) return NO_FIELDS;
  const [list, what] = [listPiece("fields", text), optional("fields_are", are)];
  return { json: list.json + what.json, csv: list.csv + what.csv };
}

function labelPiece(own: EventsOptions["own"], labels: Labels, event: number): Piece | undefined {
  const [tags, notes] = [labels.tags(event), labels.notes(event)];
  if (tags.length === 0 && notes.length === 0) return undefined;
  const labelled: Labelled = own({ ...(tags.length > 0 && { tags }), ...(notes.length > 0 && { notes }) });
  return {
    json: `,${JSON.stringify(labelled).slice(1, -1)}`,
    csv: `,${csvCell(labelled.tags)},${csvCell(labelled.notes)}`,
  };
}

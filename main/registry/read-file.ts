import { figure } from "../../shared/base/figure.ts";
import { DAY, type Micros } from "../../shared/base/time.ts";
import type { RegistryKind, RegistryOpen } from "../../shared/model/registry.ts";
import type { DateOrder } from "../intake/time/date-order.ts";
import { Zone } from "../intake/time/zone.ts";
import { sha256Of } from "../platform/sha256.ts";
import { isNever, isNoValue, statusOf, yesOrNo } from "./columns/cell-words.ts";
import { bracketOf } from "./columns/column-words.ts";
import { notRecognised, readFileSheets } from "./file-sheets.ts";
import { columnsOf, KEYS } from "./kinds.ts";
import { OpenRefusal } from "./open-refusal.ts";
import { FileTimes, type TimeCell } from "./read-times.ts";
import { type Recognised, type Recognition, recognise, type Wishes } from "./recognise.ts";
import type { Sheet, SheetRow } from "./sheets/sheet.ts";

export type Value = string | number | null;
export type Values = Readonly<Record<string, Value>>;

/** A row of the registry: only the columns that its file has. */
export interface IncomingRow {
  /** `grants.csv line 3` */
  readonly place: string;
  readonly values: Values;
}

export interface IncomingTable {
  readonly kind: RegistryKind;
  readonly sheet?: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly IncomingRow[];
}

/** A registry file as it was read. Nothing is in the case yet. */
export interface IncomingFile {
  readonly file: string;
  readonly sha256: string;
  readonly encoding?: string;
  readonly timezone: string;
  readonly timezone_from: "option" | "assumed" | "timestamps";
  readonly tables: readonly IncomingTable[];
  readonly ignored: readonly string[];
  readonly said: readonly string[];
  /** All headers, for checking what was mapped by hand. */
  readonly headers: readonly (readonly string[])[];
}

export interface ReadOptions extends Wishes {
  readonly timezone?: string | undefined;
  readonly dates?: DateOrder | undefined;
}

interface Known {
  readonly sheet: Sheet;
  readonly header: readonly string[];
  readonly recognition: Recognition;
  /** `book.xlsx sheet "Apps"`, `grants.csv` */
  readonly where: string;
}

/** Rows that a refusal names. */
const MAX_NAMED_ROWS = 10;
const NOTHING_CHANGED = "correct it and import the file again; nothing was changed";

/**
 * Reads a registry file: what it is, which columns it has, what its values are.
 * @throws Refusal `registry-wrong`, `file-missing`, `file-is-folder`, `file-unreadable`, `file-empty`, `archive-limit`, `timezone-unknown`
 */
export async function readRegistryFile(file: string, options: ReadOptions): Promise<IncomingFile> {
  const { name, bytes, encoding, isOne, sheets, unread } = await readFileSheets(file, options);
  const ignored: string[] = [...unread];
  const known: Known[] = [];
  for (const { sheet, header, where, isTable } of sheets) {
    const recognition = recognise(header, sheet, options, where);
    if (recognition) known.push({ sheet, header, recognition, where });
    else if (isTable) throw notRecognised(where, header);
    else ignored.push(`sheet "${sheet.name ?? ""}"`);
  }
  if (known.length === 0) throw notRecognised(name, sheets[0]?.header ?? []);
  for (const { sheet, header, recognition } of known) {
    for (const index of recognition.ignored) {
      const column = header[index] as string;
      const isUsed = sheet.rows.some(({ cells }) => (cells[index] ?? "").trim() !== "");
      const shown = column.trim() === "" ? `column ${index + 1}` : column;
      if (column.trim() !== "" || isUsed)
        ignored.push(isOne || sheet.name === undefined ? shown : `${sheet.name}: ${shown}`);
    }
  }
  const reading = new Reading(known, options);
  const tables = known.flatMap((each) => reading.tablesOf(each));
  return {
    file: name,
    sha256: sha256Of(bytes),
    ...(encoding === undefined ? {} : { encoding }),
    timezone: reading.times.timezone,
    timezone_from: reading.times.timezoneFrom,
    tables,
    ignored,
    said: [...reading.times.said(), ...reading.said()],
    headers: sheets.map(({ header }) => header),
  };
}

/** The values of one file's rows. */
class Reading {
  readonly times: FileTimes;
  #absent = 0;
  #heldOnly = 0;
  #lists = 0;
  /** A day of grace: a day that has begun may be one of a zone ahead of this machine's clock. */
  readonly #tomorrow: Micros = Date.now() * 1000 + DAY;

  constructor(known: readonly Known[], options: ReadOptions) {
    const cells: TimeCell[] = [];
    for (const { sheet, header, recognition } of known) {
      for (const { kind, columns } of recognition.tables) {
        for (const [column, about] of columnsOf(kind)) {
          const index = columns.get(column);
          if (about.kind !== "time" || index === undefined) continue;
          for (const { cells: row } of sheet.rows) {
            const text = (row[index] ?? "").trim();
            if (isTimeText(text, about.day === "end"))
              cells.push(timeCell(text, about.day ?? "begin", sheet, header[index]));
          }
        }
      }
    }
    this.times = new FileTimes(cells, { timezone: options.timezone, order: options.dates });
  }

  said(): string[] {
    return [
      ...(this.#absent > 0
        ? [
            `${figure(this.#absent)} ${this.#absent === 1 ? "cell" : "cells"} with a word for no value ${this.#absent === 1 ? "is" : "are"} read as absent`,
          ]
        : []),
      ...(this.#lists > 0
        ? [
            `${figure(this.#lists)} ${this.#lists === 1 ? "cell lists" : "cells list"} several permissions, each a row of its own`,
          ]
        : []),
      ...(this.#heldOnly > 0
        ? [
            `${figure(this.#heldOnly)} ${this.#heldOnly === 1 ? "row has" : "rows have"} an end although the status says that it holds: the end counts`,
          ]
        : []),
    ];
  }

  tablesOf({ sheet, header, recognition, where }: Known): IncomingTable[] {
    const base = recognition.tables[0] as Recognised;
    const ended: string[] = [];
    const unclear = new Map<string, string[]>();
    const tables = recognition.tables.map(({ kind, columns }) => ({
      kind,
      ...(sheet.name === undefined ? {} : { sheet: sheet.name }),
      columns: Object.fromEntries([...columns].map(([column, index]) => [column, header[index] as string])),
      rows: this.#listed(sheet.rows, columns.get("permission"), header).flatMap((row) => {
        const place = `${where} ${row.place}`;
        // Of a sheet of apps and developers: an app without an owner names no developer.
        const isDerived = kind !== base.kind;
        if (isDerived && KEYS[kind].some((key) => this.#isKeyAbsent(kind, key, columns, row))) return [];
        const values: Record<string, Value> = {};
        let isDay = false;
        for (const [column, about] of columnsOf(kind)) {
          const index = columns.get(column);
          if (index === undefined) continue;
          const cell = (row.cells[index] ?? "").trim();
          const isAnswer = about.kind === "time" && about.day === "end" && yesOrNo(cell) !== undefined;
          if (isAnswer && yesOrNo(cell) === true) ended.push(row.place);
          values[column] = isAnswer
            ? null
            : this.#value(cell, column, about, { where, row, sheet, header: header[index] as string });
          if (about.day === "end" && values[column] !== null) isDay = this.times.wasDay;
        }
        if (kind === base.kind && recognition.flag !== undefined)
          judgeFlag(row, values, recognition.flag, header[recognition.flag] as string, where, ended);
        if (kind === base.kind) this.#judgeStatus(row, values, recognition.status, kind, ended, unclear);
        refuseBackwards(place, where, values, isDay);
        return [{ place, values }];
      }),
    }));
    refuseEnded(where, base.kind, ended, unclear, header[recognition.status?.index ?? -1]);
    return tables;
  }

  /** A cell that lists several permissions is a row for each. */
  #listed(rows: readonly SheetRow[], index: number | undefined, header: readonly string[]): readonly SheetRow[] {
    if (index === undefined) return rows;
    // RFC 6749, 3.3: a scope has no blank in it, and a list of them one between two.
    const between = /scope/iu.test(header[index] as string) ? /[\s;,]+/u : /[;,]/u;
    return rows.flatMap((row) => {
      const listed = (row.cells[index] ?? "").split(between).flatMap((each) => each.trim() || []);
      if (listed.length < 2) return [row];
      this.#lists += 1;
      return listed.map((one) => ({ ...row, cells: row.cells.map((cell, at) => (at === index ? one : cell)) }));
    });
  }

  #isKeyAbsent(kind: RegistryKind, key: string, columns: ReadonlyMap<string, number>, row: SheetRow): boolean {
    const index = columns.get(key);
    const about = columnsOf(kind).find(([name]) => name === key)?.[1];
    if (index === undefined || !about?.needed) return false;
    const text = (row.cells[index] ?? "").trim();
    return text === "" || isNoValue(text);
  }

  #value(
    cell: string,
    column: string,
    about: { readonly kind: string; readonly needed?: true; readonly day?: "begin" | "end" },
    { where, row, sheet, header }: { where: string; row: SheetRow; sheet: Sheet; header: string },
  ): Value {
    const wrong = (why: string, todo = NOTHING_CHANGED, by: RegistryOpen["by"] = "columns") =>
      new OpenRefusal(`${where} ${row.place}: ${why}`, todo, { where, columns: [header], by });
    const isWord = isNoValue(cell) || (about.day === "end" && isNever(cell));
    if (cell === "" || isWord) {
      if (isWord) this.#absent += 1;
      if (about.needed) throw wrong(`${column} is empty${isWord ? ` ("${cell}")` : ""}`);
      return null;
    }
    if (about.kind === "time") {
      const time = this.times.read(timeCell(cell, about.day ?? "begin", sheet, header));
      if (time !== null && typeof time === "object") throw wrong(`${column} ${time.why}`, time.todo, time.by);
      if (time !== null && GIVEN.has(column) && time > this.#tomorrow)
        throw wrong(
          `${column} is still to come: "${cell.slice(0, 40)}"`,
          "what was given was given on a day that has begun: correct it and import the file again; nothing was changed",
          "file",
        );
      return time;
    }
    if (about.kind === "count") {
      const plain = /^\d{1,3}(?:([.,' \u00A0\u202F\u2019])\d{3})(?:\1\d{3})*$/u.test(cell)
        ? cell.replace(/\D/gu, "")
        : cell;
      if (!/^\d{1,12}$/u.test(plain)) throw wrong(`${column} is not a whole number: "${cell.slice(0, 40)}"`);
      return Number(plain);
    }
    if (about.kind === "id" && /^\d(?:[.,]\d+)?e\+\d+$/iu.test(cell))
      throw wrong(
        `${column} is "${cell}", a number that a spreadsheet has shortened`,
        "format the column as text where the file is made, so that every digit stands in it",
      );
    return cell;
  }

  /** A status can say that a row has ended; only a date says when. */
  #judgeStatus(
    row: SheetRow,
    values: Record<string, Value>,
    status: Recognition["status"],
    kind: RegistryKind,
    ended: string[],
    unclear: Map<string, string[]>,
  ): void {
    if (!status) return;
    const text = (row.cells[status.index] ?? "").trim();
    if (text === "" || isNoValue(text)) return;
    const says = statusOf(text);
    const hasEnd =
      values[kind === "grants" ? "revoked_at" : "withdrawn_at"] !== null &&
      values[kind === "grants" ? "revoked_at" : "withdrawn_at"] !== undefined;
    if (says === "ended" && !hasEnd) ended.push(row.place);
    if (says === "held" && hasEnd) this.#heldOnly += 1;
    if (says === undefined && !hasEnd) unclear.set(text, [...(unclear.get(text) ?? []), row.place]);
  }
}

/** A yes without a date has ended, nobody knows when; a no beside one contradicts it. @throws Refusal `registry-wrong` */
function judgeFlag(
  { cells, place }: SheetRow,
  values: Values,
  index: number,
  name: string,
  where: string,
  ended: string[],
): void {
  const says = yesOrNo((cells[index] ?? "").trim());
  const hasEnd = (values.revoked_at ?? values.withdrawn_at ?? null) !== null;
  if (says === true && !hasEnd) ended.push(place);
  if (says === false && hasEnd)
    throw new OpenRefusal(
      `${where} ${place}: "${name}" says no, and there is the date of an end`,
      `correct it, or leave the column out with --columns ignore="${name}"; nothing was changed`,
      { where, columns: [name], by: "columns" },
    );
}

const isTimeText = (text: string, isEnd: boolean): boolean =>
  text !== "" && !isNoValue(text) && !(isEnd && (isNever(text) || yesOrNo(text) !== undefined));

function timeCell(text: string, day: "begin" | "end", sheet: Sheet, header: string | undefined): TimeCell {
  return { text, day, days: sheet.days, zone: zoneIn(header ?? "") };
}

/** `Revoked at (Europe/Berlin)`: a zone that stands with the column's name is that of its times. */
function zoneIn(header: string): string | undefined {
  const inside = bracketOf(header);
  if (
    inside === undefined ||
    !/^(?:[A-Z]{3,4}|[A-Z][a-z]+\/[\w/+-]+|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?)$/u.test(inside)
  )
    return undefined;
  try {
    return new Zone(inside).name;
  } catch {
    return undefined;
  }
}

/** Columns of what somebody gave: that lies in the past. Ends and owners may be planned. */
const GIVEN: ReadonlySet<string> = new Set(["granted_at", "given_at"]);

const SPANS: readonly (readonly [string, string])[] = [
  ["owned_from", "owned_until"],
  ["granted_at", "revoked_at"],
  ["given_at", "withdrawn_at"],
];

/** `isDay`: the end was a date, so that its instant is the first after that day. */
function refuseBackwards(place: string, where: string, values: Values, isDay: boolean): void {
  for (const [from, until] of SPANS) {
    const [begin, end] = [values[from], values[until]];
    if (typeof begin === "number" && typeof end === "number" && ((end as Micros) < begin || (isDay && end === begin)))
      throw new OpenRefusal(`${place}: ${until} is before ${from}`, NOTHING_CHANGED, {
        where,
        columns: [],
        by: "file",
      });
  }
}

function refuseEnded(
  where: string,
  kind: RegistryKind,
  ended: readonly string[],
  unclear: ReadonlyMap<string, readonly string[]>,
  status: string | undefined,
): void {
  const named = (places: readonly string[]) =>
    `${places.slice(0, MAX_NAMED_ROWS).join(", ")}${places.length > MAX_NAMED_ROWS ? ` and ${figure(places.length - MAX_NAMED_ROWS)} more` : ""}`;
  const end = kind === "grants" ? "revoked_at" : kind === "consents" ? "withdrawn_at" : "owned_until";
  if (ended.length > 0) {
    throw new OpenRefusal(
      `${where} says of ${named([...new Set(ended)])} that it has ended, but not when: ${end} is missing`,
      `give the date in ${end}${status === undefined ? "" : `, or leave the status out with --columns ignore="${status}"`}; nothing was changed`,
      { where, columns: status === undefined ? [] : [status], by: "columns" },
    );
  }
  const [first] = unclear;
  if (!first) return;
  throw new OpenRefusal(
    `${where}: the status "${first[0].slice(0, 40)}" of ${named(first[1])} does not say whether it still holds`,
    `give the end in ${end}, or leave the status out with --columns ignore="${status}"; nothing was changed`,
    { where, columns: status === undefined ? [] : [status], by: "columns" },
  );
}

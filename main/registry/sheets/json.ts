import { Refusal } from "../../../shared/base/errors.ts";
import { parseJson, scalarText, WrittenNumber } from "../../platform/exact-json.ts";
import { type JsonFault, parseUserJson } from "../../platform/user-json.ts";
import type { Sheet, SheetRow } from "./sheet.ts";

/** Objects in objects. A registry has two or three. */
const MAX_DEPTH = 12;

interface Table {
  readonly name: string | undefined;
  readonly columns: Map<string, number>;
  readonly rows: { readonly place: string; readonly cells: Map<string, string> }[];
}

/**
 * Tables as JSON: an array of objects, an object that holds such arrays, or an object a line. Objects inside a row become
 * dotted names; an array of objects inside a row is a table of its own, whose rows bear the ids of the row that they stand in.
 * `unread`: keys beside the tables that hold something.
 * @throws Refusal `registry-wrong`
 */
export function readJson(text: string, file: string): { sheets: Sheet[]; unread: string[] } {
  const tables = new Map<string, Table>();
  const unread: string[] = [];
  const value = parse(text, file);
  if (Array.isArray(value)) readList(value, undefined, "", new Map(), { file, tables, unread });
  else readDocument(value as Record<string, unknown>, "", { file, tables, unread }, 0);
  const sheets = [...tables.values()].map(({ name, columns, rows }) => {
    const header = [...columns.keys()];
    return {
      ...(name === undefined ? {} : { name }),
      header,
      days: "excel_days",
      rows: rows.map(
        ({ place, cells }): SheetRow => ({ place, cells: header.map((column) => cells.get(column) ?? "") }),
      ),
    } as const;
  });
  return { sheets, unread };
}

const wrong = (what: string) => new Refusal("registry-wrong", what, "correct it and import it again");

function parse(text: string, file: string): unknown {
  const whole = tryParse(text);
  if ("value" in whole) {
    if (whole.value !== null && typeof whole.value === "object") return whole.value;
    throw wrong(`${file} holds no objects`);
  }
  // An object a line: the first one is whole.
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "");
  if (lines.length < 2 || !/^\s*\{.*\}\s*$/u.test(lines[0] as string)) throw wrong(`${file} ${whole.why}`);
  return lines.map((line, index) => {
    const one = tryParse(line);
    if ("value" in one) return one.value;
    throw wrong(`${file} record ${index + 1} ${one.why}`);
  });
}

function tryParse(text: string): { value: unknown } | { why: string } {
  try {
    return { value: parseUserJson(text, parseJson) };
  } catch (error) {
    return { why: (error as JsonFault).message };
  }
}

interface Context {
  readonly file: string;
  readonly tables: Map<string, Table>;
  readonly unread: string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof WrittenNumber);
const isListOfObjects = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** Keys that hold rows by their ids, where there is one row alone: `{"apps": {"1041": {…}}}`. */
const KIND = /^(?:developers|partners|owners|apps|applications|clients|grants|consents|resources|groups)$/iu;

/** Rows by their ids, an object each, that have a key in common: `{"1041": {"owner": "D1"}, "1042": {"owner": "D2"}}`. */
function isById(key: string, value: unknown): value is Record<string, Record<string, unknown>> {
  if (!isObject(value)) return false;
  const rows = Object.values(value);
  if (rows.length === 0 || !rows.every(isObject)) return false;
  const [first, ...others] = rows.map((row) => new Set(Object.keys(row)));
  const isAlike = others.every((keys) => [...keys].some((name) => first?.has(name)));
  return (
    isAlike && (KIND.test(key) || (rows.length > 1 && !Object.keys(value).every((name) => /^[a-z_]+$/iu.test(name))))
  );
}

/** The key is the row's `id`, where it has none of its own. */
const rowsById = (rows: Record<string, Record<string, unknown>>): unknown[] =>
  Object.entries(rows).map(([id, row]) => (Object.hasOwn(row, "id") ? row : { id, ...row }));

/** A document whose keys hold the tables, or one row alone. */
function readDocument(object: Record<string, unknown>, path: string, context: Context, depth: number): void {
  if (depth > MAX_DEPTH) throw wrong(`${context.file} holds objects in objects, more than ${MAX_DEPTH} deep`);
  if (isById(path.replace(/^.*\./u, ""), object)) {
    readList(rowsById(object), path || undefined, path, new Map(), context);
    return;
  }
  const entries = Object.entries(object);
  if (!entries.some(([key, value]) => holds(key, value))) {
    readList([object], path || undefined, path, new Map(), context);
    return;
  }
  for (const [key, value] of entries) {
    const at = path === "" ? key : `${path}.${key}`;
    if (!holds(key, value)) {
      if (!isEmpty(value)) context.unread.push(at);
    } else if (Array.isArray(value)) readList(value, at, at, new Map(), context);
    else readDocument(value as Record<string, unknown>, at, context, depth + 1);
  }
}

const holds = (key: string, value: unknown): boolean => isListOfObjects(value) || isHolder(value) || isById(key, value);

const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || ((Array.isArray(value) || isObject(value)) && Object.keys(value).length === 0);

const isHolder = (value: unknown): boolean =>
  isObject(value) && Object.values(value).some((inner) => isListOfObjects(inner) || isHolder(inner));

function readList(
  list: readonly unknown[],
  name: string | undefined,
  at: string,
  outer: ReadonlyMap<string, string>,
  context: Context,
): void {
  const key = name ?? "";
  let table = context.tables.get(key);
  if (!table) {
    table = { name, columns: new Map(), rows: [] };
    context.tables.set(key, table);
  }
  for (const [index, item] of list.entries()) {
    const place = `${at === "" ? "" : `${at} `}item ${index + 1}`;
    if (!isObject(item)) throw wrong(`${context.file} ${place} is not an object`);
    const cells = new Map(outer);
    const inner: [string, unknown[]][] = [];
    flatten(item, "", cells, inner, `${context.file} ${place}`, 0);
    for (const column of cells.keys()) if (!table.columns.has(column)) table.columns.set(column, table.columns.size);
    table.rows.push({ place, cells });
    for (const [path, rows] of inner) readList(rows, path, `${place}, ${path}`, idsOf(cells, name), context);
  }
}

function flatten(
  object: Record<string, unknown>,
  prefix: string,
  cells: Map<string, string>,
  inner: [string, unknown[]][],
  where: string,
  depth: number,
): void {
  if (depth > MAX_DEPTH) throw wrong(`${where} holds objects in objects, more than ${MAX_DEPTH} deep`);
  for (const [key, value] of Object.entries(object)) {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    if (isObject(value)) flatten(value, path, cells, inner, where, depth + 1);
    else if (isListOfObjects(value)) inner.push([path, value]);
    else if (value === null || (Array.isArray(value) && value.length === 0)) {
      if (!cells.has(path)) cells.set(path, "");
    } else {
      const written = scalarText(value);
      if (written === undefined)
        throw new Refusal("registry-wrong", `${where}: ${path} is not a text or number`, "give one value");
      cells.set(path, written);
    }
  }
}

/**
 * What rows inside a row bear of it: the id of the app, or of the developer where there is no app. The bare `id` of a row of
 * `apps` is `app.id` to them.
 */
function idsOf(cells: ReadonlyMap<string, string>, name: string | undefined): Map<string, string> {
  const one = name?.replace(/^.*\./u, "").replace(/s$/u, "");
  const named = [...cells].map(
    ([column, text]) => [/^id$/iu.test(column) ? `${one ?? ""}.${column}` : column, text] as const,
  );
  for (const thing of ["app|client|application", "developer|partner|owner"]) {
    const word = new RegExp(`^(?:${thing})(?:[._ -]?id)?$`, "iu");
    const ids = named.filter(([column]) => word.test(column));
    if (ids.length > 0) return new Map(ids);
  }
  return new Map();
}

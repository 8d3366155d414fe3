import { isReader } from "../mapping/formats.ts";
import { recordsOf, withRecords } from "../mapping/mapping.ts";
import type { Mapping } from "../mapping/mapping-document.ts";
import { stepsOf } from "../mapping/paths.ts";
import type { Resolved } from "../mapping/plan.ts";
import { fieldNamed } from "../mapping/synonyms.ts";
import { jsonOfLine } from "../read/line-prefix.ts";

const SPACE = new Set([32, 9, 10, 13]);
const QUOTE = 34;
const BACKSLASH = 92;
/** Lists that are searched for the one with records, and lines that are tested for being records. */
const MAX_LISTS = 1000;
const MAX_LINES = 50;

export interface FoundList {
  /** Keys and `[]`, from the outside in. */
  readonly path: readonly string[];
  /** Of its first object. */
  readonly keys: string[];
  /** Its first strings, as they are written, and which elements they are. */
  readonly strings: { readonly index: number; readonly text: string }[];
}

interface FirstDocument {
  readonly lists: readonly FoundList[];
  /** Of the document, where it is an object. */
  readonly keys: readonly string[];
  /** Something follows it. */
  readonly isFollowed: boolean;
}

/** Strings of a list that are kept: one may be a time, and the next a record. */
const MAX_STRINGS = 2;

/** Enough of a text to tell lines from documents. */
const SAMPLE_BYTES = 1 << 18;

export const hasTime = (keys: readonly string[]) => keys.some((key) => fieldNamed(key)?.field === "time");

/** Remembers the result for each text, because every format is tried on the same one. */
function oncePerText<T>(parse: (text: Buffer, whole: boolean) => T): (text: Buffer, whole: boolean) => T {
  const known = new WeakMap<Buffer, T>();
  return (text, whole) => {
    const seen = known.get(text) ?? parse(text, whole);
    known.set(text, seen);
    return seen;
  };
}

const documents = oncePerText(scanDocument);
const firstDocument = (text: Buffer) => documents(text, false);

/** The first document of a JSON text, which may end anywhere. Only its brackets are followed: the reader is the strict one. */
function scanDocument(text: Buffer): FirstDocument {
  const lists: FoundList[] = [];
  const top: string[] = [];
  const open: { step: string; list?: FoundList; keys?: string[] | undefined; isEmpty: boolean; index: number }[] = [];
  let key = "";
  let isKey = false;
  let i = 0;
  for (; i < text.length && lists.length < MAX_LISTS; i++) {
    const byte = text[i] as number;
    if (SPACE.has(byte) || byte === 58) continue;
    const around = open.at(-1);
    if (byte === 44) {
      isKey = around !== undefined && !around.list;
      if (around) around.index++;
      continue;
    }
    if (byte === QUOTE) {
      const from = i + 1;
      for (i++; i < text.length && text[i] !== QUOTE; i++) if (text[i] === BACKSLASH) i++;
      if (isKey && i < text.length) {
        key = text.toString("utf8", from, i);
        around?.keys?.push(key);
      } else if (around?.list && around.list.strings.length < MAX_STRINGS && i < text.length)
        around.list.strings.push({ index: around.index, text: text.toString("utf8", from, i) });
    } else if (byte === 123) {
      const keys = open.length === 0 ? top : around?.isEmpty ? around.list?.keys : undefined;
      open.push({ step: around?.list ? "[]" : key, keys, isEmpty: true, index: 0 });
    } else if (byte === 91) {
      const step = around?.list ? "[]" : key;
      const path = [...open.slice(1).map((outer) => outer.step), ...(around ? [step] : []), "[]"];
      const list = { path, keys: [], strings: [] };
      lists.push(list);
      open.push({ step, list, isEmpty: true, index: 0 });
    } else if (byte === 125 || byte === 93) {
      open.pop();
      if (open.length === 0) break;
    }
    if (around) around.isEmpty = false;
    isKey = byte === 123;
  }
  let after = i + 1;
  while (SPACE.has(text[after] as number)) after++;
  return { lists, keys: top, isFollowed: after < text.length };
}

/** The path that a mapping's `records` means: the last step is a list. */
export function recordPath(records: string): readonly string[] {
  const steps = stepsOf(records);
  return steps.length === 0 || steps.at(-1) === "[]" ? steps : [...steps, "[]"];
}

/** The lists in the first document of a text. */
export const listsIn = (text: Buffer): readonly FoundList[] => firstDocument(text).lists;

/** Whether a text has a list at this path, as far as the sample shows. */
export const hasList = (text: Buffer, path: readonly string[]): boolean =>
  firstDocument(text).lists.some((list) => list.path.join("\n") === path.join("\n"));

/**
 * Where the records of a text lie, without a mapping that says it: in the outermost list whose objects have a time, else in the
 * outermost of objects. Objects with a time that follow one another are records themselves. Undefined: no JSON of records,
 * which is also what begins with a word in brackets.
 */
export function findRecordPath(text: Buffer): readonly string[] | undefined {
  const { lists, keys, isFollowed } = firstDocument(text);
  if (hasTime(keys) && isFollowed) return [];
  const objects = lists.filter((list) => list.keys.length > 0);
  const timed = objects.filter((list) => hasTime(list.keys));
  const best = (timed.length > 0 ? timed : objects).sort((a, b) => a.path.length - b.path.length)[0];
  if (best) return best.path;
  if (lists[0]?.path.length === 1) return isFollowed ? undefined : lists[0].path;
  return keys.length > 0 ? [] : undefined;
}

const areLines = oncePerText((text, whole): boolean => {
  const lines = text
    .toString("utf8", 0, SAMPLE_BYTES)
    .split(/\r\n|\n|\r/u, MAX_LINES + 1)
    .map(jsonOfLine);
  if (!whole || text.length > SAMPLE_BYTES || lines.length > MAX_LINES) lines.pop();
  const full = lines.filter((line) => line.trim() !== "");
  const objects = full.filter((line) => {
    try {
      return JSON.parse(line) !== null && line.trimStart().startsWith("{");
    } catch {
      return false;
    }
  });
  // Without a whole line in the sample, the text counts as lines.
  return full.length === 0 || objects.length * 2 >= full.length;
});

/** What tools call the list that they put the same records into. */
const WRAPPER_NAME = /^(?:records|events|entries|items|values?|data|results|logs|rows)$/iu;

/** The keys of a record under which a format looks for the time. */
function timeKeys({ fields }: Mapping): string[] {
  const time = fields?.time;
  const names = typeof time === "string" ? time : (time?.from ?? []);
  return [names].flat().flatMap((name) => stepsOf(name)[0] ?? []);
}

/**
 * A built-in JSON format is read as its text is written: documents with the format's list or a tool's, a list at the top, lines, or
 * objects one after another. Readers that a user names are left as they are.
 */
export function withWrittenShape(resolved: Resolved, text: Buffer, whole: boolean): Resolved {
  const { reader, mapping, format } = resolved;
  if (isReader(format) || (reader !== "json" && reader !== "jsonl")) return resolved;
  const records = recordsOf(mapping);
  const json = (path: string): Resolved => ({ ...resolved, reader: "json", mapping: withRecords(mapping, path) });
  if (records && hasList(text, recordPath(records))) return json(records);
  // A record may have such a list in itself.
  const ownKeys = new Set(firstDocument(text).keys);
  const isRecord = timeKeys(mapping).some((key) => ownKeys.has(key)) && areLines(text, whole);
  const wrapped = firstDocument(text).lists.find(
    ({ path, keys }) => path.length === 2 && keys.length > 0 && WRAPPER_NAME.test(path[0] as string),
  );
  if (wrapped && !isRecord && records !== "") return json(`${wrapped.path[0]}[]`);
  if (areLines(text, whole)) return { ...resolved, reader: "jsonl" };
  return json(firstDocument(text).lists[0]?.path.length === 1 && records !== "" ? "[]" : "");
}

import type { Around } from "../mapping/compile-plan.ts";
import { pathText, stepsOf } from "../mapping/paths.ts";
import { BASE64, type ElementKind, PLACES, TRANSPORTS, type Transport } from "../mapping/wrappers.ts";
import { Batch, newSlot } from "../read/batch.ts";
import { KeyTable } from "../read/field-slots.ts";
import { JsonDocumentReader } from "../read/json-document.ts";
import { LineReader } from "../read/lines.ts";
import { base64Of } from "../read/open-layer.ts";
import { RecordOpener, WrappedLinesReader } from "../read/wrapped.ts";
import { findRecordPath, hasTime, listsIn } from "./json-shape.ts";
import { isTimed } from "./text-log.ts";
import { firstLines } from "./text-shapes.ts";

/** Bytes of the text that are searched for wrappers. */
const SAMPLE_BYTES = 1 << 18;
/** Share of the records that must have the wrapper around them. Between them there may be lines of whoever wrapped them. */
const MIN_SHARE = 0.5;
const MAX_DEPTH = 4;

/** Wrappers that a text may have, and the records that would be in them, a line each. */
export interface Unwrapped {
  readonly around: Around;
  readonly text: Buffer;
}

/** A reader that keeps the records it is given. */
class Collector extends LineReader {
  readonly records: string[] = [];

  protected override line({ bytes }: Batch, start: number, end: number): undefined {
    this.records.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8"));
  }
}

/** The text of the records inside, as the reader of wrapped records takes them out. */
export function unwrappedText(text: Buffer, whole: boolean, { layers, records }: Around): Buffer {
  const collector = new Collector();
  const opener = new RecordOpener(collector, { layers, timeInput: 0, isJson: true });
  const slot = newSlot({ bytes: text.length, rows: Math.min(text.length + 2, 1 << 15) }, 1);
  const batch = new Batch(slot, 1);
  batch.bytes.set(text);
  batch.to = text.length;
  const reader = records
    ? new JsonDocumentReader(new KeyTable(0), 1, records, undefined, opener)
    : new WrappedLinesReader(opener);
  reader.scan(batch, whole);
  return Buffer.from(collector.records.map((record) => `${record}\n`).join(""));
}

/** Every way in which the records of a text may be wrapped, the outermost alone first. Most texts have none. */
export function findWrappers(text: Buffer, whole: boolean): Unwrapped[] {
  const sample = text.subarray(0, SAMPLE_BYTES);
  const isWhole = whole && sample.length === text.length;
  const found: Unwrapped[] = [];
  const look = (layers: readonly string[], records: readonly string[] | undefined, lines: readonly string[]) => {
    const inner = [...transportsOf(lines), ...placesIn(lines), ...codingsOf(lines)].map((layer) => [layer]);
    // A list that nothing is around is one of a document, whose records have places of their own.
    if (layers.length > 0) inner.push(...listsOfRecords(lines));
    for (const layer of inner) {
      const around = { layers: [...layers, ...layer], records };
      if (around.layers.length > MAX_DEPTH) continue;
      const inside = unwrappedText(sample, isWhole, around);
      if (inside.length === 0) continue;
      found.push({ around, text: inside });
      look(around.layers, records, firstLines(inside, true));
    }
  };
  look([], undefined, firstLines(sample, isWhole));
  if (!/^\s*[[{]/u.test(sample.toString("latin1", 0, 256))) return found;
  const path = findRecordPath(text);
  if (path) look([], path, firstLines(unwrappedText(sample, isWhole, { layers: [], records: path }), true));
  for (const { layers, records } of elementsIn(text)) {
    const around = { layers, records };
    const inside = unwrappedText(sample, isWhole, around);
    if (inside.length === 0) continue;
    found.push({ around, text: inside });
    look(layers, records, firstLines(inside, true));
  }
  return found;
}

/** Lists of strings that are tried. */
const MAX_STRING_LISTS = 8;

/** The layers that lead into lists of records inside these lines. */
function listsOfRecords(lines: readonly string[]): string[][] {
  const text = Buffer.from(lines.find((line) => /^\s*[[{]/u.test(line)) ?? "");
  if (text.length === 0) return [];
  const timed = listsIn(text).find(({ keys }) => hasTime(keys));
  return [...elementsIn(text), ...(timed ? [{ layers: [], records: timed.path }] : [])].map(({ layers, records }) => [
    ...pathText(records)
      .split("[]")
      .slice(0, -1)
      .map((place) => `.${place.replace(/^\./u, "")}[]`),
    ...layers,
  ]);
}

/** The lists whose elements are strings with a record in each, or lists of a time and such a string. */
function elementsIn(text: Buffer): { layers: [ElementKind]; records: readonly string[] }[] {
  const found = new Map<string, { layers: [ElementKind]; records: readonly string[] }>();
  for (const { path, strings } of listsIn(text)) {
    const record = strings.find(({ text: written }) => isRecord(unquoted(written)));
    if (!record || found.size === MAX_STRING_LISTS) continue;
    const isPair = record.index === 1 && path.at(-2) === "[]";
    const records = isPair ? path.slice(0, -1) : path;
    found.set(pathText(records), { layers: [isPair ? "pair" : "string"], records });
  }
  return [...found.values()];
}

function unquoted(written: string): string {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return written;
  }
}

const isMost = (hits: number, lines: readonly string[]) => hits > 0 && hits >= lines.length * MIN_SHARE;

/** The transport that brought the lines. Of several that fit the first is the one that must be taken off first. */
function transportsOf(lines: readonly string[]): Transport[] {
  const heads = lines.map((line) => Buffer.from(line).toString("latin1"));
  const fits = (Object.keys(TRANSPORTS) as Transport[]).filter((transport) => {
    const met = heads.map((line) => TRANSPORTS[transport].exec(line)).filter((match) => match !== null);
    if (!isMost(met.length, lines)) return false;
    if (transport === "grep-n" || transport === "grep-Hn") return areLineNumbers(met);
    // A quote that is closed belongs to a table.
    return transport !== "quote" || met.every(({ input }) => (input.split('"').length - 1) % 2 === 1);
  });
  return fits.slice(0, 1);
}

/** Numbers of lines grow in each file. The first group of an IPv6 address does not. */
function areLineNumbers(met: readonly RegExpExecArray[]): boolean {
  const before = new Map<string, number>();
  let grown = 0;
  for (const { groups } of met) {
    const { name = "", number } = groups as { name?: string; number: string };
    const known = before.get(name);
    if (known !== undefined && known >= Number(number)) return false;
    if (known !== undefined) grown++;
    before.set(name, Number(number));
  }
  return grown > (met.some(isLikeAddress) ? 1 : 0);
}

/** The number and what follows would be an address as well. */
const isLikeAddress = ({ 0: { length }, input }: RegExpExecArray): boolean =>
  /^[0-9A-Fa-f]{0,4}:/u.test(input.slice(length));

/** Shorter text that could be base64 is most often a word or an id. */
const MIN_BASE64_LENGTH = 24;

/** Words that only a record has: JSON, a time, a request, pairs. */
const isRecord = (text: string): boolean =>
  isPlainRecord(text) || (text.length >= MIN_BASE64_LENGTH && isPlainRecord(base64Of(text)?.toString("utf8") ?? ""));

const isPlainRecord = (text: string): boolean =>
  /^\s*\{/u.test(text) || isTimed(text) || /"[A-Z]+ \S+ HTTP\//u.test(text) || /(?:\s[\w.-]+=\S+){2}/u.test(` ${text}`);

/** What the lines are written in, where each of them is a record in it. */
const codingsOf = (lines: readonly string[]): string[] =>
  isMost(lines.filter((line) => !isPlainRecord(line) && isRecord(line.trim())).length, lines) ? [BASE64] : [];

/** The places in objects where most of them hold what may be a record. */
function placesIn(lines: readonly string[]): string[] {
  const objects = lines.flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === "object" && value !== null && !Array.isArray(value) ? [value] : [];
    } catch {
      return [];
    }
  });
  if (!isMost(objects.length, lines)) return [];
  const known: readonly string[] = PLACES.filter((place) => {
    const path = stepsOf(place.slice(1));
    const values = objects.map(
      (object) => [...path].reduce<unknown>(memberOf, object) ?? memberOf(object, path.join(".")),
    );
    return isMost(
      values.filter((value) => (typeof value === "string" ? isRecord(value) : isObject(value) || isByteList(value)))
        .length,
      lines,
    );
  });
  return [...known, ...otherPlaces(objects, lines).filter((place) => !known.includes(place))];
}

/** Places that no tool is known for and that are tried all the same. */
const MAX_OTHER_PLACES = 4;
/** What queues, buses and collectors call an object that is somebody else's record. */
const HOLDER = /^(?:event|detail|body|value|payload|record|content|attributes|object|doc|entry)$/iu;

/** Where most objects hold a text that can only be a record: JSON, or a request in an access log's line; or an object under such a name. */
function otherPlaces(objects: readonly object[], lines: readonly string[]): string[] {
  const hits = new Map<string, number>();
  const look = (object: object, around: string, depth: number) => {
    for (const [key, value] of Object.entries(object)) {
      if (/[.[\]]/u.test(key)) continue;
      const place = `${around}.${key}`;
      const isHeld = typeof value === "string" ? isCertainRecord(value) : isObject(value) && HOLDER.test(key);
      if (isHeld) hits.set(place, (hits.get(place) ?? 0) + 1);
      if (isObject(value) && depth < MAX_PLACE_DEPTH) look(value, place, depth + 1);
    }
  };
  for (const object of objects) look(object, "", 1);
  return [...hits].flatMap(([place, count]) => (isMost(count, lines) ? [place] : [])).slice(0, MAX_OTHER_PLACES);
}

const MAX_PLACE_DEPTH = 2;
/** JSON, or a request in an access log's line: no value of a call is written so. */
export const isCertainRecord = (text: string): boolean =>
  /^\s*\{\s*"/u.test(text) || /"[A-Z]+ \S+ HTTP\/[\d.]+"/u.test(text);

/** As the journal writes a message with bytes that cannot be printed. */
const isByteList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256) &&
  isRecord(Buffer.from(value).toString("utf8"));

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const memberOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;

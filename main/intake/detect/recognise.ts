import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Around } from "../mapping/compile-plan.ts";
import { builtInFormats, isReader, resolveMapping } from "../mapping/formats.ts";
import { callsOf, type ReaderName } from "../mapping/mapping.ts";
import type { Mapping } from "../mapping/mapping-document.ts";
import { pathText } from "../mapping/paths.ts";
import { SignatureNames } from "../mapping/signature-names.ts";
import { isListLayer, isTransport } from "../mapping/wrappers.ts";
import { findWrappers, type Unwrapped } from "./find-wrapper.ts";
import { withWrittenShape } from "./json-shape.ts";
import { belowPreamble, byTimeColumn, namesTime } from "./odd-tables.ts";
import type { Guess } from "./sniff-header.ts";
import { withTimePattern } from "./text-log.ts";
import { firstLines, shapesOf } from "./text-shapes.ts";
import { bearsSigns, bestTrial, TRIAL_BYTES, type Trial, tryFormat } from "./try-format.ts";

/** Lines that a pattern is tested on before its format is tried, and the length from which a line is left out. */
const PATTERN_TRIAL_LINES = 40;
const MAX_TRIAL_LINE_LENGTH = 1 << 13;

/** Bytes that no text has, or nearly none. */
function controlShare(text: Buffer): number {
  let control = 0;
  const sample = text.subarray(0, 1 << 16);
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] as number;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 12) control++;
  }
  return sample.length === 0 ? 0 : control / sample.length;
}

const PACKED_SIGNATURES: readonly (readonly [string, string])[] = [
  ["504b0304", "zip"],
  ["28b52ffd", "zstd"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["377abcaf271c", "7z"],
  ["52617221", "rar"],
];

/** What documents of old Office programs begin with (MS-CFB 2.2), and encrypted ones of any year. */
const OLE2 = "d0cf11e0a1b11ae1";
/** Names of streams that only a workbook has, or what is encrypted as a whole. */
const WORKBOOK_STREAMS = ["Workbook", "EncryptedPackage"].map((name) => Buffer.from(name, "utf16le"));

/** @throws Refusal `file-unreadable` for a workbook that is not read, `not-a-log` for what may be another document */
function demandNoOldWorkbook(raw: Buffer, name: string): void {
  if (raw.toString("hex", 0, 8) !== OLE2) return;
  const isWorkbook = WORKBOOK_STREAMS.some((stream) => raw.includes(stream));
  throw new Refusal(
    isWorkbook ? "file-unreadable" : "not-a-log",
    `${name} is ${isWorkbook ? "a workbook of an old Excel (XLS)" : "a document of an old Office program"}, or an encrypted one. Nothing was imported`,
    "save it as XLSX without a password, or as CSV",
  );
}

/**
 * @throws Refusal `not-a-log` for a file that is no text. `given`: the user named the format, so more control
 * characters are accepted.
 */
export function demandText(raw: Buffer, text: Buffer, file: string, given: boolean): void {
  const name = path.basename(file);
  demandNoOldWorkbook(raw, name);
  const packed = PACKED_SIGNATURES.find(([magic]) => raw.subarray(0, magic.length / 2).toString("hex") === magic);
  if (packed)
    throw new Refusal(
      "not-a-log",
      `${name} is packed (${packed[1]}). Nothing was imported`,
      "unpack it first and import what is in it",
    );
  if (controlShare(text) > (given ? 0.3 : 0.1))
    throw new Refusal(
      "not-a-log",
      `${name} is not a log. Nothing was imported`,
      "give a log export: CSV, JSON or text",
    );
}

/** Keys of exports that count calls by the day and list none. */
const TOTALS: readonly (readonly [RegExp, string])[] = [
  [/"daily_(?:project|client_app)_usage"\s*:/u, "calls per day (X usage)"],
  [
    /"usageLimit"\s*:[^{}]*"currentUsage"\s*:|"currentUsage"\s*:[^{}]*"usageLimit"\s*:/u,
    "calls per day (HubSpot usage)",
  ],
];

/** What a dump of a database begins with, and the statements that hold its rows: several each, and none a record. */
const SQL_BEGINS = /^(?:--|\/\*|(?:SET|BEGIN|START|LOCK|USE|DROP|CREATE|INSERT|COPY|SELECT)\s)/iu;
const SQL_ROWS = /^\s*(?:INSERT\s+INTO|COPY)\s+[\w."`[\]]+\s*(?:\(|VALUES)/iu;
const SQL_BYTES = 1 << 14;

function isSql(beginning: string): boolean {
  const lines = beginning.slice(0, SQL_BYTES).split("\n");
  const first = lines.find((line) => line.trim() !== "") ?? "";
  return SQL_BEGINS.test(first) && lines.some((line) => SQL_ROWS.test(line.slice(0, 400)));
}

/** The count before a message of syslog (RFC 6587), and what comes behind the message where no line end does. */
const COUNTED = /^(\d{1,6}) (?=<\d{1,3}>)/u;

/** Messages that are told apart by their counts alone stand in one line, which would be read as one record. */
function demandLines(beginning: string, file: string): void {
  const [head = "", count] = COUNTED.exec(beginning) ?? [];
  const end = head.length + Number(count);
  if (count === undefined || beginning.slice(0, end).trimEnd().length < end) return;
  if (!COUNTED.test(beginning.slice(end, end + 16))) return;
  throw new Refusal(
    "not-a-log",
    `${path.basename(file)} holds syslog messages with counts before them and no line ends between them (RFC 6587). Nothing was imported`,
    "write a line end before each count",
  );
}

/** @throws Refusal `not-a-log` for totals, which would be taken for calls */
function demandCalls(text: Buffer, file: string): void {
  const beginning = text.toString("latin1", 0, 1 << 16);
  demandLines(beginning, file);
  if (isSql(beginning))
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} holds SQL statements, not records. Nothing was imported`,
      "export the table as CSV",
    );
  if (!/^\s*[[{]/u.test(beginning)) return;
  const found = TOTALS.find(([keys]) => keys.test(beginning));
  if (found)
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} holds totals, not calls: ${found[1]}. Nothing was imported`,
      "ask for a log with a record a call",
    );
}

/** Share of the records that a named format must read to be recognised. */
const MIN_SHARE = 0.5;
/** Fields a record that a named format must find beyond what a plain reader finds in the same text. */
const MIN_FIELD_GAIN = 0.5;

/** The recognised format. `mapping`: what this file needs besides the format's name. */
export interface Recognised extends Guess<string> {
  readonly mapping?: Partial<Pick<Mapping, "fields" | "skip_rows" | "wrapped" | "records">>;
}

/** A recognised format, and what its first records hold. */
interface Rated extends Recognised {
  readonly filled: number;
  readonly isSigned: boolean;
}

/**
 * The format of a text, by its content and never by its name. Every format is tried on the first records. The one that
 * finds most event fields wins. A named format must find more than the plain reader underneath. Records of one program that
 * another one wrapped are taken out, where more is found inside.
 * @throws Refusal `not-a-log`
 */
export function recognise(text: Buffer, whole: boolean, file: string): Recognised {
  demandCalls(text, file);
  const own = recogniseAsItIs(text, whole);
  let best = own;
  for (const unwrapped of findWrappers(text, whole)) {
    const inside = recogniseInside(unwrapped, text, whole);
    if (inside && isMore(inside, best, leastGain(unwrapped.around, best === own))) best = inside;
  }
  if (best) {
    const { filled: _, isSigned: __, ...recognised } = best;
    return recognised;
  }
  throw new Refusal(
    "not-a-log",
    `${path.basename(file)} is not a log in any format that Exhibit knows. Nothing was imported`,
    "say what it is with --format or --mapping",
  );
}

/**
 * As `recognise`, for who need not know why: the one format whose signs a text bears, around whose records nothing stands, is
 * what it is, whatever fields are found. Undefined where there is not just one.
 */
export function recogniseSigned(text: Buffer, whole: boolean, file: string): Recognised | undefined {
  demandCalls(text, file);
  const { possible, resolved } = candidatesFor(text, whole);
  const signed = possible.filter(([name, { must }]) => must && bearsSigns(resolved(name), text, whole, MIN_SHARE));
  const [found] = signed;
  if (!found || signed.length > 1 || findWrappers(text, whole).length > 0) return undefined;
  return { value: found[0], confidence: 1, why: "its records bear the signs of the format" };
}

/** Formats whose signs are an envelope's: what is in their message may be more. */
const SIGNED_ENVELOPES: ReadonlySet<string> = new Set(["gelf"]);

/** Signs of a format count before any number of fields. */
function isMore(inside: Rated, outside: Rated | undefined, gain: number): boolean {
  const isSigned = outside?.isSigned === true && !SIGNED_ENVELOPES.has(outside.value);
  return inside.isSigned === isSigned ? inside.filled >= (outside?.filled ?? 0) + gain : inside.isSigned;
}

/** What a wrapper's inside must have more than its outside. Words before a line are no fields of its own, so there as much is enough. */
const leastGain = ({ layers }: Around, isOutermost: boolean): number =>
  isOutermost && layers.every(isTransport) ? 0 : MIN_FIELD_GAIN;

/** What a text looks like, the named formats that it may be of, and how it would be read by each. */
function candidatesFor(text: Buffer, whole: boolean) {
  const lines = firstLines(text, whole);
  const shapes = shapesOf(text, lines, whole);
  const resolved = (format: string) =>
    withWrittenShape(withTimePattern(resolveMapping({ schema: "exhibit/mapping@1", format }), lines), text, whole);
  const names = new SignatureNames(text, TRIAL_BYTES);
  const possible = [...builtInFormats()].filter(
    ([name, mapping]) =>
      name !== "text" && canBe(mapping.format, shapes) && names.maySign(mapping) && matchesSome(lines, mapping.pattern),
  );
  return { shapes, resolved, possible };
}

function recogniseAsItIs(text: Buffer, whole: boolean): Rated | undefined {
  const { shapes, resolved, possible } = candidatesFor(text, whole);
  const attempt = (format: string) => tryFormat(resolved(format), text, whole);
  const trials = new Trials(possible, attempt);
  if (trials.signed) return ratedOf(trials.signed);
  const plain = bestTrial(shapes.map(({ value }) => attempt(value)));
  const named = trials.named(plain);
  const table = plain && plain.share > 0 ? undefined : oddTable(shapes, text, whole);
  if (table && (!named || named.filled <= table.filled)) {
    const { fields, skip_rows } = table.resolved.mapping;
    return { ...ratedOf(table), mapping: { ...(fields && { fields }), ...(skip_rows && { skip_rows }) } };
  }
  const found = named ?? plain;
  if (found && found.share > 0) return ratedOf(found);
  const isTable = shapes.some(({ value, misfit }) => misfit || (value === "csv" && namesTime(text, whole)));
  const loose = canBe("regex", shapes) && !isTable ? attempt("text") : undefined;
  if (loose && loose.share >= MIN_SHARE) return ratedOf(loose);
  const shape = shapes.find(({ confidence }) => confidence > 0);
  return (
    shape && {
      ...shape,
      confidence: shape.confidence / 2,
      why: `${shape.why}, but no time that can be read`,
      filled: 0,
      isSigned: false,
    }
  );
}

/** What the named formats that a text may be of make of it. */
class Trials {
  /**
   * The format whose own signs the records bear: they are that format, however many usual names are in them. So formats
   * without signs, and plain readers, are tried only where there is none.
   */
  readonly signed: Trial | undefined;
  readonly #possible: readonly (readonly [name: string, mapping: Mapping])[];
  readonly #attempt: (format: string) => Trial | undefined;
  readonly #withSigns: ReadonlyMap<string, Trial | undefined>;

  constructor(
    possible: readonly (readonly [name: string, mapping: Mapping])[],
    attempt: (format: string) => Trial | undefined,
  ) {
    this.#possible = possible;
    this.#attempt = attempt;
    this.#withSigns = new Map(possible.filter(([, { must }]) => must).map(([name]) => [name, attempt(name)]));
    this.signed = bestTrial([...this.#withSigns.values()].filter((trial) => trial?.isSigned && isShared(trial)));
  }

  /** Where none bears signs: the one that finds most, if that is more than a plain reader finds. */
  named(plain: Trial | undefined): Trial | undefined {
    const trials = this.#possible.map(([name]) =>
      this.#withSigns.has(name) ? this.#withSigns.get(name) : this.#attempt(name),
    );
    const named = bestTrial(trials.filter((trial) => trial && isShared(trial)));
    return named && named.filled >= (plain?.filled ?? 0) + MIN_FIELD_GAIN ? named : undefined;
  }
}

const isShared = ({ share }: Trial): boolean => share >= MIN_SHARE;
const foundOf = (trials: Trials, plain: Trial | undefined): Trial | undefined => trials.named(plain) ?? plain;

/** Formats that say of a line only when, and who wrote it: what is inside must be more. */
const ENVELOPES: ReadonlySet<string> = new Set(["text", "syslog", "syslog-5424"]);

/** What wrapped records are. They stand alone, so only what is a line can be in a wrapper. */
function recogniseInside({ around, text }: Unwrapped, outer: Buffer, whole: boolean): Rated | undefined {
  const lines = firstLines(text, true);
  const shapes = shapesOf(text, lines, true);
  const attempt = (format: string) => {
    const resolved = withWrittenShape(resolveMapping({ schema: "exhibit/mapping@1", format }), text, true);
    // One record cannot be several by a list around it and by one of its own.
    if (callsOf(resolved.mapping) !== undefined && around.layers.some(isListLayer)) return undefined;
    return isLineReader(resolved.reader) ? tryFormat(resolved, outer, whole, around) : undefined;
  };
  const names = new SignatureNames(text, TRIAL_BYTES);
  const possible = [...builtInFormats()].filter(
    ([name, mapping]) =>
      !ENVELOPES.has(name) &&
      canBe(mapping.format, shapes) &&
      isLineReader(mapping.format) &&
      names.maySign(mapping) &&
      matchesSome(lines, mapping.pattern),
  );
  const trials = new Trials(possible, attempt);
  const plainly = () => bestTrial(shapes.filter(({ value }) => isLineReader(value)).map(({ value }) => attempt(value)));
  const found = trials.signed ?? foundOf(trials, plainly());
  if (!found || !isShared(found)) return undefined;
  const { layers, records } = around;
  const rated = ratedOf(found);
  return {
    ...rated,
    why: `${rated.why}, inside ${layers.join(", ")}`,
    mapping: { wrapped: [...layers], ...(records && { records: pathText(records) }) },
  };
}

const isLineReader = (reader: string): boolean =>
  reader === "jsonl" || reader === "json" || reader === "keyvalue" || reader === "regex";

const oddTable = (shapes: readonly Guess<ReaderName>[], text: Buffer, whole: boolean): Trial | undefined =>
  shapes.some(({ value }) => value === "csv") ? (byTimeColumn(text, whole) ?? belowPreamble(text, whole)) : undefined;

/** A pattern that meets none of the first lines need not be tried on more. */
const matchesSome = (lines: readonly string[], pattern: string | undefined): boolean => {
  if (pattern === undefined) return true;
  const native = new RegExp(pattern.replaceAll("(?P<", "(?<"));
  return lines.slice(0, PATTERN_TRIAL_LINES).some((line) => line.length < MAX_TRIAL_LINE_LENGTH && native.test(line));
};

/** Whether a text of these shapes can be of a format over this reader. */
function canBe(reader: string, shapes: readonly Guess<ReaderName>[]): boolean {
  const isJson = shapes.some(({ value }) => value === "json" || value === "jsonl");
  if (reader === "json" || reader === "jsonl") return isJson;
  if (reader === "regex" && shapes.some(({ value }) => value === "headers")) return false;
  if (reader === "regex") return !isJson || shapes.length > 1;
  return shapes.some(({ value }) => value === reader);
}

/** How sure the best guess can be at most: of what is called that sure, that share is right (test/…/sureness.test.ts). */
const SUREST = { signed: 0.99, pattern: 0.99, names: 0.9, plain: 0.9 } as const;

function ratedOf({ resolved, records, share, filled, fields, isSigned }: Trial): Rated {
  const found = share * (1 - 0.5 ** (filled / share));
  const kind = isSigned
    ? "signed"
    : resolved.reader === "regex" || resolved.reader === "headers"
      ? "pattern"
      : isReader(resolved.format)
        ? "plain"
        : "names";
  const part = share === 1 ? "all" : `${Math.round(share * 100)} %`;
  return {
    value: resolved.format,
    confidence: Math.min(SUREST[kind], isSigned ? Math.max(found, share * 0.97) : found),
    why: `${part} of the first ${records === 1 ? "record" : `${records} records`} read as ${resolved.format}, with ${fields.join(", ")}`,
    filled,
    isSigned,
  };
}

import { Refusal } from "../../../shared/base/errors.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { PatternExample } from "../../../shared/model/pattern-example.ts";
import { chunksOf, openSteps, type Packed } from "../../evidence/unpack-steps.ts";
import { bomLength, encodingNamed, originalLength } from "../../platform/encodings/encoding.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import { Encoder } from "../encode/encoder.ts";
import { describeFields, withWrapper } from "../mapping/compile-plan.ts";
import { builtInFormats, resolveMapping } from "../mapping/formats.ts";
import { planOf } from "../mapping/known-plan.ts";
import { callsOf, READERS, type ReaderName, recordsOf, withRecords } from "../mapping/mapping.ts";
import type { Mapping } from "../mapping/mapping-document.ts";
import { readMapping } from "../mapping/parse-mapping.ts";
import type { Plan, Resolved } from "../mapping/plan.ts";
import { isListLayer } from "../mapping/wrappers.ts";
import type { DatePuzzle } from "../time/date-order.ts";
import type { InstantState } from "../time/instants.ts";
import { Zone } from "../time/zone.ts";
import { unwrappedText } from "./find-wrapper.ts";
import { recordPath, withWrittenShape } from "./json-shape.ts";
import { patternExamples } from "./pattern-examples.ts";
import { encodePreview, newEncoderStart, PREVIEW_ROWS, previewEvents, trialEncoder } from "./preview.ts";
import { demandText, type Recognised, recognise, recogniseSigned } from "./recognise.ts";
import { contentSample, decodeSample, type KnownEncoding, readSample, type Sample } from "./sample.ts";
import { asSettled, type Content, fileContent, type Settled, settleTimes, withParse } from "./settle-times.ts";
import { NO_HEADER, sniffHeader } from "./sniff-header.ts";
import { withTimePattern } from "./text-log.ts";
import { firstLines } from "./text-shapes.ts";
import { unreadNames } from "./unread-names.ts";

export interface DetectOptions {
  readonly format?: string;
  /** A parsed mapping document, not yet checked. */
  readonly mapping?: unknown;
  readonly timezone?: string;
}

/** An element of what `detect --json` prints. */
export interface DetectionReport {
  readonly file: string;
  /** Its path inside an archive. */
  readonly member?: string;
  readonly format: string;
  readonly confidence: number;
  readonly why: string;
  readonly encoding: string;
  readonly encoding_confidence: number;
  readonly encoding_why: string;
  readonly timezone: string;
  readonly fields: Record<string, string>;
  readonly preview: Omit<EventRecord, "source">[];
  /** Of a mapping that was given. */
  readonly patterns?: readonly PatternExample[];
}

/** How a file will be read: everything an import must decide before its first byte. */
export interface Detection {
  readonly sample: Sample;
  readonly resolved: Resolved;
  readonly plan: Plan;
  readonly zoneFrom: "mapping" | "option" | "assumed";
  readonly confidence: number;
  readonly why: string;
  readonly preview: EncodedBatch;
  readonly names: ReadonlySet<string>;
  /** The decoded sample, and how its encoding is known. */
  readonly sampleText: Buffer;
  /** The same, or the records in it that something stands around, a line each. */
  readonly insideText: Buffer;
  readonly encodingGuess: KnownEncoding;
  /** What the sample's times leave open. */
  readonly dateOrder: DatePuzzle;
  /** What recognition found besides the format's name. */
  readonly guessedMapping: Recognised["mapping"];
  /** What the whole file said of it. */
  readonly settledTimes?: Settled;
}

/** @throws Refusal for anything that keeps the file from being imported: missing, empty, no log, a wrong mapping */
export const detectFormat = (file: string, options: DetectOptions): Detection =>
  detectFromSample(readSample(file), file, options);

/**
 * As `detectFormat`, for a sample that was read already. `file`: what it is called. `isOneOfMany`: nobody is told why it is of
 * its format, and its preview may lack texts that others' had.
 */
export function detectFromSample(sample: Sample, file: string, options: DetectOptions, isOneOfMany = false): Detection {
  const given = options.mapping === undefined ? undefined : readMapping(options.mapping, "the mapping");
  const isSaid = given !== undefined || options.format !== undefined;
  const named = given?.encoding === undefined ? undefined : encodingNamed(given.encoding);
  const { encoding, text, known: encodingGuess } = decodeSample(sample, named);
  demandText(sample.bytes, text, file, isSaid);
  const guess: Recognised = isSaid
    ? { value: options.format ?? (given as Mapping).format, confidence: 1, why: "as given" }
    : ((isOneOfMany ? recogniseSigned(text, sample.whole, file) : undefined) ?? recognise(text, sample.whole, file));
  const mapping: Mapping = {
    schema: "exhibit/mapping@1",
    ...guess.mapping,
    ...given,
    format: guess.value,
  };
  const documentPath = recordsOf(mapping);
  const around = mapping.wrapped && {
    layers: mapping.wrapped,
    records: documentPath === undefined ? undefined : recordPath(documentPath),
  };
  const inside = around ? unwrappedText(text, sample.whole, around) : text;
  const seen = resolveSeen(mapping, inside, sample.whole);
  // What a record must have was asked when the format was chosen.
  const { must: _, ...read } = seen.mapping;
  const resolved = { ...seen, mapping: read };
  const zone = options.timezone ?? resolved.mapping.timezone ?? "UTC";
  const sniffed = around ? NO_HEADER : sniffHeader(resolved.reader, resolved.mapping, text, sample.whole, file);
  const names = namesIn(resolved.reader, inside);
  const own = planOf(resolved, sniffed, encoding, new Zone(zone).name, names);
  const plan = around ? withWrapper(own, around) : own;
  const encoder = isOneOfMany ? trialEncoder(plan) : new Encoder(plan, newEncoderStart());
  return {
    sample,
    resolved,
    plan,
    sampleText: text,
    encodingGuess,
    dateOrder: encoder.dates,
    guessedMapping: guess.mapping,
    zoneFrom:
      options.timezone !== undefined ? "option" : resolved.mapping.timezone !== undefined ? "mapping" : "assumed",
    confidence: guess.confidence,
    why: guess.why,
    preview: encodePreview(plan, text, sample.whole, PREVIEW_ROWS, encoder),
    names,
    insideText: inside,
  };
}

/** A mapping over the text as it is written. In a wrapper a record stands alone, so that there only lines can be. */
function resolveSeen(mapping: Mapping, text: Buffer, whole: boolean): Resolved {
  const { records, ...rest } = mapping;
  const alone = callsOf(mapping) === undefined ? rest : withRecords(mapping, "");
  const own = mapping.wrapped ? alone : mapping;
  const resolved = withWrittenShape(withTimePattern(resolveMapping(own), firstLines(text, whole)), text, whole);
  if (mapping.wrapped?.some(isListLayer) && callsOf(resolved.mapping) !== undefined)
    throw new Refusal(
      "mapping-wrong",
      `the mapping: wrapped: a record of ${resolved.format} holds several calls itself, so no list of records can be around it`,
      "take the list out of wrapped",
    );
  if (!mapping.wrapped || resolved.reader === "jsonl" || resolved.reader === "regex" || resolved.reader === "keyvalue")
    return resolved;
  if (resolved.reader === "json") return { ...resolved, reader: "jsonl" };
  throw new Refusal(
    "mapping-wrong",
    `the mapping: wrapped: a record of ${resolved.format} does not stand alone`,
    "name the format of the records inside",
  );
}

/** As `detectFormat`, and with what only the whole file can say of its times. @throws Refusal also `dates-ambiguous` */
export async function detectFile(file: string, options: DetectOptions): Promise<Detection> {
  const detection = detectFormat(file, options);
  return withSettledTimes(detection, fileContent(file, detection.sample.compression));
}

/** What was detected by the sample, with what only the whole content says about its times. @throws Refusal `dates-ambiguous` */
async function withSettledTimes(detection: Detection, content: Content): Promise<Detection> {
  const { sample, plan, dateOrder, sampleText } = detection;
  const found = await settleTimes({ ...content, plan }, dateOrder);
  if (!found) return { ...detection, plan: asSettled(plan) };
  const known = asSettled(withParse(plan, found.parse));
  return {
    ...detection,
    plan: known,
    settledTimes: found,
    preview: encodePreview(known, sampleText, sample.whole, PREVIEW_ROWS),
  };
}

/** The detected format of a content inside a file in evidence. `written`: its own date. @throws Refusal as `detectFile` */
export async function detectMember(
  packed: Packed,
  name: string,
  written: number,
  options: DetectOptions,
): Promise<Detection> {
  return withSettledTimes(...sampleOfMember(packed, name, written, options));
}

function sampleOfMember(packed: Packed, name: string, written: number, options: DetectOptions): [Detection, Content] {
  const { evidence, store, steps } = packed;
  const content = openSteps(evidence, store, steps);
  const sample = contentSample(content);
  content.close();
  return [detectFromSample(sample, name, options), { name, written, chunks: () => chunksOf(evidence, store, steps) }];
}

/** Names of the first records' own keys, for saying which of several a field takes. */
function namesIn(reader: ReaderName, text: Buffer): Set<string> {
  const names = new Set<string>();
  if (reader === "keyvalue")
    for (const match of text.toString("utf8", 0, 1 << 16).matchAll(/([^\s="]+)=/gu)) names.add(match[1] as string);
  if (reader === "headers")
    for (const match of text.toString("utf8", 0, 1 << 16).matchAll(/^#fields:?\s(.*)$/gimu))
      for (const name of (match[1] as string).split(/[\s,]+/u)) names.add(name);
  if (reader === "json" || reader === "jsonl")
    for (const match of text.toString("utf8", 0, 1 << 16).matchAll(/"((?:[^"\\]|\\.)*)"\s*:/gu))
      names.add(match[1] as string);
  return names;
}

/** Which zone a source is in, once it is known whether its times say so themselves. */
export function zoneOf(
  detection: { plan: Pick<Plan, "timezone">; zoneFrom: Detection["zoneFrom"] },
  state: InstantState,
): { timezone: string; timezone_from: "timestamps" | Detection["zoneFrom"] } {
  if (state.zoned === 0 || state.unzoned > 0)
    return { timezone: detection.plan.timezone, timezone_from: detection.zoneFrom };
  const offset = state.offset;
  if (typeof offset !== "number" || offset === 0) return { timezone: "UTC", timezone_from: "timestamps" };
  const minutes = Math.abs(offset) / 60_000_000;
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    timezone: `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    timezone_from: "timestamps",
  };
}

/** A file, how it will be read, and the report about that. */
export interface DescribedFile {
  readonly detection: Detection;
  readonly report: DetectionReport;
}

/**
 * What a file is, how sure, and its first records as events. Dates that cannot be decided are said, not refused.
 * @throws Refusal
 */
export function describeFile(file: string, name: string, options: DetectOptions): Promise<DescribedFile> {
  const detection = detectFormat(file, options);
  return reportOf({ file: name }, options, detection, fileContent(file, detection.sample.compression));
}

/** As `detectFile`, for a file in an archive. `written`: its own date. @throws Refusal */
export function describeMember(
  packed: Packed,
  name: { readonly file: string; readonly member?: string },
  written: number,
  options: DetectOptions,
): Promise<DescribedFile> {
  return reportOf(name, options, ...sampleOfMember(packed, name.member ?? name.file, written, options));
}

async function reportOf(
  name: { readonly file: string; readonly member?: string },
  { mapping }: DetectOptions,
  fromSample: Detection,
  content: Content,
): Promise<DescribedFile> {
  let detection = fromSample;
  let open: string | undefined;
  try {
    detection = await withSettledTimes(fromSample, content);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "dates-ambiguous") throw error;
    open = error.what.replace(/ Nothing was imported$/u, "");
  }
  const unread = unreadNames(detection);
  const why = [detection.why, unread, open ?? detection.settledTimes?.why]
    .filter((part) => part !== undefined)
    .join("; ");
  const patterns = mapping === undefined ? [] : patternExamples(detection, readMapping(mapping, "the mapping"));
  const report = {
    ...name,
    format: detection.resolved.format,
    confidence: Math.round(Math.min(detection.confidence, open === undefined ? 1 : 0.5, unread ? 0.75 : 1) * 100) / 100,
    why,
    encoding: detection.plan.encoding,
    encoding_confidence: Math.round(detection.encodingGuess.confidence * 100) / 100,
    encoding_why: detection.encodingGuess.why,
    timezone: zoneOf(detection, detection.preview.instants).timezone,
    fields: describeFields(detection.plan, detection.names),
    preview: atOriginalOffsets(detection, previewEvents(detection.preview)),
    ...(patterns.length > 0 ? { patterns } : {}),
  };
  return { detection, report };
}

/** Offsets in the decoded sample, which has no byte order mark, as offsets in the original. */
function atOriginalOffsets<Record extends { offset: number; length: number }>(
  { sample, plan: { encoding }, sampleText }: Detection,
  records: readonly Record[],
): Record[] {
  const bom = bomLength(sample.bytes, encoding);
  if (bom === 0 && encoding === "utf-8") return [...records];
  return records.map((record) => {
    const { offset, length } = record;
    return {
      ...record,
      offset: bom + originalLength(encoding, sampleText, 0, offset),
      length: originalLength(encoding, sampleText, offset, offset + length),
    };
  });
}

const READER_TITLES: Readonly<Record<(typeof READERS)[number], string>> = {
  csv: "CSV: a table with a header row, any delimiter",
  headers: "Values under #Fields lines (W3C extended, Zeek): the names may change in the middle",
  json: "JSON: one document, its records in an array",
  jsonl: "JSON lines: an object a line",
  keyvalue: "key=value pairs a line (logfmt)",
  regex: "Lines that a mapping's pattern takes apart",
};

/** Every format that `--format` and mappings take, with what it is. */
export function formatsList(): { name: string; title: string }[] {
  const readers = READERS.map((name) => ({ name: name as string, title: READER_TITLES[name] }));
  return [...readers, ...[...builtInFormats()].map(([name, mapping]) => ({ name, title: mapping.name ?? name }))];
}

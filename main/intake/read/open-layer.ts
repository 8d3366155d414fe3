import { stepsOf } from "../mapping/paths.ts";
import type { Plan } from "../mapping/plan.ts";
import {
  BASE64,
  type ElementKind,
  isElementKind,
  isListLayer,
  isTransport,
  MAX_TRANSPORT_BYTES,
  TRANSPORTS,
} from "../mapping/wrappers.ts";
import { type Batch, EMBEDDED, END_MASK, ESCAPED, KIND_SHIFT, MAX_CALLS, STRUCTURE } from "./batch.ts";
import { unescapeInPlace } from "./bytes/unescape-bytes.ts";
import { KeyTable, keysOf } from "./field-slots.ts";
import { JsonScanner } from "./json.ts";

const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;
const LIST = 91;
const LIST_END = 93;
const COMMA = 44;
const COLOUR = /\x1b\[[0-9;]*m/gu;

/** A part of a batch's bytes, and the time that stands beside it; -1: none does. */
export interface Range {
  from: number;
  to: number;
  /** Up to here the bytes behind it are free: they were a string's. -1: they are not. */
  free: number;
  timeFrom: number;
  timeTo: number;
}

/** One thing around a record. */
export interface Layer {
  /** Why nothing can be taken out here; undefined: it was, and `range` is what was inside. */
  open(batch: Batch, range: Range): string | undefined;
  /** Of a list that `open` found: where its elements stand. */
  readonly elements?: ((batch: Batch, range: Range) => Range[]) | undefined;
  /** Of a wrapper that cuts long records into parts: what the line belongs to. Nothing is changed. */
  readonly part?: ((batch: Batch, start: number, end: number) => Part | undefined) | undefined;
}

/** A line that may be a part of a record. */
export interface Part {
  /** What its other parts belong to as well: a container's stream. */
  readonly of: string;
  /** The record goes on in the next line of the same. */
  readonly goesOn: boolean;
}

export const layerOf = (layer: string): Layer => (layer === BASE64 ? new Base64Layer() : textLayerOf(layer));

const textLayerOf = (layer: string): Layer =>
  isTransport(layer)
    ? new TransportLayer(layer)
    : isElementKind(layer)
      ? new ElementLayer(layer)
      : isListLayer(layer)
        ? new ListLayer(layer)
        : new PlaceLayer(layer);

/** Words before the record. A line without them is taken as it stands. */
class TransportLayer implements Layer {
  readonly #pattern: RegExp;
  readonly part: Layer["part"];

  constructor(transport: keyof typeof TRANSPORTS) {
    this.#pattern = TRANSPORTS[transport];
    if (transport === "cri")
      this.part = ({ bytes }, start, end) => {
        const { tag, stream } = this.#match(bytes, start, end)?.groups ?? {};
        return stream === undefined ? undefined : { of: stream, goesOn: tag === "P" };
      };
  }

  #match(bytes: Uint8Array, start: number, end: number): RegExpExecArray | null {
    const length = Math.min(end - start, MAX_TRANSPORT_BYTES);
    return this.#pattern.exec(Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString("latin1"));
  }

  open({ bytes }: Batch, range: Range): undefined {
    const { from } = range;
    const match = this.#match(bytes, from, range.to);
    if (!match) return;
    range.from += match[0].length;
    for (const place of Object.entries(match.indices?.groups ?? {})) {
      const [name, found] = place as [string, [number, number] | undefined];
      if (!found || !name.startsWith("t") || name === "tag") continue;
      range.timeFrom = from + found[0];
      range.timeTo = from + found[1];
    }
  }
}

/** Where objects that hold a record say when they did so. */
const TIMES = [
  ...[
    "time",
    "timestamp",
    "@timestamp",
    "_time",
    "result._time",
    "__REALTIME_TIMESTAMP",
    "Timestamp",
    "EventTimestamp",
  ],
  ...["map._messagetime", "_messagetime", "EnqueuedTimeUtc", "ts", "date"],
];
/** Docker writes a longer line in several objects, of which only the last ends it. */
const DOCKER_PART_BYTES = 1 << 14;

/** An object that holds the record in one of its values: a string with the record in it, or the record itself. */
class PlaceLayer implements Layer {
  readonly #name: string;
  readonly #scanner: JsonScanner;
  readonly #spans = new Int32Array((TIMES.length + 1) * 2);
  readonly part: Layer["part"];

  constructor(layer: string) {
    this.#name = layer.slice(1);
    const inputs = [this.#name, ...TIMES].map((name) => ({ kind: "path", path: stepsOf(name) }) as const);
    this.#scanner = new JsonScanner(keysOf({ inputs } as unknown as Plan), inputs.length, false);
    if (layer === ".log")
      this.part = (batch, start, end) => {
        const [from = -1, packed = 0] = this.#scan(batch, start, end) ? this.#spans : [];
        if (from < 0) return undefined;
        const to = packed & END_MASK;
        const isEnded = batch.bytes[to - 1] === 110 && batch.bytes[to - 2] === BACKSLASH;
        return { of: this.#name, goesOn: !isEnded && textLength(batch.bytes, from, to) >= DOCKER_PART_BYTES };
      };
  }

  #scan({ bytes }: Batch, start: number, end: number): boolean {
    this.#spans.fill(-1);
    this.#scanner.setBytes(bytes, this.#spans);
    const at = this.#scanner.skipSpace(start);
    const closed = this.#scanner.object(at, 0);
    return closed >= 0 && closed <= end;
  }

  open(batch: Batch, range: Range): string | undefined {
    const { bytes } = batch;
    if (!this.#scan(batch, range.from, range.to)) return `not a JSON object that holds a record in ${this.#name}`;
    const spans = this.#spans;
    const from = spans[0] as number;
    if (from < 0) return `the object holds no record in ${this.#name}`;
    for (let time = 2; time < spans.length; time += 2) {
      const at = spans[time] as number;
      if (at < 0 || (spans[time + 1] as number) >>> KIND_SHIFT !== 0) continue;
      range.timeFrom = at;
      range.timeTo = (spans[time + 1] as number) & END_MASK;
      break;
    }
    const packed = spans[1] as number;
    const kind = packed >>> KIND_SHIFT;
    const to = packed & END_MASK;
    if (kind >= EMBEDDED) return `the object holds no record in ${this.#name}`;
    if (kind === STRUCTURE && this.#name === "MESSAGE" && bytes[from] === LIST)
      return openByteList(bytes, range, from, to);
    if (kind === STRUCTURE) {
      Object.assign(range, { from, to, free: -1 });
      return undefined;
    }
    // What is no string stands without the quote that gives room for an end.
    if (bytes[from - 1] !== QUOTE) return `the object holds no record in ${this.#name}`;
    openString(bytes, range, from, to, kind === ESCAPED);
    return undefined;
  }
}

/**
 * The bytes of a list of numbers, where it stands: so the journal writes a message with bytes that are no printable UTF-8, such
 * as the colours of a terminal (systemd, "Journal JSON Format").
 */
function openByteList(bytes: Uint8Array, range: Range, from: number, to: number): string | undefined {
  const numbers = Buffer.from(bytes.buffer, bytes.byteOffset + from + 1, to - from - 2)
    .toString("latin1")
    .split(",");
  if (!numbers.every((number) => /^\s*\d{1,3}\s*$/u.test(number) && Number(number) < 256))
    return "a list, but not of bytes";
  const text = Buffer.from(numbers.map(Number)).toString("latin1").replaceAll(COLOUR, "");
  bytes.set(Buffer.from(text, "latin1"), from);
  Object.assign(range, { from, to: from + text.length, free: to });
  bytes.fill(SPACE, range.to, to);
  return undefined;
}

/** What is in base64, decoded where it stands: it is never longer. */
class Base64Layer implements Layer {
  open({ bytes }: Batch, range: Range): string | undefined {
    const { from, to } = range;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1");
    const decoded = base64Of(text);
    if (!decoded) return "not base64";
    bytes.set(decoded, from);
    range.to = from + decoded.length;
    range.free = Math.max(range.free, to);
    bytes.fill(SPACE, range.to, range.free);
    return undefined;
  }
}

/** Undefined for what is no base64, or nothing. */
export function base64Of(text: string): Buffer | undefined {
  const written = text.trim();
  return written !== "" && written.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/u.test(written)
    ? Buffer.from(written, "base64")
    : undefined;
}

/** A list whose elements hold a record each, in one of an object's values or alone. */
class ListLayer implements Layer {
  readonly #place: PlaceLayer | undefined;
  readonly #scanner = new JsonScanner(new KeyTable(0), 0, false);

  constructor(layer: string) {
    const place = layer.slice(0, -"[]".length);
    this.#place = place === "." ? undefined : new PlaceLayer(place);
  }

  open(batch: Batch, range: Range): string | undefined {
    const bad = this.#place?.open(batch, range);
    if (bad !== undefined) return bad;
    range.from = this.#scannerOf(batch).skipSpace(range.from);
    if (batch.bytes[range.from] !== LIST) return "no list of records";
    const end = this.#scanner.value(range.from);
    return end < 0 || end > range.to ? "no list of records" : undefined;
  }

  elements(batch: Batch, range: Range): Range[] {
    const scanner = this.#scannerOf(batch);
    const found: Range[] = [];
    let at = scanner.skipSpace(range.from + 1);
    // One more than are taken says that there are too many.
    while (batch.bytes[at] !== LIST_END && found.length <= MAX_CALLS) {
      const end = scanner.value(at);
      found.push({ ...range, from: at, to: end, free: -1 });
      at = scanner.skipSpace(end);
      if (batch.bytes[at] === COMMA) at = scanner.skipSpace(at + 1);
    }
    return found;
  }

  #scannerOf({ bytes, spans }: Batch): JsonScanner {
    this.#scanner.setBytes(bytes, spans);
    return this.#scanner;
  }
}

/** The text between two quotes, where it stands. */
function openString(bytes: Uint8Array, range: Range, from: number, to: number, isEscaped: boolean): void {
  range.from = from;
  range.to = isEscaped ? unescapeInPlace(bytes, from, to) : to;
  range.free = to + 1;
  bytes.fill(SPACE, range.to, range.free);
}

/** An element of a list that is a string with the record in it, or a list of a time and such a string. */
class ElementLayer implements Layer {
  readonly #kind: ElementKind;
  readonly #scanner = new JsonScanner(new KeyTable(0), 0, false);

  constructor(kind: ElementKind) {
    this.#kind = kind;
  }

  open({ bytes, spans }: Batch, range: Range): string | undefined {
    const scanner = this.#scanner;
    scanner.setBytes(bytes, spans);
    let at = scanner.skipSpace(range.from);
    if (this.#kind === "pair") {
      const time = bytes[at] === LIST ? scanner.skipSpace(at + 1) : -1;
      const end = time < 0 ? -1 : scanner.value(time);
      const comma = end < 0 ? -1 : scanner.skipSpace(end);
      if (comma < 0 || comma >= range.to || bytes[comma] !== COMMA) return "not a list of a time and a record";
      const isQuoted = bytes[time] === QUOTE;
      range.timeFrom = isQuoted ? time + 1 : time;
      range.timeTo = isQuoted ? end - 1 : end;
      at = scanner.skipSpace(comma + 1);
    }
    const end = bytes[at] === QUOTE ? scanner.value(at) : -1;
    if (end < 0 || end > range.to) return "not a string with a record in it";
    openString(bytes, range, at + 1, end - 1, bytes.subarray(at + 1, end - 1).includes(BACKSLASH));
    return undefined;
  }
}

/** Ends a text where it stands: without the line end behind it, and with a byte that no JSON goes over. */
export function closeText(bytes: Uint8Array, range: Range): void {
  while (range.to > range.from && (bytes[range.to - 1] as number) <= SPACE) range.to--;
  bytes.fill(SPACE, range.to, range.free);
  bytes[range.to] = 0;
}

/** How long a JSON string's text is. */
function textLength(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let i = start; i < end; length++) i += bytes[i] !== BACKSLASH ? 1 : bytes[i + 1] === 117 ? 6 : 2;
  return length;
}

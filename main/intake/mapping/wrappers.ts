/**
 * What stands around a record that another program wrote: a transport's words before it, by name, or an object that holds
 * it, by its place behind a dot (`.log`, `.result._raw`). Layers are named from the outside in.
 *
 * Patterns are of a line's beginning, byte for byte (latin1). Groups that begin with `t` are the time that the transport
 * states, for records that state none.
 */
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)`;
const FILE_NAME = String.raw`(?:[A-Za-z]:\\)?(?:[^\s:"'{}[\]|=]*\/[^\s:"'{}[\]|=]+|[^\s:"'{}[\]|=]*\.[A-Za-z][\w-]*(?:[.-]\w+)*)`;
const COLOR = String.raw`(?:\x1b\[[0-9;]*m)*`;

export const TRANSPORTS = {
  /** RFC 7464: a record separator before each JSON text. */
  "json-seq": /^\x1e+/d,
  /** `grep -Hn`. A file's name has a slash or an ending, which no host name before a port has. */
  "grep-Hn": new RegExp(`^(?<name>${FILE_NAME}):(?<number>\\d+):(?=\\S)`, "d"),
  /** `grep -H`. */
  "grep-H": new RegExp(`^${FILE_NAME}:(?!\\d+ )(?=\\S)`, "d"),
  /** `grep -n` and `grep -hn`. */
  "grep-n": /^(?<number>\d{1,12}):(?=\S)/d,
  /** `docker compose logs`. */
  compose: new RegExp(`^${COLOR}[\\w.-]{1,128} +${COLOR}\\| ?${COLOR}`, "d"),
  /** `kubectl logs --prefix`. */
  pod: /^\[pod\/[^\]\s]+\] ?/d,
  /** Kubernetes' own files (CRI): time, stream, `F` for a full line and `P` for a part of one. */
  cri: new RegExp(`^(?<t>${ISO}) (?<stream>std(?:out|err)) (?<tag>[FP])(?::\\S*)? `, "d"),
  /** RFC 3164, RFC 5424 and the ISO times of rsyslog and the journal, with octet counting (RFC 6587) or without; `@cee:`. */
  syslog: new RegExp(
    "^(?:(?:\\d{1,6} (?=<))?(?:<\\d{1,3}>)?(?<t1>[A-Z][a-z]{2} [ \\d]?\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?: \\d{4})?) (?:[^ :[]+ )?[^ :[\\]]+(?:\\[[^\\]]*\\])?:" +
      `|(?:<\\d{1,3}>)?(?<t2>${ISO}) [^ :]+ [^ :[]+(?:\\[[^\\]]*\\])?:` +
      `|(?:\\d{1,6} )?<\\d{1,3}>\\d{1,2} (?:(?<t3>${ISO})|-) \\S+ \\S+ \\S+ \\S+ (?:-|(?:\\[(?:[^\\]\\\\"]|\\\\.|"(?:[^"\\\\]|\\\\.)*")*\\])+)(?: \\xef\\xbb\\xbf)?) ?(?:@cee: ?)?`,
    "d",
  ),
  /** A time before each line: `kubectl logs --timestamps`, CloudWatch's export. */
  stamped: new RegExp(`^(?<t>${ISO})[ \\t]+`, "d"),
  /** Lines that were pasted with the quote before them and not with the one behind. */
  quote: /^"(?=[^",;{[]{3,200} )/d,
} as const satisfies Record<string, RegExp>;

export type Transport = keyof typeof TRANSPORTS;

export const isTransport = (layer: string): layer is Transport => Object.hasOwn(TRANSPORTS, layer);

/** Bytes of a line in which a transport's words must end. */
export const MAX_TRANSPORT_BYTES = 2048;

/** Where tools put another program's record, in the order in which they are tried. */
export const PLACES = [
  ".log",
  ".line",
  ".message",
  ".MESSAGE",
  ".AuditData",
  ".result._raw",
  "._raw",
  ".result",
  "._source",
  ".event.original",
  ".data",
  ".kinesis.data",
  ".message.data",
  ".properties",
  ".textPayload",
  ".jsonPayload",
  ".msg",
] as const;

/**
 * What records are in a list that holds no objects: `string`, the record itself, and `pair`, a list of a time and the record
 * (Loki's `values`).
 */
export const ELEMENTS = ["string", "pair"] as const;
export type ElementKind = (typeof ELEMENTS)[number];

export const isElementKind = (layer: string): layer is ElementKind => (ELEMENTS as readonly string[]).includes(layer);

/** A record in base64 (RFC 4648), as message queues carry it. */
export const BASE64 = "base64";

/** A place that holds a list: each element of it is a record. */
export const isListLayer = (layer: string): boolean => layer.startsWith(".") && layer.endsWith("[]");

/** Why a layer of a mapping is none. */
export const layerMistake = (layer: string): string | undefined =>
  isTransport(layer) || isElementKind(layer) || layer === BASE64 || /^\.[^.]/u.test(layer)
    ? undefined
    : `"${layer}" is neither a place (.message) nor one of ${[...Object.keys(TRANSPORTS), ...ELEMENTS, BASE64].join(", ")}`;

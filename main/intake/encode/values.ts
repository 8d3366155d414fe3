import { CALLERS, type Caller, type MappedField, OUTCOMES, type Outcome } from "../../../shared/model/event.ts";
import { parseJson, scalarText, WrittenNumber } from "../../platform/exact-json.ts";
import { DOUBLED, EMBEDDED, ESCAPED, HEXED, PLAIN, STRUCTURE } from "../read/batch.ts";
import { unescapeInPlace } from "../read/bytes/unescape-bytes.ts";
import { isNoValueText } from "./no-values.ts";

/** A value as it was found, before it becomes a field's: text, or JSON as it is written. */
export interface FoundValue {
  readonly text: string;
  readonly json: boolean;
}

/** A string without its escapes. Text that is no valid JSON string keeps its other backslashes. */
function unescapeText(text: string): string {
  try {
    const value: unknown = JSON.parse(`"${text}"`);
    return typeof value === "string" ? value : text;
  } catch {
    return text.replaceAll(/\\(["\\/])/gu, "$1");
  }
}

/** A string of nginx's: escapes that write bytes make sense only as bytes. */
function unescapedBytes(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.toString("utf8", 0, unescapeInPlace(bytes, 0, bytes.length));
}

/**
 * The first object of a list whose member is this text, in any case: header names are. An object alone is taken if its own
 * member is. `choice`: `[name=value]`, `*` for any value.
 */
function findByMember(here: unknown, choice: string): unknown {
  const list: unknown[] = Array.isArray(here) ? here : [here];
  const equals = choice.indexOf("=");
  const name = choice.slice(1, equals);
  const value = choice.slice(equals + 1, -1).toLowerCase();
  return list.find((item: unknown) => {
    const member = stepInto(item, [name]);
    if (value === "*") return member !== undefined && member !== null && member !== "";
    return typeof member !== "boolean" && scalarText(member)?.toLowerCase() === value;
  });
}

function stepInto(value: unknown, path: readonly string[]): unknown {
  let here = value;
  for (let i = 0; i < path.length; i++) {
    const step = path[i] as string;
    if (/^\[.+=.*\]$/su.test(step)) {
      here = findByMember(here, step);
      continue;
    }
    if (step === "[]") {
      if (!Array.isArray(here)) return undefined;
      const rest = path.slice(i + 1);
      return here.flatMap((item) => {
        const inner = stepInto(item, rest);
        return inner === undefined || inner === null
          ? []
          : Array.isArray(inner) && rest.includes("[]")
            ? inner
            : [inner];
      });
    }
    if (here === null || typeof here !== "object" || Array.isArray(here) || here instanceof WrittenNumber)
      return undefined;
    if (!Object.hasOwn(here, step)) {
      // Keys may have dots themselves.
      const rest = path.slice(i).join(".");
      return Object.hasOwn(here, rest) ? (here as Record<string, unknown>)[rest] : undefined;
    }
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}

function foundOf(value: unknown): FoundValue | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const text = scalarText(value);
  return text === undefined ? { text: JSON.stringify(value), json: true } : { text, json: false };
}

/** JSON text, and a path into it. Undefined where it is no JSON or has nothing there. */
function insideJson(text: string, path: readonly string[]): FoundValue | undefined {
  try {
    return foundOf(stepInto(parseJson(text), path));
  } catch {
    return undefined;
  }
}

/** A span's bytes as the value they write. `path`: the whole path of the input, `rest` what lies behind it. */
export function decodeSpan(
  raw: string,
  kind: number,
  path: readonly string[],
  rest: readonly string[],
): FoundValue | undefined {
  if (kind >= EMBEDDED) return insideJson(unescapeText(raw), [...path.slice(kind - EMBEDDED), ...rest]);
  if (kind === STRUCTURE) return rest.length > 0 ? insideJson(raw, rest) : { text: raw, json: true };
  if (kind === HEXED) return decodeSpan(unescapedBytes(raw), PLAIN, path, rest);
  const text = kind === DOUBLED ? raw.replaceAll('""', '"') : kind === ESCAPED ? unescapeText(raw) : raw;
  if (rest.length > 0) return insideJson(text, rest);
  return text === "" ? undefined : { text, json: false };
}

const OPENING_BRACKETS = "({[";
const CLOSING_BRACKETS = ")}]";

/** Splits at a separator outside brackets. Parts are trimmed, and empty ones are left out. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (depth === 0 && text.startsWith(separator, i)) {
      parts.push(text.slice(from, i));
      i += separator.length - 1;
      from = i + 1;
    } else if (OPENING_BRACKETS.includes(char)) depth++;
    else if (CLOSING_BRACKETS.includes(char) && depth > 0) depth--;
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** A list field's value as a JSON array of strings, and how many words for no value it held. */
export interface ListOfTexts {
  /** Absent where it held nothing else. */
  readonly text?: string;
  readonly noValues: number;
}

/**
 * Without `separator`: at `;` if the cell has one, else at `,`. `hasWords`: an element between separators may be a word for no value,
 * as a cell may. Undefined where there is no list of texts: an object, or a list that holds one, says nobody's id, and
 * without it the list would be too short.
 */
export function listOf(found: FoundValue, separator: string | undefined, hasWords = false): ListOfTexts | undefined {
  const isArray = found.json || /^\s*\[.*\]\s*$/su.test(found.text);
  const asArray = isArray ? parsedArray(found.text) : undefined;
  if (asArray) return asArray.isTexts ? { text: JSON.stringify(asArray.texts), noValues: 0 } : undefined;
  if (found.json || isJsonObject(found.text)) return undefined;
  const inside = insideBrackets(found.text);
  const text = inside ?? found.text;
  const split = separator ?? (splitOutside(text, ";").length > 1 || text.includes(";") ? ";" : ",");
  const parts = inside === undefined || !/["']/u.test(inside) ? splitOutside(text, split) : quotedParts(inside);
  const kept = hasWords && parts.length > 1 ? parts.filter((part) => !isNoValueText(part)) : parts;
  // Nothing but such words says as little as one of them.
  return {
    ...(kept.length > 0 || parts.length === 0 ? { text: JSON.stringify(kept) } : {}),
    noValues: parts.length - kept.length,
  };
}

/** An object in a cell says nobody's id. */
function isJsonObject(text: string): boolean {
  if (!/^\s*\{\s*["}]/u.test(text)) return false;
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

/** What stands in brackets around a whole list, as databases and programs print one: `{a,b}`, `[a, b]`, `('a', 'b')`. */
function insideBrackets(text: string): string | undefined {
  const trimmed = text.trim();
  const closing = CLOSING_BRACKETS[OPENING_BRACKETS.indexOf(trimmed[0] ?? " ")];
  if (closing === undefined || trimmed.length < 2) return undefined;
  let depth = 0;
  for (let i = 0; i < trimmed.length; i++) {
    if (OPENING_BRACKETS.includes(trimmed[i] as string)) depth++;
    else if (CLOSING_BRACKETS.includes(trimmed[i] as string)) depth--;
    if (depth === 0) return i === trimmed.length - 1 && trimmed[i] === closing ? trimmed.slice(1, -1) : undefined;
  }
  return undefined;
}

/** The elements of such a list where some are in quotes. */
const quotedParts = (text: string): string[] =>
  [...text.matchAll(/[ub]?"((?:[^"\\]|\\.)*)"|[ub]?'((?:[^'\\]|\\.)*)'|([^\s,;"'][^,;]*)/gu)].map(
    ([, double, single, bare]) => (double ?? single ?? bare ?? "").replaceAll(/\\(.)/gu, "$1").trim(),
  );

/** The texts of a JSON array; undefined where the text is none. */
function parsedArray(text: string): { readonly texts: string[]; readonly isTexts: boolean } | undefined {
  try {
    const value = parseJson(text);
    if (!Array.isArray(value)) return undefined;
    const found = value.flatMap((item: unknown) => foundOf(item) ?? []);
    return { texts: found.map((item) => item.text), isTexts: found.every(({ json }) => !json) };
  } catch {
    return undefined;
  }
}

/** The path as requested: without scheme, host, query and fragment. */
function pathOnly(text: string): string {
  const end = text.search(/[?#]/u);
  const path = (end < 0 ? text : text.slice(0, end)).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/iu, "");
  return path === "" && text !== "" && end !== 0 ? "/" : path;
}

/** What stands for a client that a proxy does not know or hides (RFC 7239, section 6), and words for no value. */
const NO_ADDRESS = /^(?:unknown|_[\w.-]*|-|null|\(null\)|none|n\/a|nan|\\N|)$/iu;
const ADDRESS = /^(?:(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?|\[[\da-f:.]+\](?::\d+)?|[\da-f]*:[\da-f:.]+)$/iu;
/** A part of the header `Forwarded` (RFC 7239, section 4) that names a client. */
const FORWARDED_FOR = /^\s*for\s*=/iu;

/** The addresses of a list: at commas and semicolons, and at blanks where these part addresses and no words of a name. */
function addressesIn(text: string): string[] {
  const parts = text.split(/[,;]/u).map((part) => part.trim());
  const named = parts.filter((part) => FORWARDED_FOR.test(part));
  return (named.length > 0 ? named : parts).flatMap((part) => {
    const plain = part.replace(FORWARDED_FOR, "").replaceAll('"', "").trim();
    const [first = "", ...rest] = plain.split(/\s+/u);
    return rest.length > 0 && (ADDRESS.test(first) || NO_ADDRESS.test(first)) ? [first, ...rest] : [plain];
  });
}

/**
 * An address without brackets and port; of a list the first that is one, which proxies put there for the client. Java's
 * sockets print a name, or nothing, and a slash before it. "" where no client is named.
 */
function addressOf({ text, json }: FoundValue): string {
  const texts = json ? (parsedArray(text)?.texts ?? [text]) : [text];
  const address = texts.flatMap(addressesIn).find((part) => !NO_ADDRESS.test(part)) ?? "";
  return (
    /^\[([^\]]+)\](?::\d+)?$/u.exec(address)?.[1] ??
    /^((?:\d{1,3}\.){3}\d{1,3}|[\w-]+(?:\.[\w-]+)*):\d+$/u.exec(address)?.[1] ??
    /^[\w.-]*\/\[?((?:\d{1,3}\.){3}\d{1,3}|[\da-f]*:[\da-f:.]+?)\]?(?::\d+)?$/iu.exec(address)?.[1] ??
    address
  );
}

/** The first parameter of that name in a URL or query string, decoded. */
export function parameter(url: string, name: string): string | undefined {
  const from = url.indexOf("?");
  if (from < 0) return undefined;
  const hash = url.indexOf("#", from);
  for (const pair of url.slice(from + 1, hash < 0 ? undefined : hash).split("&")) {
    const equals = pair.indexOf("=");
    if (decodeParameter(equals < 0 ? pair : pair.slice(0, equals)) === name)
      return equals < 0 ? "" : decodeParameter(pair.slice(equals + 1));
  }
  return undefined;
}

function decodeParameter(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Words and phrases, without case, blanks and signs: of outcome columns, of HTTP's reasons (RFC 9110, 15) and of gRPC's codes. */
const OUTCOMES_SAID: Readonly<Record<Outcome, string>> = {
  allowed:
    "allowed allow ok success successful succeeded granted permitted accept accepted pass true t created nocontent partialcontent notmodified",
  denied:
    "denied deny forbidden unauthorized unauthorised unauthenticated rejected reject refused blocked accessdenied permissiondenied notauthorized notauthorised",
  failed:
    "failed fail failure unsuccessful error fault false f badrequest notfound methodnotallowed requesttimeout conflict gone toomanyrequests internalservererror internalerror internal notimplemented unimplemented badgateway serviceunavailable unavailable gatewaytimeout timeout cancelled canceled aborted invalidargument deadlineexceeded alreadyexists resourceexhausted failedprecondition outofrange dataloss",
  unknown: "unknown",
};
const OUTCOME_WORDS: ReadonlyMap<string, Outcome> = new Map(
  OUTCOMES.flatMap((outcome) => OUTCOMES_SAID[outcome].split(" ").map((word) => [word, outcome] as const)),
);

/** What the log itself says, where it says it in a plain word: `Access Denied`, `PERMISSION_DENIED` and `permission-denied` alike. */
export const outcomeSaid = (text: string): Outcome | undefined =>
  OUTCOME_WORDS.get(
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/gu, ""),
  );

/** What called, where the log has the very word: any other word in a column of that name speaks of something else. */
export const callerSaid = (text: string): Caller | undefined => {
  const word = text.trim().toLowerCase();
  return CALLERS.find((caller) => caller === word);
};

/** 2xx and 3xx allowed, 401 and 403 denied, other 4xx and 5xx failed. */
export function outcomeOfStatus(status: number): Outcome {
  if (status >= 200 && status < 400) return "allowed";
  if (status === 401 || status === 403) return "denied";
  return status >= 400 && status < 600 ? "failed" : "unknown";
}

/** A decimal number times a power of ten, by its text: 0.034 s are 34 ms, not 34.00000000000001. */
export const shifted = (value: number, power: number): number => {
  if (power === 0) return value;
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + power}`);
};

/** Groups of three figures: a comma between two alone may be a fraction's, where there can be one. */
const GROUPED = /^-?\d{1,3}(?:[,\s'\u2019]\d{3})+(\.\d+)?$/u;
const GROUPED_BY_DOTS = /^-?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/u;
const COMMA_FRACTION = /^-?\d+,(?:\d{1,2}|\d{4,})$/u;

/** A number without what people put into it for reading. */
function plainNumber(text: string, whole: boolean): string {
  const grouped = GROUPED.exec(text);
  if (grouped && (whole || grouped[1] !== undefined || !/^-?\d+,\d+$/u.test(text)))
    return text.replaceAll(/[,\s'\u2019]/gu, "");
  if (GROUPED_BY_DOTS.test(text)) return text.replaceAll(".", "").replace(",", ".");
  return !whole && COMMA_FRACTION.test(text) ? text.replace(",", ".") : text;
}

/** A number as a log writes it, NaN where it is none; `whole`: no fraction. */
function numberOf(text: string, whole: boolean): number {
  const written = text.trim();
  const trimmed = /^-?\d+(?:\.\d+)?$/u.test(written) ? written : plainNumber(written, whole);
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(trimmed)) return Number.NaN;
  const value = Number(trimmed);
  return whole ? (Number.isSafeInteger(value) ? value : Number.NaN) : Math.abs(value) < 1e15 ? value : Number.NaN;
}

const WHOLE_NUMBER_FIELDS: ReadonlySet<MappedField> = new Set(["status", "subject_count", "bytes"]);

/** Numbers that count something have no fraction. */
const isWhole = (field: MappedField): boolean => WHOLE_NUMBER_FIELDS.has(field);

/** A status as logs write it: a bare number, a line (`HTTP/1.1 401 Unauthorized`, `200 OK`), with a substatus (`403.7`). */
const STATUS = /^(?:HTTP(?:\/[\d.]+)?[ :]+)?([1-9]\d\d)(?:[.,;: ].*)?$/iu;

/** The number that a field's text writes, NaN where it is none. */
export function numberIn(field: MappedField, text: string): number {
  const status = field === "status" ? STATUS.exec(text.trim())?.[1] : undefined;
  return status === undefined ? numberOf(text, isWhole(field)) : Number(status);
}

/** A path has no query, an address no port. */
export const wholeOf = (name: MappedField, found: FoundValue, text: string): string =>
  name === "path" ? pathOnly(text) : name === "ip" ? addressOf(found) : text;

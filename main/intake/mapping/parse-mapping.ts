import type * as z from "zod";
import { Refusal } from "../../../shared/base/errors.ts";
import { CALLERS, type MappedField } from "../../../shared/model/event.ts";
import { inWords } from "../../case/schema-words.ts";
import { encodingNamed } from "../../platform/encodings/encoding.ts";
import { type JsonFault, parseUserJson } from "../../platform/user-json.ts";
import { isTimeUnit } from "../time/epochs.ts";
import { TimePattern } from "../time/time-pattern.ts";
import { isTimeWord } from "../time/time-reader.ts";
import { Zone } from "../time/zone.ts";
import { callsOf, delimiterByte, signaturesOf } from "./mapping.ts";
import { MAPPING_DOCUMENT, type Mapping } from "./mapping-document.ts";
import { isListStep, piecesOf, stepsOf } from "./paths.ts";
import { compilePattern, groupNames } from "./patterns.ts";
import { durationUnit } from "./units.ts";
import { layerMistake } from "./wrappers.ts";

/** Fields that are no texts, or of which a piece makes no sense. */
const NOT_JOINED: ReadonlySet<string> = new Set<MappedField>([
  "time",
  "status",
  "outcome",
  "caller",
  "fields",
  "subjects",
  "subject_count",
  "request_id",
  "bytes",
  "duration_ms",
]);

/** Mistakes that the shape alone does not show, as `path: what is wrong`. */
function findMistakes(mapping: Mapping): string[] {
  const found: string[] = [];
  const attempt = (at: string, check: () => string | undefined) => {
    try {
      const wrong = check();
      if (wrong) found.push(`${at}: ${wrong}`);
    } catch (error) {
      found.push(`${at}: ${error instanceof Refusal ? error.what : (error as Error).message}`);
    }
  };
  const pattern = (source: string) => void compilePattern(source);
  const { delimiter, encoding, timezone } = mapping;
  if (delimiter !== undefined && delimiterByte(delimiter) === undefined)
    found.push(`delimiter: "${delimiter}" is not one ASCII character`);
  if (mapping.quote !== undefined && mapping.quote.charCodeAt(0) >= 0x80)
    found.push(`quote: "${mapping.quote}" is not an ASCII character`);
  if (encoding !== undefined && !encodingNamed(encoding))
    found.push(`encoding: "${encoding}" is not an encoding that is read`);
  if (timezone !== undefined) attempt("timezone", () => void new Zone(timezone));
  if (mapping.pattern !== undefined) {
    const source = mapping.pattern;
    attempt("pattern", () => {
      pattern(source);
      return groupNames(source).some(Boolean) ? undefined : "it has no named group such as (?<time>…)";
    });
  } else if (mapping.format === "regex") found.push("pattern: the format regex needs one");
  const calls = callsOf(mapping);
  if (calls !== undefined && stepsOf(calls).some((step) => isListStep(step) && step !== "[]"))
    found.push("records[1]: only lists as a whole hold calls: write a[] or a[].b[]");
  mapping.wrapped?.forEach((layer, index) => {
    const wrong = layerMistake(layer);
    if (wrong) found.push(`wrapped[${index}]: ${wrong}`);
  });
  for (const [field, where] of Object.entries(mapping.fields ?? {})) {
    const places = typeof where === "string" ? where : where?.from;
    if (NOT_JOINED.has(field) && [places ?? []].flat().some((name) => piecesOf(name) !== undefined))
      found.push(`fields.${field}: only a text is put together from several places`);
    if (typeof where === "string" || where === null) continue;
    const { from, match, split, parse, value } = where;
    const at = `fields.${field}`;
    if ((from === undefined) === (value === undefined)) found.push(`${at}: give either from or value`);
    if (match !== undefined)
      attempt(`${at}.match`, () => (compilePattern(match).groups < 1 ? "it has no group to take" : undefined));
    if (split !== undefined && field !== "fields" && field !== "subjects")
      found.push(`${at}.split: only fields and subjects are lists`);
    if (parse !== undefined && field === "duration_ms") {
      if (durationUnit(parse) === undefined) found.push(`${at}.parse: a duration is in s, ms, us or ns`);
    } else if (parse !== undefined && field !== "time") found.push(`${at}.parse: only time and duration_ms are parsed`);
    else if (parse !== undefined && parse !== "iso" && !isTimeUnit(parse) && !isTimeWord(parse))
      attempt(`${at}.parse`, () => void new TimePattern(parse));
  }
  const callerMistake = (value: unknown) =>
    value === undefined || (CALLERS as readonly unknown[]).includes(value)
      ? undefined
      : `"${value}" is none of ${CALLERS.join(", ")}`;
  const { caller } = mapping.fields ?? {};
  if (typeof caller === "object") attempt("fields.caller.value", () => callerMistake(caller?.value));
  mapping.rules?.forEach(({ set }, index) => {
    attempt(`rules[${index}].set.caller`, () => callerMistake(set.caller));
  });
  for (const [index, places] of signaturesOf(mapping).entries())
    for (const [at, source] of Object.entries(places)) attempt(`must[${index}].${at}`, () => pattern(source));
  mapping.no_calls?.forEach(({ when }, index) => {
    for (const [at, source] of Object.entries(when)) attempt(`no_calls[${index}].when.${at}`, () => pattern(source));
  });
  mapping.rules?.forEach((rule, index) => {
    for (const [field, source] of Object.entries(rule.when))
      attempt(`rules[${index}].when.${field}`, () => pattern(source as string));
  });
  return found;
}

function issueText(issue: z.core.$ZodIssue): string {
  const at = issue.path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./u, "");
  const where = at ? `${at}: ` : "";
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `${where}unknown key "${key}"`).join("; ");
  if (issue.code === "invalid_key") return `${where}there is no such event field`;
  if (issue.code === "invalid_union") return `${where}give a name, or an object with from, match, split, parse, value`;
  return `${where}${issue.message}`;
}

/** A document as a mapping. `file` is what errors name. @throws Refusal `mapping-wrong` with every mistake and its place */
export function readMapping(value: unknown, file: string): Mapping {
  const parsed = MAPPING_DOCUMENT.safeParse(value, { error: inWords });
  const wrong = parsed.success ? findMistakes(parsed.data) : parsed.error.issues.map(issueText);
  if (wrong.length > 0 || !parsed.success) {
    throw new Refusal("mapping-wrong", `${file}: ${wrong.join("; ")}`, "correct the mapping and try again");
  }
  return parsed.data;
}

/** The text of a mapping file. @throws Refusal `mapping-wrong` */
export function parseMapping(text: string, file: string): Mapping {
  let value: unknown;
  try {
    value = parseUserJson(text);
  } catch (error) {
    throw new Refusal("mapping-wrong", `${file} ${(error as JsonFault).message}`, "correct the mapping and try again");
  }
  return readMapping(value, file);
}

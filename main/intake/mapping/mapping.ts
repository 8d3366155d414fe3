import * as z from "zod";
import { Refusal } from "../../../shared/base/errors.ts";
import { MAPPED_FIELDS } from "../../../shared/model/event.ts";
import { encodingNamed } from "../../platform/encodings/encoding.ts";
import { type JsonFault, parseUserJson } from "../../platform/user-json.ts";
import { isTimeUnit } from "../time/epochs.ts";
import { TimePattern } from "../time/time-pattern.ts";
import { isTimeWord } from "../time/time-reader.ts";
import { Zone } from "../time/zone.ts";
import { IN_RECORD, isListStep, stepsOf } from "./paths.ts";
import { compilePattern, groupNames } from "./patterns.ts";
import { durationUnit } from "./units.ts";
import { layerMistake } from "./wrappers.ts";

/** Readers; every other format is a mapping over one of them, a file in `resources/formats/`. */
export const READERS = ["csv", "headers", "json", "jsonl", "keyvalue", "regex"] as const;
export type ReaderName = (typeof READERS)[number];

const name = z.string().min(1);
const constant = z.union([z.string(), z.number(), z.boolean()]);
const fieldSource = z.union([
  name,
  z.strictObject({
    from: z.union([name, z.array(name).min(1)]).optional(),
    match: z.string().optional(),
    split: z.string().min(1).optional(),
    parse: z.string().min(1).optional(),
    value: constant.optional(),
  }),
]);
/** Places in the record, each with the pattern that its value matches. */
const signature = z.record(name, z.string()).refine((places) => Object.keys(places).length > 0);
/** Every row has its time before rules run, and a request id belongs to one request. */
const tested = MAPPED_FIELDS.filter((field) => field !== "time" && field !== "request_id");
const condition = z
  .string()
  .refine((key) => (tested as string[]).includes(key) || (key.startsWith(IN_RECORD) && key.length > IN_RECORD.length));
const settable = z.enum(tested);

const document = z.strictObject({
  schema: z.literal("exhibit/mapping@1"),
  name: z.string().optional(),
  format: name,
  delimiter: z.string().optional(),
  quote: z.string().max(1).optional(),
  skip_rows: z.number().int().min(0).optional(),
  later_columns: z.array(name).optional(),
  encoding: z.string().optional(),
  timezone: z.string().optional(),
  fields_are: z.enum(["returned", "requested"]).optional(),
  records: z.union([z.string(), z.tuple([z.string(), name])]).optional(),
  wrapped: z.array(name).min(1).optional(),
  pattern: z.string().optional(),
  must: z.union([signature, z.array(signature).min(1)]).optional(),
  call: z.union([name, z.array(name).min(1)]).optional(),
  fields: z.partialRecord(z.enum(MAPPED_FIELDS), fieldSource.nullable()).optional(),
  rules: z
    .array(
      z.strictObject({
        when: z.record(condition, z.string()),
        set: z.partialRecord(settable, constant),
      }),
    )
    .optional(),
});

/** `exhibit/mapping@1`, checked. */
export type Mapping = z.infer<typeof document>;
export type FieldSource = z.infer<typeof fieldSource>;

/** What `must` asks for: all places of one of these. */
export const signaturesOf = ({ must }: Mapping): readonly Readonly<Record<string, string>>[] =>
  must === undefined ? [] : Array.isArray(must) ? must : [must];

/** Where the records of a document lie. */
export const recordsOf = ({ records }: Pick<Mapping, "records">): string | undefined =>
  typeof records === "string" ? records : records?.[0];

/** Where in each record its calls lie, if it holds several. */
export const callsOf = ({ records }: Pick<Mapping, "records">): string | undefined =>
  typeof records === "object" ? records[1] : undefined;

/** The same mapping with its records elsewhere. */
export const withRecords = <M extends Pick<Mapping, "records">>(mapping: M, records: string): M => {
  const calls = callsOf(mapping);
  return { ...mapping, records: calls === undefined ? records : [records, calls] };
};

const CHARACTERS: Readonly<Record<string, string>> = {
  tab: "\t",
  "\\t": "\t",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  space: " ",
};

/** The byte a `delimiter` stands for, undefined if it is none. */
export function delimiterByte(text: string): number | undefined {
  const char = CHARACTERS[text.toLowerCase()] ?? text;
  const code = char.charCodeAt(0);
  return char.length === 1 && code < 0x80 && code !== 10 && code !== 13 && code !== 34 ? code : undefined;
}

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
  for (const [index, places] of signaturesOf(mapping).entries())
    for (const [at, source] of Object.entries(places)) attempt(`must[${index}].${at}`, () => pattern(source));
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
  const parsed = document.safeParse(value);
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

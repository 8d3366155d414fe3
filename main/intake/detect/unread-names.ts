import { type MappedField, OUTCOMES } from "../../../shared/model/event.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import { isReader } from "../mapping/formats.ts";
import type { Plan } from "../mapping/plan.ts";
import { fieldNamed } from "../mapping/synonyms.ts";
import { firstCsvRecord } from "../read/csv.ts";
import { availableFields } from "./available-fields.ts";
import { isCertainRecord } from "./find-wrapper.ts";
import { hasTime, listsIn } from "./json-shape.ts";
import type { KnownEncoding } from "./sample.ts";
import { firstLines } from "./text-shapes.ts";

interface Read {
  readonly plan: Plan;
  readonly preview: EncodedBatch;
  readonly sampleText: Buffer;
  readonly insideText: Buffer;
  readonly encodingGuess: KnownEncoding;
}

/** What says of a call what it was and what became of it. */
const TELLING = ["status", "method", "path", "ip"] as const;
/** And whose it was, and how it ended: a named format knows where that stands, a plain table or record has only its names. */
const TOLD_BY_NAMES = ["app", "actor", "outcome", "subject_count", "bytes", "duration_ms"] as const;
type Told = (typeof TELLING)[number] | (typeof TOLD_BY_NAMES)[number];
/** Names that mean one of these wherever they stand in a record. */
const ALIASES: Readonly<Record<string, MappedField>> = {
  statuscode: "status",
  httpstatus: "status",
  httpstatuscode: "status",
  responsecode: "status",
  responsestatuscode: "status",
  httpmethod: "method",
  requestmethod: "method",
  requesturi: "path",
  requestpath: "path",
  requesturl: "path",
  clientip: "ip",
  ipaddress: "ip",
  remoteaddr: "ip",
  sourceip: "ip",
  calleripaddress: "ip",
  clientid: "app",
  appid: "app",
  applicationid: "app",
  oauthclientid: "app",
  userid: "actor",
  username: "actor",
  accountid: "actor",
  // Of the W3C's logs, as other tools export them.
  scstatus: "status",
  csmethod: "method",
  csuristem: "path",
  csuri: "path",
  cip: "ip",
  remoteip: "ip",
  remoteaddress: "ip",
  clientaddress: "ip",
  srcip: "ip",
  ...Object.fromEntries(
    "result response statustext grpcstatus grpccode success succeeded allowed denied authorized permitted decision verdict disposition"
      .split(" ")
      .map((name) => [name, "outcome" as const]),
  ),
};

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/gu, "");

/** The field that the last part of a name means by its usual sense. */
function meaning(name: string): MappedField | undefined {
  const last = name.split(".").at(-1) ?? name;
  return ALIASES[plain(last)] ?? fieldNamed(last)?.field;
}

/**
 * Names in the first records that say a status, method, path or client which no event has from them; undefined where
 * there is none. A log is not read wrong in silence.
 */
export function unreadNames(read: Read): string | undefined {
  const said = [
    read.encodingGuess.joined,
    otherLists(read),
    unreadFields(read) ?? heldRecords(read),
    unreadRequests(read),
    paddedIds(read),
  ].flatMap((what) => what ?? []);
  return said.length === 0 ? undefined : said.join("; ");
}

/** Lists of a JSON document that hold records too, beside the one that is read. */
function otherLists({ plan, insideText }: Read): string | undefined {
  if (plan.reader !== "json" || plan.records.length === 0) return undefined;
  const own = plan.records.join(".");
  const others = listsIn(insideText)
    .filter(({ keys }) => hasTime(keys))
    .map(({ path }) => path.join("."))
    .filter((path) => path !== own && !path.startsWith(`${own}.`) && !own.startsWith(`${path}.`));
  if (others.length === 0) return undefined;
  const list = (path: string) => path.replaceAll(".[]", "[]");
  return `read: ${list(own)}; not read: ${[...new Set(others)].slice(0, 4).map(list).join(", ")}, which has records with a time too: a mapping's "records" can say which`;
}

const IDS: readonly MappedField[] = ["app", "developer", "actor", "resource"];

/** Ids of a table with blanks around them, as columns of a fixed width leave them: they are kept, and are other ids. */
function paddedIds({ plan, preview: { rows, offset, length }, sampleText }: Read): string | undefined {
  if (!plan.csv) return undefined;
  const { delimiter, quote } = plan.csv;
  const columns = plan.fields.flatMap(({ field, origins }) =>
    origins.flatMap((origin) => {
      const input = IDS.includes(field) && origin.kind === "input" ? plan.inputs[origin.input] : undefined;
      return input?.kind === "named" && input.column >= 0 ? [{ field, ...input }] : [];
    }),
  );
  for (let k = 0; k < rows && columns.length > 0; k++) {
    const from = offset[k] as number;
    const row = firstCsvRecord(sampleText.subarray(from, from + (length[k] as number)), 0, delimiter, quote, true);
    const padded = columns.find(({ column }) => /^\s+\S|\S\s+$/u.test(row?.cells[column] ?? ""));
    if (padded)
      return `${padded.name} (${padded.field}) has blanks around it, which are part of the id: "${row?.cells[padded.column]}"`;
  }
  return undefined;
}

/** Columns of a table in which most cells hold a record of another program, and that no field is read from. */
function heldRecords({ plan, preview, sampleText }: Read): string | undefined {
  const { rows, offset, length } = preview;
  if (!plan.csv || rows === 0 || TELLING.every((field) => isFilled(preview, field))) return undefined;
  const { delimiter, quote, header } = plan.csv;
  const held = new Map<number, number>();
  for (let k = 0; k < rows; k++) {
    const from = offset[k] as number;
    const record = sampleText.subarray(from, from + (length[k] as number));
    firstCsvRecord(record, 0, delimiter, quote, true)?.cells.forEach((cell, column) => {
      if (isCertainRecord(cell)) held.set(column, (held.get(column) ?? 0) + 1);
    });
  }
  const read = new Set(plan.inputs.flatMap((input) => (input.kind === "named" ? [input.column] : [])));
  const names = [...held].flatMap(([column, count]) =>
    count * 2 >= rows && !read.has(column) ? [header[column] ?? `column ${column + 1}`] : [],
  );
  if (names.length === 0) return undefined;
  return `not read: ${names.join(", ")}, which holds records of its own: export them without the table around them, or a mapping can say what they are`;
}

/** A request as logs write one: its method, and behind it a path or a URL. */
const REQUEST =
  /(?:^|[\s"'|,;=[(])((?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)["']?[\s,;|]+["']?(?:\/|https?:\/\/)[^\s"',;|]*)/u;
const MAX_REQUEST_LENGTH = 60;
const PAIR = /(?<=^|[\s,;|(])([A-Za-z][\w.-]*)=(?=[^\s=])/gu;
/** Formats that say of a line when it was written, and by whom. */
const TIMES_ONLY: ReadonlySet<string> = new Set(["text", "syslog", "syslog-5424"]);

/** Requests in lines of which only the time is read, and pairs that say more: each would be a call of unknown outcome. */
function unreadRequests({ plan, preview, insideText }: Read): string | undefined {
  if (!TIMES_ONLY.has(plan.format)) return undefined;
  const lines = firstLines(insideText, true);
  const requests = lines.flatMap((line) => REQUEST.exec(line)?.[1] ?? []);
  if (requests[0] !== undefined && requests.length * 2 >= lines.length)
    return `not read: requests in the lines, such as ${requests[0].slice(0, MAX_REQUEST_LENGTH)}; a mapping with a pattern can say where they stand`;
  const counts = new Map<string, number>();
  for (const line of lines)
    for (const [, name = ""] of line.matchAll(PAIR)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const lacking: readonly Told[] = TELLING.filter((field) => !isFilled(preview, field));
  const names = [...counts].flatMap(([name, count]) => {
    const field = meaning(name);
    return count * 2 >= lines.length && lacking.some((told) => told === field) ? [`${name} (${field})`] : [];
  });
  if (names.length === 0) return undefined;
  return `not read: ${names.slice(0, 4).join(", ")} in the lines; a mapping with a pattern can say where they stand`;
}

/** Whether any event has it. */
function isFilled({ numbers, ids, outcome }: EncodedBatch, field: Told): boolean {
  if (field === "outcome") return outcome.some((value) => OUTCOMES[value] !== "unknown");
  if (field === "status" || field === "subject_count" || field === "bytes" || field === "duration_ms")
    return numbers[field].some((value) => !Number.isNaN(value));
  return ids[field].some((id) => id >= 0);
}

const isJson = ({ reader }: Plan): boolean => reader === "json" || reader === "jsonl";

/** What keys mean was asked for the same keys in the records before. */
const MAX_MEANINGS = 10_000;
const meanings = new Map<string, MappedField | undefined>();

/** Whether a key means one of the fields, in JSON inside a string too: most records have none, which is seen without reading them. */
function mayMean(records: readonly string[], fields: readonly MappedField[]): boolean {
  for (const record of records)
    for (const [, key = ""] of record.matchAll(/"([^"\\]*)\\*"\s*:/gu)) {
      let means = meanings.get(key);
      if (means === undefined && !meanings.has(key)) {
        means = meaning(key);
        if (meanings.size < MAX_MEANINGS) meanings.set(key, means);
      }
      if (means !== undefined && fields.includes(means)) return true;
    }
  // A key with escapes is not read here.
  return records.some((record) => /\\u[0-9a-fA-F]{4}[^"]{0,400}"\s*:/u.test(record));
}

function unreadFields({ plan, preview, sampleText, insideText }: Read): string | undefined {
  const { rows, offset, length } = preview;
  const asked: readonly Told[] = isReader(plan.format) ? [...TELLING, ...TOLD_BY_NAMES] : TELLING;
  const lacking = asked.filter((field) => !isFilled(preview, field));
  if (rows === 0 || lacking.length === 0) return undefined;
  const records = plan.wrapped
    ? firstLines(insideText, true)
    : Array.from({ length: rows }, (_, k) => {
        const from = offset[k] as number;
        return sampleText.toString("utf8", from, from + (length[k] as number));
      });
  if (isJson(plan) && !mayMean(records, lacking)) return undefined;
  const found = availableFields(plan, records).flatMap(({ name, sample }) => {
    const field = sample === "" || sample === "-" ? undefined : meaning(name);
    return field !== undefined && (lacking as readonly MappedField[]).includes(field) ? [`${name} (${field})`] : [];
  });
  if (found.length === 0) return undefined;
  return `not read: ${found.slice(0, 4).join(", ")}; a mapping can say what they are`;
}

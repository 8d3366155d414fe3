import type { MappedField } from "../../../shared/model/event.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import type { Plan } from "../mapping/plan.ts";
import { fieldNamed } from "../mapping/synonyms.ts";
import { availableFields } from "./available-fields.ts";
import { hasTime, listsIn } from "./json-shape.ts";
import { previewEvents } from "./preview.ts";
import { firstLines } from "./text-shapes.ts";

interface Read {
  readonly plan: Plan;
  readonly preview: EncodedBatch;
  readonly sampleText: Buffer;
  readonly insideText: Buffer;
}

/** What says of a call what it was and what became of it. */
const TELLING: readonly MappedField[] = ["status", "method", "path", "ip"];
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
  const said = [otherLists(read), unreadFields(read)].flatMap((what) => what ?? []);
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

function unreadFields({ plan, preview, sampleText, insideText }: Read): string | undefined {
  const events = previewEvents(preview);
  const lacking = TELLING.filter((field) => !events.some((event) => event[field] !== undefined));
  if (events.length === 0 || lacking.length === 0) return undefined;
  const records = plan.wrapped
    ? firstLines(insideText, true)
    : events.map(({ offset, length }) => sampleText.toString("utf8", offset, offset + length));
  const found = availableFields(plan, records).flatMap(({ name, sample }) => {
    const field = sample === "" || sample === "-" ? undefined : meaning(name);
    return field !== undefined && lacking.includes(field) ? [`${name} (${field})`] : [];
  });
  if (found.length === 0) return undefined;
  return `not read: ${found.slice(0, 4).join(", ")}; a mapping can say what they are`;
}

import { Refusal } from "../../../shared/base/errors.ts";
import { isoOf } from "../../../shared/base/time.ts";
import { OUTCOMES } from "../../../shared/model/event.ts";
import type { CallDetail, OriginalText } from "../../../shared/model/explore.ts";
import { openOriginal } from "../../evidence/original.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import {
  APART_FAILED,
  APART_SERVICE,
  APART_UNKNOWN,
  ATTEMPTED,
  asRequested,
  type Judged,
  OBTAINED,
  POSSIBLE,
} from "../../findings/rules/judge.ts";
import { FIELDS_OPEN } from "../../findings/rules/rule-scope.ts";
import { decodeText } from "../../platform/encodings/encoding.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import { eventsAt } from "../../query/results/events.ts";
import type { Session } from "../session/session.ts";

/** Characters of a line, a value and a neighbouring line, and elements of a list, that are sent to the window at once. */
const MAX_SHOWN = { line: 20_000, value: 20_000, neighbour: 2_000, elements: 1_000 };
/** Bytes read on either side of a record in search of its neighbours. */
const NEARBY_BYTES = 64 * 1024;
const NEIGHBOUR_LINES = 6;

interface SourceRow {
  name: string;
  member: string | null;
  sha256: string | null;
  encoding: Encoding;
  mapping: string;
}

/** All that the case knows of one call: its fields, its line as it stands in the original, and what the rules say of it. */
export function callDetail(session: Session, id: number, more?: number): CallDetail {
  const { inquiry } = session;
  const { dataset } = inquiry;
  const { columns, caseFile } = dataset;
  const position = columns.positionOf(id);
  const [found] = position < 0 ? [] : eventsAt(dataset, [position]);
  if (!found) throw new Refusal("selection-changed", "The call is not in the case any more", "choose another row");
  const { event } = found;
  const source = caseFile.db.prepare("select * from source where id = ?").get(event.source) as SourceRow;
  const owner = dataset.owners.list[dataset.owners.of[position] as number];
  const app = dataset.registry.apps.find((each) => each.app === event.app && each.app_name !== undefined);
  return {
    id,
    event: shortened(event),
    origins: originsOf(source.mapping),
    developer_id: owner?.id ?? "unknown",
    ...(app?.app_name === undefined ? {} : { app_name: app.app_name }),
    file: source.name,
    ...(source.member === null ? {} : { member: source.member }),
    sha256: source.sha256 ?? "",
    encoding: source.encoding,
    ...linesOf(session, event, source.encoding, more ?? MAX_SHOWN.line),
    notes: notesOf(session, id),
    verdicts: inquiry.judged.map((judged) => verdictOf(inquiry, judged, position)),
  };
}

/** Long values are cut here, so that a cell of 10 MB is never sent to the window. */
function shortened(event: CallDetail["event"]): CallDetail["event"] {
  const short = Object.entries(event).map(([key, value]) => {
    if (typeof value === "string" && value.length > MAX_SHOWN.value)
      return [
        key,
        `${value.slice(0, MAX_SHOWN.value)}… (${value.length - MAX_SHOWN.value} more characters: see the line)`,
      ];
    if (Array.isArray(value) && value.length > MAX_SHOWN.elements) return [key, value.slice(0, MAX_SHOWN.elements)];
    return [key, value];
  });
  return Object.fromEntries(short) as CallDetail["event"];
}

function originsOf(mapping: string): Record<string, string> {
  const { fields = {} } = JSON.parse(mapping) as { fields?: Record<string, unknown> };
  const origins: Record<string, string> = {};
  for (const [field, origin] of Object.entries(fields)) {
    const from = typeof origin === "string" ? origin : (origin as { from?: string | string[] }).from;
    if (from !== undefined) origins[field] = Array.isArray(from) ? from.join(" or ") : from;
  }
  return origins;
}

function linesOf(
  { caseFile }: Session,
  { source, line, offset, length }: CallDetail["event"],
  encoding: Encoding,
  most: number,
): Pick<CallDetail, "original" | "before" | "after" | "missing"> {
  try {
    const original = openOriginal(caseFile, source);
    try {
      // No encoding needs more than four bytes a character.
      const own = original.read(offset, Math.min(length, most * 4));
      const start = Math.max(0, offset - NEARBY_BYTES);
      const before = decodeText(original.read(start, offset - start), encoding);
      const after = decodeText(original.read(offset + length, NEARBY_BYTES), encoding);
      const text = decodeText(own, encoding).replace(/\r?\n$/u, "");
      const rest = length > own.length ? length - own.length : 0;
      const lines = text.split("\n").length;
      return {
        original: cut(line, text, most, rest),
        before: linesBefore(before, line, start > 0),
        after: linesAfter(after, line + lines),
      };
    } finally {
      original.close();
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { original: { line, text: "" }, before: [], after: [], missing: `${error.what}: ${error.todo}` };
  }
}

function linesBefore(text: string, line: number, isCut: boolean): OriginalText[] {
  const lines = text.replace(/\r?\n$/u, "").split(/\r?\n/u);
  if (text === "") return [];
  // The first one may be cut off at its start.
  const whole = isCut ? lines.slice(1) : lines;
  const near = whole.slice(-NEIGHBOUR_LINES);
  return near.map((each, index) => cut(line - near.length + index, each, MAX_SHOWN.neighbour));
}

function linesAfter(text: string, line: number): OriginalText[] {
  const lines = text.replace(/^\r?\n/u, "").split(/\r?\n/u);
  if (lines.at(-1) === "") lines.pop();
  return lines.slice(0, NEIGHBOUR_LINES).map((each, index) => cut(line + index, each, MAX_SHOWN.neighbour));
}

function cut(line: number, text: string, most: number, more = 0): OriginalText {
  if (text.length <= most && more === 0) return { line, text };
  return { line, text: text.slice(0, most), cut: Math.max(0, text.length - most) + more };
}

function notesOf({ caseFile }: Session, id: number): CallDetail["notes"] {
  return caseFile.db
    .prepare(
      `select note.text, note.at, note.by_whom as by from note join act on act.id = note.act where act.undone is null and exists (
         select 1 from (select last from note_run run where run.note = note.id and run.first <= @id order by run.first desc limit 1) where last >= @id)
       order by note.id`,
    )
    .all({ id }) as CallDetail["notes"];
}

function verdictOf(inquiry: Inquiry, judged: Judged, position: number): CallDetail["verdicts"][number] {
  const { rule, verdicts } = judged;
  const about = { rule: rule.id, ...(rule.title === undefined ? {} : { title: rule.title }) };
  const { columns } = inquiry.dataset;
  const since = `restricted since ${day(judged.cutoff)}`;
  const got = judged.fields.got[columns.codes("fields")[position] as number] ?? [];
  const outcome = OUTCOMES[columns.codes("outcome")[position] as number];
  switch (verdicts[position]) {
    case OBTAINED: {
      const how = asRequested(columns.codes("flags")[position] as number) ? "asked for" : "got";
      return {
        ...about,
        level: "obtained",
        why: `The call was allowed and ${how} ${fieldWords(got)}, ${since}. ${grantWords(inquiry, judged, position)}`,
      };
    }
    case POSSIBLE:
      return {
        ...about,
        level: "possible",
        why: `The call was allowed, and the log does not say which fields it got. ${grantWords(inquiry, judged, position)}`,
      };
    case ATTEMPTED: {
      const what =
        got.length > 0 ? `It asked for ${fieldWords(got)}, ${since}` : "The log does not say which fields it asked for";
      return {
        ...about,
        level: "attempted",
        why: `${what}, and got nothing: ${outcome === "denied" ? "it was denied" : "nobody was returned"}.`,
      };
    }
    case APART_FAILED:
      return { ...about, why: "It failed, so it counts nowhere." };
    case APART_UNKNOWN:
      return { ...about, why: "Nothing says how it ended, so it counts nowhere." };
    case APART_SERVICE:
      return { ...about, why: "A service of the platform made it for itself, so it counts nowhere." };
    default:
      return { ...about, why: outsideWords(judged, position, columns) };
  }
}

/** `*` stands for what a rule without restricted fields restricts where the log names none. */
const fieldWords = (got: readonly string[]): string =>
  got.length === 1 && got[0] === "*" ? "what its log does not name" : list(got);

function outsideWords(judged: Judged, position: number, columns: Inquiry["dataset"]["columns"]): string {
  if (judged.inside[position] === 1) {
    const isOpen = judged.fields.kind[columns.codes("fields")[position] as number] === FIELDS_OPEN;
    return isOpen ? "It concerns open fields only." : "Everybody it returned had consented.";
  }
  const time = columns.time[position] as number;
  if (time < judged.cutoff) return `Made before ${day(judged.cutoff)}, when the restriction took effect.`;
  if (time >= judged.asOf) return `Made after ${day(judged.asOf)}, where the policy ends.`;
  return "The rule does not speak of such calls.";
}

/** Whether the app still held the permission when it called. */
function grantWords({ dataset }: Inquiry, { rule }: Judged, position: number): string {
  if (rule.permission === undefined) return "";
  const app = dataset.columns.dictionary("app").get(dataset.columns.codes("app")[position] as number);
  const time = dataset.columns.time[position] as number;
  const grants = dataset.registry.grants.filter((grant) => grant.app === app && grant.permission === rule.permission);
  if (grants.length === 0) return `Nobody registered a grant of ${rule.permission}.`;
  const granted = grants.find(
    (grant) => grant.granted_at <= time && time < (grant.revoked_at ?? Number.POSITIVE_INFINITY),
  );
  if (granted)
    return `${rule.permission} was still granted${granted.revoked_at === undefined ? "" : `, until ${day(granted.revoked_at)}`}.`;
  const ended = grants.flatMap((grant) => grant.revoked_at ?? []).filter((at) => at <= time);
  return ended.length === 0
    ? `${rule.permission} was granted later.`
    : `${rule.permission} had been revoked on ${day(Math.max(...ended))}.`;
}

const day = (time: number) => isoOf(time).slice(0, 10);
const list = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

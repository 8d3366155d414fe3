import { Refusal } from "../../../shared/base/errors.ts";
import type { ChosenEvents } from "../../annotations/tag-and-note.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { Session } from "../session/session.ts";

/** Rows chosen by hand, or all that a filter matches. */
export interface PickInput {
  filter: string;
  /** Event ids. */
  events?: readonly number[] | undefined;
  /** Ranges of rows of the filter, in an order, `to` not included; `revision` as the answer they were seen in had it. */
  rows?: { sort?: string | undefined; ranges: readonly (readonly [number, number])[]; revision: number } | undefined;
}

/** A filter text up to this length is put into the record to say which calls were meant. */
const MAX_FILTER_CHARACTERS = 20_000;

/**
 * What an act changes, with a filter that matches exactly these calls wherever one can be written: it is what the record
 * of the act keeps. @throws Refusal `selection-changed`
 */
export function pickedEvents(session: Session, input: PickInput): ChosenEvents {
  const { filter, positions } = pickedPositions(session, input);
  const ids = session.inquiry.dataset.columns.codes("id");
  return { filter, ids: Uint32Array.from(positions, (position) => ids[position] as number).sort() };
}

/** Positions ascending. */
function pickedPositions(
  session: Session,
  { filter, events, rows }: PickInput,
): { filter: string; positions: Uint32Array } {
  const { dataset } = session.inquiry;
  if (events) {
    const positions = Uint32Array.from(
      new Set(events.map((id) => dataset.columns.positionOf(id)).filter((p) => p >= 0)),
    );
    if (positions.length === 0) throw changed();
    return { filter: naming(session, positions) ?? filter, positions: positions.sort() };
  }
  if (!rows) return session.selection(filter);
  if (rows.revision !== session.revision) throw changed();
  const all = session.selection(filter, rows.sort).positions;
  const chosen = rows.ranges.map(([from, to]) => all.subarray(from, to));
  const positions = new Uint32Array(chosen.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of chosen) {
    positions.set(part, at);
    at += part.length;
  }
  if (positions.length === all.length) return session.selection(filter);
  return { filter: naming(session, positions.sort()) ?? filter, positions };
}

const changed = () =>
  new Refusal(
    "selection-changed",
    "The rows changed since they were chosen",
    "look at them again and repeat it; nothing was changed",
  );

/** A filter that matches these calls and no other; undefined where it would be too long. */
function naming(session: Session, positions: Uint32Array): string | undefined {
  if (positions.length > MAX_FILTER_CHARACTERS / 4) return undefined;
  const both = " (duplicate:yes or duplicate:no)";
  for (const [field, behind] of [
    ["line", ""],
    ["offset", ""],
    ["offset", both],
  ] as const) {
    const text = positionFilter(session.inquiry.dataset, positions, field, behind);
    if (text.length > MAX_FILTER_CHARACTERS) continue;
    const found = session.selection(text).positions;
    if (found.length === positions.length && found.every((position, index) => position === positions[index]))
      return text;
  }
  return undefined;
}

function positionFilter(
  { columns }: Dataset,
  positions: Uint32Array,
  field: "line" | "offset",
  behind: string,
): string {
  const bySource = new Map<number, number[]>();
  const sources = columns.codes("source");
  const numbers = columns.numbers(field);
  for (const position of positions) {
    const source = sources[position] as number;
    const list = bySource.get(source);
    if (list) list.push(numbers[position] as number);
    else bySource.set(source, [numbers[position] as number]);
  }
  const terms = [...bySource].map(([source, list]) => `source:${source} ${field}:${inWords(list)}`);
  const all = terms.length === 1 ? (terms[0] as string) : terms.map((term) => `(${term})`).join(" or ");
  if (behind === "") return all;
  return `${terms.length === 1 ? all : `(${all})`}${behind}`;
}

/** `5`, `5..9`, `(5 or 7..9)`. */
function inWords(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  const words = runs.map(([from, to]) => (from === to ? String(from) : `${from}..${to}`));
  return words.length === 1 ? (words[0] as string) : `(${words.join(" or ")})`;
}

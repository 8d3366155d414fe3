import type { Reply } from "../../shared/contract.ts";
import { Refusal } from "../../shared/errors.ts";
import { FIELD_NAMES, type FieldName } from "../../shared/filter/fields.ts";
import { fold } from "../../shared/filter/match.ts";
import { parse } from "../../shared/filter/parse.ts";
import { namesDuplicate, resolve } from "../../shared/filter/resolve.ts";
import { shown } from "../../shared/filter/shown.ts";
import { clear } from "../../shared/filter/splice.ts";
import type { CallRow, ExploreReply, FacetValues, Stack, ValueCount } from "../../shared/model/explore.ts";
import { taggedMask } from "../query/annotations.ts";
import { eventsAt } from "../query/events.ts";
import { FACETS, facet } from "../query/facets.ts";
import { lowerBound } from "../query/lowerbound.ts";
import { countOf } from "../query/mask.ts";
import { sortOf } from "../query/sort.ts";
import { stackedHistogram } from "../query/stacked.ts";
import type { Engine } from "./engine.ts";

/** Characters of a text that a cell of the grid can show at most; logs hold cells of megabytes. */
const CELL = 300;
/** Calls whose people are counted along with everything else: more would hold the answer up. */
const PEOPLE_AT_ONCE = 20_000;

interface ExploreInput {
  filter: string;
  sort?: string | undefined;
  offset: number;
  limit: number;
  /** How many values each facet shows. */
  facets: Partial<Record<string, number>>;
  /** Values are counted within the whole filter, not without the terms of their own field. */
  within?: boolean | undefined;
  bars: number;
  stack: Stack;
  span?: { from: number; to: number } | undefined;
}

/** @throws Refusal `filter-wrong`, `policy-missing`, `column-unknown` */
export function explore(engine: Engine, input: ExploreInput): ExploreReply {
  const { filter } = input;
  const { inquiry } = engine;
  const { world } = inquiry;
  const { positions } = engine.selection(filter);
  const span = caseSpan(engine);
  return {
    filter,
    ...(input.sort === undefined ? {} : { sort: input.sort }),
    count: positions.length,
    total: totalOf(engine, filter),
    revision: engine.revision,
    offset: input.offset,
    rows: rowsAt(engine, input),
    facets: Object.fromEntries(
      Object.entries(input.facets).map(([field, limit]) => [
        field,
        facetOf(engine, filter, fieldOf(field), limit ?? 0, input.within ?? false),
      ]),
    ),
    histogram: stackedHistogram(world, engine.selection(clear(filter, "time")).positions, {
      ...(input.span ?? axisOf(engine)),
      most: input.bars,
      stack: input.stack,
    }),
    ...(span ? { span } : {}),
    tags: world.place.db.prepare("select name from tag order by id").pluck().all() as string[],
    ...(positions.length <= PEOPLE_AT_ONCE ? { people: inquiry.peopleAt(positions) } : {}),
  };
}

/** A page of rows. @throws Refusal as `explore` */
export function rowsAt(
  engine: Engine,
  input: { filter: string; sort?: string | undefined; offset: number; limit: number },
): CallRow[] {
  if (input.sort !== undefined) sortOf(input.sort);
  const { positions } = engine.selection(input.filter, input.sort);
  const wanted = positions.subarray(input.offset, input.offset + input.limit);
  return Array.from(eventsAt(engine.inquiry.world, wanted), ({ id, event }) => {
    const { subjects, subject_count, fields, tags, notes, offset: _, length: _l, ...rest } = event;
    const people = subjects?.length ?? subject_count;
    const row: CallRow = {
      id,
      ...rest,
      ...(fields ? { fields: fields.join(", ") } : {}),
      ...(people === undefined ? {} : { people }),
      ...(tags ? { tags } : {}),
      ...(notes ? { notes: notes.length } : {}),
    };
    return cutTexts(row);
  });
}

function cutTexts(row: CallRow): CallRow {
  for (const [key, value] of Object.entries(row))
    if (typeof value === "string" && value.length > CELL)
      (row as unknown as Record<string, unknown>)[key] = `${value.slice(0, CELL)}…`;
  return row;
}

/** Values of a field that hold a text, the most frequent first. Without a filter: of the whole case. */
export function valuesOf(
  engine: Engine,
  input: { filter: string; field: string; contains: string; limit: number; within?: boolean | undefined },
): FacetValues {
  const field = fieldOf(input.field);
  const wanted = fold(input.contains);
  const all = listOf(engine, input.within ? input.filter : clear(input.filter, field), field);
  const rankOf = ({ value = "" }: ValueCount) => fold(value).indexOf(wanted);
  const found = all.filter((each) => each.value !== undefined && rankOf(each) >= 0);
  // what begins with the text comes before what only holds it
  const first = found.filter((each) => rankOf(each) === 0).slice(0, input.limit);
  const others = found.filter((each) => rankOf(each) > 0).slice(0, input.limit - first.length);
  return { values: [...first, ...others], distinct: found.length };
}

/** The row of an event, of a time, or of the next tagged call; absent: there is none. */
export function seek(
  engine: Engine,
  input: {
    filter: string;
    sort?: string | undefined;
    event?: number | undefined;
    time?: number | undefined;
    tagged?: { row: number; way: 1 | -1 } | undefined;
  },
): Reply<"seek"> {
  const { columns, place } = engine.inquiry.world;
  const { positions } = engine.selection(input.filter, input.sort);
  const isOrdered = input.sort === undefined || input.sort === "time" || input.sort === "time:asc";
  if (input.event !== undefined) {
    const position = columns.positionOf(input.event);
    const row = isOrdered ? lowerBound(positions, position) : positions.indexOf(position);
    return position >= 0 && positions[row] === position ? { row } : {};
  }
  if (input.time !== undefined) {
    if (isOrdered) {
      const row = Math.min(lowerBound(positions, columns.lowerBound(input.time)), positions.length - 1);
      return row < 0 ? {} : { row };
    }
    let nearest: number | undefined;
    for (let row = 0; row < positions.length; row += 1) {
      const distance = Math.abs((columns.time[positions[row] as number] as number) - input.time);
      const best =
        nearest === undefined ? Number.POSITIVE_INFINITY : (columns.time[positions[nearest] as number] as number);
      if (distance < Math.abs(best - input.time)) nearest = row;
    }
    return nearest === undefined ? {} : { row: nearest };
  }
  if (input.tagged) {
    const mask = taggedMask(place.db, columns, () => true);
    const { row, way } = input.tagged;
    for (let at = row + way; at >= 0 && at < positions.length; at += way)
      if (mask[positions[at] as number] === 1) return { row: at };
  }
  return {};
}

function totalOf(engine: Engine, filter: string): number {
  const { columns, times } = engine.inquiry.world;
  if (namesDuplicate(resolve(parse(filter), times))) return columns.rows;
  return engine.remembered("total", () => countOf(columns.originals));
}

function caseSpan(engine: Engine): ExploreReply["span"] {
  const { time, rows } = engine.inquiry.world.columns;
  return rows === 0 ? undefined : { from: time[0] as number, to: time[rows - 1] as number };
}

/** The whole of the case's time, with cutoff and as-of in it; a day where there is none. */
function axisOf(engine: Engine): { from: number; to: number } {
  const { times } = engine.inquiry.world;
  const span = caseSpan(engine);
  const marks = [times.cutoff, times.asOf].filter((mark) => mark !== undefined);
  const all = [...marks, ...(span ? [span.from, span.to + 1] : [])];
  return all.length === 0 ? { from: 0, to: 1 } : { from: Math.min(...all), to: Math.max(...all, Math.min(...all) + 1) };
}

function facetOf(engine: Engine, filter: string, field: FieldName, limit: number, within: boolean): FacetValues {
  const all = listOf(engine, within ? filter : clear(filter, field), field);
  const values = all.slice(0, limit);
  // what the filter names is always there to be taken out again
  const { included, excluded } = shown(filter, field);
  for (const wanted of [...included, ...excluded]) {
    const isIt = ({ value }: ValueCount) => value !== undefined && fold(value) === fold(wanted);
    if (!values.some(isIt)) values.push(all.find(isIt) ?? { value: wanted, count: 0 });
  }
  return { values, distinct: all.filter((each) => each.value !== undefined).length };
}

function listOf(engine: Engine, text: string, field: FieldName): readonly ValueCount[] {
  return engine.remembered(JSON.stringify([field, text]), () =>
    facet(engine.inquiry.world, field, engine.selection(text)),
  );
}

function fieldOf(name: string): FieldName {
  if (FACETS.includes(name) && (FIELD_NAMES as readonly string[]).includes(name)) return name as FieldName;
  throw new Refusal("column-unknown", `"${name}" cannot be counted by value`, `choose one of ${FACETS.join(", ")}`);
}

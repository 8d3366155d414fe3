import type { Reply } from "../../../shared/contract/contract.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { namesDuplicate, resolve } from "../../../shared/filter/resolve.ts";
import type { CallRow, ExploreReply } from "../../../shared/model/explore.ts";
import { lowerBound } from "../../query/columns/lower-bound.ts";
import { demandLabels } from "../../query/demand-tables.ts";
import { taggedEvents } from "../../query/filter/annotation-masks.ts";
import { eventsAt } from "../../query/results/events.ts";
import { sortOf } from "../../query/results/sort.ts";
import type { Session } from "../session/session.ts";
import { spanOf } from "./overview.ts";

/** Characters of a text that a cell of the grid can show at most; logs hold cells of megabytes. */
const MAX_CELL_CHARACTERS = 300;

/** @throws Refusal `filter-wrong`, `policy-missing`, `column-unknown` */
export function explore(
  session: Session,
  input: { filter: string; sort?: string | undefined; offset: number; limit: number },
): ExploreReply {
  const { filter } = input;
  const { dataset } = session.inquiry;
  const span = spanOf(dataset);
  return {
    filter,
    ...(input.sort === undefined ? {} : { sort: input.sort }),
    count: session.selection(filter).count,
    total: totalOf(session, filter),
    revision: session.revision,
    offset: input.offset,
    rows: rowsAt(session, input),
    ...(span ? { span } : {}),
    tags: dataset.caseFile.db.prepare("select name from tag order by id").pluck().all() as string[],
  };
}

/** A page of rows. @throws Refusal as `explore` */
export function rowsAt(
  session: Session,
  input: { filter: string; sort?: string | undefined; offset: number; limit: number },
): CallRow[] {
  if (input.sort !== undefined) sortOf(input.sort);
  const wanted = session.selection(input.filter, input.sort).page(input.offset, input.limit);
  return Array.from(eventsAt(session.inquiry.dataset, wanted), ({ id, event }) => {
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
    if (typeof value === "string" && value.length > MAX_CELL_CHARACTERS)
      (row as unknown as Record<string, unknown>)[key] = `${value.slice(0, MAX_CELL_CHARACTERS)}…`;
  return row;
}

/** The row of an event, of a time, or of the next tagged call; absent: there is none. */
export function seek(
  session: Session,
  input: {
    filter: string;
    sort?: string | undefined;
    event?: number | undefined;
    time?: number | undefined;
    tagged?: { row: number; way: 1 | -1 } | undefined;
  },
): Reply<"seek"> {
  const { columns, caseFile } = session.inquiry.dataset;
  const { positions } = session.selection(input.filter, input.sort);
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
    demandLabels(caseFile);
    const set = taggedEvents(caseFile.db, columns, () => true);
    const { row, way } = input.tagged;
    for (let at = row + way; at >= 0 && at < positions.length; at += way)
      if (set.has(positions[at] as number)) return { row: at };
  }
  return {};
}

function totalOf(session: Session, filter: string): number {
  const { columns, times } = session.inquiry.dataset;
  if (namesDuplicate(resolve(parse(filter), times))) return columns.rows;
  return session.remembered("total", () => columns.originals.count);
}

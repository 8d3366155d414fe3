import { Refusal } from "../../../shared/base/errors.ts";
import { isoOf } from "../../../shared/base/time.ts";
import { parse } from "../../../shared/filter/parse.ts";
import type { SavedFilter } from "../../../shared/model/explore.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import { record } from "../../custody/append.ts";

interface Row {
  name: string;
  filter: string;
  layout: string | null;
  at: string;
  by_whom: string;
}

export function savedFilters(place: Case): SavedFilter[] {
  const rows = place.db.prepare("select * from saved_filter order by name collate nocase").all() as Row[];
  return rows.map(({ name, filter, layout, at, by_whom }) => ({
    name,
    filter,
    ...(layout === null ? {} : (JSON.parse(layout) as { sort?: string; columns?: string[] })),
    at,
    by: by_whom,
  }));
}

/** Keeps a filter under a name; one of that name is replaced. @throws Refusal `filter-wrong`, `usage`, `case-read-only` */
export function saveFilter(
  place: Case,
  input: { name: string; filter: string; sort?: string; columns?: string[]; by?: string },
): SavedFilter[] {
  demandWritable(place);
  parse(input.filter);
  const name = input.name.trim();
  if (name === "" || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new Refusal("usage", "A name is 1 to 100 characters without control characters", "choose another name");
  }
  const by = input.by ?? place.examiner;
  const layout = {
    ...(input.sort === undefined ? {} : { sort: input.sort }),
    ...(input.columns === undefined ? {} : { columns: input.columns }),
  };
  place.db.transaction(() => {
    place.db
      .prepare("insert or replace into saved_filter (name, filter, layout, at, by_whom) values (?, ?, ?, ?, ?)")
      .run(name, input.filter, JSON.stringify(layout), isoOf(Date.now() * 1000), by);
    record(place, "save-filter", { name, filter: input.filter, ...layout }, by);
  })();
  return savedFilters(place);
}

export function forgetFilter(place: Case, name: string, by = place.examiner): SavedFilter[] {
  demandWritable(place);
  place.db.transaction(() => {
    const { changes } = place.db.prepare("delete from saved_filter where name = ?").run(name);
    if (changes > 0) record(place, "forget-filter", { name }, by);
  })();
  return savedFilters(place);
}

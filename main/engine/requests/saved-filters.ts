import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import { parse } from "../../../shared/filter/parse.ts";
import type { SavedFilter } from "../../../shared/model/explore.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import { record, timeOfAct } from "../../custody/append.ts";
import { rowDigests } from "../../custody/row-digests.ts";

interface Row {
  name: string;
  filter: string;
  layout: string | null;
  at: string;
  by_whom: string;
}

export function savedFilters(caseFile: Case): SavedFilter[] {
  const rows = caseFile.db.prepare("select * from saved_filter order by name collate nocase").all() as Row[];
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
  caseFile: Case,
  input: { name: string; filter: string; sort?: string; columns?: string[]; by?: string },
): SavedFilter[] {
  demandWritable(caseFile);
  parse(input.filter);
  const name = input.name.trim();
  if (name === "" || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new Refusal("usage", "A name is 1 to 100 characters without control characters", "choose another name");
  }
  const by = input.by ?? caseFile.examiner;
  const layout = {
    ...given({ sort: input.sort, columns: input.columns }),
  };
  caseFile.db.transaction(() => {
    caseFile.db
      .prepare("insert or replace into saved_filter (name, filter, layout, at, by_whom) values (?, ?, ?, ?, ?)")
      .run(name, input.filter, JSON.stringify(layout), timeOfAct(caseFile).at, by);
    const digests = rowDigests(caseFile.db, { saved_filter: [name] });
    record(caseFile, "save-filter", { name, filter: input.filter, ...layout, digests }, by);
  })();
  return savedFilters(caseFile);
}

export function forgetFilter(caseFile: Case, name: string, by = caseFile.examiner): SavedFilter[] {
  demandWritable(caseFile);
  caseFile.db.transaction(() => {
    const { changes } = caseFile.db.prepare("delete from saved_filter where name = ?").run(name);
    const digests = rowDigests(caseFile.db, { saved_filter: [name] });
    if (changes > 0) record(caseFile, "forget-filter", { name, digests }, by);
  })();
  return savedFilters(caseFile);
}

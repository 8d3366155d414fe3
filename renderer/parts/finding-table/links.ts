import { fold } from "../../../shared/filter/match.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { DeveloperFinding, People } from "../../../shared/model/finding.ts";

// Filters behind numbers. Each matches exactly the calls that its number counts.

/** The calls of a level under a rule: `possible+` is that level and above. */
export function levelFilter(rule: string, level: string, ...more: readonly string[]): string {
  return [`finding:${quote(rule)}`, `level:${level}`, ...more].join(" ");
}

export function recentFilter(rule: string, days: number, ...more: readonly string[]): string {
  return levelFilter(rule, "possible+", `time:last${days}d`, ...more);
}

/** Calls without a list of people. An empty list beside a count is a list to the filter language. */
export const WITHOUT_LIST = "-subjects:*";

/** The calls that name a field; `*` stands for those that name none. */
export function fieldTerm(field: string): string {
  if (field === "*") return "-fields:*";
  return `fields:${quote(field)}`;
}

/** A developer among the rows of a rule: by name where that is its alone, else by id; by finding where events carry no name. */
export function developerTerm(row: Named, rows: readonly Named[]): string {
  const { developer_id: id, developer: name } = row;
  if (id === "unknown" || id.startsWith("app:")) return `finding:${quote(id)}`;
  const wanted = fold(name);
  const isShared = rows.some(
    (each) => each.developer_id !== id && (fold(each.developer) === wanted || fold(each.developer_id) === wanted),
  );
  return `developer:${quote(isShared ? id : name)}`;
}

type Named = Pick<DeveloperFinding, "developer_id" | "developer">;

/** What a row says in its columns: the calls of the developer's own level, the highest it has. */
export interface Headline {
  readonly events: number;
  readonly first?: string;
  readonly last?: string;
  /** Absent: nobody's data can have been returned. */
  readonly people?: People;
}

export function headline(row: DeveloperFinding): Headline {
  return row.level === "entitled" ? { events: 0 } : row[row.level];
}

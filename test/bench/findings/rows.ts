import { instantOf } from "../../../shared/base/time.ts";
import type { DryRun } from "../../../shared/model/accountability/dry-run.ts";
import type { Findings, People, SubjectReport } from "../../../shared/model/finding.ts";

/** Both sides' answers as the same rows, sorted, so that they can be compared to the last number. */

type Cell = string | number | null;
export type DuckRows = readonly (readonly Cell[])[];
const sorted = (rows: readonly (readonly unknown[])[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

const CALLED = ["attempted", "possible", "obtained"] as const;
const people = (said: People | undefined): [Cell, Cell] =>
  said === undefined ? [null, null] : [said.value, "at_most" in said ? said.at_most : null];
const micros = (time: string | undefined): Cell => (time === undefined ? null : instantOf(time));

type Totals = Findings["rules"][number]["totals"];

const totalRows = (totals: Totals): Cell[][] =>
  [...CALLED, "recent" as const].flatMap((level) => {
    const { developers, apps, events } = totals[level];
    const said = level === "attempted" ? undefined : totals[level].people;
    const name = level === "recent" ? level : String(CALLED.indexOf(level) + 1);
    return events === 0 ? [] : [["total", name, developers, apps, events, ...people(said)]];
  });

export function findingsRows({ rules: [rule] }: Findings): string[] {
  if (rule === undefined) return [];
  const rows: Cell[][] = totalRows(rule.totals);
  rows.push(["entitled", rule.totals.entitled.developers, rule.totals.entitled.apps]);
  for (const month of rule.by_month)
    for (const [at, level] of CALLED.entries()) {
      const { developers, events } = month[level];
      const said = level === "attempted" ? undefined : month[level].people;
      if (events > 0) rows.push(["month", `${month.month} ${at + 1}`, developers, events, ...people(said)]);
    }
  for (const row of rule.developers) {
    const id = row.developer_id;
    for (const [at, level] of CALLED.entries()) {
      const { events, first, last } = row[level];
      const said = level === "attempted" ? undefined : row[level].people;
      if (events > 0) rows.push(["developer", `${id} ${at + 1}`, events, micros(first), micros(last), ...people(said)]);
    }
    for (const field of row.obtained.fields) rows.push(["field", id, field]);
    if (row.entitled) rows.push(["holder", id]);
    if (row.revoked_at !== undefined) rows.push(["revoked", id, micros(row.revoked_at)]);
    if (row.allowed_after_revocation > 0) rows.push(["after", id, row.allowed_after_revocation]);
  }
  return sorted(rows);
}

const named = ([kind, name, developers, apps, events, first, last, value, atMost]: readonly Cell[]): Cell[] => {
  const who: Cell[] = [kind as Cell, name as Cell];
  const count: Cell[] = [value ?? null, atMost ?? null];
  if (kind === "total") return [...who, developers as Cell, apps as Cell, events as Cell, ...count];
  if (kind === "month") return [...who, developers as Cell, events as Cell, ...count];
  return [...who, events as Cell, first as Cell, last as Cell, ...count];
};

export function duckFindings([totals, entitled, revoked, after, fields]: readonly DuckRows[]): string[] {
  const rows = (totals ?? []).map(named);
  const holders = new Set((entitled ?? []).map(([, developer]) => developer));
  rows.push(["entitled", holders.size, new Set((entitled ?? []).map(([, , app]) => app)).size]);
  const levels = new Set([
    ...holders,
    ...rows.filter(([kind]) => kind === "developer").map(([, name]) => String(name).slice(0, -2)),
  ]);
  for (const developer of holders) rows.push(["holder", developer as Cell]);
  for (const [kind, developer, at] of revoked ?? [])
    if (levels.has(developer as Cell)) rows.push([kind as Cell, developer as Cell, at as Cell]);
  for (const row of [...(after ?? []), ...(fields ?? [])]) rows.push([...row]);
  return sorted(rows);
}

export function dryRunRows({ rules: [rule] }: DryRun): string[] {
  if (rule?.after === undefined) return [];
  return sorted([
    ["lines", ...rule.lines.map(({ events }) => events)],
    ...totalRows(rule.after),
    ...rule.in.map((id) => ["in", id]),
    ...rule.out.map((id) => ["out", id]),
  ]);
}

export function duckDryRun([lines, totals, came, went]: readonly DuckRows[]): string[] {
  return sorted([
    ["lines", ...(lines?.[0] ?? [])],
    ...(totals ?? []).filter(([kind]) => kind === "total").map(named),
    ...(came ?? []),
    ...(went ?? []),
  ]);
}

export const personRows = ({ developers }: SubjectReport): string[] =>
  sorted(
    developers.map((row) => [row.developer_id, micros(row.first), micros(row.last), row.events, row.fields.join(";")]),
  );

export const duckPerson = ([rows]: readonly DuckRows[], fields: readonly string[]): string[] =>
  sorted(
    (rows ?? []).map(([developer, first, last, events, ...got]) => [
      developer,
      first,
      last,
      events,
      fields
        .filter((_, at) => got[at])
        .sort()
        .join(";"),
    ]),
  );

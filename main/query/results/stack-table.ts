import type { Stack } from "../../../shared/model/accountability/stack.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { csvCell } from "./event-csv.ts";

type StackCell = string | number | undefined;

/** A stack as a table, with the columns that some row has. */
export function stackTable({ by, rows }: Stack): { header: string[]; rows: StackCell[][] } {
  const columns = (["count", "first", "last", "people", "sum", "distinct", "against", "ratio"] as const).filter(
    (column) => rows.some((row) => row[column] !== undefined),
  );
  return {
    header: [...by, ...columns],
    rows: rows.map((row) => [
      ...row.values.map((value) => value ?? undefined),
      ...columns.map((column): StackCell => (column === "people" ? row.people && peopleText(row.people) : row[column])),
    ]),
  };
}

/** The same as lines of CSV. */
export function* stackLines(stack: Stack): Generator<string> {
  const { header, rows } = stackTable(stack);
  yield `${header.join(",")}\n`;
  for (const row of rows) yield `${row.map(csvCell).join(",")}\n`;
}

import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { idKey } from "../../../shared/base/same-id.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import type { NotifiedPerson } from "../../../shared/model/finding.ts";
import { record } from "../../custody/append.ts";
import { peopleToNotify } from "../../findings/answers/people-got.ts";
import { readText } from "../../platform/small-file.ts";
import { oneSheet } from "../../platform/workbook/write/one-sheet.ts";
import type { Cell } from "../../platform/workbook/write/sheet-xml.ts";
import { csvCell } from "../../query/results/event-csv.ts";
import type { Session } from "../session/session.ts";
import { writeWhole } from "./export-events.ts";

/** The columns of a list for notification. */
const COLUMNS = [
  "id",
  "developers",
  "first",
  "last",
  "fields",
  "events",
] as const satisfies readonly (keyof NotifiedPerson)[];
const WIDTHS = { id: 24, developers: 32, first: 28, last: 28, fields: 24, events: 10 };

/**
 * Writes the people that a filter's calls list: with a name that ends in .csv or .xlsx as a list for notification, else their
 * ids, one a line, sorted.
 */
export function writePeopleList(
  session: Session,
  input: { filter: string; file: string; by?: string | undefined },
): Reply<"peopleList"> {
  const { inquiry, caseFile } = session;
  const kind = /\.(csv|xlsx)$/iu.exec(input.file)?.[1]?.toLowerCase() as "csv" | "xlsx" | undefined;
  let listed = 0;
  function* counted<T>(rows: Iterable<T>): Generator<T> {
    for (const row of rows) {
      listed += 1;
      yield row;
    }
  }
  const pieces: Iterable<string | Uint8Array> =
    kind === undefined
      ? idLines(counted(inquiry.peopleList(input.filter)))
      : (kind === "csv" ? csvLines : workbookOf)(counted(peopleToNotify(inquiry, input.filter)));
  const about = {
    filter: input.filter,
    file: path.basename(input.file),
    format: kind === undefined ? "people" : `people ${kind}`,
  };
  writeWhole(input.file, pieces, {
    caseFile,
    act: (written) => record(caseFile, "export", { ...about, people: listed, ...written }, input.by),
  });
  return { ...inquiry.people(input.filter), file: path.resolve(input.file), listed };
}

function* idLines(ids: Iterable<string>): Generator<string> {
  for (const id of ids) yield `${id}\n`;
}

function* csvLines(people: Iterable<NotifiedPerson>): Generator<string> {
  yield `${COLUMNS.join(",")}\n`;
  for (const person of people) yield `${COLUMNS.map((column) => csvCell(person[column] as string)).join(",")}\n`;
}

const workbookOf = (people: Iterable<NotifiedPerson>): Iterable<Uint8Array> =>
  oneSheet(
    "People",
    COLUMNS.map((name) => ({ name, width: WIDTHS[name] })),
    rowsOf(people),
  );

function* rowsOf(people: Iterable<NotifiedPerson>): Generator<Cell[]> {
  for (const { id, developers, first, last, fields, events } of people)
    yield [id, developers.join(";"), first, last, fields.join(";"), events];
}

/** The ids in a file, one a line, each once, in their order. @throws Refusal `file-missing`, `file-empty` */
export const idsIn = (file: string): string[] => idsOf(readText(file).toString("utf8"), file);

/** The same of a text. @throws Refusal `file-empty` */
export function idsOf(text: string, name: string): string[] {
  const ids = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/u, "").split(/\r\n|\n|\r/u)) {
    const id = line.trim();
    if (id !== "" && !ids.has(idKey(id))) ids.set(idKey(id), id);
  }
  if (ids.size === 0) throw new Refusal("file-empty", `${name} holds no id`, "give one id a line");
  return [...ids.values()];
}

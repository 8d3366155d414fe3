import path from "node:path";
import type { Reply } from "../../../shared/contract/contract.ts";
import type { Stack } from "../../../shared/model/accountability/stack.ts";
import { record } from "../../custody/append.ts";
import { type StackAsked, stackOf } from "../../findings/answers/stack.ts";
import { oneSheet } from "../../platform/workbook/write/one-sheet.ts";
import { stackLines, stackTable } from "../../query/results/stack-table.ts";
import type { Session } from "../session/session.ts";
import { writeWhole } from "./export-events.ts";

/** Writes a stack to a new file: a row a value, the columns that were asked for. */
export function writeStack(
  session: Session,
  { file, format, by, asked }: { file: string; format: "csv" | "xlsx"; by?: string | undefined; asked: StackAsked },
): Reply<"stackFile"> {
  const stack = stackOf(session.inquiry, asked);
  const about = {
    filter: asked.filter,
    by: asked.by,
    file: path.basename(file),
    format: `stack ${format}`,
    values: stack.values,
  };
  const pieces: Iterable<string | Uint8Array> = format === "csv" ? stackLines(stack) : workbookOf(stack);
  const written = writeWhole(file, pieces, {
    caseFile: session.caseFile,
    act: (made) => record(session.caseFile, "export", { ...about, ...made }, by),
  });
  return { file: path.resolve(file), values: stack.values, ...written };
}

function workbookOf(stack: Stack): Iterable<Uint8Array> {
  const { header, rows } = stackTable(stack);
  return oneSheet(
    "Stack",
    header.map((name) => ({ name })),
    rows,
  );
}

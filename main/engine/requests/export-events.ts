import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Hooks, Reply } from "../../../shared/contract/contract.ts";
import { record } from "../../custody/append.ts";
import { writeAll } from "../../platform/files.ts";
import { csvHeader, csvLine } from "../../query/results/event-csv.ts";
import { eventsAt } from "../../query/results/events.ts";
import type { Session } from "../session/session.ts";
import { checkColumns, only } from "./event-page.ts";

interface ExportInput {
  filter: string;
  file: string;
  format: "csv" | "jsonl";
  columns?: string[] | undefined;
  sort?: string | undefined;
  limit?: number | undefined;
  by?: string | undefined;
}

/** Writes a filter's events to a new file; the file is there whole or not at all. Recorded in custody where the case can be written. */
export function exportEvents(session: Session, input: ExportInput, hooks: Hooks): Reply<"export"> {
  checkColumns(input.columns);
  const positions = session.selection(input.filter, input.sort).positions.subarray(0, input.limit);
  function* lines(): Generator<string> {
    if (input.format === "csv") yield csvHeader(input.columns);
    for (const { event } of eventsAt(session.inquiry.dataset, positions)) {
      const wanted = input.columns ? only(event, input.columns) : event;
      yield input.format === "csv" ? csvLine(wanted, input.columns) : `${JSON.stringify(wanted)}\n`;
    }
  }
  const written = writeWhole(
    input.file,
    lines(),
    (done) => hooks.progress?.({ what: "export", done, unit: "bytes" }),
    hooks.signal,
  );
  if (!session.caseFile.readOnly && !session.caseFile.db.readonly) {
    record(
      session.caseFile,
      "export",
      {
        filter: input.filter,
        file: path.basename(input.file),
        format: input.format,
        events: positions.length,
        ...written,
      },
      input.by,
    );
  }
  return { file: path.resolve(input.file), events: positions.length, ...written };
}

/** Writes the ids of the people a filter's calls list, one a line, sorted. */
export function writePeopleList(
  session: Session,
  input: { filter: string; file: string; by?: string | undefined },
): Reply<"peopleList"> {
  const ids = session.inquiry.peopleList(input.filter);
  const written = writeWhole(
    input.file,
    ids.map((id) => `${id}\n`),
  );
  if (!session.caseFile.readOnly && !session.caseFile.db.readonly) {
    record(
      session.caseFile,
      "export",
      { filter: input.filter, file: path.basename(input.file), format: "people", people: ids.length, ...written },
      input.by,
    );
  }
  return { ...session.inquiry.people(input.filter), file: path.resolve(input.file), listed: ids.length };
}

/**
 * Text to a file that appears under its name when it is complete.
 * @throws Refusal `out-exists`, `out-unwritable`, `disk-full`, `cancelled`
 */
export function writeWhole(
  file: string,
  lines: Iterable<string>,
  progress?: (bytes: number) => void,
  signal?: AbortSignal,
): { bytes: number; sha256: string } {
  const full = path.resolve(file);
  if (fs.existsSync(full))
    throw new Refusal("out-exists", `${full} is already there`, "choose another name; nothing was overwritten");
  const temporary = path.join(path.dirname(full), `.${path.basename(full)}.part`);
  const hash = createHash("sha256");
  let bytes = 0;
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(temporary, "w");
    let buffered: string[] = [];
    let size = 0;
    const flush = () => {
      const chunk = Buffer.from(buffered.join(""), "utf8");
      hash.update(chunk);
      writeAll(descriptor as number, chunk);
      bytes += chunk.length;
      buffered = [];
      size = 0;
      progress?.(bytes);
      if (signal?.aborted)
        throw new Refusal("cancelled", "The export was stopped", "start it again when you need it; no file was left");
    };
    for (const line of lines) {
      buffered.push(line);
      size += line.length;
      if (size > 1 << 20) flush();
    }
    flush();
    fs.closeSync(descriptor);
    descriptor = undefined;
    fs.renameSync(temporary, full);
    return { bytes, sha256: hash.digest("hex") };
  } catch (error) {
    if (descriptor !== undefined) fs.closeSync(descriptor);
    fs.rmSync(temporary, { force: true });
    const code = (error as { code?: string }).code ?? "";
    if (["ENOENT", "EACCES", "EPERM", "ENOTDIR", "EISDIR", "EROFS"].includes(code)) {
      throw new Refusal(
        "out-unwritable",
        `${full} cannot be written (${code})`,
        "choose a folder that is there and that you may write",
        { cause: error },
      );
    }
    throw error;
  }
}

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Hooks, Reply } from "../../../shared/contract/contract.ts";
import type { Case } from "../../case/case.ts";
import { beginOutput } from "../../case/outputs.ts";
import { record } from "../../custody/append.ts";
import { isSystemError, writeAll } from "../../platform/files.ts";
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
    {
      caseFile: session.caseFile,
      act: (written) =>
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
        ),
    },
    (done) => hooks.progress?.({ what: "export", done, unit: "bytes" }),
    hooks.signal,
  );
  return { file: path.resolve(input.file), events: positions.length, ...written };
}

/** Writes the ids of the people a filter's calls list, one a line, sorted. */
export function writePeopleList(
  session: Session,
  input: { filter: string; file: string; by?: string | undefined },
): Reply<"peopleList"> {
  const ids = session.inquiry.peopleList(input.filter);
  writeWhole(
    input.file,
    ids.map((id) => `${id}\n`),
    {
      caseFile: session.caseFile,
      act: (written) =>
        record(
          session.caseFile,
          "export",
          { filter: input.filter, file: path.basename(input.file), format: "people", people: ids.length, ...written },
          input.by,
        ),
    },
  );
  return { ...session.inquiry.people(input.filter), file: path.resolve(input.file), listed: ids.length };
}

interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Text to a file that appears under its name when it is complete, and the act that tells of it with it.
 * @throws Refusal `out-exists`, `out-unwritable`, `disk-full`, `cancelled`
 */
export function writeWhole(
  file: string,
  lines: Iterable<string>,
  recorded?: { readonly caseFile: Case; act(written: Written): void },
  progress?: (bytes: number) => void,
  signal?: AbortSignal,
): Written {
  const output = beginOutput(recorded?.caseFile, file);
  const hash = createHash("sha256");
  let bytes = 0;
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(output.part, "w");
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
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    descriptor = undefined;
    const written = { bytes, sha256: hash.digest("hex") };
    output.finish(() => recorded?.act(written));
    return written;
  } catch (error) {
    if (descriptor !== undefined) fs.closeSync(descriptor);
    throw outputFault(error, output.out);
  } finally {
    output.drop();
  }
}

function outputFault(error: unknown, out: string): unknown {
  const code = (error as { code?: string }).code ?? "";
  if (!isSystemError(error) || !["ENOENT", "EACCES", "EPERM", "ENOTDIR", "EISDIR", "EROFS"].includes(code))
    return error;
  return new Refusal(
    "out-unwritable",
    `${out} cannot be written (${code})`,
    "choose a folder that is there and that you may write",
    { cause: error },
  );
}

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Hooks, Reply } from "../../../shared/contract/contract.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { ExportFormat } from "../../../shared/model/export-format.ts";
import type { Case } from "../../case/case.ts";
import { beginOutput } from "../../case/outputs.ts";
import { record } from "../../custody/append.ts";
import { isSystemError, writeAll } from "../../platform/files.ts";
import { csvHeader, csvLine } from "../../query/results/event-csv.ts";
import { ocsfLine } from "../../query/results/event-ocsf.ts";
import { workbookOf } from "../../query/results/event-workbook.ts";
import { eventsAt } from "../../query/results/events.ts";
import type { Session } from "../session/session.ts";
import { checkColumns, only } from "./event-page.ts";

interface ExportInput {
  filter: string;
  file: string;
  format: ExportFormat;
  columns?: string[] | undefined;
  sort?: string | undefined;
  limit?: number | undefined;
  by?: string | undefined;
}

/** Writes a filter's events to a new file; the file is there whole or not at all. Recorded in custody where the case can be written. */
export function exportEvents(session: Session, input: ExportInput, hooks: Hooks): Reply<"export"> {
  checkColumns(input.columns);
  const positions = session.selection(input.filter, input.sort).positions.subarray(0, input.limit);
  function* events(): Generator<Partial<EventRecord>> {
    for (const { event } of eventsAt(session.inquiry.dataset, positions))
      yield input.columns ? only(event, input.columns) : event;
  }
  const whole = writeWhole(
    input.file,
    written(events(), input),
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
  return { file: path.resolve(input.file), events: positions.length, ...whole };
}

function* written(
  events: Iterable<Partial<EventRecord>>,
  { format, columns }: Pick<ExportInput, "format" | "columns">,
): Generator<string | Uint8Array> {
  if (format === "xlsx") {
    yield* workbookOf(events, columns);
    return;
  }
  if (format === "csv") yield csvHeader(columns);
  for (const event of events)
    yield format === "csv"
      ? csvLine(event, columns)
      : format === "ocsf"
        ? ocsfLine(event)
        : `${JSON.stringify(event)}\n`;
}

interface Written {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Text, or bytes, to a file that appears under its name when it is complete, and the act that tells of it with it.
 * @throws Refusal `out-exists`, `out-unwritable`, `disk-full`, `cancelled`
 */
export function writeWhole(
  file: string,
  pieces: Iterable<string | Uint8Array>,
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
    let text: string[] = [];
    let size = 0;
    const put = (chunk: Uint8Array) => {
      hash.update(chunk);
      writeAll(descriptor as number, chunk);
      bytes += chunk.length;
      progress?.(bytes);
      if (signal?.aborted)
        throw new Refusal("cancelled", "The export was stopped", "start it again when you need it; no file was left");
    };
    const flush = () => {
      put(Buffer.from(text.join(""), "utf8"));
      text = [];
      size = 0;
    };
    for (const piece of pieces) {
      if (typeof piece !== "string") put(piece);
      else {
        text.push(piece);
        size += piece.length;
        if (size > 1 << 20) flush();
      }
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

import fs from "node:fs";
import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { RemapReport } from "../../shared/model/source.ts";
import { carriedDigests, carryAnnotations, holdersOn } from "../annotations/carry-over.ts";
import { type Case, demandWritable } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import { sourceRow } from "../case/sources.ts";
import { record } from "../custody/append.ts";
import { readArchiveFile } from "../evidence/archives/archive-worker.ts";
import { evidenceFile, packedOf } from "../evidence/original.ts";
import { demandUnchanged } from "../evidence/reference.ts";
import { sourceReport } from "../evidence/source-report.ts";
import { demandColumns } from "./detect/demand-columns.ts";
import { detectFile, detectMember, zoneOf } from "./detect/detect.ts";
import { effectiveMapping } from "./detect/effective-mapping.ts";
import { changeCounting, writeMarks } from "./duplicates/duplicate-flags.ts";
import { indexStampOf } from "./duplicates/record-index.ts";
import { dropSegment, moveSegment } from "./duplicates/record-index-file.ts";
import { BATCH_SIZES, type Sizes } from "./read/batch.ts";
import { type ImportHooks, runImport } from "./run-import.ts";
import { type FinishedSource, readWith, removeRows, SourceWriter } from "./store/source-writer.ts";

export interface RemapOptions {
  /** A parsed mapping document instead of the one in force, not yet checked. */
  readonly mapping?: unknown;
  /** Without a mapping: this format's own, and none of what was given before. */
  readonly format?: string;
  readonly timezone?: string;
  readonly encoding?: string;
  readonly by?: string;
  readonly sizes?: Sizes;
}

/** Columns of a source row that a second reading replaces. */
const REPLACED_COLUMNS = [
  "format",
  "encoding",
  "timezone",
  "timezone_from",
  "mapping",
  "content_bytes",
  "lines",
  "events",
  "rejected",
  "skipped",
  "lines_events",
  "lines_rejected",
  "lines_skipped",
  "ambiguous_times",
  "broken_text",
  "impossible_numbers",
  "no_values",
  "headers",
  "first",
  "last",
  "ended",
  "zone_data",
] as const;

/**
 * Reads a source again from evidence, with another mapping, zone or encoding, and replaces its events and rejects in one
 * transaction: until then, and after a crash, the old ones stand. Tags and notes stay on the records that are still events.
 * @throws Refusal as an import does; `source-missing`, `import-unfinished`, `cancelled`
 */
export async function readAgain(
  caseFile: Case,
  source: number,
  options: RemapOptions,
  hooks: ImportHooks = {},
): Promise<RemapReport> {
  demandWritable(caseFile);
  sweepReadings(caseFile);
  const row = sourceRow(caseFile.db, source);
  if (row.state !== "complete")
    throw new Refusal(
      "import-unfinished",
      `The import of ${row.name} is not finished`,
      "finish it with `exhibit import CASE FILE --resume`, then read it again",
    );
  const file = evidenceFile(caseFile, row);
  if (row.by_reference) demandUnchanged(caseFile.db, row);
  else if (!fs.existsSync(file))
    throw new Refusal(
      "file-missing",
      `The original of source ${source} (${row.name}) is not in the case`,
      "copy it back into the folder evidence",
    );
  const given = detectOptions(row, options);
  const packed = packedOf(caseFile, row);
  const written = fs.statSync(file).mtimeMs * 1000;
  const detection = await withSourceName(
    row,
    packed ? detectMember(packed, row.member ?? row.name, written, given) : detectFile(file, given),
  );
  if (options.mapping !== undefined) demandColumns(detection, options.mapping, row.name);
  const writer = SourceWriter.begin(caseFile, {
    name: row.name,
    path: "",
    by_reference: 0,
    member: null,
    sha256: null,
    packing: null,
    bytes: row.bytes,
    format: detection.resolved.format,
    encoding: detection.plan.encoding,
    compression: row.compression,
    timezone: detection.plan.timezone,
    timezone_from: detection.zoneFrom,
    mapping: JSON.stringify(effectiveMapping(detection, given.mapping)),
    by: options.by ?? caseFile.examiner,
    replaces: source,
  });
  try {
    const stopped = () =>
      new Refusal("cancelled", `The reading of ${row.name} was stopped`, "its events are as they were; start again");
    const read = await runImport({
      source: packed ?? { file },
      name: row.name,
      detection,
      writer,
      sizes: options.sizes ?? BATCH_SIZES,
      hooks,
      stopped,
    });
    // What is read out of an archive is read from its unpacked copy: the archive itself is hashed here.
    const whole = packed ? await readArchiveFile(file, undefined, { signal: hooks.signal }) : read;
    read.demandGoing();
    if (whole?.sha256 !== row.sha256)
      throw new Refusal(
        "file-changed",
        `The original of source ${source} (${row.name}) is not what was imported`,
        "restore the folder evidence from a copy; nothing was changed",
      );
    writer.close();
    const ending = { ...read, ...zoneOf(detection, writer.instants), times: detection.settledTimes?.why };
    return replace(caseFile, row, writer, ending, options.by, read.demandGoing);
  } catch (error) {
    writer.close();
    dropReading(caseFile, writer.id);
    throw error;
  }
}

/** A refusal names the file in evidence by its digest. This puts the name of the source in its place. */
async function withSourceName<T>({ sha256, name }: SourceRow, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, error.what.replaceAll(sha256 ?? "", name), error.todo, { cause: error });
  }
}

/** The options of the second reading: the mapping in force or another one, and the time zone given then or now. */
function detectOptions(row: SourceRow, { mapping, format, timezone, encoding }: RemapOptions) {
  const isAnother = mapping !== undefined || format !== undefined;
  const base = isAnother ? mapping : (JSON.parse(row.mapping) as unknown);
  const zone = timezone ?? (!isAnother && row.timezone_from === "option" ? row.timezone : undefined);
  const document =
    encoding === undefined
      ? base
      : { ...((base as object | undefined) ?? { schema: "exhibit/mapping@1", format }), encoding };
  return {
    ...given({ mapping: document, format, timezone: zone }),
  };
}

function replace(
  caseFile: Case,
  before: SourceRow,
  writer: SourceWriter,
  ending: FinishedSource,
  by: string | undefined,
  demandGoing: () => void,
): RemapReport {
  const { db } = caseFile;
  const { id: source, name, sha256 } = before;
  const change = { source, counts: before.withdrawn === null, rowsAt: writer.id };
  return changeCounting(
    caseFile,
    change,
    demandGoing,
    (marks) => {
      writer.writeEnding(ending);
      const holders = holdersOn(caseFile, source);
      const annotations = carryAnnotations(caseFile, source, writer.id);
      removeRows(caseFile, source);
      dropSegment(caseFile.cache, source);
      for (const table of ["event_row", "reject"])
        db.prepare(`update ${table} set source = ? where source = ?`).run(source, writer.id);
      db.prepare(
        `update source set duplicates = 0, (${REPLACED_COLUMNS.join(", ")}) = (select ${REPLACED_COLUMNS.join(", ")} from source where id = ?) where id = ?`,
      ).run(writer.id, source);
      db.prepare("delete from source where id = ?").run(writer.id);
      const marked = writeMarks(caseFile, marks);
      const report = { before: readingOf(before), annotations };
      const { rejects: _rejects, ...now } = sourceReport(db, source);
      const after = {
        ...now,
        ...readingOf(sourceRow(db, source)),
        ...(ending.times !== undefined && { times: ending.times }),
        ...readWith(db, sourceRow(db, source)),
      };
      const digests = {
        ...writer.rowDigests(source, [source, ...marked]),
        ...carriedDigests(caseFile, holders, source),
      };
      record(caseFile, "remap", { source, file: name, sha256, ...report, after, digests }, by);
      return { source: sourceReport(db, source), ...report };
    },
    () => moveSegment(caseFile.cache, writer.id, source, indexStampOf(caseFile, source)),
  );
}

/** How a source was read, and what came of it. */
const readingOf = (row: SourceRow): RemapReport["before"] => ({
  format: row.format,
  encoding: row.encoding,
  timezone: row.timezone,
  timezone_from: row.timezone_from,
  events: row.events,
  rejected: row.rejected,
  skipped: row.skipped,
  line_ledger: { events: row.lines_events, rejected: row.lines_rejected, skipped: row.lines_skipped },
  mapping: JSON.parse(row.mapping) as Record<string, unknown>,
});

/** Rows of readings that were broken off: their sources stand as they were. */
export function sweepReadings(caseFile: Case): void {
  const ids = caseFile.db.prepare("select id from source where replaces is not null").pluck().all() as number[];
  for (const id of ids) dropReading(caseFile, id);
}

function dropReading(caseFile: Case, id: number): void {
  caseFile.db.transaction(() => {
    removeRows(caseFile, id);
    caseFile.db.prepare("delete from source where id = ?").run(id);
  })();
  dropSegment(caseFile.cache, id);
}

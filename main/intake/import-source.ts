import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { figure } from "../../shared/base/figure.ts";
import type { SourceReport } from "../../shared/model/source.ts";
import type { Case } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import type { Packed } from "../evidence/unpack-steps.ts";
import { demandColumns } from "./detect/demand-columns.ts";
import { type Detection, type DetectOptions, zoneOf } from "./detect/detect.ts";
import { effectiveMapping } from "./detect/effective-mapping.ts";
import { unreadNames } from "./detect/unread-names.ts";
import { dropSegment } from "./duplicates/record-index-file.ts";
import { BATCH_SIZES, type Sizes } from "./read/batch.ts";
import { type ImportHooks, runImport } from "./run-import.ts";
import { withSaid } from "./store/said.ts";
import { SourceWriter } from "./store/source-writer.ts";

export interface ImportOptions extends DetectOptions {
  /** The files stay where they are and are the evidence: hashed and watched, not copied. Archives are copied all the same. */
  readonly byReference?: boolean;
  /** Finishes imports that were begun before. Files that never were are imported as usual. */
  readonly resume?: boolean;
  readonly by: string;
  /** Sizes of batches; tests make them small. */
  readonly sizes?: Sizes;
  /** A mapping of the user's own must name columns that the file has. What was read before is read as it was. */
  readonly demandColumns?: boolean;
  /** Of an archive, only these files by their paths, each as it was read before. */
  readonly members?: ReadonlyMap<string, DetectOptions>;
}

/** What is to become a source: a file, or one in an archive that is in evidence already. */
export interface Subject {
  readonly name: string;
  readonly path: string;
  readonly member?: { readonly path: string; readonly compression: string; readonly packed: Packed };
}

/** A resumed import keeps the options that it was begun with. */
export const optionsOfBegun = (begun: SourceRow): DetectOptions => ({
  mapping: JSON.parse(begun.mapping) as unknown,
  ...(begun.timezone_from === "option" ? { timezone: begun.timezone } : {}),
});

export const importStopped = (name: string, after: string): Refusal =>
  new Refusal(
    "cancelled",
    `The import of ${name} was stopped ${after}`,
    "finish it with `exhibit import CASE FILE --resume`",
  );

export const importUnfinished = (name: string): Refusal =>
  new Refusal(
    "import-unfinished",
    `The import of ${name} was begun before and is not finished`,
    "finish it with `exhibit import CASE FILE --resume`",
  );

/** Makes a source of a file. @throws Refusal */
export async function importSource(
  caseFile: Case,
  { name: file, path: from, member }: Subject,
  detection: Detection,
  begun: SourceRow | undefined,
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<SourceReport> {
  const name = member && member.path !== "" ? `${file} › ${member.path}` : file;
  const packed = member?.packed;
  if (options.demandColumns && !begun) demandColumns(detection, options.mapping, name);
  const writer = begun
    ? SourceWriter.resume(caseFile, begun)
    : SourceWriter.begin(caseFile, {
        name: file,
        path: from,
        by_reference: options.byReference && !packed ? 1 : 0,
        member: member?.path || null,
        sha256: packed?.sha256 ?? null,
        packing: packed ? JSON.stringify(packed.steps) : null,
        bytes: packed?.bytes ?? detection.sample.size,
        format: detection.resolved.format,
        encoding: detection.plan.encoding,
        compression: member?.compression ?? detection.sample.compression ?? null,
        timezone: detection.plan.timezone,
        timezone_from: detection.zoneFrom,
        mapping: JSON.stringify(effectiveMapping(detection, options.mapping)),
        by: options.by,
      });
  const isReference = !packed && (begun ? begun.by_reference === 1 : options.byReference === true);
  const copy = packed || isReference ? undefined : path.join(caseFile.evidence, `incoming-${writer.id}`);
  try {
    const read = await runImport({
      source: packed ?? { file: from, copy, isReference },
      name,
      detection,
      writer,
      sizes: options.sizes ?? BATCH_SIZES,
      hooks,
      stopped: (events) => importStopped(name, `after ${figure(events)} events`),
    });
    const ending = { ...read, ...zoneOf(detection, writer.instants), times: detection.settledTimes?.why };
    return withSaid(caseFile, writer.finish(ending, copy, options.by, read.demandGoing), unreadNames(detection));
  } catch (error) {
    writer.close();
    if (copy !== undefined) fs.rmSync(copy, { force: true });
    const code = error instanceof Refusal ? error.code : undefined;
    // A file that cannot be read to its end is no source: what came of it goes again.
    if (code === "file-truncated" || code === "file-unreadable") {
      writer.discard(error as Refusal, options.by);
      dropSegment(caseFile.cache, writer.id);
    }
    throw error;
  }
}

import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { figure } from "../../shared/base/figure.ts";
import type { SourceReport } from "../../shared/model/source.ts";
import type { Case } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import type { Packed } from "../evidence/unpack-steps.ts";
import { type DetectOptions, type Taken, zoneOf } from "./detect/detect.ts";
import { keptMapping } from "./detect/effective-mapping.ts";
import { dropSegment } from "./duplicates/record-index-file.ts";
import { SIZES, type Sizes } from "./read/batch.ts";
import { type ImportHooks, pour } from "./run-import.ts";
import { Loader } from "./store/source-writer.ts";

export interface ImportOptions extends DetectOptions {
  /** The files stay where they are and are the evidence: hashed and watched, not copied. Archives are copied all the same. */
  readonly byReference?: boolean;
  /** Finish what was begun before; also imports what never was. */
  readonly resume?: boolean;
  readonly by: string;
  /** Sizes of batches; tests make them small. */
  readonly sizes?: Sizes;
  /** Of an archive, only these files by their paths, each as it was read before. */
  readonly members?: ReadonlyMap<string, DetectOptions>;
}

/** What is to become a source: a file, or one in an archive that is in evidence already. */
export interface Subject {
  readonly name: string;
  readonly path: string;
  readonly member?: { readonly path: string; readonly compression: string; readonly packed: Packed };
}

/** What was begun goes on as it was begun, whatever the options say now. */
export const asBegun = (begun: SourceRow): DetectOptions => ({
  mapping: JSON.parse(begun.mapping) as unknown,
  ...(begun.timezone_from === "option" ? { timezone: begun.timezone } : {}),
});

export const stopped = (name: string, after: string): Refusal =>
  new Refusal(
    "cancelled",
    `The import of ${name} was stopped ${after}`,
    "finish it with `exhibit import CASE FILE --resume`",
  );

export const begunBefore = (name: string): Refusal =>
  new Refusal(
    "import-unfinished",
    `The import of ${name} was begun before and is not finished`,
    "finish it with `exhibit import CASE FILE --resume`",
  );

/** Makes a source of a file. @throws Refusal */
export async function importSource(
  caseFile: Case,
  { name: file, path: from, member }: Subject,
  taken: Taken,
  begun: SourceRow | undefined,
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<SourceReport> {
  const name = member && member.path !== "" ? `${file} › ${member.path}` : file;
  const packed = member?.packed;
  const loader = begun
    ? Loader.resume(caseFile, begun)
    : Loader.begin(caseFile, {
        name: file,
        path: from,
        by_reference: options.byReference && !packed ? 1 : 0,
        member: member?.path || null,
        sha256: packed?.sha256 ?? null,
        packing: packed ? JSON.stringify(packed.steps) : null,
        bytes: packed?.bytes ?? taken.head.size,
        format: taken.resolved.format,
        encoding: taken.plan.encoding,
        compression: member?.compression ?? taken.head.compression ?? null,
        timezone: taken.plan.timezone,
        timezone_from: taken.zoneFrom,
        mapping: JSON.stringify(keptMapping(taken, options.mapping)),
        by: options.by,
      });
  const isReference = !packed && (begun ? begun.by_reference === 1 : options.byReference === true);
  const copy = packed || isReference ? undefined : path.join(caseFile.evidence, `incoming-${loader.id}`);
  try {
    const read = await pour({
      from: packed ?? { file: from, copy, isReference },
      name,
      taken,
      loader,
      sizes: options.sizes ?? SIZES,
      hooks,
      stopped: (events) => stopped(name, `after ${figure(events)} events`),
    });
    const ending = { ...read, ...zoneOf(taken, loader.instants), times: taken.settled?.why };
    return loader.finish(ending, copy, options.by, read.demandGoing);
  } catch (error) {
    loader.close();
    if (copy !== undefined) fs.rmSync(copy, { force: true });
    const code = error instanceof Refusal ? error.code : undefined;
    // A file that cannot be read to its end is no source: what came of it goes again.
    if (code === "file-truncated" || code === "file-unreadable") {
      loader.takeBack(error as Refusal, options.by);
      dropSegment(caseFile.cache, loader.id);
    }
    throw error;
  }
}

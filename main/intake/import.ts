import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/errors.ts";
import type { SourceReport } from "../../shared/model/source.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { faultOf } from "../case/faults.ts";
import { SIZES, type Sizes } from "./batch.ts";
import { type Taken, takeWhole, zoneOf } from "./detect.ts";
import { keptMapping } from "./kept.ts";
import { Loader } from "./load.ts";
import { type ImportHooks, pour } from "./pour.ts";
import { sweepReadings } from "./remap.ts";
import { dropSegment } from "./segment.ts";
import { type SourceRow, sourceReport } from "./sources.ts";

export interface ImportOptions {
  readonly format?: string;
  /** A parsed mapping document, not yet checked. */
  readonly mapping?: unknown;
  readonly timezone?: string;
  /** The files stay where they are and are the evidence: hashed and watched, not copied. */
  readonly byReference?: boolean;
  /** Finish what was begun before; also imports what never was. */
  readonly resume?: boolean;
  readonly by: string;
  /** Sizes of batches; tests make them small. */
  readonly sizes?: Sizes;
}

export interface ImportOutcome {
  readonly sources: SourceReport[];
  readonly notes: { file: string; note: string }[];
  readonly failures: Refusal[];
}

/** Imports files one after the other. One bad file does not keep the others out; a full disk or a cancel ends it all. */
export async function importFiles(
  place: Case,
  files: readonly string[],
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<ImportOutcome> {
  demandWritable(place);
  sweepReadings(place);
  sweep(place);
  const sources: SourceReport[] = [];
  const notes: ImportOutcome["notes"] = [];
  const failures: Refusal[] = [];
  for (const file of files) {
    try {
      sources.push(await importFile(place, path.resolve(file), options, hooks, notes));
    } catch (error) {
      const refusal = faultOf(error, path.basename(file));
      if (!refusal) throw error;
      failures.push(refusal);
      if (refusal.code === "cancelled" || refusal.code === "disk-full") break;
    }
  }
  return { sources, notes, failures };
}

/** Copies that a killed import left in evidence before its first commit belong to nobody. */
function sweep(place: Case): void {
  const begun = new Set(place.db.prepare("select id from source where state = 'importing'").pluck().all() as number[]);
  for (const name of fs.readdirSync(place.evidence)) {
    const id = /^incoming-(\d+)$/u.exec(name)?.[1];
    if (id !== undefined && !begun.has(Number(id))) fs.rmSync(path.join(place.evidence, name), { force: true });
  }
}

async function importFile(
  place: Case,
  file: string,
  options: ImportOptions,
  hooks: ImportHooks,
  notes: ImportOutcome["notes"],
): Promise<SourceReport> {
  const begun = place.db.prepare("select * from source where state = 'importing' and path = ?").get(file) as
    | SourceRow
    | undefined;
  if (begun && !options.resume) {
    throw new Refusal(
      "import-unfinished",
      `The import of ${path.basename(file)} was begun before and is not finished`,
      "finish it with `exhibit import CASE FILE --resume`",
    );
  }
  // What was begun goes on as it was begun, whatever the options say now.
  const taken = await takeWhole(
    file,
    begun
      ? {
          mapping: JSON.parse(begun.mapping) as unknown,
          ...(begun.timezone_from === "option" ? { timezone: begun.timezone } : {}),
        }
      : options,
  );
  const known = sameFile(place, file, taken.head.size);
  if (known !== undefined) return { ...sourceReport(place.db, known), duplicate_of: known };
  if (taken.settled) notes.push({ file: path.basename(file), note: taken.settled.why });
  return run(place, file, taken, begun, options, hooks);
}

/** The complete source that this very file already is. Only files of the same size are read for it. */
function sameFile(place: Case, file: string, size: number): number | undefined {
  const candidates = place.db
    .prepare("select id, sha256 from source where state = 'complete' and member is null and bytes = ?")
    .all(size) as { id: number; sha256: string }[];
  if (candidates.length === 0) return undefined;
  const hash = createHash("sha256");
  const block = Buffer.allocUnsafe(1 << 20);
  const fd = fs.openSync(file, "r");
  try {
    for (let got = fs.readSync(fd, block); got > 0; got = fs.readSync(fd, block)) hash.update(block.subarray(0, got));
  } finally {
    fs.closeSync(fd);
  }
  const sha256 = hash.digest("hex");
  return candidates.find((candidate) => candidate.sha256 === sha256)?.id;
}

async function run(
  place: Case,
  file: string,
  taken: Taken,
  begun: SourceRow | undefined,
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<SourceReport> {
  const name = path.basename(file);
  const loader = begun
    ? Loader.resume(place, begun)
    : Loader.begin(place, {
        name,
        path: file,
        by_reference: options.byReference ? 1 : 0,
        bytes: taken.head.size,
        format: taken.resolved.format,
        encoding: taken.plan.encoding,
        compression: taken.head.compression ?? null,
        timezone: taken.plan.timezone,
        timezone_from: taken.zoneFrom,
        mapping: JSON.stringify(keptMapping(taken, options.mapping)),
        by: options.by,
      });
  const isReference = begun ? begun.by_reference === 1 : options.byReference === true;
  const copy = isReference ? undefined : path.join(place.evidence, `incoming-${loader.id}`);
  try {
    const stopped = (events: number) =>
      new Refusal(
        "cancelled",
        `The import of ${name} was stopped after ${events.toLocaleString("en-US")} events`,
        "finish it with `exhibit import CASE FILE --resume`",
      );
    const read = await pour({
      file,
      copy,
      isReference,
      name,
      taken,
      loader,
      sizes: options.sizes ?? SIZES,
      hooks,
      stopped,
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
      dropSegment(place.cache, loader.id);
    }
    throw error;
  }
}

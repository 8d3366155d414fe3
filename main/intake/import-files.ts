import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { type LeftOut, namedFile, type SourceReport } from "../../shared/model/source.ts";
import { type Case, demandWritable } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import { filesIn } from "../evidence/archives/list-folder.ts";
import { reportOfKnown } from "../evidence/source-report.ts";
import { sha256OfFile } from "../platform/sha256.ts";
import { faultOf } from "../platform/system-errors.ts";
import { detectFile } from "./detect/detect.ts";
import { endsAll, holdsNoLog, isNoLog, reasonOf } from "./detect/no-log.ts";
import { isArchive } from "./detect/sample.ts";
import { FilesInTurn } from "./files-in-turn.ts";
import { importArchive, type Note } from "./import-archive.ts";
import { type ImportOptions, importSource, importUnfinished, optionsOfBegun } from "./import-source.ts";
import { sweepReadings } from "./read-again.ts";
import type { ImportHooks } from "./run-import.ts";
import type { NamedFile } from "./small/messages.ts";

export interface ImportOutcome {
  readonly sources: SourceReport[];
  readonly notes: Note[];
  readonly failures: Refusal[];
  /** Files in archives and folders that did not become sources, with the reason. Those refused are among the failures too. */
  readonly leftOut: LeftOut[];
}

/**
 * Imports files, archives and folders one after the other. One bad file does not keep the others out. A full disk or a
 * cancel ends it all.
 */
export async function importFiles(
  caseFile: Case,
  files: readonly string[],
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<ImportOutcome> {
  demandWritable(caseFile);
  sweepReadings(caseFile);
  removeStaleCopies(caseFile);
  const outcome: ImportOutcome = { sources: [], notes: [], failures: [], leftOut: [] };
  const inTurn = new FilesInTurn(
    caseFile,
    { options, hooks, add: (reports) => outcome.sources.push(...reports) },
    (named) => importNamed(caseFile, named, outcome, options, hooks),
  );
  try {
    for (const { folder, files: named } of partsOf(files)) {
      const failed = ({ file }: NamedFile, error: unknown) => {
        const refusal = faultOf(error, path.basename(file));
        if (!refusal) throw error;
        outcome.failures.push(refusal);
        if (refusal.code === "cancelled" || refusal.code === "disk-full") throw refusal;
      };
      if (folder === undefined) await inTurn.import(named, failed);
      else
        try {
          await importFolder(folder, outcome, inTurn);
        } catch (error) {
          failed({ name: folder, file: folder }, error);
        }
    }
  } catch (error) {
    if (outcome.failures.at(-1) !== error) throw error;
  } finally {
    await inTurn.end();
  }
  return outcome;
}

/** What was given, in its order: folders, and files that stand together. */
function partsOf(given: readonly string[]): { readonly folder?: string; readonly files: NamedFile[] }[] {
  const parts: { folder?: string; files: NamedFile[] }[] = [];
  for (const each of given) {
    const file = path.resolve(each);
    const last = parts.at(-1);
    if (isFolder(file)) parts.push({ folder: file, files: [] });
    else if (last && last.folder === undefined) last.files.push({ name: path.basename(file), file });
    else parts.push({ files: [{ name: path.basename(file), file }] });
  }
  return parts;
}

/** Of what is not there, the import of the file tells. */
function isFolder(file: string): boolean {
  try {
    return fs.statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** Removes copies that a killed import left in evidence before its first commit. */
function removeStaleCopies(caseFile: Case): void {
  const begun = new Set(
    caseFile.db.prepare("select id from source where state = 'importing'").pluck().all() as number[],
  );
  for (const name of fs.readdirSync(caseFile.evidence)) {
    const id = /^incoming-(\d+|archive)$/u.exec(name)?.[1];
    if (id !== undefined && !begun.has(Number(id))) fs.rmSync(path.join(caseFile.evidence, name), { force: true });
  }
}

async function importFolder(folder: string, outcome: ImportOutcome, inTurn: FilesInTurn): Promise<void> {
  const name = path.basename(folder);
  const { files, leftOut } = filesIn(folder);
  const before = {
    sources: outcome.sources.length,
    leftOut: outcome.leftOut.length,
    failures: outcome.failures.length,
  };
  addLeftOut(outcome, leftOut);
  await inTurn.import(files, (named, error) => {
    const refusal = faultOf(error, named.name);
    if (!refusal || endsAll(refusal)) throw error;
    if (isNoLog(refusal)) addLeftOut(outcome, [{ file: named.name, why: reasonOf(refusal) }]);
    else outcome.failures.push(refusal);
  });
  if (outcome.sources.length === before.sources && outcome.failures.length === before.failures)
    throw holdsNoLog(name, outcome.leftOut.slice(before.leftOut));
}

function addLeftOut(outcome: ImportOutcome, leftOut: readonly LeftOut[]): void {
  for (const left of leftOut) {
    outcome.leftOut.push(left);
    if (left.refused)
      outcome.failures.push(
        new Refusal(
          "member-refused",
          `${namedFile(left)} was not read: ${left.why}`,
          "unpack or copy it by hand if it is a log, and import it",
        ),
      );
  }
}

async function importNamed(
  caseFile: Case,
  named: NamedFile,
  outcome: ImportOutcome,
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<void> {
  if (!isArchive(named.file)) {
    outcome.sources.push(await importFile(caseFile, named, outcome, options, hooks));
    return;
  }
  const { sources, notes, leftOut } = await importArchive(caseFile, named, options, hooks);
  outcome.sources.push(...sources);
  outcome.notes.push(...notes);
  addLeftOut(outcome, leftOut);
  if (sources.length === 0 && !leftOut.some(({ refused }) => refused)) throw holdsNoLog(named.name, leftOut);
}

async function importFile(
  caseFile: Case,
  { name, file }: NamedFile,
  outcome: ImportOutcome,
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<SourceReport> {
  const begun = caseFile.db
    .prepare("select * from source where state = 'importing' and path = ? and packing is null and replaces is null")
    .get(file) as SourceRow | undefined;
  if (begun && !options.resume) throw importUnfinished(name);
  const detection = await detectFile(file, begun ? optionsOfBegun(begun) : options);
  const known = sameFile(caseFile, file, detection.sample.size);
  if (known !== undefined) return reportOfKnown(caseFile.db, known);
  if (detection.settledTimes) outcome.notes.push({ file: name, note: detection.settledTimes.why });
  return importSource(caseFile, { name, path: file }, detection, begun, options, hooks);
}

/** The complete source that this very file already is. Only files of the same size are read for it. */
function sameFile(caseFile: Case, file: string, size: number): number | undefined {
  const candidates = caseFile.db
    .prepare("select id, sha256 from source where state = 'complete' and packing is null and bytes = ?")
    .all(size) as { id: number; sha256: string }[];
  if (candidates.length === 0) return undefined;
  const sha256 = sha256OfFile(file);
  return candidates.find((candidate) => candidate.sha256 === sha256)?.id;
}

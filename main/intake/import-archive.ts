import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { isoOf } from "../../shared/base/time.ts";
import type { LeftOut, SourceReport } from "../../shared/model/source.ts";
import type { Case } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import { record } from "../custody/append.ts";
import { readArchiveFile, unpackArchive } from "../evidence/archives/archive-worker.ts";
import type { Contents, Member } from "../evidence/archives/unpack-archive.ts";
import { reportOfKnown } from "../evidence/source-report.ts";
import { copiesOf, type Packed, type Store } from "../evidence/unpack-steps.ts";
import { blocksFolder } from "../evidence/unpacked-copies.ts";
import { detectMember } from "./detect/detect.ts";
import { endsAll, isNoLog, reasonOf } from "./detect/no-log.ts";
import { type ImportOptions, importSource, importStopped, importUnfinished, optionsOfBegun } from "./import-source.ts";
import { type ImportHooks, reporter } from "./run-import.ts";

/** An archive while it comes in: its evidence is not yet known by name. */
const INCOMING_NAME = "incoming-archive";

/** What a whole file decided of its times. */
export interface Note {
  readonly file: string;
  readonly note: string;
}

export interface ArchiveOutcome {
  readonly sources: SourceReport[];
  readonly notes: Note[];
  readonly leftOut: LeftOut[];
}

interface StoredArchive {
  readonly sha256: string;
  readonly bytes: number;
  readonly contents: Contents;
  readonly store: Store;
}

/**
 * Imports an archive. The archive goes into evidence whole, is unpacked to its last file, and each log in it becomes a
 * source of its own. A file of it that is a source already is recognised by archive and path.
 * @throws Refusal for what concerns the archive as a whole. The case is then as it was before
 */
export async function importArchive(
  caseFile: Case,
  { name, file }: { name: string; file: string },
  options: ImportOptions,
  hooks: ImportHooks,
): Promise<ArchiveOutcome> {
  const { db } = caseFile;
  const begun = db.prepare("select sha256 from archive_begun where path = ?").pluck().get(file) as string | undefined;
  if (begun !== undefined && !options.resume) throw importUnfinished(name);
  const archive = await storeArchive(caseFile, name, file, begun, options.by, hooks);
  const sources: SourceReport[] = [];
  const notes: Note[] = options.byReference
    ? [{ file: name, note: "an archive is kept as a copy, also where other files are kept by reference" }]
    : [];
  const leftOut: LeftOut[] = [...archive.contents.leftOut];
  let isNew = false;
  const { members } = archive.contents;
  const wanted = options.members
    ? [...options.members].map(([inside, as]) => ({ member: members.find((each) => each.path === inside), as }))
    : members.map((member) => ({ member, as: {} }));
  for (const { member, as } of wanted) {
    if (!member) continue;
    const known = sourceOf(caseFile, archive.sha256, member.path);
    if (known?.state === "complete") {
      sources.push(reportOfKnown(db, known.id));
      continue;
    }
    try {
      sources.push(
        await importMember(caseFile, { name, file }, archive, member, known, { ...options, ...as }, hooks, notes),
      );
      isNew = true;
    } catch (error) {
      if (!(error instanceof Refusal) || endsAll(error)) throw error;
      leftOut.push({
        file: name,
        ...(member.path === "" ? {} : { member: member.path }),
        why: reasonOf(error),
        ...(isNoLog(error) ? {} : { refused: true as const }),
      });
      if (!sourceOf(caseFile, archive.sha256, member.path)) dropUnneededCopies(archive, member);
    }
  }
  finish(caseFile, name, archive, { sources, notes, leftOut }, isNew, options.by);
  return { sources, notes, leftOut };
}

/** The archive in evidence, under its digest, and what is in it. */
async function storeArchive(
  caseFile: Case,
  name: string,
  file: string,
  begun: string | undefined,
  by: string,
  hooks: ImportHooks,
): Promise<StoredArchive> {
  const { db } = caseFile;
  const size = fs.statSync(file).size;
  const hearing = (phase: string, total: number) => {
    const report = reporter(name, total, hooks);
    return { progress: (bytes: number) => report(phase, Math.min(bytes, total), 0), signal: hooks.signal };
  };
  const copy = path.join(caseFile.evidence, INCOMING_NAME);
  const inEvidence = (sha256: string) => fs.existsSync(path.join(caseFile.evidence, sha256));
  const mayBeKnown =
    begun !== undefined ||
    db.prepare("select 1 from source where bytes = ? and packing is not null").get(size) !== undefined;
  try {
    let original = mayBeKnown ? await readArchiveFile(file, undefined, hearing("reading", size)) : undefined;
    if (begun !== undefined && original && original.sha256 !== begun)
      throw new Refusal(
        "file-changed",
        `${name} is not the file that was begun: it has changed since`,
        "give the file as it was, and resume again",
      );
    if (!original || !inEvidence(original.sha256)) {
      original = await readArchiveFile(file, copy, hearing("copying", size));
      if (!original) throw importStopped(name, "while it was copied");
      beginArchive(caseFile, { ...original, name, path: file }, by);
      const target = path.join(caseFile.evidence, original.sha256);
      fs.renameSync(copy, target);
      fs.chmodSync(target, 0o444);
    }
    const { sha256, bytes } = original;
    const store: Store = { folder: blocksFolder(caseFile), base: sha256 };
    try {
      const walk = { file: path.join(caseFile.evidence, sha256), name, store };
      const contents = await unpackArchive(walk, hearing("unpacking", size));
      if (!contents) throw importStopped(name, "while it was unpacked");
      return { sha256, bytes, contents, store };
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "cancelled") dropEvidence(caseFile, sha256);
      throw error;
    }
  } finally {
    fs.rmSync(copy, { force: true });
  }
}

/** Says that an archive is under way, until its last file is read. */
function beginArchive(
  caseFile: Case,
  { sha256, name, path: from, bytes }: { sha256: string; name: string; path: string; bytes: number },
  by: string,
): void {
  const { db } = caseFile;
  db.transaction(() => {
    const { changes } = db
      .prepare("insert or ignore into archive_begun (sha256, name, path, bytes, began) values (?, ?, ?, ?, ?)")
      .run(sha256, name, from, bytes, isoOf(Date.now() * 1000));
    if (changes > 0) record(caseFile, "archive begun", { file: name, sha256, bytes }, by);
  })();
}

const sourceOf = ({ db }: Case, sha256: string, member: string): SourceRow | undefined =>
  db
    .prepare(
      "select * from source where sha256 = ? and coalesce(member, '') = ? and replaces is null order by state limit 1",
    )
    .get(sha256, member) as SourceRow | undefined;

async function importMember(
  caseFile: Case,
  { name, file }: { name: string; file: string },
  { sha256, bytes, store }: StoredArchive,
  member: Member,
  begun: SourceRow | undefined,
  options: ImportOptions,
  hooks: ImportHooks,
  notes: Note[],
): Promise<SourceReport> {
  const { path: inside, compression } = member;
  const packed: Packed = { evidence: path.join(caseFile.evidence, sha256), store, steps: member.steps, sha256, bytes };
  const called = inside === "" ? name : inside;
  const written = member.written ?? fs.statSync(file).mtimeMs * 1000;
  const detection = await detectMember(packed, called, written, begun ? optionsOfBegun(begun) : options);
  if (detection.settledTimes)
    notes.push({ file: inside === "" ? name : `${name} › ${inside}`, note: detection.settledTimes.why });
  const subject = { name, path: file, member: { path: inside, compression, packed } };
  return importSource(caseFile, subject, detection, begun, options, hooks);
}

/** Unpacked copies of a member that did not become a source, unless another member needs them. */
function dropUnneededCopies(archive: StoredArchive, member: Member): void {
  const needed = new Set(
    archive.contents.members
      .filter((other) => other !== member)
      .flatMap((other) => copiesOf(archive.store, other.steps)),
  );
  for (const copy of copiesOf(archive.store, member.steps)) if (!needed.has(copy)) fs.rmSync(copy, { force: true });
}

function finish(
  caseFile: Case,
  name: string,
  archive: StoredArchive,
  outcome: ArchiveOutcome,
  isNew: boolean,
  by: string,
): void {
  const { db } = caseFile;
  db.transaction(() => {
    // One that was killed behind its last file has all its sources, and not yet its act.
    const isBegun = db.prepare("delete from archive_begun where sha256 = ?").run(archive.sha256).changes > 0;
    if (isNew || (isBegun && outcome.sources.length > 0))
      record(
        caseFile,
        "archive",
        {
          file: name,
          sha256: archive.sha256,
          bytes: archive.bytes,
          sources: outcome.sources.map(({ source }) => source),
          left_out: outcome.leftOut.map(({ file: _file, ...rest }) => rest),
        },
        by,
      );
  })();
  if (outcome.sources.length === 0) dropEvidence(caseFile, archive.sha256);
}

/** Evidence that no source rests on. */
function dropEvidence(caseFile: Case, sha256: string): void {
  const { db } = caseFile;
  if (db.prepare("select 1 from source where sha256 = ?").get(sha256) !== undefined) return;
  if (db.prepare("select 1 from remedy_file where sha256 = ?").get(sha256) !== undefined) return;
  db.prepare("delete from archive_begun where sha256 = ?").run(sha256);
  fs.rmSync(path.join(caseFile.evidence, sha256), { force: true });
  const folder = blocksFolder(caseFile);
  if (fs.existsSync(folder))
    for (const copy of fs.readdirSync(folder))
      if (copy.startsWith(sha256)) fs.rmSync(path.join(folder, copy), { force: true });
}

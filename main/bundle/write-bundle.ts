import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import { knownMoment } from "../../shared/base/moment.ts";
import { periodOf } from "../../shared/base/period.ts";
import { instantOf, isoOf, SECOND } from "../../shared/base/time.ts";
import type { BundleReply } from "../../shared/contract/bundle.ts";
import type { Hooks } from "../../shared/contract/contract.ts";
import type { Disposition } from "../../shared/model/finding.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { beginOutput, type Output } from "../case/outputs.ts";
import { COUNTS, sourceRow, unfinished } from "../case/sources.ts";
import { failBundle, settleBundles } from "../case/unsealed-bundles.ts";
import { record, timeOfAct, timeOfLastAct } from "../custody/append.ts";
import { verifyCustody } from "../custody/case-chain.ts";
import { demandThere, evidenceChanged } from "../evidence/checked-evidence.ts";
import { evidenceFile } from "../evidence/original.ts";
import { copyReference } from "../evidence/reference.ts";
import { Inquiry } from "../findings/inquiry.ts";
import { buildDigest } from "../platform/build-digest.ts";
import { isSystemError } from "../platform/files.ts";
import { readText } from "../platform/small-file.ts";
import { faultOf } from "../platform/system-errors.ts";
import { VERSION } from "../platform/version.ts";
import { tidyMemory } from "../platform/workers.ts";
import { remedyOf } from "../remedy/remedy.ts";
import { sumsIn } from "./bag/digest-files.ts";
import { copyAttachments } from "./contents/attachments.ts";
import { nextBates, sourcesOfCalls } from "./contents/bates.ts";
import { type BundleRecord, statedInAct } from "./contents/bundle-record.ts";
import { type Choice, chooseEvents, statesOf } from "./contents/choose-events.ts";
import { Dossier, demandOwnLines, developerNamed } from "./contents/dossier.ts";
import { type PageInput, pageInput } from "./contents/page-input.ts";
import { writeExtract } from "./contents/write-extract.ts";
import { type FinishedBag, finishBag, zipBag } from "./finish-bag.ts";
import { CALLS_FOR_HELP, Helper } from "./helper.ts";
import { writeLargeParts, writeViewerBeside } from "./large-parts.ts";
import { packingProgress } from "./packing-progress.ts";
import { payloadDocuments, payloadPages, tagTextOptions } from "./report/pages.ts";
import { signerOf } from "./signature/named-signer.ts";
import { parsePrivateKey, type SigningKey } from "./signature/ssh-key.ts";

export interface BundleOptions {
  readonly out: string;
  readonly filter?: string;
  /** Only calls of findings in these states. */
  readonly findings?: readonly Disposition[];
  /** A dossier of this developer alone, by id or name. */
  readonly developer?: string;
  readonly originals?: boolean;
  /** The zip's entries are deflated. */
  readonly compact?: boolean;
  readonly key?: string;
  readonly passphrase?: string;
  readonly for?: string;
  readonly matter?: string;
  readonly reason?: string;
  /** Lines, one under the other. */
  readonly letterhead?: string;
  /** ISO 8601; without it now. */
  readonly at?: string;
  readonly by?: string;
}

interface Making {
  /** Throws where the rows of the case are not what its acts made: nothing is recorded then. */
  readonly demandRows?: () => Promise<void>;
  /** From so many calls on a thread helps. */
  readonly callsForHelp?: number;
}

/**
 * Makes the evidence bundle: payload, seal, zip. The file appears when it is whole.
 * @throws Refusal `out-exists`, `out-unwritable`, `key-wrong`, `filter-wrong`, `disk-full`, `case-read-only`
 */
export async function writeBundle(
  whole: Inquiry,
  options: BundleOptions,
  hooks: Hooks = {},
  { demandRows, callsForHelp = CALLS_FOR_HELP }: Making = {},
): Promise<BundleReply> {
  const { caseFile } = whole.dataset;
  demandWritable(caseFile);
  const developer = options.developer === undefined ? undefined : developerNamed(whole, options.developer);
  if (developer !== undefined && options.originals)
    throw new Refusal(
      "usage",
      "A dossier of one developer cannot carry originals, which hold others' lines",
      "leave out --originals or --developer",
    );
  const findings = statesOf(options.findings);
  if (findings !== undefined && developer !== undefined)
    throw new Refusal(
      "usage",
      "A dossier of one developer holds all its findings, in whatever state",
      "leave out --findings or --developer",
    );
  if (findings !== undefined && whole.policy === undefined)
    throw new Refusal(
      "policy-missing",
      "Without a policy there are no findings to choose from",
      "set one, or leave out --findings",
    );
  const inquiry = developer === undefined ? whole : new Inquiry(caseFile, { only: developer });
  const dossier = developer === undefined ? undefined : new Dossier(inquiry, developer);
  const output = beginOutput(caseFile, options.out);
  const { out } = output;
  let work: string | undefined;
  let begun: Pick<BundleRecord, "name" | "number"> | undefined;
  let helper: Helper | undefined;
  try {
    const key =
      options.key === undefined
        ? undefined
        : parsePrivateKey(readText(options.key).toString("utf8"), options.passphrase, path.basename(options.key));
    // What a disk that was full kept from being told of an earlier one.
    settleBundles(caseFile);
    const time = options.at === undefined ? timeOfAct(caseFile) : { at: timeOf(options.at, caseFile) };
    const by = options.by ?? caseFile.examiner;
    const remedy = dossier
      ? dossier.remedy(remedyOf(inquiry, { at: knownMoment(time.at) }))
      : remedyOf(inquiry, { at: knownMoment(time.at) });
    const choice = chooseEvents(inquiry, remedy, { filter: options.filter, findings, dossier });
    if (dossier) demandOwnLines(inquiry, choice.positions);
    if (choice.positions.length >= callsForHelp) helper = new Helper();
    const say = (what: string, done: number, seconds_left?: number) => {
      if (hooks.signal?.aborted)
        throw new Refusal("cancelled", "The bundle was stopped", "start it again when you need it; no file was left");
      hooks.progress?.({ what, done, total: 4, unit: "files", ...given({ seconds_left }) });
    };
    work = fs.mkdtempSync(path.join(caseFile.bundles, ".making-"));
    const how = { data: path.join(work, "data"), helper, dossier };
    // While a thread compares the rows of a large case with its acts. The bundle itself is an act before it is written.
    if (helper) say("writing the extract", 0);
    let parts = helper && writeLargeParts(inquiry, choice.positions, how);
    // What the rest asks for is read again, and is little.
    if (helper) letGo(inquiry);
    const planned = describe(inquiry, { ...options, ...given({ developer }) }, time.at, choice, findings);
    const signed = signedAs(caseFile, key);
    await demandRows?.();
    // An act before it is written, so that its own custody holds it.
    record(caseFile, "bundle", { ...statedInAct(planned), ...signed }, by, time);
    begun = planned;
    const { entries, head } = verifyCustody(caseFile);
    const about: BundleRecord = { ...planned, custody: { entries, head } };
    say("writing the extract", 0);
    parts ??= writeLargeParts(inquiry, choice.positions, how);
    const extract = path.join(work, "data", "extract");
    writeExtract(inquiry, choice, remedy, { ...about, contradictions: parts.contradictions.all }, extract, dossier);
    await parts.linesWritten();
    // The pages are made from the extract alone.
    if (helper) letGo(inquiry);
    else inquiry.dataset.columns.release();
    say("copying originals", 1);
    copyAttachments(caseFile, remedy, path.join(work, "data", "attachments"));
    if (options.originals) copyOriginals(inquiry, about, path.join(work, "data", "originals"));
    const pages = await pageInput(readFrom(extract), key?.publicKey);
    await writePages(work, pages, helper);
    // What is whole is read while the helper still writes.
    const known = helper && sumsIn(work, filesUnder(work, "data/extract"));
    await parts.viewerRowsWritten();
    say("sealing", 2);
    const bag = await finishBag(work, { ...tagTextOptions(pages), key }, helper, known);
    demandOriginals(inquiry, about, bag);
    say("packing", 3);
    const all = bag.files.reduce((sum, { size }) => sum + size, 0);
    const begins = packingProgress(all, (part, left) => say("packing", 3 + part, left));
    const { bytes } = await zipInto(bag, output, { isCompact: options.compact === true, removes: true, begins });
    output.finish(() => recordSeal(caseFile, about, bag, out, by));
    return {
      bundle: out,
      name: about.name,
      files: bag.files.length,
      bytes,
      events: about.events,
      left_out: about.left_out,
      sha256: bag.tagManifestSha256,
      signed: bag.signed,
    };
  } catch (error) {
    if (begun && !output.isDecided) tellFailed(caseFile, begun, error, options.by);
    throw error;
  } finally {
    await helper?.close();
    output.drop();
    if (work !== undefined) fs.rmSync(work, { recursive: true, force: true });
  }
}

/** What people read, but for what the viewer shows of the calls. */
async function writePages(work: string, pages: PageInput, helper: Helper | undefined): Promise<void> {
  const viewerWritten = writeViewerBeside(path.join(work, "data"), pages, helper);
  // It is awaited below.
  viewerWritten.catch(() => {});
  for (const [name, text] of payloadPages(pages)) fs.writeFileSync(path.join(work, name), text, { flag: "wx" });
  for (const [name, bytes] of await payloadDocuments(pages)) writeNew(path.join(work, name), bytes);
  await viewerWritten;
}

/** Of a large bundle, so that what is made next does not add to it. */
function letGo({ dataset: { columns, caseFile } }: Inquiry): void {
  columns.release();
  caseFile.db.pragma("shrink_memory");
  tidyMemory();
}

const filesUnder = (folder: string, under: string): string[] =>
  fs
    .readdirSync(path.join(folder, under), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(folder, `${under}/${entry.name}`) : [`${under}/${entry.name}`],
    );

const recordSeal = (
  caseFile: Case,
  { name, number }: BundleRecord,
  { tagManifestSha256 }: FinishedBag,
  out: string,
  by: string,
) =>
  record(
    caseFile,
    "seal",
    {
      name,
      number,
      file: path.basename(out),
      tagmanifest_sha256: tagManifestSha256,
      machine: os.hostname(),
      system: `${os.type()} ${os.release()}`,
    },
    by,
  );

const readFrom = (folder: string) => (name: string, most?: number) => {
  const file = path.join(folder, name);
  return (most === undefined ? fs.readFileSync(file) : startOf(file, most)).toString("utf8");
};

function startOf(file: string, most: number): Buffer {
  const descriptor = fs.openSync(file, "r");
  try {
    const bytes = Buffer.alloc(most);
    return bytes.subarray(0, fs.readSync(descriptor, bytes));
  } finally {
    fs.closeSync(descriptor);
  }
}

function writeNew(file: string, bytes: Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes, { flag: "wx" });
}

/** Where that cannot be written either, the next opening or bundle says it. */
function tellFailed(
  caseFile: Case,
  begun: Pick<BundleRecord, "name" | "number">,
  error: unknown,
  by: string | undefined,
): void {
  try {
    failBundle(caseFile, begun, faultOf(error, caseFile.folder)?.code ?? "internal", by);
  } catch (fault) {
    if (!isSystemError(fault) && faultOf(fault, caseFile.folder) === undefined) throw fault;
  }
}

/** What the act says of the signature: also where it is by another key than the one that custody names. */
function signedAs(caseFile: Case, key: SigningKey | undefined) {
  if (key === undefined) return { signed: false };
  const { fingerprint } = key.publicKey;
  const named = signerOf(caseFile)?.fingerprint;
  return {
    signed: true,
    key: fingerprint,
    ...(named !== undefined && named !== fingerprint && { key_named: named }),
  };
}

/** Refusals name the file as it is to be called. */
async function zipInto(
  bag: FinishedBag,
  { part, out }: Output,
  how: Parameters<typeof zipBag>[2],
): Promise<{ readonly bytes: number }> {
  fs.rmSync(part, { force: true });
  try {
    return await zipBag(bag, part, how);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, error.what.replaceAll(part, out), error.todo, { cause: error });
  }
}

/**
 * A bundle holds all acts, so that it is not older than the last of them; nor is it of a time to come. Compared by whole
 * seconds, as people write times.
 */
function timeOf(text: string, caseFile: Case): string {
  const period = periodOf(text);
  if (!("from" in period))
    throw new Refusal("usage", `"${text.slice(0, 60)}" is not a time`, "give --at such as 2019-11-05T14:02:00Z");
  const last = timeOfLastAct(caseFile);
  const second = (time: number) => Math.floor(time / SECOND);
  const now = timeOfAct(caseFile).at;
  if (last !== undefined && second(period.from) < second(instantOf(last)))
    throw new Refusal(
      "usage",
      `A bundle cannot be dated ${isoOf(period.from)}, before the last act of the case, ${last}`,
      "give a later --at, or none for now",
    );
  if (second(period.from) > second(instantOf(now)))
    throw new Refusal(
      "usage",
      `A bundle cannot be dated ${isoOf(period.from)}, after this computer's clock, ${now}`,
      "give an earlier --at, or none for now",
    );
  return isoOf(period.from);
}

/** Letters and digits of the title, what stands between as one dash; 40 characters at most. */
const slugOf = (title: string): string =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/gu, "") || "case";

const MAX_LETTERHEAD_LINES = 8;

/** What was left empty was not said. */
const said = (text: string | undefined): string | undefined => text?.trim() || undefined;

function describe(
  inquiry: Inquiry,
  options: BundleOptions,
  at: string,
  { reasons: selected, positions }: Choice,
  states: readonly Disposition[] | undefined,
): Omit<BundleRecord, "custody"> {
  const { caseFile } = inquiry.dataset;
  const events = positions.length;
  const findings = inquiry.findings().rules.reduce((sum, { developers }) => sum + developers.length, 0);
  const bates = nextBates(caseFile, findings, sourcesOfCalls(inquiry.dataset, positions));
  const made = caseFile.db
    .prepare("select count(*) from custody where json_extract(entry, '$.act') = 'bundle'")
    .pluck()
    .get() as number;
  return {
    schema: "exhibit/bundle@2",
    name: `${slugOf(caseFile.title)}-${made + 1}`,
    number: made + 1,
    title: caseFile.title,
    case: caseFile.id,
    examiner: caseFile.examiner,
    made_by: options.by ?? caseFile.examiner,
    at,
    software: `Exhibit ${VERSION}`,
    build: buildDigest(),
    ...(inquiry.asOf === undefined ? {} : { as_of: isoOf(inquiry.asOf) }),
    ...given({ filter: options.filter, findings: states, developer: options.developer }),
    selected,
    events,
    left_out: inquiry.dataset.columns.rows - events,
    apart: inquiry.judged.map((judged) => ({ rule: judged.rule.id, ...inquiry.apartOf(judged) })),
    originals: options.originals ? originalNames(inquiry) : {},
    unfinished: unfinished(caseFile.db),
    ...given({ bates }),
    ...given({ for: said(options.for), matter: said(options.matter), reason: said(options.reason) }),
    ...given({ letterhead: said(options.letterhead)?.split(/\r?\n/u, MAX_LETTERHEAD_LINES) }),
  };
}

/** Source number → name in `originals/`: the number, and the allowed part of the given name. Withdrawn sources are not handed over. */
function originalNames(inquiry: Inquiry): Record<string, string> {
  const sources = inquiry.dataset.caseFile.db
    .prepare(`select id, name, sha256 from source where ${COUNTS} order by id`)
    .all() as { id: number; name: string; sha256: string }[];
  const safe = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/gu, "-")
      .slice(-80);
  // Sources out of one archive share it.
  const names = new Map<string, string>();
  for (const { id, name, sha256 } of sources) if (!names.has(sha256)) names.set(sha256, `${id}-${safe(name)}`);
  return Object.fromEntries(sources.map(({ id, sha256 }) => [String(id), names.get(sha256) as string]));
}

function copyOriginals(inquiry: Inquiry, about: BundleRecord, folder: string): void {
  const { caseFile } = inquiry.dataset;
  fs.mkdirSync(folder, { recursive: true });
  for (const [source, name] of Object.entries(about.originals)) {
    const target = path.join(folder, name);
    if (fs.existsSync(target)) continue;
    const row = sourceRow(caseFile.db, Number(source));
    if (row.by_reference) copyReference(caseFile.db, row, target);
    else {
      const file = evidenceFile(caseFile, row);
      demandThere(row, file);
      fs.copyFileSync(file, target, fs.constants.COPYFILE_FICLONE);
    }
    fs.chmodSync(target, 0o644);
  }
}

/** What was copied of evidence is what was imported. @throws Refusal `file-changed` */
function demandOriginals(inquiry: Inquiry, about: BundleRecord, bag: FinishedBag): void {
  const { caseFile } = inquiry.dataset;
  const digests = new Map(bag.files.map(({ path: name, sha256 }) => [name, sha256]));
  for (const [source, name] of Object.entries(about.originals)) {
    const row = sourceRow(caseFile.db, Number(source));
    if (digests.get(`data/originals/${name}`) !== row.sha256) throw evidenceChanged(caseFile, row);
  }
}

import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Estimate } from "../../../shared/model/estimate.ts";
import type { Case } from "../../case/case.ts";
import { createCase } from "../../case/create.ts";
import { filesIn } from "../../evidence/archives/list-folder.ts";
import { decompress } from "../../evidence/decompress.ts";
import { packingOf, SIGNATURE_BYTES } from "../../evidence/packing.ts";
import { importFiles } from "../../intake/import-files.ts";
import type { Original } from "../../platform/byte-source.ts";
import { openFile } from "../../platform/byte-source.ts";
import { workingFolder } from "../../platform/working-folder.ts";
import { Columns } from "../../query/columns/columns.ts";

/** How much content of a file is measured, and how much of its start is measured by itself: it shows the fixed cost of an import. */
const SAMPLE_BYTES = 8 << 20;
const START_BYTES = 256 << 10;
/** The largest files are measured; the others are estimated by the rates of these. */
const MAX_FILES_MEASURED = 3;

export interface EstimateOptions {
  readonly format?: string;
  readonly mapping?: unknown;
  readonly timezone?: string;
  /** Originals stay where they are. */
  readonly by_reference?: boolean;
}

/** What a byte of content comes to. */
interface Rates {
  /** Bytes of content a byte of the file. */
  readonly unpacked: number;
  readonly rows: number;
  readonly database: number;
  readonly cache: number;
  readonly seconds: number;
  /** Seconds before the first byte. */
  readonly start: number;
}

/**
 * What an import of these files will take: the first megabytes of the largest ones are imported into a case that is thrown
 * away, on this machine, now. Nothing is written into the case.
 */
export async function estimate(caseFile: Case, files: readonly string[], options: EstimateOptions): Promise<Estimate> {
  const found = files.flatMap((file) => namedIn(path.resolve(file)).map((each) => sizeOf(caseFile, each)));
  const open = found.filter((each) => each.unknown === undefined && each.known === undefined);
  const rates: { file: string; sample: number; rates: Rates }[] = [];
  for (const each of [...open].sort((a, b) => b.bytes - a.bytes).slice(0, MAX_FILES_MEASURED)) {
    try {
      rates.push({ file: each.file, ...(await measure(each.path, options)) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      each.unknown = error.what;
    }
  }
  const reckoned = found.map((each) => ({ each, rate: rateFor(each, rates) }));
  const { bavail, bsize } = fs.statfsSync(caseFile.folder);
  const free = bavail * bsize;
  const total = (part: (entry: (typeof reckoned)[number]) => number) =>
    reckoned.reduce((all, entry) => all + part(entry), 0);
  const sum: typeof total = (part) => Math.round(total(part));
  const content = ({ each, rate }: (typeof reckoned)[number]) => each.bytes * (rate?.unpacked ?? 0);
  const needs = {
    evidence: options.by_reference ? 0 : sum(({ each }) => (each.known ? 0 : each.bytes)),
    database: sum((entry) => content(entry) * (entry.rate?.database ?? 0)),
    cache: sum((entry) => content(entry) * (entry.rate?.cache ?? 0)),
  };
  return {
    files: reckoned.map((entry) => {
      const { each, rate } = entry;
      return {
        file: each.file,
        bytes: each.bytes,
        content_bytes: Math.round(rate ? content(entry) : each.bytes),
        rows: Math.round(content(entry) * (rate?.rows ?? 0)),
        seconds: rate ? rate.start + content(entry) * rate.seconds : 0,
        ...(each.known ? { known: true } : {}),
        ...(each.unknown === undefined ? {} : { unknown: each.unknown }),
      };
    }),
    rows: sum((entry) => content(entry) * (entry.rate?.rows ?? 0)),
    // Less than a second is a second: nothing takes none.
    seconds: Math.ceil(total((entry) => (entry.rate ? entry.rate.start + content(entry) * entry.rate.seconds : 0))),
    needs,
    free,
    fits: needs.evidence + needs.database + needs.cache <= free,
    basis: basisOf(rates),
  };
}

interface Sized {
  readonly file: string;
  readonly path: string;
  readonly bytes: number;
  readonly known?: true;
  unknown?: string;
}

/** A file itself, or every file of a folder. */
const namedIn = (file: string): string[] =>
  fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ? filesIn(file).files.map((each) => each.file) : [file];

function sizeOf({ db }: Case, file: string): Sized {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  const named = { file: path.basename(file), path: file, bytes: stat?.isFile() ? stat.size : 0 };
  if (!stat?.isFile()) return { ...named, unknown: stat ? "it is not a file" : "it is not there" };
  const known = db
    .prepare("select 1 from source where path = ? and bytes = ? and replaces is null")
    .get(file, stat.size);
  return known === undefined ? named : { ...named, known: true };
}

/** A file's own rates, or those of the files measured together. */
function rateFor(each: Sized, measured: readonly { file: string; sample: number; rates: Rates }[]): Rates | undefined {
  if (each.known || each.unknown !== undefined || measured.length === 0) return undefined;
  const own = measured.find(({ file }) => file === each.file);
  if (own) return own.rates;
  const all = measured.reduce((sum, { sample }) => sum + sample, 0);
  const mean = (part: (rates: Rates) => number) =>
    measured.reduce((sum, { sample, rates }) => sum + part(rates) * sample, 0) / all;
  return {
    unpacked: mean(({ unpacked }) => unpacked),
    rows: mean(({ rows }) => rows),
    database: mean(({ database }) => database),
    cache: mean(({ cache }) => cache),
    seconds: mean(({ seconds }) => seconds),
    start: mean(({ start }) => start),
  };
}

function basisOf(measured: readonly { file: string; sample: number }[]): string {
  if (measured.length === 0) return "nothing could be measured";
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return `measured on the first ${measured.map(({ file, sample }) => `${megabytes(sample)} of ${file}`).join(", ")}, on this machine just now`;
}

/** @throws Refusal as an import does */
async function measure(file: string, options: EstimateOptions): Promise<{ sample: number; rates: Rates }> {
  const { bytes, unpacked: expanded } = await startOf(file);
  const name = path.basename(file);
  const whole = await tried(name, bytes, options);
  // The start by itself: threads, plan and dictionaries are made for it as for the whole file.
  const start =
    bytes.length > START_BYTES * 2 ? (await tried(name, lines(bytes.subarray(0, START_BYTES)), options)).seconds : 0;
  const per = (amount: number) => amount / bytes.length;
  const rates = {
    unpacked: expanded,
    rows: per(whole.rows),
    database: per(whole.database),
    cache: per(whole.cache),
    // On a busy machine the short read can be the slower one.
    seconds: per(start < whole.seconds ? whole.seconds - start : whole.seconds),
    start,
  };
  return { sample: bytes.length, rates };
}

/** Imports a text into a throw-away case. Returns seconds, rows, and bytes on the disk. */
async function tried(
  name: string,
  content: Buffer,
  { format, mapping, timezone }: EstimateOptions,
): Promise<{ seconds: number; rows: number; database: number; cache: number }> {
  const folder = workingFolder("estimate");
  const caseFile = createCase(path.join(folder, "case"), { title: "estimate", examiner: "estimate" });
  try {
    const sample = path.join(folder, name);
    fs.writeFileSync(sample, content);
    const empty = usedBy(caseFile.folder, "case.db");
    const given = { ...(format && { format }), ...(timezone && { timezone }), ...(mapping ? { mapping } : {}) };
    const began = performance.now();
    const { sources, failures } = await importFiles(caseFile, [sample], { ...given, by: "estimate" }, {});
    const seconds = (performance.now() - began) / 1000;
    if (failures[0]) throw failures[0];
    Columns.open(caseFile);
    const rows = sources[0]?.events ?? 0;
    return { seconds, rows, database: usedBy(caseFile.folder, "case.db") - empty, cache: usedBy(caseFile.cache) };
  } finally {
    caseFile.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Whole lines, so that nothing is cut in two. */
const lines = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.lastIndexOf(10) + 1 || bytes.length);

/** The first megabytes of a file's content, and the bytes of content for each byte of the file. @throws Refusal for an archive */
async function startOf(file: string): Promise<{ bytes: Buffer; unpacked: number }> {
  const original = openFile(file);
  try {
    let bytesRead = 0;
    const counted: Original = {
      ...original,
      read(offset, length) {
        const bytes = original.read(offset, length);
        bytesRead = Math.max(bytesRead, offset + bytes.length);
        return bytes;
      },
    };
    const packing = packingOf(original.read(0, SIGNATURE_BYTES));
    if (packing === undefined) {
      const raw = original.read(0, SAMPLE_BYTES);
      return { bytes: raw.length < SAMPLE_BYTES ? raw : lines(raw), unpacked: 1 };
    }
    const pieces: Buffer[] = [];
    let bytesUnpacked = 0;
    if (packing !== "zip" && packing !== "tar")
      for await (const piece of decompress(counted, { kind: packing }, path.basename(file), () => {})) {
        pieces.push(piece);
        bytesUnpacked += piece.length;
        if (bytesUnpacked >= SAMPLE_BYTES) break;
      }
    const bytes = Buffer.concat(pieces);
    if (bytesUnpacked === 0 || packingOf(bytes) !== undefined)
      throw new Refusal("not-a-log", "what is in it shows once it is unpacked", "unpack it");
    return { bytes: bytesUnpacked < SAMPLE_BYTES ? bytes : lines(bytes), unpacked: bytesUnpacked / bytesRead };
  } finally {
    original.close();
  }
}

/** Bytes of a file or of all files in a folder. */
function usedBy(...parts: string[]): number {
  const at = path.join(...parts);
  const stat = fs.statSync(at, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.size ?? 0;
  return fs.readdirSync(at).reduce((sum, name) => sum + usedBy(at, name), 0);
}

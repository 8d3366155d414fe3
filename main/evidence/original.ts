import path from "node:path";
import type { Case } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import { sourceRow } from "../case/sources.ts";
import type { Original } from "../platform/byte-source.ts";
import { sliceOf, Windowed } from "../platform/byte-source.ts";
import { DamagedCopy, wholeBytes } from "./block-file.ts";
import { demandThere, openEvidence } from "./checked-evidence.ts";
import type { Slice, Step } from "./packing.ts";
import { openReference } from "./reference.ts";
import { copiesOf, openSteps, type Packed } from "./unpack-steps.ts";
import { removeDamaged, storeFor } from "./unpacked-copies.ts";

/** Bytes read at once. */
const PIECE_BYTES = 1 << 20;

/**
 * The uncompressed content of a source. What is read is checked first: against the digests of evidence, or the checksums of
 * the unpacked copy, which is made anew where it does not fit.
 * @throws Refusal `source-missing`, `file-missing`, `file-changed`; also from `read`
 */
export function openOriginal(caseFile: Case, source: number): Original {
  const row = rowWithOriginal(caseFile, source);
  const file = evidenceFile(caseFile, row);
  const steps = stepsOf(row);
  if (steps.every((step) => step.kind === "slice")) {
    const whole = row.by_reference ? openReference(caseFile.db, row) : openEvidence(caseFile, row, file);
    let original = whole;
    for (const step of steps) original = sliceOf(original, step as Slice);
    return { ...original, close: () => whole.close() };
  }
  if (row.by_reference) openReference(caseFile.db, row).close();
  else demandThere(row, file);
  return mended(caseFile, (unfit) => openSteps(file, storeFor(caseFile, row, file, steps, unfit), steps));
}

/** Content out of unpacked copies: one that turns out to be damaged is made anew, and reading goes on. */
function mended(caseFile: Case, open: (unfit: ReadonlySet<string>) => Original): Original {
  const unfit = new Set<string>();
  const removed = new Set<string>();
  const retried = <T>(work: () => T): T => {
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof DamagedCopy) || removed.has(error.file)) throw error;
        removed.add(error.file);
        removeDamaged(caseFile, error.file, unfit);
        reopen = true;
      }
    }
  };
  let reopen = false;
  let original = retried(() => open(unfit));
  reopen = false;
  return {
    bytes: original.bytes,
    read: (offset, length) =>
      retried(() => {
        if (reopen) {
          original.close();
          original = open(unfit);
          reopen = false;
        }
        return original.read(offset, length);
      }),
    close: () => original.close(),
  };
}

/** The source whose original it is: while a source is read anew, its new rows go by another number. */
function rowWithOriginal(caseFile: Case, source: number): SourceRow {
  const row = sourceRow(caseFile.db, source);
  return row.replaces === null ? row : sourceRow(caseFile.db, row.replaces);
}

/**
 * Where a source's original lies: where it was found, or in the case by its digest, or by its number while it is being
 * imported.
 */
export function evidenceFile(
  caseFile: Case,
  { id, sha256, by_reference, path: found }: Pick<SourceRow, "id" | "sha256" | "by_reference" | "path">,
): string {
  return by_reference ? found : path.join(caseFile.evidence, sha256 ?? `incoming-${id}`);
}

/**
 * A source inside a file in evidence, ready to be read again: every copy on the way to it is whole. Undefined for one that is
 * a file itself.
 */
export function packedOf(caseFile: Case, row: SourceRow): Packed | undefined {
  if (row.packing === null || row.sha256 === null) return undefined;
  const evidence = evidenceFile(caseFile, row);
  const steps = stepsOf(row);
  const unfit = new Set<string>();
  for (const copy of copiesOf(storeFor(caseFile, row, evidence, steps), steps))
    if (wholeBytes(copy) === undefined) removeDamaged(caseFile, copy, unfit);
  const store = storeFor(caseFile, row, evidence, steps, unfit);
  return { evidence, store, steps, sha256: row.sha256, bytes: row.bytes };
}

/** From the evidence to the source's content. */
function stepsOf({ packing, compression }: SourceRow): Step[] {
  if (packing !== null) return JSON.parse(packing) as Step[];
  return compression === null ? [] : [{ kind: "gzip" }];
}

export interface RecordRange {
  readonly source: number;
  readonly offset: number;
  readonly length: number;
}

/** The original bytes of many records, in the order given. Fastest in the order of the file. */
export function* readRecords(caseFile: Case, records: Iterable<RecordRange>): Generator<Buffer> {
  const open = new Map<number, Windowed>();
  try {
    for (const { source, offset, length } of records) {
      let window = open.get(source);
      if (!window) {
        window = new Windowed(openOriginal(caseFile, source));
        open.set(source, window);
      }
      yield window.read(offset, length);
    }
  } finally {
    for (const window of open.values()) window.close();
  }
}

/** The whole uncompressed content of a source, piece by piece, in its own encoding. */
export function* contentOf(caseFile: Case, source: number): Generator<{ offset: number; bytes: Buffer }> {
  const original = openOriginal(caseFile, source);
  try {
    for (let offset = 0; offset < original.bytes; offset += PIECE_BYTES)
      yield { offset, bytes: original.read(offset, PIECE_BYTES) };
  } finally {
    original.close();
  }
}

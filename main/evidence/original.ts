import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import type { Case } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import { sourceRow } from "../case/sources.ts";
import type { Original } from "../platform/byte-source.ts";
import { Windowed } from "../platform/byte-source.ts";
import type { Step } from "./packing.ts";
import { openReference } from "./reference.ts";
import { openSteps, type Packed } from "./unpack-steps.ts";
import { storeFor } from "./unpacked-copies.ts";

/** Bytes read at once. */
const PIECE_BYTES = 1 << 20;

/** @throws Refusal `source-missing`, `file-missing` */
export function openOriginal(caseFile: Case, source: number): Original {
  const row = rowWithOriginal(caseFile, source);
  const file = evidenceFile(caseFile, row);
  if (row.by_reference) {
    const whole = openReference(caseFile.db, row);
    if (row.compression === null) return whole;
    whole.close();
  } else if (!fs.existsSync(file))
    throw new Refusal(
      "file-missing",
      `The original of source ${source} (${row.name}) is not in the case`,
      "copy it back into the folder evidence",
    );
  const steps = stepsOf(row);
  return openSteps(file, storeFor(caseFile, row, file, steps), steps);
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

/** A source inside a file in evidence, ready to be read again. Undefined for one that is a file itself. */
export function packedOf(caseFile: Case, row: SourceRow): Packed | undefined {
  if (row.packing === null || row.sha256 === null) return undefined;
  const evidence = evidenceFile(caseFile, row);
  const steps = stepsOf(row);
  return { evidence, store: storeFor(caseFile, row, evidence, steps), steps, sha256: row.sha256, bytes: row.bytes };
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

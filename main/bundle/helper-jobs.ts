import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { openCase } from "../case/case.ts";
import { readInto } from "../platform/files.ts";
import { Columns } from "../query/columns/columns.ts";
import { digestsIn } from "./bag/digest-files.ts";
import { readPieces } from "./bag/read-pieces.ts";
import { writeLines } from "./contents/write-lines.ts";
import type { CatalogInput } from "./viewer/catalog.ts";
import { otherFiles, rowFiles } from "./viewer/viewer-files.ts";

/** What a thread does for a bundle that another one makes. */
export type Job =
  | { readonly kind: "lines"; readonly caseFolder: string; readonly positions: Uint32Array; readonly folder: string }
  | { readonly kind: "viewer-rows"; readonly extract: string; readonly folder: string }
  | {
      readonly kind: "viewer-others";
      readonly extract: string;
      readonly folder: string;
      readonly input: CatalogInput;
    }
  | { readonly kind: "digests"; readonly folder: string; readonly names: readonly string[] }
  | { readonly kind: "digest"; readonly file: string; readonly from: number; readonly to: number };

export interface JobAsked {
  readonly id: number;
  readonly job: Job;
}

export interface JobDone {
  readonly id: number;
  readonly result?: unknown;
  readonly fault?: string;
}

const PIECE_BYTES = 1 << 18;

export async function doJob(job: Job): Promise<unknown> {
  switch (job.kind) {
    case "lines": {
      const caseFile = openCase(job.caseFolder, "read");
      try {
        return writeLines({ columns: Columns.open(caseFile), caseFile }, job.positions, job.folder);
      } finally {
        caseFile.close();
      }
    }
    case "viewer-rows":
      return await writeViewerRows(job.extract, job.folder);
    case "viewer-others":
      return await writeViewerOthers(job.extract, job.folder, job.input);
    case "digests":
      return await digestsIn(job.folder, job.names);
    case "digest":
      return digestOfPart(job.file, job.from, job.to);
  }
}

/** What is there of them, of a helper that did not come to its end, is written again. */
export async function writeViewerRows(extract: string, folder: string): Promise<void> {
  for await (const { name, bytes } of rowFiles((each) => readPieces(path.join(extract, each))))
    fs.writeFileSync(path.join(folder, name), bytes);
}

export async function writeViewerOthers(extract: string, folder: string, input: CatalogInput): Promise<void> {
  for await (const { name, bytes } of otherFiles((each) => readPieces(path.join(extract, each)), input))
    fs.writeFileSync(path.join(folder, name), bytes);
}

export function digestOfPart(file: string, from: number, to: number): string {
  const [hash, bytes] = [createHash("sha256"), Buffer.allocUnsafe(PIECE_BYTES)];
  const descriptor = fs.openSync(file, "r");
  try {
    for (let at = from; at < to; ) {
      const got = readInto(descriptor, bytes.subarray(0, Math.min(PIECE_BYTES, to - at)), at);
      if (got === 0) break;
      hash.update(bytes.subarray(0, got));
      at += got;
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest("hex");
}

import fs from "node:fs";
import path from "node:path";
import { openCase } from "../case/case.ts";
import { tidyMemory } from "../platform/workers.ts";
import { Columns } from "../query/columns/columns.ts";
import { sumsIn } from "./bag/digest-files.ts";
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
  | { readonly kind: "sums"; readonly folder: string; readonly names: readonly string[] };

export interface JobAsked {
  readonly id: number;
  readonly job: Job;
}

export interface JobDone {
  readonly id: number;
  readonly result?: unknown;
  readonly fault?: string;
}

export async function doJob(job: Job): Promise<unknown> {
  switch (job.kind) {
    case "lines": {
      const caseFile = openCase(job.caseFolder, "read");
      // It reads the database once, and most of it not at all.
      caseFile.db.pragma("cache_size = -4096");
      try {
        return writeLines({ columns: Columns.open(caseFile), caseFile }, job.positions, job.folder);
      } finally {
        caseFile.close();
        tidyMemory();
      }
    }
    case "viewer-rows":
      return await writeViewerRows(job.extract, job.folder);
    case "viewer-others":
      return await writeViewerOthers(job.extract, job.folder, job.input);
    case "sums":
      return sumsIn(job.folder, job.names);
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

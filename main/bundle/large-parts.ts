import fs from "node:fs";
import path from "node:path";
import type { Inquiry } from "../findings/inquiry.ts";
import type { Contradictions } from "./contents/contradictions.ts";
import type { Dossier } from "./contents/dossier.ts";
import type { PageInput } from "./contents/page-input.ts";
import { writeRows } from "./contents/write-extract.ts";
import { writeLines } from "./contents/write-lines.ts";
import { Helper, helped } from "./helper.ts";
import { type Job, writeViewerOthers, writeViewerRows } from "./helper-jobs.ts";

/** What of a bundle is the larger the more calls it has: rows, lines, and both once more for the viewer. */
export interface LargeParts {
  readonly contradictions: Contradictions;
  /** Is over when they are written, by whom ever. */
  linesWritten(): Promise<void>;
  viewerRowsWritten(): Promise<void>;
}

/** Writes the rows. A helper writes the lines beside, and then the viewer's data of the rows. */
export function writeLargeParts(
  inquiry: Inquiry,
  positions: Uint32Array,
  { data, helper, dossier }: { data: string; helper: Helper | undefined; dossier: Dossier | undefined },
): LargeParts {
  const { caseFile } = inquiry.dataset;
  const [extract, viewer] = [path.join(data, "extract"), path.join(data, "viewer")];
  const lines = path.join(extract, "lines");
  for (const folder of [extract, viewer]) fs.mkdirSync(folder, { recursive: true });
  const ask = (job: Job) => {
    const helping = helper?.run<void>(job);
    // It is awaited once what comes before it is done.
    helping?.catch(() => {});
    return helping;
  };
  const linesBeside = ask({ kind: "lines", caseFolder: caseFile.folder, positions, folder: lines });
  const contradictions = writeRows(inquiry, positions, extract, dossier);
  const viewerBeside = ask({ kind: "viewer-rows", extract, folder: viewer });
  return {
    contradictions,
    linesWritten: () =>
      helped(linesBeside, () => {
        fs.rmSync(lines, { recursive: true, force: true });
        writeLines(inquiry.dataset, positions, lines);
      }),
    viewerRowsWritten: () => helped(viewerBeside, () => writeViewerRows(extract, viewer)),
  };
}

/** What else the viewer reads, by a thread of its own where there is a helper: here more memory would be used before it is tidied up. */
export async function writeViewerBeside(data: string, input: PageInput, helper: Helper | undefined): Promise<void> {
  const { about, findings, remedy, policy, sources } = input;
  const known = { about, findings, remedy, policy, sources };
  const [extract, folder] = [path.join(data, "extract"), path.join(data, "viewer")];
  const second = helper && new Helper();
  try {
    const others = second?.run<void>({ kind: "viewer-others", extract, folder, input: known });
    await helped(others, () => writeViewerOthers(extract, folder, known));
  } finally {
    await second?.close();
  }
}

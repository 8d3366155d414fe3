import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { LeftOut } from "../../../shared/model/source.ts";
import { unpackArchive } from "../../evidence/archives/archive-worker.ts";
import { filesIn } from "../../evidence/archives/list-folder.ts";
import { workingFolder } from "../../platform/working-folder.ts";
import { type DescribedFile, type DetectOptions, describeFile, describeMember } from "./detect.ts";
import { isNoLog, reasonOf } from "./no-log.ts";
import { isArchive } from "./sample.ts";

/**
 * The detected format of a file. For an archive or a folder: of each log in it, and what is left out with the reason.
 * Imports nothing. Archives are unpacked to a temporary folder, which is removed when this ends, also early.
 * @throws Refusal for the file itself
 */
export async function* detectEach(file: string, options: DetectOptions): AsyncGenerator<DescribedFile | LeftOut> {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) {
    yield* detectInFile(file, path.basename(file), options);
    return;
  }
  const { files, leftOut } = filesIn(file);
  yield* leftOut;
  for (const { file: inside, name } of files)
    yield* leavingOutRefused(detectInFile(inside, name, options), { file: name });
}

async function* detectInFile(
  file: string,
  name: string,
  options: DetectOptions,
): AsyncGenerator<DescribedFile | LeftOut> {
  if (!isArchive(file)) {
    yield await describeFile(file, name, options);
    return;
  }
  const folder = workingFolder("detect");
  try {
    const store = { folder, base: "archive" };
    const { size: bytes, mtimeMs } = fs.statSync(file);
    const contents = await unpackArchive({ file, name, store }, {});
    yield* contents?.leftOut ?? [];
    for (const { path: member, steps, written } of contents?.members ?? []) {
      const packed = { evidence: file, store, steps, sha256: "", bytes };
      const named = { file: name, ...(member === "" ? {} : { member }) };
      const found = async function* () {
        yield await describeMember(packed, named, written ?? mtimeMs * 1000, options);
      };
      yield* leavingOutRefused(found(), named);
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A file among others that is no log, or cannot be read, does not keep the others out. */
async function* leavingOutRefused(
  found: AsyncGenerator<DescribedFile | LeftOut>,
  named: { readonly file: string; readonly member?: string },
): AsyncGenerator<DescribedFile | LeftOut> {
  try {
    yield* found;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { ...named, why: reasonOf(error), ...(isNoLog(error) ? {} : { refused: true as const }) };
  }
}

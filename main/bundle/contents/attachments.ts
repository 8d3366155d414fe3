import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { AttachedFile, Remedy } from "../../../shared/model/accountability/remedy.ts";
import type { Case } from "../../case/case.ts";
import { sha256OfFile } from "../../platform/sha256.ts";

/** Letters of a given name that are kept in the bundle's. */
const MAX_NAME_LENGTH = 80;

export interface NamedAttachment extends AttachedFile {
  /** In `attachments/`: the entry, its file, and the allowed part of the given name. */
  readonly as: string;
}

/** The files of remedy entries, each once, by the first entry that names it. All follows from remedy.json. */
export function attachmentsOf(remedy: Remedy): NamedAttachment[] {
  const entries = remedy.rules.flatMap(({ developers }) => developers.flatMap((row) => row.entries));
  const named = new Map<string, NamedAttachment>();
  for (const { n, files } of [...entries].sort((a, b) => a.n - b.n))
    for (const [index, file] of files.entries())
      if (!named.has(file.sha256)) named.set(file.sha256, { ...file, as: `${n}-${index + 1}-${safeName(file.name)}` });
  return [...named.values()];
}

const safeName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/gu, "-")
    .slice(-MAX_NAME_LENGTH);

/** @throws Refusal `file-missing`, `file-changed`: what is handed over is what was attached */
export function copyAttachments({ evidence }: Case, remedy: Remedy, folder: string): void {
  for (const { name, sha256, as } of attachmentsOf(remedy)) {
    const kept = path.join(evidence, sha256);
    if (!fs.existsSync(kept))
      throw new Refusal(
        "file-missing",
        `${name}, a file of a remedy entry, is not in the case`,
        "copy it back into the folder evidence",
      );
    if (sha256OfFile(kept) !== sha256)
      throw new Refusal(
        "file-changed",
        `${name}, a file of a remedy entry, is not what was attached: evidence/${sha256} differs`,
        "copy it back into the folder evidence from a copy of the case",
      );
    fs.mkdirSync(folder, { recursive: true });
    fs.copyFileSync(kept, path.join(folder, as), fs.constants.COPYFILE_FICLONE);
    fs.chmodSync(path.join(folder, as), 0o644);
  }
}

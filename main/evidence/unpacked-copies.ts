import fs from "node:fs";
import path from "node:path";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { Refusal } from "../../shared/base/errors.ts";
import type { Case } from "../case/case.ts";
import { recordDamage } from "../case/damaged-cache.ts";
import type { SourceRow } from "../case/sources.ts";
import { faultOf } from "../platform/system-errors.ts";
import type { FailureMessage } from "../platform/worker-errors.ts";
import { errorOf } from "../platform/worker-errors.ts";
import { startThread } from "../platform/workers.ts";
import { lastingFolder, lastingFolderSoFar } from "../platform/working-folder.ts";
import { isIndexDamaged, renameBlocks } from "./block-file.ts";
import { demandWholeEvidence } from "./checked-evidence.ts";
import type { Step } from "./packing.ts";
import { demandUnchanged } from "./reference.ts";
import type { Store } from "./unpack-steps.ts";
import { areCopiesMade, copiesOf } from "./unpack-steps.ts";

/** Where the unpacked copies of a case's originals lie. */
export const blocksFolder = (caseFile: Case): string => path.join(caseFile.cache, "blocks");

const inCache = (caseFile: Case, copy: string): string => path.relative(caseFile.cache, copy).split(path.sep).join("/");

/**
 * Removes a copy that turned out to be damaged, and says so in custody where it is the case's own. Where it cannot be removed
 * it is added to `unfit`.
 */
export function removeDamaged(caseFile: Case, copy: string, unfit: Set<string>): void {
  const isOwn = path.dirname(copy) === blocksFolder(caseFile);
  try {
    if (isOwn && !recordDamage(caseFile, inCache(caseFile, copy))) unfit.add(copy);
    else fs.rmSync(copy, { force: true });
  } catch {
    unfit.add(copy);
  }
}

/** The copy made of an original while it came in goes on under the original's own name. */
export function renameCopy(caseFile: Case, source: number, sha256: string): void {
  const made = path.join(blocksFolder(caseFile), `incoming-${source}.blocks`);
  if (fs.existsSync(made)) renameBlocks(made, path.join(blocksFolder(caseFile), `${sha256}.blocks`));
}

/**
 * The store with the seekable copies of a packed original. They are made when first needed, in another thread, while
 * this one waits.
 * @param unfit copies known to be damaged that cannot be removed
 */
export function storeFor(
  caseFile: Case,
  row: SourceRow,
  file: string,
  steps: readonly Step[],
  unfit: ReadonlySet<string> = new Set(),
): Store {
  const base = row.sha256 ?? `incoming-${row.id}`;
  const own: Store = { folder: blocksFolder(caseFile), base };
  // A case on a read-only medium still opens: its copies are then made elsewhere, where nobody else can put others.
  const elsewhere = lastingFolderSoFar();
  const isFit = (store: Store) => !copiesOf(store, steps).some((copy) => unfit.has(copy));
  for (const store of [own, ...(elsewhere === undefined ? [] : [{ folder: elsewhere, base }])])
    if (isFit(store) && areCopiesMade(store, steps)) return store;
  if (row.by_reference) demandUnchanged(caseFile.db, row);
  else demandWholeEvidence(caseFile, row);
  for (const copy of copiesOf(own, steps)) if (isIndexDamaged(copy)) recordDamage(caseFile, inCache(caseFile, copy));
  for (const make of [() => own, () => ({ folder: lastingFolder(), base })]) {
    const store = make();
    if (!isFit(store)) continue;
    try {
      fs.mkdirSync(store.folder, { recursive: true });
      fs.accessSync(store.folder, fs.constants.W_OK);
    } catch {
      continue;
    }
    const done = new Int32Array(new SharedArrayBuffer(4));
    const { port1, port2 } = new MessageChannel();
    const thread = startThread(import.meta.url, "block-file", {
      workerData: { file, store, steps, name: row.name, done, port: port2 },
      transferList: [port2],
    });
    Atomics.wait(done, 0, 0);
    void thread.terminate();
    const failureMessage = receiveMessageOnPort(port1) as { message: FailureMessage } | undefined;
    port1.close();
    if (done[0] === 1 && areCopiesMade(store, steps)) return store;
    const failure = failureMessage && errorOf(failureMessage.message);
    throw (
      (failure && (faultOf(failure, store.folder) ?? failure)) ??
      new Refusal(
        "disk-full",
        `${row.name} could not be unpacked into ${store.folder}`,
        "make room there and try again",
      )
    );
  }
  throw new Refusal(
    "case-read-only",
    `${row.name} is compressed and there is nowhere to unpack it`,
    "copy the case to a disk that can be written",
  );
}

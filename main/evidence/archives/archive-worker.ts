import { errorOf, type FailureMessage } from "../../platform/worker-errors.ts";
import { startThread } from "../../platform/workers.ts";
import type { EvidenceFile } from "../read-file.ts";
import type { Contents, WalkOrder } from "./unpack-archive.ts";

/** `read`: hash a file, and copy it where `copy` names a target. `walk`: unpack an archive to its last file. */
export type ArchiveOrder =
  | { readonly kind: "read"; readonly read: { readonly file: string; readonly copy: string | undefined } }
  | { readonly kind: "walk"; readonly walk: WalkOrder };

export type ArchiveMessage =
  | { readonly kind: "progress"; readonly bytes: number }
  | { readonly kind: "end"; readonly result: unknown };

interface Hearing {
  progress?(bytes: number): void;
  readonly signal?: AbortSignal | undefined;
}

/** Undefined: it was stopped. @throws Refusal as `EvidenceReader` */
export const readArchiveFile = (
  file: string,
  copy: string | undefined,
  hearing: Hearing,
): Promise<EvidenceFile | undefined> =>
  runInThread({ kind: "read", read: { file, copy } }, hearing) as Promise<EvidenceFile | undefined>;

/** Undefined: it was stopped. @throws Refusal as `walkArchive` */
export const unpackArchive = (walk: WalkOrder, hearing: Hearing): Promise<Contents | undefined> =>
  runInThread({ kind: "walk", walk }, hearing) as Promise<Contents | undefined>;

async function runInThread(order: ArchiveOrder, hearing: Hearing): Promise<unknown> {
  const thread = startThread(import.meta.url, "archive", { workerData: order });
  let stop: (() => void) | undefined;
  try {
    return await new Promise((resolve, reject) => {
      stop = () => resolve(undefined);
      if (hearing.signal?.aborted) stop();
      hearing.signal?.addEventListener("abort", stop);
      thread.on("error", reject);
      thread.on("message", (message: ArchiveMessage | FailureMessage) => {
        if (message.kind === "failure") reject(errorOf(message));
        else if (message.kind === "end") resolve(message.result);
        else hearing.progress?.(message.bytes);
      });
    });
  } finally {
    if (stop) hearing.signal?.removeEventListener("abort", stop);
    await thread.terminate();
  }
}

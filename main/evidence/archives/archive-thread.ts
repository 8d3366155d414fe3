import { parentPort, workerData } from "node:worker_threads";
import { failureOf } from "../../platform/worker-errors.ts";
import { EvidenceReader } from "../read-file.ts";
import type { ArchiveMessage, ArchiveOrder } from "./archive-worker.ts";
import { walkArchive } from "./unpack-archive.ts";

/** Reads an archive into evidence, or unpacks one. Reports progress. */
const order = workerData as ArchiveOrder;
const send = (message: ArchiveMessage) => parentPort?.postMessage(message);

/** Bytes between two progress messages. */
const PROGRESS_STEP_BYTES = 8 << 20;
let reported = 0;
const progress = (bytes: number) => {
  if (bytes < reported + PROGRESS_STEP_BYTES) return;
  reported = bytes;
  send({ kind: "progress", bytes });
};

try {
  if (order.kind === "walk") send({ kind: "end", result: await walkArchive(order.walk, progress) });
  else {
    const reader = new EvidenceReader();
    const progressOnly = { push: async () => progress(reader.position().bytes), end: async () => undefined, lines: 0 };
    send({
      kind: "end",
      result: await reader.run(
        {
          ...order.read,
          compression: undefined,
          isReference: false,
          isReadInPieces: false,
          prefix: undefined,
          offset: 0,
          encoding: "utf-8",
        },
        progressOnly,
      ),
    });
  }
} catch (error) {
  parentPort?.postMessage(failureOf(error));
}

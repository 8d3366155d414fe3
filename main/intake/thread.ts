import { type MessagePort, Worker } from "node:worker_threads";

/** Threads run the sources as they are, or the bundled files beside the bundled program. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";

export type ThreadName = "reading" | "coding" | "archive" | "blocks";

/** Starts one of the threads of this folder: `<name>-thread.ts`. */
export function startThread(name: ThreadName, workerData?: unknown, transferList: MessagePort[] = []): Worker {
  return new Worker(new URL(`./${name}-thread.${EXTENSION}`, import.meta.url), { workerData, transferList, name });
}

import { Worker, type WorkerOptions } from "node:worker_threads";

/** Threads run the sources as they are, or the built files next to the built program. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";

/**
 * Starts the thread whose entry file is `<name>-thread` in the folder of the caller: vite.config.ts builds every file of that
 * name as an entry, because no bundler follows a URL.
 * @param caller the `import.meta.url` of the file that starts it
 */
export function startThread(
  caller: string,
  name: string,
  { workerData, transferList = [] }: Pick<WorkerOptions, "workerData" | "transferList"> = {},
): Worker {
  const entry = new URL(`./${name}-thread.${EXTENSION}`, caller);
  return new Worker(entry, { workerData, transferList, name });
}

import v8 from "node:v8";
import vm from "node:vm";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** Threads run the sources as they are, or the built files next to the built program. */
const EXTENSION = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** Megabytes of the young heap of a thread that reads for long: V8's own, many times as much for each, is what verify would need most of. */
const YOUNG_MEGABYTES = 8;

/**
 * Starts the thread whose entry file is `<name>-thread` in the folder of the caller: vite.config.ts builds every file of that
 * name as an entry, because no bundler follows a URL.
 * @param caller the `import.meta.url` of the file that starts it
 * @param isLean it takes long, and memory is worth more than some of its time
 * @param mostMegabytes of its old heap: it ends where it needs more, and tidies up earlier than without
 */
export function startThread(
  caller: string,
  name: string,
  {
    workerData,
    transferList = [],
    isLean = false,
    mostMegabytes,
  }: Pick<WorkerOptions, "workerData" | "transferList"> & {
    readonly isLean?: boolean;
    readonly mostMegabytes?: number;
  } = {},
): Worker {
  const entry = new URL(`./${name}-thread.${EXTENSION}`, caller);
  const resourceLimits = {
    ...(isLean && { maxYoungGenerationSizeMb: YOUNG_MEGABYTES }),
    ...(mostMegabytes !== undefined && { maxOldGenerationSizeMb: mostMegabytes }),
  };
  return new Worker(entry, { workerData, transferList, name, resourceLimits });
}

/**
 * Gives back at once what this thread holds of memory and nobody asks for any more. The engine does so only when it needs room, and
 * does not know that another thread does. It takes some hundredths of a second. In the window it is left to the engine, whose flags
 * may be frozen there: setting one would end the program.
 */
export function tidyMemory(): void {
  if (process.versions.electron !== undefined) return;
  v8.setFlagsFromString("--expose-gc");
  try {
    const collect: unknown = vm.runInNewContext("globalThis.gc");
    if (typeof collect === "function") collect();
  } finally {
    v8.setFlagsFromString("--no-expose-gc");
  }
}

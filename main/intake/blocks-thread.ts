import { workerData } from "node:worker_threads";
import { writeBlocks } from "./blocks.ts";

/** Unpacks one original while the thread that needs it waits on `done`: 1 made, 2 could not. */
const { source, target, done } = workerData as { source: string; target: string; done: Int32Array };

let result = 2;
try {
  await writeBlocks(source, target);
  result = 1;
} finally {
  Atomics.store(done, 0, result);
  Atomics.notify(done, 0);
}

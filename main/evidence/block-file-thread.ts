import { type MessagePort, workerData } from "node:worker_threads";
import { failureOf } from "../platform/worker-errors.ts";
import type { Step } from "./packing.ts";
import { makeCopies, type Store } from "./unpack-steps.ts";

/** Unpacks an original again while the thread that needs it waits on `done`: 1 made, 2 could not, and `port` says why. */
const { file, store, steps, name, done, port } = workerData as {
  file: string;
  store: Store;
  steps: readonly Step[];
  name: string;
  done: Int32Array;
  port: MessagePort;
};

let result = 2;
try {
  await makeCopies(file, store, steps, name);
  result = 1;
} catch (error) {
  port.postMessage(failureOf(error));
} finally {
  Atomics.store(done, 0, result);
  Atomics.notify(done, 0);
}

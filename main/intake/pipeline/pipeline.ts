import { MessageChannel, type Worker } from "node:worker_threads";
import { errorOf, type FailureMessage } from "../../platform/worker-errors.ts";
import { startThread } from "../../platform/workers.ts";
import type { EncodeMessage, EncodeOrder, LoadedMessage, ReadOrder, Started } from "./messages.ts";

interface Threads {
  readonly reading: Worker;
  readonly coding: Worker;
}

/** Milliseconds that the threads of a finished import wait for the next: a folder of small files would start them for each. */
const IDLE_THREADS_TIMEOUT_MS = 2000;
let spare: (Threads & { readonly timer: NodeJS.Timeout }) | undefined;

function takeThreads(): Threads {
  const taken = spare;
  spare = undefined;
  if (!taken) return { reading: startThread(import.meta.url, "read"), coding: startThread(import.meta.url, "encode") };
  clearTimeout(taken.timer);
  taken.reading.ref();
  taken.coding.ref();
  return taken;
}

/** Starts threads that will be needed soon: what comes before an import, such as recognising its format, need not be waited for. */
export function readyThreads(): void {
  if (!spare)
    void keepThreads({ reading: startThread(import.meta.url, "read"), coding: startThread(import.meta.url, "encode") });
}

const end = ({ reading, coding }: Threads) => Promise.all([reading.terminate(), coding.terminate()]);

/** Keeps threads that have nothing left to do; neither they nor the wait keep the program up. */
async function keepThreads(threads: Threads): Promise<void> {
  for (const thread of [threads.reading, threads.coding]) {
    thread.removeAllListeners("message");
    thread.removeAllListeners("error");
    thread.unref();
  }
  if (spare) await end(threads);
  else {
    const timer = setTimeout(() => {
      spare = undefined;
      void end(threads);
    }, IDLE_THREADS_TIMEOUT_MS).unref();
    spare = { ...threads, timer };
  }
}

/**
 * Runs the two threads of an import and gives what they make, in the order of the file. Ends after the message `end`.
 * Leaving the loop early stops the threads.
 * @throws Refusal as the threads refuse
 */
export async function* runPipeline(read: ReadOrder, code: EncodeOrder): AsyncGenerator<EncodeMessage> {
  const { port1, port2 } = new MessageChannel();
  const threads = takeThreads();
  const { reading, coding } = threads;
  const waiting: EncodeMessage[] = [];
  let failure: unknown;
  let wake: (() => void) | undefined;
  let isDone = false;
  const notify = () => wake?.();
  const fail = (error: unknown) => {
    failure ??= error;
    notify();
  };
  for (const thread of [reading, coding]) {
    thread.on("error", fail);
    thread.on("message", (message: EncodeMessage | FailureMessage) => {
      if (message.kind === "failure") fail(errorOf(message));
      else {
        waiting.push(message);
        notify();
      }
    });
  }
  reading.postMessage({ order: read, port: port1 } satisfies Started<ReadOrder>, [port1]);
  coding.postMessage({ order: code, port: port2 } satisfies Started<EncodeOrder>, [port2]);
  try {
    for (;;) {
      const next = waiting.shift();
      if (next) {
        if (next.kind === "coded") coding.postMessage({ kind: "loaded" } satisfies LoadedMessage);
        isDone = next.kind === "end";
        yield next;
        if (isDone) return;
      } else if (failure) throw failure;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    // Threads that were left in the middle of something are of no more use.
    await (isDone && !failure ? keepThreads : end)(threads);
  }
}

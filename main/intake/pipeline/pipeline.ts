import { MessageChannel, type Worker } from "node:worker_threads";
import { errorOf, type FailureMessage } from "../../platform/worker-errors.ts";
import { startThread } from "../../platform/workers.ts";
import type { EncodeMessage, EncodeOrder, LoadedMessage, ReadOrder, Started, StoredMessage } from "./messages.ts";

interface Threads {
  readonly readThread: Worker;
  readonly encodeThread: Worker;
}

/** Milliseconds that the threads of a finished import wait for the next: a folder of small files would start them for each. */
const IDLE_THREADS_TIMEOUT_MS = 2000;
/** Batches of an import whose threads are not kept: they hold more memory than their start takes time. */
const MANY_BATCHES = 32;
let spare: (Threads & { readonly timer: NodeJS.Timeout; readonly texts: string | undefined }) | undefined;

/** The state of the case's dictionaries that the encoding thread of the next import has, if it has any. */
export const keptTexts = (): string | undefined => spare?.texts;

function claimThreads(): Threads {
  const kept = spare;
  spare = undefined;
  if (!kept)
    return {
      readThread: startThread(import.meta.url, "read", { isLean: true }),
      encodeThread: startThread(import.meta.url, "encode", { isLean: true }),
    };
  clearTimeout(kept.timer);
  kept.readThread.ref();
  kept.encodeThread.ref();
  return kept;
}

/** Starts threads that will be needed soon: what comes before an import, such as recognising its format, need not be waited for. */
export function readyThreads(): void {
  if (!spare)
    void keepThreads({
      readThread: startThread(import.meta.url, "read", { isLean: true }),
      encodeThread: startThread(import.meta.url, "encode", { isLean: true }),
    });
}

const end = ({ readThread, encodeThread }: Threads) => Promise.all([readThread.terminate(), encodeThread.terminate()]);

/** Keeps idle threads for the next import. Neither they nor the timer keep the program running. */
async function keepThreads(threads: Threads, texts?: string): Promise<void> {
  for (const thread of [threads.readThread, threads.encodeThread]) {
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
    spare = { ...threads, timer, texts };
  }
}

/** What an import reads: batches, and the end. `stored` gives a batch's memory back: nothing of it can be read any more. */
export type PipelineMessage =
  | (Extract<EncodeMessage, { kind: "encoded" }> & { stored(): void })
  | Extract<EncodeMessage, { kind: "end" }>;

/**
 * Runs the two threads of an import and gives what they make, in the order of the file. Ends after the message `end`.
 * Leaving the loop early stops the threads, and so does `signal`, whatever they wait for.
 * @param textsAfter the state of the case's dictionaries once all of it is committed
 * @throws Refusal as the threads refuse, or `stopped`
 */
export async function* runPipeline(
  read: ReadOrder,
  encode: EncodeOrder,
  signal: AbortSignal | undefined,
  stopped: () => Error,
  textsAfter: () => string,
): AsyncGenerator<PipelineMessage> {
  const { port1, port2 } = new MessageChannel();
  const threads = claimThreads();
  const { readThread, encodeThread } = threads;
  const waiting: EncodeMessage[] = [];
  let failure: unknown;
  let wake: (() => void) | undefined;
  let isDone = false;
  let batches = 0;
  const notify = () => wake?.();
  const fail = (error: unknown) => {
    failure ??= error;
    notify();
  };
  for (const thread of [readThread, encodeThread]) {
    thread.on("error", fail);
    thread.on("message", (message: EncodeMessage | FailureMessage) => {
      if (message.kind === "failure") fail(errorOf(message));
      else {
        waiting.push(message);
        notify();
      }
    });
  }
  const stop = () => fail(stopped());
  signal?.addEventListener("abort", stop);
  readThread.postMessage({ order: read, port: port1 } satisfies Started<ReadOrder>, [port1]);
  encodeThread.postMessage({ order: encode, port: port2 } satisfies Started<EncodeOrder>, [port2]);
  try {
    for (;;) {
      const next = waiting.shift();
      if (next) {
        isDone = next.kind === "end";
        if (next.kind === "end") {
          yield next;
          return;
        }
        batches += 1;
        encodeThread.postMessage({ kind: "loaded" } satisfies LoadedMessage);
        const { memory } = next;
        yield { ...next, stored: () => encodeThread.postMessage({ kind: "stored", memory } satisfies StoredMessage) };
      } else if (failure) throw failure;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // Threads that were stopped in the middle of an import cannot be used again.
    if (!isDone || failure) await end(threads);
    else if (batches > MANY_BATCHES) void end(threads);
    else await keepThreads(threads, textsAfter());
  }
}

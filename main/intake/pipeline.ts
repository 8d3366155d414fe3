import { MessageChannel } from "node:worker_threads";
import {
  type CodeMessage,
  type CodeOrder,
  errorOf,
  type FailureMessage,
  type LoadedMessage,
  type ReadOrder,
} from "./messages.ts";
import { startThread } from "./thread.ts";

/**
 * Runs the two threads of an import and gives what they make, in the order of the file. Ends after the message `end`.
 * Leaving the loop early stops the threads.
 * @throws Refusal as the threads refuse
 */
export async function* runPipeline(read: ReadOrder, code: CodeOrder): AsyncGenerator<CodeMessage> {
  const { port1, port2 } = new MessageChannel();
  const reading = startThread("reading", { order: read, port: port1 }, [port1]);
  const coding = startThread("coding", { order: code, port: port2 }, [port2]);
  const waiting: CodeMessage[] = [];
  let failure: unknown;
  let wake: (() => void) | undefined;
  const notify = () => wake?.();
  const fail = (error: unknown) => {
    failure ??= error;
    notify();
  };
  for (const thread of [reading, coding]) {
    thread.on("error", fail);
    thread.on("message", (message: CodeMessage | FailureMessage) => {
      if (message.kind === "failure") fail(errorOf(message));
      else {
        waiting.push(message);
        notify();
      }
    });
  }
  try {
    for (;;) {
      const next = waiting.shift();
      if (next) {
        if (next.kind === "coded") coding.postMessage({ kind: "loaded" } satisfies LoadedMessage);
        yield next;
        if (next.kind === "end") return;
      } else if (failure) throw failure;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    await Promise.all([reading.terminate(), coding.terminate()]);
  }
}

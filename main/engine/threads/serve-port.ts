import type { MessagePort } from "node:worker_threads";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Hooks, Progress } from "../../../shared/contract/contract.ts";
import { refusalOf } from "../../platform/system-errors.ts";
import type { FromThread, ToThread } from "./messages.ts";

type Ask = Extract<ToThread, { kind: "ask" }>;

/** Milliseconds between two tellings of one request's progress. */
const PROGRESS_EVERY_MS = 100;

/** Answers the requests that come in at a port, in their order, until it is told to close. */
export function serve(
  port: MessagePort,
  answer: (name: string, input: unknown, hooks: Hooks) => Promise<unknown>,
  close: () => void,
): void {
  const waiting: Ask[] = [];
  const running = new Map<number, AbortController>();
  const tell = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  const run = async ({ id, name, input, asBytes, stop }: Ask) => {
    if (isStopped(stop)) return tell({ kind: "refused", id, refusal: STOPPED });
    const controller = new AbortController();
    running.set(id, controller);
    // Work that never pauses does not receive `cancel`. It checks the signal, which reads the shared memory.
    Object.defineProperty(controller.signal, "aborted", { get: () => isStopped(stop) });
    let told = 0;
    const progress = (now: Progress) => {
      if (performance.now() - told < PROGRESS_EVERY_MS) return;
      told = performance.now();
      tell({ kind: "progress", id, progress: now });
    };
    try {
      const reply = await answer(name, input, { signal: controller.signal, progress });
      if (!asBytes) return tell({ kind: "reply", id, reply });
      const bytes = new TextEncoder().encode(JSON.stringify(reply));
      tell({ kind: "bytes", id, bytes }, [bytes.buffer]);
    } catch (error) {
      tell({ kind: "refused", id, refusal: crossing(error) });
    } finally {
      running.delete(id);
    }
  };

  // One request at a time, each in a task of its own: a request that was cancelled while another ran is never begun.
  const next = () => {
    const ask = waiting.shift();
    if (ask) void run(ask);
    if (waiting.length > 0) setImmediate(next);
  };

  port.on("message", (message: ToThread) => {
    switch (message.kind) {
      case "ask":
        if (waiting.push(message) === 1) setImmediate(next);
        break;
      case "cancel":
        running.get(message.id)?.abort();
        break;
      case "close":
        close();
        port.close();
    }
  });
}

const isStopped = (stop: Int32Array): boolean => Atomics.load(stop, 0) !== 0;

const STOPPED: RefusalData = { code: "cancelled", what: "The request was stopped before it began", todo: "ask again" };

/** An error as it crosses; where a fault came from is said to whoever asks for it. */
export function crossing(error: unknown): RefusalData {
  const refusal = refusalOf(error, "the case");
  if (refusal.code === "internal" && process.env.EXHIBIT_DEBUG) console.error(error);
  return refusal;
}

import type { Worker } from "node:worker_threads";
import { Refusal, refusalFrom } from "../../../shared/base/errors.ts";
import type { Hooks } from "../../../shared/contract/contract.ts";
import { faultOf } from "../../platform/system-errors.ts";
import { startThread } from "../../platform/workers.ts";
import { removeFoldersOf } from "../../platform/working-folder.ts";
import type { FromThread, Opened, ToThread } from "./messages.ts";

/** Milliseconds that a thread has to close its case before it is ended. */
const CLOSE_TIMEOUT_MS = 10_000;

interface Pending {
  resolve(reply: unknown): void;
  reject(error: Error): void;
  readonly hooks: Hooks;
}

/** One thread of the engine as the other side sees it: a promise a request. */
export class WorkerClient {
  readonly about: Opened | undefined;
  readonly #worker: Worker;
  readonly #pending: Map<number, Pending>;
  #last = 0;
  #isClosing = false;

  private constructor(worker: Worker, pending: Map<number, Pending>, about: Opened | undefined) {
    this.#worker = worker;
    this.#pending = pending;
    this.about = about;
  }

  /**
   * @param isLean it takes long, and memory is worth more than some of its time
   * @param ended called once if the thread ends without having been told to
   * @throws Refusal where the case cannot be opened
   */
  static start(
    name: "case" | "caseless",
    workerData: unknown,
    ended: (refusal: Refusal) => void = () => {},
    isLean = name === "caseless",
  ): Promise<WorkerClient> {
    const worker = startThread(import.meta.url, name, { workerData, isLean });
    const pending = new Map<number, Pending>();
    return new Promise((resolve, reject) => {
      let thread: WorkerClient | undefined;
      let fault: unknown;
      worker.on("error", (error) => {
        fault = error;
      });
      const { threadId } = worker;
      worker.once("exit", (code) => {
        if (code !== 0) removeFoldersOf(threadId);
        const refusal = died(fault);
        for (const each of pending.values()) each.reject(refusal);
        pending.clear();
        reject(refusal);
        if (thread && !thread.#isClosing) ended(refusal);
      });
      worker.on("message", (message: FromThread) => {
        switch (message.kind) {
          case "opened":
            thread = new WorkerClient(worker, pending, message.about);
            resolve(thread);
            break;
          case "not-opened":
            reject(refusalFrom(message.refusal));
            void worker.terminate();
            break;
          case "progress":
            pending.get(message.id)?.hooks.progress?.(message.progress);
            break;
          default:
            settle(pending, message);
        }
      });
    });
  }

  /** @throws Refusal */
  ask(name: string, input: unknown, hooks: Hooks = {}): Promise<unknown> {
    return this.#send(name, input, hooks, false);
  }

  /** The reply as JSON text. @throws Refusal */
  askBytes(name: string, input: unknown, hooks: Hooks = {}): Promise<Uint8Array<ArrayBuffer>> {
    return this.#send(name, input, hooks, true) as Promise<Uint8Array<ArrayBuffer>>;
  }

  #send(name: string, input: unknown, hooks: Hooks, asBytes: boolean): Promise<unknown> {
    const id = ++this.#last;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const post = (message: ToThread) => this.#worker.postMessage(message);
    const cancel = () => {
      Atomics.store(stop, 0, 1);
      post({ kind: "cancel", id });
    };
    if (hooks.signal?.aborted) cancel();
    hooks.signal?.addEventListener("abort", cancel);
    const answered = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, hooks });
      post({ kind: "ask", id, name, input, asBytes, stop });
    });
    return answered.finally(() => hooks.signal?.removeEventListener("abort", cancel));
  }

  /** Ends the thread in the middle of what it does. */
  async end(): Promise<void> {
    this.#isClosing = true;
    await this.#worker.terminate();
  }

  /** Closes the case, whose lock is free when this resolves. */
  close(): Promise<void> {
    this.#isClosing = true;
    return new Promise((resolve) => {
      const late = setTimeout(() => void this.#worker.terminate(), CLOSE_TIMEOUT_MS);
      this.#worker.once("exit", () => {
        clearTimeout(late);
        resolve();
      });
      if (this.#worker.threadId === -1) resolve();
      this.#worker.postMessage({ kind: "close" } satisfies ToThread);
    });
  }
}

function settle(pending: Map<number, Pending>, message: Extract<FromThread, { id: number }>): void {
  const waits = pending.get(message.id);
  pending.delete(message.id);
  if (message.kind === "reply") waits?.resolve(message.reply);
  if (message.kind === "bytes") waits?.resolve(message.bytes);
  if (message.kind === "refused") waits?.reject(refusalFrom(message.refusal));
}

function died(fault: unknown): Refusal {
  const known = faultOf(fault, "the case");
  if (known?.code === "out-of-memory") return known;
  const why = fault instanceof Error ? ` (${fault.message})` : "";
  return new Refusal(
    "internal",
    `The engine of the case has stopped${why}`,
    "open the case again; everything that was committed is there",
    { cause: fault },
  );
}

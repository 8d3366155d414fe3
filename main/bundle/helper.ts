import type { Worker } from "node:worker_threads";
import { startThread } from "../platform/workers.ts";
import type { Job, JobDone } from "./helper-jobs.ts";

/** From so many calls on a thread helps to make a bundle: for fewer its start costs more than it saves. */
export const CALLS_FOR_HELP = 100_000;

/** Calls of huge texts may need more: then the thread ends, and what it was to do is done without it. */
const MOST_MEGABYTES = 160;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that makes parts of a large bundle, one after the other, while the case's own thread makes others. */
export class Helper {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor() {
    this.#worker = startThread(import.meta.url, "helper", { isLean: true, mostMegabytes: MOST_MEGABYTES });
    this.#worker.on("message", ({ id, result, fault }: JobDone) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (fault === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(fault));
    });
    const end = (error: Error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    this.#worker.on("error", end);
    this.#worker.on("exit", () => end(new Error("the thread that helps with a bundle ended")));
  }

  /** What went wrong there is found again by whoever does it here instead, and said as ever. */
  run<Result>(job: Job): Promise<Result> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      this.#worker.postMessage({ id, job });
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** What the helper makes, or, where there is none or it could not, what is made here. */
export async function helped<Result>(
  helping: Promise<Result> | undefined,
  own: () => Result | Promise<Result>,
): Promise<Result> {
  if (helping === undefined) return own();
  try {
    return await helping;
  } catch {
    return own();
  }
}

import { Worker } from "node:worker_threads";
import { END, LOST, type Shared, SIZE, START } from "./machine-probe.ts";

/** Samples kept: an hour of them. */
const MOST = 1_000_000;

/**
 * How fast the machine itself runs beside what is measured on it. A virtual machine may be slowed to a twelfth for a twentieth
 * of a second, over and over, by what nobody in it can see; whoever is measured in such a moment is not to blame.
 */
export class Machine {
  readonly #worker: Worker;
  readonly #shared: Shared;

  private constructor(worker: Worker, shared: Shared) {
    this.#worker = worker;
    this.#shared = shared;
  }

  static async watch(): Promise<Machine> {
    const shared = {
      samples: new Float64Array(new SharedArrayBuffer(MOST * SIZE * 8)),
      count: new Int32Array(new SharedArrayBuffer(4)),
    };
    const worker = new Worker(new URL("./machine-probe.ts", import.meta.url), { workerData: shared });
    await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    return new Machine(worker, shared);
  }

  /** Milliseconds between two times (since 1970) that the machine took away by running slower than it mostly does. */
  lost(from: number, to: number): number {
    return lostIn(this.#shared, from, to);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Of a sample that lies in the time in part, that part. */
export function lostIn({ samples, count }: Shared, from: number, to: number): number {
  let sum = 0;
  // the latest are asked about
  for (let at = Atomics.load(count, 0) - 1; at >= 0; at -= 1) {
    const start = samples[at * SIZE + START] as number;
    const end = samples[at * SIZE + END] as number;
    if (end <= from) break;
    const part = Math.max(0, Math.min(end, to) - Math.max(start, from)) / (end - start);
    sum += part * (samples[at * SIZE + LOST] as number);
  }
  return sum;
}

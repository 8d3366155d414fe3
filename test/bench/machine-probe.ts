import { parentPort, workerData } from "node:worker_threads";

/** Does a piece of work of always the same size, some two hundred times a second, and writes down how long that took. */

export interface Shared {
  /** SIZE numbers a sample: when it began and ended, ms since 1970, and how many of them were lost. */
  readonly samples: Float64Array<SharedArrayBuffer>;
  readonly count: Int32Array<SharedArrayBuffer>;
}

export const [START, END, LOST, SIZE] = [0, 1, 2, 3];

/** Milliseconds between two samples. */
const PAUSE = 4;
/** Steps of a piece of work: few enough that four pieces are a small part of the pause. */
const STEPS = 4_000;
/** Of so many pieces the quickest counts: another program may have had the core during one of them, not during all. */
const PIECES = 4;
/** Pieces from which the usual speed is known. */
const FIRST = 400;
/** Slower than this many times the usual is the machine's doing; below, another core's. */
const SLOW = 3;

const now = () => performance.timeOrigin + performance.now();

/** What the work comes to: work for nothing might be left out. */
let result = 0;

function piece(): number {
  const began = performance.now();
  let x = result;
  for (let step = 0; step < STEPS; step += 1) x = (x * 31 + step) | 0;
  result = x;
  return performance.now() - began;
}

const quickest = () => Math.min(...Array.from({ length: PIECES }, piece));

if (parentPort) {
  const { samples, count } = workerData as Shared;
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  for (let warm = 0; warm < 5000; warm += 1) piece();
  const usual = Array.from({ length: FIRST }, quickest).sort((a, b) => a - b)[FIRST / 2] as number;
  parentPort.postMessage("begun");
  for (let at = 0; at * SIZE < samples.length; at += 1) {
    Atomics.wait(sleep, 0, 0, PAUSE);
    const began = now();
    const took = quickest();
    const end = now();
    // the pause before was of the same kind; of a longer one nothing is known
    samples[at * SIZE + START] = began - PAUSE;
    samples[at * SIZE + LOST] = took < SLOW * usual ? 0 : (end - began + PAUSE) * (1 - usual / took);
    samples[at * SIZE + END] = end;
    Atomics.store(count, 0, at + 1);
  }
}

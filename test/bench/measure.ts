import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";

/** What a process and all that it started took. `cpu` and `peak` are NaN where the system does not tell (only Linux does). */
export interface Measure {
  /** Seconds on the clock, start-up included. */
  readonly wall: number;
  /** Seconds of all cores. */
  readonly cpu: number;
  /** Bytes: the largest sum of resident memory over the tree, sampled. */
  readonly peak: number;
  readonly output: string;
}

/** Milliseconds between two looks at the memory. */
const EVERY = 20;
const TICKS = 100;
const isLinux = process.platform === "linux";

/** Runs a program to its end. Everything written before is on the disk first, so that nobody pays for another's writing. */
export async function measure(program: string, args: readonly string[], input = ""): Promise<Measure> {
  spawnSync("sync");
  const cpu = childrenSeconds();
  const began = performance.now();
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(input);
  let peak = Number.NaN;
  const sampler = setInterval(() => {
    const now = child.pid === undefined ? Number.NaN : residentBytes(child.pid);
    if (!(now <= peak)) peak = now;
  }, EVERY);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    const wall = (performance.now() - began) / 1000;
    if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
    return { wall, cpu: childrenSeconds() - cpu, peak, output };
  } finally {
    clearInterval(sampler);
  }
}

/** CPU seconds of all children that have ended, and of theirs. */
function childrenSeconds(): number {
  if (!isLinux) return Number.NaN;
  const fields = fs
    .readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /u, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/** Resident memory of a process and its children. */
function residentBytes(pid: number): number {
  if (!isLinux) return Number.NaN;
  try {
    const pages = Number(fs.readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + (residentBytes(Number(child)) || 0), pages * 4096);
  } catch {
    return Number.NaN;
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

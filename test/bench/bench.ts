import os from "node:os";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { costs } from "./costs.ts";
import { findings } from "./findings/findings.ts";
import { intake } from "./intake.ts";
import { window } from "./window/window.ts";

/**
 * The benchmark: what the issues promise in numbers, measured on this machine, each beside its target. Parts by name,
 * all without one. A missed target is printed as missed and makes the exit code 1.
 */
const PARTS: Readonly<Record<string, (options: BenchOptions) => Promise<boolean>>> = {
  intake,
  findings,
  bundle,
  window,
  costs,
};

export interface BenchOptions {
  /** Rounds of each measurement; the median counts. */
  readonly rounds: number;
  readonly rows: number;
  /** Also what takes long: 20 million rows. */
  readonly large: boolean;
  /** Where the logs lie from an earlier run, and stay. */
  readonly folder: string | undefined;
  /** Where an older build lies, with its packages installed. */
  readonly before: string | undefined;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "2000000" },
    large: { type: "boolean", default: false },
    folder: { type: "string" },
    before: { type: "string" },
  },
});
const isAll = positionals.length === 0;
const named = isAll
  ? Object.keys(PARTS).filter((name) => name !== "costs" || values.before !== undefined)
  : positionals;
const unknown = named.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  console.error(`bench: there is no part ${unknown}; there are ${Object.keys(PARTS).join(", ")}`);
  process.exitCode = 2;
} else {
  console.log(`${os.cpus()[0]?.model.trim()}, ${os.availableParallelism()} cores, Node ${process.versions.node}`);
  for (const name of named) {
    const part = PARTS[name] as (options: BenchOptions) => Promise<boolean>;
    const isMet = await part({
      rounds: Number(values.rounds),
      rows: Number(values.rows),
      large: values.large,
      folder: values.folder,
      before: values.before,
    });
    if (!isMet) process.exitCode = 1;
  }
}

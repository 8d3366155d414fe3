import { spawnSync } from "node:child_process";
import path from "node:path";

const program = path.resolve(import.meta.dirname, "../main/exhibit.js");

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** stdout as the one JSON document it must be. */
  json<T = Record<string, unknown>>(): T;
}

/** Runs the command as a user does, in a process of its own. */
export function exhibit(...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, TZ: "Pacific/Kiritimati" },
  });
  return { code: status, out: stdout, err: stderr, json: <T>() => JSON.parse(stdout) as T };
}

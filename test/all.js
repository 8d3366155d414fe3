// `npm test`: the tests, then format, types and unused code. Not beside them: on two cores a compiler beside two windows makes
// these so slow that keys overtake what they are meant for. Plain JavaScript: any Node starts it.
import { spawn } from "node:child_process";
import fs from "node:fs";

const MEMORY = "/dev/shm";
const ROOM = 4 * 2 ** 30;

/** Where the tests' cases and logs lie: in memory where it has room, for a fifth of the time was the disk's. */
function temporary() {
  try {
    const { bavail, bsize } = fs.statfsSync(MEMORY);
    return bavail * bsize > ROOM ? fs.mkdtempSync(`${MEMORY}/exhibit-tests-`) : undefined;
  } catch {
    return undefined;
  }
}

const folder = temporary();
process.on("exit", () => folder !== undefined && fs.rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const env = folder === undefined ? process.env : { ...process.env, TMPDIR: folder };
const run = (program, ...args) => {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  return { child, ended: new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1))) };
};
async function shown(program, ...args) {
  const { child, ended } = run(program, ...args);
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  return ended;
}
const codes = [await shown("vitest", "run"), await shown("npm", "run", "check")];
process.exitCode = codes.find((code) => code !== 0) ?? 0;

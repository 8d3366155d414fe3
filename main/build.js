// Builds the window if it is missing or older than its sources. Other processes wait meanwhile. Plain JavaScript.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "./node.js";

const SOURCES = ["main", "renderer", "shared", "resources", "vite.config.ts", "package.json", "package-lock.json"];
const RESULTS = ["main/index.js", "preload/preload.cjs", "renderer/index.html"];

/** A lock that is older was left behind by a process that ended. */
const STALE_LOCK_MS = 120_000;
const lock = path.join(root, "node_modules", ".building");

while (isStale()) {
  if (!takeLock()) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    continue;
  }
  try {
    if (!isStale()) break;
    console.log("Building the window, once…");
    const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
    const env = { ...process.env, NODE_ENV: "production" };
    const { status } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
      cwd: root,
      env,
      stdio: "inherit",
    });
    process.exitCode = status === null ? 2 : status;
    break;
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}

function takeLock() {
  try {
    fs.mkdirSync(lock);
    return true;
  } catch {
    if (Date.now() - timeOf(lock) > STALE_LOCK_MS) fs.rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isStale() {
  const built = RESULTS.map((name) => timeOf(path.join(root, "dist", name)));
  return Math.max(...SOURCES.map((name) => newest(path.join(root, name)))) > Math.min(...built);
}

/** Milliseconds; 0 where there is nothing. */
function timeOf(file) {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  return found ? found.mtimeMs : 0;
}

function newest(file) {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...fs.readdirSync(file).map((name) => newest(path.join(file, name))));
}

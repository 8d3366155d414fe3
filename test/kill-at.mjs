// Loaded into the command before anything else (`--import`), and into each of its threads: counts what it writes, flushes,
// renames and removes, and what its databases commit, and kills the process at the one that EXHIBIT_KILL_AT names. Plain
// JavaScript: the Node that only looks for a newer one loads it as well.
import fs from "node:fs";
import fsp from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

const [major, minor] = process.versions.node.split(".").map(Number);
const at = Number(process.env.EXHIBIT_KILL_AT);
const counter = process.env.EXHIBIT_KILL_COUNTER;

if (counter !== undefined && (major >= 24 || (major === 22 && minor >= 18))) {
  const { writeSync, openSync, fstatSync } = fs;
  // One byte an act, so that all threads count together.
  const fd = openSync(counter, "a");
  const isDue = () => {
    writeSync(fd, ".");
    return fstatSync(fd).size === at;
  };
  const kill = () => {
    process.kill(process.pid, "SIGKILL");
    for (;;);
  };
  const point = () => {
    if (isDue()) kill();
  };
  const killing = (object, name) => {
    const original = object[name];
    object[name] = function (...args) {
      point();
      return original.apply(this, args);
    };
  };

  // What is being written is torn: half of it is there.
  fs.writeSync = (file, bytes, ...rest) => {
    if (file > 2 && isDue()) {
      if (typeof bytes !== "string") writeSync(file, bytes.subarray(0, bytes.length >> 1));
      kill();
    }
    return writeSync(file, bytes, ...rest);
  };
  for (const name of ["fsyncSync", "renameSync", "rmSync", "mkdirSync", "writeFileSync", "copyFileSync", "chmodSync"])
    killing(fs, name);
  for (const name of ["writeFile", "rename", "rm"]) killing(fsp, name);
  const handle = await fsp.open(os.devNull);
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of ["write", "sync"]) killing(prototype, name);
  syncBuiltinESMExports();

  const { default: Database } = await import("better-sqlite3");
  const { transaction } = Database.prototype;
  Database.prototype.transaction = function (work) {
    const made = transaction.call(this, function (...args) {
      const result = work.apply(this, args);
      point();
      return result;
    });
    const ended = (run) =>
      function (...args) {
        const result = run.apply(this, args);
        point();
        return result;
      };
    const all = ended(made);
    for (const kind of ["default", "deferred", "immediate", "exclusive"]) all[kind] = ended(made[kind]);
    return all;
  };
}

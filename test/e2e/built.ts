import { execFileSync } from "node:child_process";
import path from "node:path";

/** The project's folder, with the window built from its sources as they are now. */
export function built(): string {
  const root = path.resolve(import.meta.dirname, "../..");
  execFileSync(process.execPath, [path.join(root, "main", "build.js")], { stdio: "inherit" });
  return root;
}

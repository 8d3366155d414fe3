import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** DuckDB is a dependency of the benchmark alone: `npm ci` of the project does not bring it. */
export function installDuckdb(): void {
  const here = import.meta.dirname;
  if (fs.existsSync(path.join(here, "node_modules", "@duckdb", "node-api"))) return;
  console.log("Fetching DuckDB for the comparison, once…");
  const { status } = spawnSync("npm", ["ci"], { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error("DuckDB cannot be had: npm ci in test/bench failed");
}

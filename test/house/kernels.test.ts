import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { ROOT } from "./modules.ts";

// `npm run kernels` writes it anew.
test("the kernel of an import is what its sources give", () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: { kernels: string };
  };
  const [, entry = "", flag, committed = "", ...options] = scripts.kernels.split(" ");
  expect(flag).toBe("--outFile");
  const made = path.join(temporaryFolder(), "made.wasm");
  const compiler = path.join(ROOT, "node_modules/assemblyscript/bin/asc.js");
  execFileSync(process.execPath, [compiler, entry, "--outFile", made, ...options], { cwd: ROOT, stdio: "pipe" });
  expect(fs.readFileSync(made).equals(fs.readFileSync(path.join(ROOT, committed)))).toBe(true);
});

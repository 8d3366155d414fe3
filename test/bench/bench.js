// `npm run bench`: every part, or those named. Plain JavaScript, so that an older Node starts it too.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { isNew, packagedNode } from "../../main/node.js";

if (isNew) await import("./bench.ts");
else {
  const node = packagedNode();
  if (node === undefined) throw new Error("no Node 24 came with the packages: run `npm ci`");
  const self = fileURLToPath(import.meta.url);
  process.exitCode = spawnSync(node, [self, ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 2;
}

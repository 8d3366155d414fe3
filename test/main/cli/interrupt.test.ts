import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { openCase } from "../../../main/case/case.ts";
import { exhibit } from "../../exhibit.ts";
import { temporaryFolder } from "../../temporary.ts";

const program = path.resolve(import.meta.dirname, "../../../main/exhibit.js");
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

const rows = Array.from(
  { length: 200_000 },
  (_, n) => `${new Date(1_522_800_000_000 + n * 1000).toISOString()},app${n % 97},r${n}`,
);
const text = `time,app,request_id\n${rows.join("\n")}\n`;

/** Sends Ctrl-C after some milliseconds; how long the program then lives on, and its exit code. */
async function interrupted(after: number, ...args: string[]): Promise<{ code: number | null; lived: number }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: "ignore" });
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await new Promise((resolve) => setTimeout(resolve, after));
  const began = performance.now();
  child.kill("SIGINT");
  return { code: await gone, lived: performance.now() - began };
}

test.each([
  ["while it reads", "log.csv", Buffer.from(text), 900],
  ["early", "again.csv", Buffer.from(text), 400],
  ["of a padded gzip file", "log.csv.gz", Buffer.concat([zlib.gzipSync(text), Buffer.alloc(512)]), 900],
])(
  "an import stopped by Ctrl-C %s is gone within two seconds, and the case opens",
  async (_name, name, bytes, after) => {
    const place = at(`case of ${name}`);
    expect(exhibit("create", place, "--examiner", "X").code).toBe(0);
    fs.writeFileSync(at(name), bytes);
    const { code, lived } = await interrupted(after, "import", place, at(name));
    expect(lived).toBeLessThan(2000);
    expect(code).not.toBe(1);
    openCase(place, "write").close();
    expect(exhibit("import", place, at(name), "--resume").code).toBe(0);
    expect(exhibit("query", place, "", "--count").out).toBe("200000\n");
  },
);

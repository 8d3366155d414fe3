import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { ROOT } from "./modules.ts";

const MIN_LINES = 10;
/** Data, what is compiled of our own, and what cannot change: a migration stays as it was first run, and the sample's truth is worked out apart. */
const LEFT_OUT = [
  "**/node_modules/**",
  "dist/**",
  "**/*.json",
  "**/*.md",
  "main/case/migrations/**",
  "main/sample/truth/**",
  "resources/viewer/viewer.js",
];

interface Place {
  readonly name: string;
  readonly start: number;
}

test(`no ${MIN_LINES} lines stand twice, but in loops that say so (jscpd:ignore-start)`, () => {
  const output = temporaryFolder();
  const options = {
    "min-lines": String(MIN_LINES),
    mode: "weak",
    reporters: "json",
    ignore: LEFT_OUT.join(","),
    output,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  execFileSync(path.join(ROOT, "node_modules/.bin/jscpd"), [...args, "--silent", "."], {
    cwd: ROOT,
    stdio: "ignore",
    shell: process.platform === "win32",
  });
  const { duplicates } = JSON.parse(fs.readFileSync(path.join(output, "jscpd-report.json"), "utf8")) as {
    duplicates: { firstFile: Place; secondFile: Place; lines: number }[];
  };
  const where = ({ name, start }: Place) => `${name}:${start}`;
  const copies = duplicates.map(
    (each) => `${each.lines} lines of ${where(each.firstFile)} ~ ${where(each.secondFile)}`,
  );
  expect(copies.toSorted(), copies.join("\n")).toEqual([]);
});

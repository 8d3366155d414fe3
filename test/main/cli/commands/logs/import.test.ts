import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";

const folder = temporaryFolder();
const place = path.join(folder, "case");
exhibit("create", place, "--examiner", "X");

const T = "2018-05-01T10:00:00Z";
const run = (name: string, text: string) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return exhibit("import", place, file);
};

test.each([
  ["more records rejected than read", `time,app\n${T},a\n${T}\n${T}\n`, 1],
  ["more lines rejected than read", `time,app\n${T},a\n${T},b\n"no\ntime\nat all",c\n`, 1],
  ["nothing read", `time,app\nyesterday,a\n`, 1],
  ["as many rejected as read", `time,app\n${T},a\n${T}\n`, 0],
  ["nothing rejected", `time,app\n${T},a\n`, 0],
  ["nothing in it", "time,app\n", 0],
])("%s: said and exit 1, or exit 0", (name, text, code) => {
  const ran = run(`${name}.csv`, text);
  expect(ran.code).toBe(code);
  if (code === 1) expect(ran.err).toMatch(/^exhibit: More of .* was rejected than read \(\d+ records in \d+ lines/mu);
  else expect(ran.err).toBe("");
});

test("a file that is in the case already is not judged again", () => {
  expect(run("once.csv", "time,app\nnever,x\n").code).toBe(1);
  expect(run("twice.csv", "time,app\nnever,x\n").code).toBe(0);
});

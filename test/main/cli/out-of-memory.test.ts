import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sampleCase } from "../../sampled.ts";
import { temporaryFolder } from "../../temporary.ts";

const program = path.resolve(import.meta.dirname, "../../../main/exhibit.js");
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const SENTENCE = /^exhibit: There is not enough memory for this: [^\n]+\n$/u;

/** A command in so many megabytes, and what it leaves in the folder for temporary files. */
function within(megabytes: number, ...args: string[]): { code: number | null; err: string; left: string[] } {
  const temporary = temporaryFolder();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, NODE_OPTIONS: `--max-old-space-size=${megabytes}` },
  });
  return { code: status, err: stderr, left: fs.readdirSync(temporary).filter((name) => name.startsWith("exhibit-")) };
}

test("a lack of memory is one sentence, whatever was asked, and leaves no extract behind", async () => {
  (await sampleCase(folder, 3000, 7)).caseFile.close();
  const commands = [
    ["query", at("case"), "", "--format", "jsonl"],
    ["findings", at("case")],
    ["people", at("case"), ""],
    ["bundle", at("case"), "--out", at("b.zip"), "--unchecked"],
    ...["info", "sources", "claims", "custody", "registry", "undo"].map((name) => [name, at("case")]),
    ["tag", at("case"), "", "--add", "seen"],
    ["withdraw", at("case"), "1", "--reason", "twice"],
  ];
  for (const command of commands) expect(within(10, ...command).err, command.join(" ")).toMatch(SENTENCE);
  expect(fs.existsSync(at("b.zip"))).toBe(false);
  expect(within(400, "bundle", at("case"), "--out", at("b.zip"), "--unchecked").code).toBe(0);
  const verdicts = [10, 16, 20].map((megabytes) => within(megabytes, "verify", at("b.zip"), "--recompute"));
  expect(verdicts[0]).toMatchObject({ code: 2, err: expect.stringMatching(SENTENCE) });
  for (const { code, err, left } of verdicts) {
    if (code !== 0) expect(err).toMatch(SENTENCE);
    expect(left).toEqual([]);
  }
});

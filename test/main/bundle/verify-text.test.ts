import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unpacked } from "../../bundles/unpacked.ts";
import { temporaryFolder } from "../../temporary.ts";
import { hasTool, smallBundle } from "./fixture.ts";
import { examiner } from "./signed-bundle.ts";

const TOOLS = ["bash", "sha256sum", "ssh-keygen", "grep", "find", "diff"];
const hasTools = TOOLS.every((tool) => hasTool(tool, "--version"));

/** The lines for Linux, in their order. */
function linuxLines(bag: string): string[] {
  let system = "Linux";
  const lines: string[] = [];
  for (const line of fs.readFileSync(path.join(bag, "VERIFY.txt"), "utf8").split("\n")) {
    const heading = /^(Linux(?: and macOS)?|macOS|Windows)\b/u.exec(line);
    if (heading?.[1] !== undefined) system = heading[1];
    const command = /^ {4}\$ (.+)$/u.exec(line)?.[1];
    if (command !== undefined && (system.startsWith("Linux") || !command.startsWith("shasum"))) lines.push(command);
  }
  return lines;
}

function ran(bag: string, line: string, temporary: string) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
    cwd: bag,
    encoding: "utf8",
    env: { ...process.env, TMPDIR: temporary },
  });
  return { status, out: stdout, text: `${line}\n${stdout}${stderr}` };
}

const everything = (folder: string) =>
  fs.readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return entry.isFile() ? `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs}` : file;
  });

describe.skipIf(!hasTools)(
  `the lines of VERIFY.txt, run as they are printed (skipped without ${TOOLS.join(", ")})`,
  () => {
    const bags: string[] = [];
    beforeAll(async () => {
      for (const options of [{ key: examiner }, {}]) {
        const { zip } = await smallBundle(options);
        bags.push(await unpacked(zip, temporaryFolder()));
      }
    });
    const readOnly = (bag: string, mode: number) => {
      for (const entry of fs.readdirSync(bag, { recursive: true, withFileTypes: true }))
        fs.chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? mode | 0o111 : mode);
      fs.chmodSync(bag, mode | 0o111);
    };
    afterAll(() => {
      for (const bag of bags) readOnly(bag, 0o644);
    });

    test("all well, from a folder that cannot be written to, beside which nothing is written either", () => {
      for (const bag of bags) {
        readOnly(bag, 0o444);
        const before = everything(path.dirname(bag));
        const temporary = temporaryFolder();
        const lines = linuxLines(bag);
        expect(lines.length).toBeGreaterThan(4);
        for (const line of lines) {
          const { status, text, out } = ran(bag, line, temporary);
          expect([status, text]).toEqual([0, text]);
          if (/^(?:find|! ls) /u.test(line)) expect(out).toBe("");
          if (line.includes("-Y verify")) expect(out).toContain('Good "exhibit" signature for examiner');
        }
        expect(everything(path.dirname(bag))).toEqual(before);
        readOnly(bag, 0o644);
      }
    });

    const said = (bag: string) => {
      const temporary = temporaryFolder();
      return linuxLines(bag)
        .map((line) => ran(bag, line, temporary).text)
        .join("\n");
    };

    test("a file more is named, in data and beside it, and so is one that is missing or changed", () => {
      const bag = path.join(temporaryFolder(), "bag");
      fs.cpSync(bags[0] as string, bag, { recursive: true });
      fs.mkdirSync(path.join(bag, "data/more"));
      fs.writeFileSync(path.join(bag, "data/more/run.js"), "");
      fs.symlinkSync("/etc/hostname", path.join(bag, "data/link"));
      fs.writeFileSync(path.join(bag, "seal.js"), "");
      fs.rmSync(path.join(bag, "data/index.html"));
      fs.appendFileSync(path.join(bag, "data/extract/events.jsonl"), "x");
      const text = said(bag);
      for (const found of [
        "< data/more/run.js",
        "< data/link",
        "\nseal.js\n",
        "> data/index.html",
        "data/extract/events.jsonl: FAILED",
      ])
        expect(text).toContain(found);
    });

    test("a further signature and a time stamp beside it are no strangers", () => {
      const bag = path.join(temporaryFolder(), "bag");
      fs.cpSync(bags[0] as string, bag, { recursive: true });
      for (const name of [".sig.2", ".sig.tsr"]) fs.writeFileSync(path.join(bag, `tagmanifest-sha256.txt${name}`), "");
      expect(said(bag)).not.toMatch(/^tagmanifest-sha256\.txt\.sig\.(?:2|tsr)$/mu);
    });
  },
);

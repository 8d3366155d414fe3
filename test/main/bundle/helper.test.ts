import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { writeBundle } from "../../../main/bundle/write-bundle.ts";
import { openCase } from "../../../main/case/case.ts";
import { Inquiry } from "../../../main/findings/inquiry.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { imported } from "../intake/imported.ts";

/** Enough that a zip of them is large. */
const CALLS = 3000;

test("a bundle that a thread helped with is the same, byte for byte, and sound", async () => {
  const caseFile = newCase();
  const row = (n: number) =>
    `2018-04-04T10:${String(Math.floor(n / 60) % 60).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}Z,a${n % 9},groups,200,"name;id, and ${"more ".repeat(50)}"`;
  const lines = Array.from({ length: CALLS }, (_, n) => row(n));
  await imported(`time,app,api,status,fields\n${lines.join("\n")}\n`, { caseFile });
  caseFile.close();
  const folder = temporaryFolder();
  const at = new Date().toISOString();
  const bundle = async (name: string, callsForHelp: number) => {
    fs.cpSync(caseFile.folder, path.join(folder, name), { recursive: true });
    const own = openCase(path.join(folder, name), "write");
    try {
      const out = path.join(folder, `${name}.zip`);
      await writeBundle(new Inquiry(own), { out, filter: "api:groups", at }, {}, { callsForHelp });
      return out;
    } finally {
      own.close();
    }
  };
  const alone = await bundle("alone", Number.POSITIVE_INFINITY);
  const helped = await bundle("helped", 1);
  expect(fs.statSync(helped).size).toBeGreaterThan(2e6);
  expect(fs.readFileSync(helped).equals(fs.readFileSync(alone))).toBe(true);
  expect((await verify(helped)).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { record } from "../../../main/custody/append.ts";
import { verifyCustody } from "../../../main/custody/case-chain.ts";
import { verifyChain } from "../../../main/custody/verify.ts";
import { newCase } from "../../fixture.ts";

const acts = () => {
  const caseFile = newCase();
  for (const n of [1, 2, 3]) record(caseFile, "note", { n });
  return { caseFile, lines: caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[] };
};

test("every act carries the SHA-256 of the one before, as sha256sum counts it", () => {
  const { lines } = acts();
  for (const [index, line] of lines.entries()) {
    const previous = (JSON.parse(line) as { previous: string }).previous;
    const expected =
      index === 0
        ? "0".repeat(64)
        : spawnSync("sha256sum", { input: lines[index - 1] as string, encoding: "utf8" }).stdout.slice(0, 64);
    expect(previous).toBe(expected);
  }
});

test("an act changed, left out, added or moved breaks the chain", () => {
  const { lines } = acts();
  const [a, b, c, d] = lines as [string, string, string, string];
  expect(verifyChain(lines).ok).toBe(true);
  for (const broken of [
    [a, b.replace('"n":1', '"n":9'), c, d],
    [a, c, d],
    [a, b, c, c],
    [b, a, c, d],
    [a, b, "{}", d],
    [a, b, "not json"],
  ])
    expect(verifyChain(broken).ok).toBe(false);
});

test("the table itself lets no act be changed, deleted or slipped in", () => {
  const { caseFile } = acts();
  for (const sql of [
    "update custody set entry = '' where seq = 2",
    "delete from custody where seq = 4",
    "insert into custody (seq, entry) values (9, '{}')",
  ])
    expect(() => caseFile.db.exec(sql)).toThrow();
  expect(verifyCustody(caseFile)).toMatchObject({ entries: 4, ok: true });
});

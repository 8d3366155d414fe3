import { spawnSync } from "node:child_process";
import { afterEach, expect, test, vi } from "vitest";
import { record } from "../../../main/custody/append.ts";
import { verifyCustody } from "../../../main/custody/case-chain.ts";
import { clockBehind } from "../../../main/custody/clock-behind.ts";
import { verifyChain } from "../../../main/custody/verify.ts";
import { decide } from "../../../main/findings/dispositions.ts";
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

afterEach(() => vi.useRealTimers());

test("no act is dated before the one before it: where the clock stands behind, it bears that one's time, and says the clock's", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime("2026-05-04T10:00:00.250Z");
  const caseFile = newCase();
  expect(clockBehind(caseFile)).toBeUndefined();
  const timeOf = (act: () => void) => {
    act();
    const last = caseFile.db.prepare("select entry from custody order by seq desc limit 1").pluck().get() as string;
    const { at, detail } = JSON.parse(last) as { at: string; detail: object };
    return { at, detail };
  };
  vi.setSystemTime("2025-01-01T00:00:00Z");
  expect(timeOf(() => record(caseFile, "note", { n: 1 }))).toEqual({
    at: "2026-05-04T10:00:00.250Z",
    detail: { n: 1, clock: "2025-01-01T00:00:00Z" },
  });
  expect(clockBehind(caseFile)).toContain(
    "clock says 2025-01-01T00:00:00Z, which is before the last act of the case, 2026-",
  );
  // What the act leaves has the act's time.
  decide(caseFile, { rule: "r", developer_id: "D1", disposition: "confirmed", reason: "seen" });
  expect(caseFile.db.prepare("select at from decision").pluck().get()).toBe("2026-05-04T10:00:00.250Z");
  vi.setSystemTime("2026-05-04T10:00:00.251Z");
  expect(timeOf(() => record(caseFile, "note", { n: 2 }))).toEqual({
    at: "2026-05-04T10:00:00.251Z",
    detail: { n: 2 },
  });
});

import { expect, test } from "vitest";
import { ledgerOf, ledgerWords } from "../../../../renderer/text/ledger-words.ts";
import { actWords } from "../../../../renderer/views/custody/words.ts";
import type { SourceReport } from "../../../../shared/model/source.ts";

const row = (act: string, detail: Record<string, unknown>) => ({ seq: 1, at: "", by: "", previous: "", act, detail });

test("an act is one sentence; one that has none shows what was recorded", () => {
  expect(actWords(row("tag", { tag: "Reviewed", events: 48_213, filter: "api:groups" }))).toBe(
    "tagged 48,213 calls Reviewed of api:groups",
  );
  expect(actWords(row("import", { file: "a.csv", events: 1, rejected: 0 }))).toBe("imported 1 call from a.csv");
  expect(actWords(row("later", { x: 1 }))).toBe('later: {"x":1}');
});

test("the ledger adds up in lines, also where a call spans several", () => {
  const source = (lines: number, events: number, inEvents: number, rejected: number, skipped: number) =>
    ({ lines, events, line_ledger: { events: inEvents, rejected, skipped } }) as SourceReport;
  expect(ledgerWords(ledgerOf([source(2_000_412, 2_000_000, 2_000_000, 391, 21)]))).toBe(
    "2,000,412 lines = 2,000,000 calls + 391 rejected + 21 skipped",
  );
  expect(ledgerWords(ledgerOf([source(10, 4, 8, 1, 1), source(1, 1, 1, 0, 0)]))).toBe(
    "11 lines = 9 in 5 calls + 1 rejected + 1 skipped",
  );
});

import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { Engine } from "../../../main/engine/engine.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type BookCell, workbook } from "../registry/as-people-write-them.ts";
import { imported } from "./imported.ts";

const COLUMNS = ["time", "app", "developer", "path", "status", "actor", "bytes"];
const TIME = Date.UTC(2018, 3, 4, 10);
const text = (value: string): BookCell => ({ text: value });
/** Days since 1900 as spreadsheet programs write them. */
const day = (at: number): BookCell => ({ number: String(at / 86_400_000 + 25_569), style: 2 });
const rowOf = (at: number, app: string): BookCell[] => [
  day(TIME + at * 1000),
  text(app),
  text("D1"),
  text(`/v1/groups/${at}, "x"`),
  { number: at % 3 ? "200" : "403" },
  text(`user ${at}\nof two lines`),
  { number: String(at) },
];
const sheet = (app: string, rows: number) => [
  COLUMNS.map(text),
  ...Array.from({ length: rows }, (_, n) => rowOf(n, app)),
];

function written(name: string, bytes: Buffer): string {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, bytes);
  return file;
}

test("a table written as a workbook gives the same events as its CSV, on the same lines", async () => {
  const word = fc.string({
    unit: fc.constantFrom("a", "B", "7", ",", '"', ";", "\n", "é", "|", " ", "名"),
    minLength: 1,
    maxLength: 9,
  });
  const cell = word.map((each) => `x${each}x`);
  const row = fc.record({
    at: fc.integer({ min: 0, max: 8e9 }),
    app: cell,
    path: fc.option(cell, { nil: "" }),
    status: fc.integer({ min: 200, max: 599 }),
    actor: fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 30n }).map(String), cell),
    bytes: fc.option(fc.nat(), { nil: "" }),
    gap: fc.nat({ max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), fc.boolean(), async (rows, is1904) => {
      const quoted = (each: string) => (/[",\n]/u.test(each) ? `"${each.replaceAll('"', '""')}"` : each);
      const csv = [COLUMNS.join(",")];
      const book: BookCell[][] = [COLUMNS.map(text)];
      for (const { at, app, path: where, status, actor, bytes, gap } of rows) {
        for (let blank = 0; blank < gap; blank++) {
          csv.push("");
          book.push([]);
        }
        const time = TIME + at;
        csv.push(
          [new Date(time).toISOString().replace(/(?:\.000)?Z$/u, ""), app, "D1", where, status, actor, bytes]
            .map(String)
            .map(quoted)
            .join(","),
        );
        const counted = is1904 ? time - 1462 * 86_400_000 : time;
        book.push([
          day(counted),
          text(app),
          text("D1"),
          text(where),
          { number: String(status) },
          /^\d/u.test(actor) ? { number: actor } : text(actor),
          bytes === "" ? text("") : { number: String(bytes) },
        ]);
      }
      const plain = await imported(`${csv.join("\n")}\n`);
      const sheets = await imported(workbook({ Calls: book }, is1904), { name: "book.xlsx" });
      expect(sheets.events).toEqual(plain.events);
      expect(sheets.source.line_ledger).toEqual(plain.source.line_ledger);
      expect(sheets.source.encoding).toBe(plain.source.encoding);
      plain.caseFile.close();
      sheets.caseFile.close();
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("one evidence for all sheets: read again, verified and handed over from there", async () => {
  const book = workbook({ First: sheet("a", 40), Hidden: sheet("b", 3), "Ö & Co": sheet("c", 700) }, false, ["Hidden"]);
  const file = written("book.xlsx", book);
  const engine = new Engine(newCase());
  const { caseFile } = engine;
  const { sources, failures, leftOut } = await importFiles(caseFile, [file], { by: "T" }, {});
  expect(failures).toEqual([]);
  expect(leftOut).toMatchObject([
    { file: "book.xlsx", member: "Hidden", why: expect.stringContaining("hidden sheet") },
  ]);
  expect(sources.map(({ member, compression, events, rejected }) => [member, compression, events, rejected])).toEqual([
    ["First", "xlsx", 40, 0],
    ["Ö & Co", "xlsx", 700, 0],
  ]);
  const evidence = path.join(caseFile.evidence, sources[0]?.sha256 as string);
  expect(fs.readdirSync(caseFile.evidence)).toEqual([path.basename(evidence)]);
  expect(fs.readFileSync(evidence).equals(book)).toBe(true);

  const line = '2018-04-04T10:00:01,c,D1,"/v1/groups/1, ""x""",200,"user 1\nof two lines",1';
  for (let turn = 0; turn < 2; turn++) {
    const { rows } = await engine.ask("rows", { filter: "app:c", offset: 1, limit: 1 });
    const call = await engine.ask("call", { event: rows[0]?.id as number });
    expect(call).toMatchObject({ file: "book.xlsx", member: "Ö & Co", original: { line: 4, text: line } });
    expect(call.before.at(-1)).toMatchObject({ line: 3, text: 'of two lines",0' });
    // Unpacked copies may go at any time.
    fs.rmSync(path.join(caseFile.cache, "blocks"), { recursive: true });
  }

  const again = await importFiles(caseFile, [file], { by: "T" }, {});
  expect(again.sources.map(({ duplicate_of }) => duplicate_of)).toEqual([1, 2]);
  await engine.ask("remap", { source: 2, timezone: "Europe/Berlin" });
  for (const originals of [false, true]) {
    const out = path.join(temporaryFolder(), "bundle.zip");
    await engine.ask("bundle", { out, originals, filter: "status:403" });
    expect((await verify(out, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
  }
  caseFile.close();
  expect((await verify(caseFile.folder, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
}, 60_000);

test("workbooks of an old Excel and encrypted ones are refused with what to do", async () => {
  const head = Buffer.from("d0cf11e0a1b11ae1", "hex");
  for (const stream of ["Workbook", "EncryptedPackage"]) {
    const bytes = Buffer.concat([head, Buffer.alloc(600), Buffer.from(stream, "utf16le"), Buffer.alloc(200)]);
    const { failures } = await importFiles(newCase(), [written("old.xls", bytes)], { by: "T" }, {});
    expect(failures).toMatchObject([
      { code: "file-unreadable", todo: "save it as XLSX without a password, or as CSV" },
    ]);
  }
});

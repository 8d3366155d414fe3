import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { MAX_CELL } from "../../../../main/platform/workbook/write/cells.ts";
import type { Cell } from "../../../../main/platform/workbook/write/sheet-xml.ts";
import { lettersOf } from "../../../../main/platform/workbook/write/sheet-xml.ts";
import {
  WorkbookWriter,
  type WorkbookWriterOptions,
} from "../../../../main/platform/workbook/write/workbook-writer.ts";
import { temporaryFolder } from "../../../temporary.ts";

interface Written {
  readonly bytes: Buffer;
  readonly cut: number;
  sheet(number: number): string;
}

function written(rows: readonly (readonly Cell[])[], options?: WorkbookWriterOptions): Written {
  const pieces: Uint8Array[] = [];
  const writer = new WorkbookWriter((bytes) => pieces.push(bytes), options);
  writer.sheet("Calls", [{ name: "a" }, { name: "b" }]);
  for (const row of rows) writer.row(row);
  writer.end();
  const bytes = Buffer.concat(pieces);
  const parts = unzipSync(bytes);
  return {
    bytes,
    cut: writer.cut,
    sheet: (number) => Buffer.from(parts[`xl/worksheets/sheet${number}.xml`] as Uint8Array).toString("utf8"),
  };
}

test("numbers are numbers, texts texts, instants dates by the count of spreadsheets", () => {
  // 2018-04-04T00:00:00Z is day 43194 of Excel: =DATE(2018,4,4)
  const xml = written([
    [7.5, { instant: Date.UTC(2018, 3, 4, 12) * 1000 }],
    ["007", undefined],
  ]).sheet(1);
  expect(xml).toContain('<c r="A2"><v>7.5</v></c><c r="B2" s="2"><v>43194.5</v></c>');
  expect(xml).toContain('<c r="A3" t="inlineStr"><is><t xml:space="preserve">007</t></is></c></row>');
});

test("what begins like a formula is text, and says so to whoever edits the cell", () => {
  for (const text of ["=1+1", "+1", "-1", "@a", "\tx"])
    expect(written([[text]]).sheet(1)).toContain(`<t xml:space="preserve">'${text === "\tx" ? "\tx" : text}</t>`);
});

test("characters that XML cannot hold, and texts that look like their escapes, come through (ECMA-376, 22.9.2.19)", () => {
  const xml = written([["a\u0007b", "_x0041_ & <b> \uD800"]]).sheet(1);
  expect(xml).toContain(">a_x0007_b<");
  expect(xml).toContain(">_x005F_x0041_ &amp; &lt;b&gt; \uFFFD<");
});

test("a text longer than a cell may be is cut, with a mark, and counted", () => {
  const whole = "x".repeat(MAX_CELL);
  const { cut, sheet } = written([[whole, `${whole}x`]]);
  expect(cut).toBe(1);
  const [, first, second] = [...sheet(1).matchAll(/preserve">(x+[^<]*)</gu)]
    .map(([, text]) => text as string)
    .concat([""]);
  expect([first === undefined ? 0 : first.length, second]).toEqual([MAX_CELL, ""]);
  expect(sheet(1)).toContain("x [cut]<");
});

test("rows that a sheet cannot hold go on in a further one, with the heading again", () => {
  const { sheet } = written([[1], [2], [3]], { maxRows: 3 });
  expect(sheet(1)).toContain('<v>2</v></c></row></sheetData><autoFilter ref="A1:B3"/>');
  expect(sheet(2)).toMatch(/<row r="1">.*>a<.*<row r="2"><c r="A2"><v>3<\/v>/su);
});

test("the same rows give the same bytes, whatever zone and clock the machine has, and a whole zip", () => {
  const rows = Array.from({ length: 500 }, (_, n): Cell[] => [n, `text ${n}`]);
  const zone = process.env.TZ;
  process.env.TZ = "Pacific/Kiritimati";
  const there = written(rows).bytes;
  process.env.TZ = "America/Los_Angeles";
  const here = written(rows).bytes;
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(here.equals(there)).toBe(true);
  const file = path.join(temporaryFolder(), "a.xlsx");
  fs.writeFileSync(file, here);
  const tried = spawnSync("unzip", ["-tq", file], { encoding: "utf8" });
  if (tried.error) console.warn("unzip is not here: the zip was not tried with it");
  else expect(tried.stdout).toContain("No errors detected");
});

test("columns have the letters of spreadsheets", () => {
  expect([0, 25, 26, 701, 702].map(lettersOf)).toEqual(["A", "Z", "AA", "ZZ", "AAA"]);
});

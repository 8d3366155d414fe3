import { expect, test } from "vitest";
import { meaningOf } from "../../../../main/platform/workbook/number-format.ts";
import { readXlsx } from "../../../../main/registry/sheets/xlsx.ts";
import { workbook, zipped } from "../as-people-write-them.ts";

const cells = async (bytes: Buffer) => (await readXlsx(bytes, "b.xlsx")).map(({ name, rows }) => [name, rows]);

test("every sheet, texts whole, numbers as digits, dates by their style, gaps between cells empty", async () => {
  const row = [
    { text: 'A & B <"é"> ' },
    { text: "" },
    { number: "1041" },
    { number: "43230", style: 1 as const },
    { number: "43230.5", style: 2 as const },
    { number: "43230", style: 2 as const },
    { number: "0.10000000000000001" },
    { number: "1.05E+14" },
    { number: "1234567890123456" },
  ];
  expect(await cells(workbook({ Apps: [row], "Ö & Co": [] }))).toEqual([
    [
      "Apps",
      [
        {
          place: "row 1",
          cells: [
            'A & B <"é"> ',
            "",
            "1041",
            "2018-05-10",
            "2018-05-10T12:00:00",
            "2018-05-10T00:00:00",
            "0.1",
            "105000000000000",
            "1.234567890123456e+15",
          ],
        },
      ],
    ],
    ["Ö & Co", []],
  ]);
});

test("a workbook that counts from 1904 has its dates four years later", async () => {
  const [[, rows]] = (await cells(workbook({ S: [[{ number: "41768", style: 1 }]] }, true))) as [[string, object[]]];
  expect(rows).toEqual([{ place: "row 1", cells: ["2018-05-10"] }]);
});

test.each([
  [14, undefined, "day"],
  [22, undefined, "time"],
  [0, undefined, "number"],
  [4, undefined, "number"],
  [164, "yyyy-mm-dd", "day"],
  [164, "[$-407]d. mmmm yyyy;@", "day"],
  [164, "dd/mm/yyyy hh:mm", "time"],
  [164, "[h]:mm:ss.000", "time"],
  [164, '#,##0 "Tage"', "number"],
  [164, "0.00E+00", "number"],
  [164, "General", "number"],
  [164, '"ids" 0', "number"],
  [164, "[Red]-0;[Blue]0", "number"],
])("format %i %s is of a %s", (id, code, meaning) => {
  expect(meaningOf(id, code)).toBe(meaning);
});

test("a damaged workbook, one with a document type and a zip of something else are refused", async () => {
  const whole = workbook({ S: [[{ text: "a" }]] });
  const damaged = Buffer.from(whole);
  damaged[120] = (damaged[120] as number) ^ 0xff;
  await expect(readXlsx(damaged, "b.xlsx")).rejects.toMatchObject({ code: expect.stringMatching(/unreadable|wrong/u) });
  await expect(readXlsx(whole.subarray(0, 200), "b.xlsx")).rejects.toMatchObject({ code: "file-unreadable" });
  await expect(readXlsx(zipped(new Map([["mimetype", "x"]])), "b.ods")).rejects.toThrow(/no XLSX workbook/u);
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>';
  await expect(readXlsx(zipped(new Map([["xl/workbook.xml", bomb]])), "b.xlsx")).rejects.toThrow(/document type/u);
});

test("tags and comments that nothing closes are refused, without searching the rest for each of them", async () => {
  for (const open of ["<a ", "<!--", "<![CDATA[", '<a b="']) {
    const began = performance.now();
    const endless = zipped(new Map([["xl/workbook.xml", open.repeat(300_000)]]));
    await expect(readXlsx(endless, "b.xlsx"), open).rejects.toThrow(/not closed/u);
    expect(performance.now() - began).toBeLessThan(5000);
  }
});

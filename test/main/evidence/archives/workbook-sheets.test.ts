import fc from "fast-check";
import { expect, test } from "vitest";
import { xmlPieces } from "../../../../main/platform/workbook/xml-pieces.ts";
import { type BookCell, workbook, workbookParts, zipped } from "../../registry/as-people-write-them.ts";
import { walked, zipOf } from "./archive-makers.ts";

const text = (value: string): BookCell => ({ text: value });
const number = (value: string, style: 0 | 1 | 2 = 0): BookCell => ({ number: value, style });

const table = async (rows: readonly (readonly BookCell[])[], is1904 = false) =>
  (await walked(workbook({ S: rows }, is1904))).read("S").toString();
/** A workbook whose one sheet has this XML. */
const sheetOf = (xml: string) => zipped(workbookParts({ S: [] }).set("xl/worksheets/sheet1.xml", xml));

test("a sheet is its table: line n is row n, cells as CSV, rows as wide as the widest, rows without text empty lines", async () => {
  expect(
    await table([
      [text("a"), text("b"), text("c")],
      [],
      [text("1,5"), text('say "x"')],
      [text(""), text(" é\u{1f600} "), text("two\nlines")],
      [text(""), text("")],
    ]),
  ).toBe('a,b,c\n\n"1,5","say ""x""",\n, é\u{1f600} ,"two\nlines"\n');
});

test("one column alone is its texts, a cell a line", async () => {
  const line = '192.0.2.1 - - [05/May/2024:13:00:01 +0000] "GET /v1/a, b HTTP/1.1" 200 12';
  expect(await table([[text(line)], [text("two\nlines")]])).toBe(`${line}\n"two\nlines"\n`);
});

test.each([
  ["1234567890123456789012", "1234567890123456789012"],
  ["-7", "-7"],
  ["200.0", "200"],
  ["0.10000000000000001", "0.1"],
  ["1714914001.123457", "1714914001.123457"],
  ["1.714914001123E+12", "1714914001123"],
  ["1.2345678901234568E+19", "1.2345678901234568E+19"],
  ["1E-7", "1E-7"],
])("the number %s is %s", async (written, digits) => {
  expect(await table([[number(written)]])).toBe(`${digits}\n`);
});

test("numbers formatted as times are ISO 8601, from 1900 or 1904; less than a day is a clock", async () => {
  const rows = [[number("43230", 1), number("43230.0000115740741", 2), number("0.75", 2), text("x")]];
  expect(await table(rows)).toBe("2018-05-10,2018-05-10T00:00:01,18:00:00,x\n");
  expect(await table([[number("41768.5", 1)]], true)).toBe("2018-05-10T12:00:00\n");
});

test("texts in cells, truth values, errors, escapes, and rows in which numbers are missing or wrong", async () => {
  const { read } = await walked(
    sheetOf(
      `<?xml version="1.0"?><x:worksheet><x:cols/><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a_x000D_b &amp;</x:t><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c>
<x:c t="b"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="str"><x:f>1+1</x:f><x:v>2 </x:v></x:c></x:row >
<x:row r="4"><x:c r="B4" t="d"><x:v>2018-05-10T12:00:00</x:v></x:c></x:row><x:row r="3"><x:c r="A3"><x:v>9</x:v></x:c></x:row></x:sheetData><mergeCells/></x:worksheet>`,
    ),
  );
  expect(read("S").toString()).toBe('"a\rb &",true,,2 \n\n\n,2018-05-10T12:00:00,,\n9,,,\n');
});

test("every visible sheet is a content under its name, hidden ones and what lies beside are said", async () => {
  const row = [[text("a"), text("b")]];
  const parts = workbookParts({ "Ö & Co": row, "a/b": row, Secret: row, "": row }, false, ["Secret"]);
  const { members, leftOut } = await walked(
    zipOf([
      { name: "in/b.xlsx", data: zipped(parts.set("more.csv", "x,y\n").set("docProps/app.xml", "<x/>")), method: 0 },
    ]),
  );
  expect(members.map(({ path, compression }) => [path, compression])).toEqual([
    ["in/b.xlsx/Ö & Co", "zip+xlsx"],
    ["in/b.xlsx/a_b", "zip+xlsx"],
    ["in/b.xlsx/sheet 4", "zip+xlsx"],
    ["in/b.xlsx/more.csv", "zip+zip"],
  ]);
  expect(leftOut).toMatchObject([{ member: "in/b.xlsx/Secret", why: expect.stringContaining("hidden sheet") }]);
});

test("a zip of another document is an archive as any other", async () => {
  const parts = workbookParts({}).set("xl/workbook.xml", "<document/>").set("a.csv", "x\n");
  expect((await walked(zipped(parts))).members.map(({ path }) => path)).toContain("a.csv");
});

test("workbooks of other kinds are refused with what to do, alone and in an archive", async () => {
  const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  const xlsb = zipped(
    new Map([
      ["_rels/.rels", `<Relationships><Relationship Id="a" Type="${type}" Target="xl/workbook.bin"/></Relationships>`],
      ["xl/workbook.bin", "\u0001"],
    ]),
  );
  const ods = zipped(new Map([["mimetype", "application/vnd.oasis.opendocument.spreadsheet"]]));
  for (const [bytes, said] of [
    [xlsb, /binary workbook \(XLSB\)/u],
    [ods, /OpenDocument spreadsheet/u],
  ] as const) {
    await expect(walked(bytes, "b")).rejects.toMatchObject({
      code: "file-unreadable",
      todo: "save it as XLSX, or as CSV",
    });
    const { leftOut } = await walked(zipOf([{ name: "b", data: bytes }]));
    expect(leftOut).toMatchObject([{ member: "b", refused: true, why: expect.stringMatching(said) }]);
  }
});

test.each([
  ["breaks off in a row", "<worksheet><sheetData><row r='1'><c><v>1</v></c></row><row r='2'><c><v>2</v>"],
  ["breaks off behind a row", "<worksheet><sheetData><row r='1'><c><v>1</v></c></row>"],
  ["breaks off before one", "<worksheet><sheetData>"],
  ["has a document type", "<!DOCTYPE x><worksheet><sheetData/></worksheet>"],
  ["shares a text that is not there", "<worksheet><sheetData><row><c t='s'><v>7</v></c></row></sheetData></worksheet>"],
])("a sheet that %s is refused by itself", async (_, xml) => {
  const { members, leftOut } = await walked(sheetOf(xml));
  expect(members).toEqual([]);
  expect(leftOut).toMatchObject([
    { member: "S", refused: true, why: expect.stringContaining("no workbook that Exhibit can read") },
  ]);
});

test("a sheet that would grow without end is refused as a bomb", async () => {
  const wide = '<row><c r="XFC1"><v>1</v></c></row>'.repeat(200_000);
  for (const rows of [wide, `<row><c r="XFD1"><v>1</v></c></row>${"<row><c><v>1</v></c></row>".repeat(100_000)}`])
    await expect(walked(sheetOf(`<worksheet><sheetData>${rows}</sheetData></worksheet>`))).rejects.toMatchObject({
      code: "archive-limit",
    });
});

test("XML in pieces of any size gives the same elements, and none behind the end", async () => {
  const xml = "<w><d a='/'><row>é</row><row/><x:row>\u{1f600}</x:row ></d><row>no</row></w>";
  for (const bytes of [Buffer.from(xml), Buffer.from(`\uFEFF${xml}`, "utf16le")])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), async (sizes) => {
        const chunks = async function* () {
          yield bytes.subarray(0, 2);
          for (let at = 2, turn = 0; at < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] as number;
            yield bytes.subarray(at, at + size);
            at += size;
          }
        };
        const pieces: string[] = [];
        for await (const piece of xmlPieces(chunks(), { element: "row", around: "d" })) pieces.push(piece);
        expect(pieces.join("")).toBe("<w><d a='/'><row>é</row><row/><x:row>\u{1f600}</x:row ></d>");
        for (const piece of pieces) expect(piece).toMatch(/<\/(?:x:)?(?:row|d) ?>$/u);
      }),
      { numRuns: 50 },
    );
});

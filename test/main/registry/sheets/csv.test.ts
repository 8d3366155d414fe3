import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsv } from "../../../../main/registry/sheets/csv.ts";

/** Names of one letter are known. */
const score = (cells: readonly string[]) => new Set(cells.filter((cell) => /^[a-c]$/u.test(cell.trim()))).size;
const read = (text: string) => readCsv(text, "t.csv", score);
const rows = (text: string) => read(text).rows.map(({ place, cells }) => [place, ...cells]);

test("any delimiter is told by the header, also where cells hold another", () => {
  for (const delimiter of [",", ";", "\t", "|", "^", "~", "\u0001", ":"])
    expect(rows(`a${delimiter}b\n1${delimiter}x y\n`)).toEqual([["line 2", "1", "x y"]]);
  expect(rows("a;b\n1,5;2\n")).toEqual([["line 2", "1,5", "2"]]);
});

test("the header is the row with the most known names: above it stand a title, notes, sep=", () => {
  for (const above of ["Partners; all of them\n", "\n\n", 'Export of "2018"\nby hand\n\n', "# a comment\n"]) {
    const lines = above.split("\n").length - 1;
    expect(rows(`${above}a;b\n1;2\n`)).toEqual([[`line ${lines + 2}`, "1", "2"]]);
  }
  expect(rows("sep=;\na;b\n1,1;2\n")).toEqual([["line 3", "1,1", "2"]]);
  // without a known name it is the first
  expect(read("x,y\n1,2\n")).toMatchObject({ header: ["x", "y"] });
});

test("cells with delimiters, quotation marks and line ends come back as they went in, whatever ends the lines", () => {
  const cell = fc
    .string({ unit: fc.constantFrom("x", ",", '"', "\n", "é", ";") })
    .filter((text) => text.trim() === text);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), fc.constantFrom("\n", "\r\n", "\r"), (cells, end) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = ["a,b", ...cells.map((row) => row.map(quoted).join(","))].join(end);
      const isEmpty = (row: readonly string[]) => row.every((each) => each === "");
      expect(read(text).rows.map((row) => row.cells)).toEqual(cells.filter((row) => !isEmpty(row)));
    }),
  );
});

test("each row says on which line it begins, after cells of several lines and empty lines too", () => {
  expect(rows('a,b\n\n"x\ny",1\n\r\nz,2\n').map(([line]) => line)).toEqual(["line 3", "line 6"]);
});

test("empty rows and empty cells behind the last column are what a spreadsheet leaves behind", () => {
  expect(rows("a;b;;\n1;2;;\n;;;\n;;;\n")).toEqual([["line 2", "1", "2"]]);
  expect(read("")).toMatchObject({ header: [], rows: [] });
});

test.each([
  ["a,b\n1\n", "line 2 has 1 cells, its header 2"],
  ["a,b\n1,2\n1,2,3\n", "line 3 has 3 cells, its header 2"],
  ['a,b\n1,"x\n', "line 2: a quotation mark is not closed"],
  ['a,b\n"x"y,1\n', "line 2: text follows a closing quotation mark"],
])("%j is refused: %s", (text, why) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: "registry-wrong", message: expect.stringContaining(why) }),
  );
});

test('="00123", which keeps spreadsheets from reading numbers, is what it shows', () => {
  expect(rows('="a",b\n"=""00123""",="=x"\n')).toEqual([["line 2", "00123", "=x"]]);
});

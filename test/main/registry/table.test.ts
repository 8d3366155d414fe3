import fc from "fast-check";
import { expect, test } from "vitest";
import { columnKey, readTable } from "../../../main/registry/table.ts";

const rows = (text: string) =>
  readTable(text, "t.csv").rows.map(({ line, cells }) => [line, Object.fromEntries(cells)]);

test("a header's columns are one in any case and with any of space, dash and underscore", () => {
  expect(["Developer ID", " developer-id ", "DEVELOPER__ID"].map(columnKey)).toEqual([
    "developer_id",
    "developer_id",
    "developer_id",
  ]);
});

test("any of the four delimiters is told by the header, also where cells hold another", () => {
  for (const delimiter of [",", ";", "\t", "|"])
    expect(rows(`a${delimiter}b\n1${delimiter}x y\n`)).toEqual([[2, { a: "1", b: "x y" }]]);
  expect(rows("a;b\n1,5;2\n")).toEqual([[2, { a: "1,5", b: "2" }]]);
});

test("cells with delimiters, quotation marks and line ends come back as they went in, whatever ends the lines", () => {
  const cell = fc
    .string({ unit: fc.constantFrom("a", ",", '"', "\n", "é", ";") })
    .filter((text) => text.trim() === text);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), fc.constantFrom("\n", "\r\n", "\r"), (cells, end) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = ["a,b", ...cells.map((row) => row.map(quoted).join(","))].join(end);
      const found = readTable(text, "t.csv").rows.map(({ cells: row }) => [row.get("a") ?? "", row.get("b") ?? ""]);
      expect(found).toEqual(cells);
    }),
  );
});

test("each row says on which line it begins, after cells of several lines and empty lines too", () => {
  expect(rows('a,b\n\n"x\ny",1\n\r\nz,2\n').map(([line]) => line)).toEqual([3, 6]);
});

test("an empty cell is absent, blanks around a cell are not part of it, and a mark of byte order is none of the first column", () => {
  expect(rows("\uFEFFa,b\n 1 ,\n")).toEqual([[2, { a: "1" }]]);
  expect(readTable("", "t.csv")).toEqual({ columns: [], rows: [] });
});

test("JSON is an array of objects; null and empty texts are absent, numbers are their text", () => {
  expect(readTable(' [{"App ID":7,"x":null},{"App ID":"","y":true}]', "t.json")).toMatchObject({
    columns: ["app_id", "x", "y"],
  });
  expect(rows('[{"App ID":7,"x":null},{"App ID":"","y":true}]')).toEqual([
    [1, { app_id: "7" }],
    [2, { y: "true" }],
  ]);
});

test.each([
  ["a,b\n1\n", "line 2 has 1 cells, its header 2"],
  ["a,b\n1,2\n1,2,3\n", "line 3 has 3 cells, its header 2"],
  ['a,b\n1,"x\n', "line 2: a quotation mark is not closed"],
  ['a,b\n"x"y,1\n', "line 2: text follows a closing quotation mark"],
  ["[1]", "item 1 is not an object"],
  ['[{"a":[1]}]', "item 1: a is not a text or number"],
  ['[{"a":1}', "is not valid JSON"],
])("%j is refused: %s", (text, why) => {
  expect(() => readTable(text, "t.csv")).toThrow(
    expect.objectContaining({ code: "registry-wrong", message: expect.stringContaining(why) }),
  );
});

test("a JSON table with a key twice in one row is refused by name and line", () => {
  expect(() => readTable('[{"app":"a1",\n"status":"live",\n"status":"closed"}]', "apps.json")).toThrow(
    /apps\.json has the key "status" twice in one object, on line 2 and on line 3/u,
  );
});

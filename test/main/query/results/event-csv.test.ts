import { expect, test } from "vitest";
import { csvHeader, csvLine } from "../../../../main/query/results/event-csv.ts";

test("cells that a spreadsheet would run as a formula begin with an apostrophe, also where quotes are needed", () => {
  const cells = ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", '=HYPERLINK("a","b")', "a=1", ""];
  const written = cells.map((path) => csvLine({ path }, ["path"]).slice(0, -1));
  expect(written).toEqual([
    ...["'=1+1", "'+1", "'-1", "'@sum", "'\tx", '"\'\rx"', '"\'=HYPERLINK(""a"",""b"")"', "a=1", ""],
  ]);
});

test("a list that begins with a formula is made safe as one cell; numbers are not texts", () => {
  expect(csvLine({ fields: ["=x", "name"], bytes: -1 }, ["fields", "bytes"])).toBe("'=x;name,-1\n");
});

test("absent values are empty, an empty list too; a duplicate says yes", () => {
  expect(csvLine({ duplicate: true, subjects: [], status: 0 }, ["app", "subjects", "duplicate", "status"])).toBe(
    ",,yes,0\n",
  );
});

test("line ends, commas and quotation marks stay inside their cell", () => {
  expect(csvLine({ path: '/a,"b"\n/c', user_agent: "x\r" }, ["path", "user_agent"])).toBe('"/a,""b""\n/c","x\r"\n');
});

test("the columns are those asked for, in that order", () => {
  expect(csvHeader(["line", "app"])).toBe("line,app\n");
  expect(csvLine({ app: "a1", line: 7, time: "2018" }, ["line", "app"])).toBe("7,a1\n");
});

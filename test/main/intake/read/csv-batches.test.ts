import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { physicalLines, readAll, samples } from "../read-text.ts";
import { planOf } from "./table-plan.ts";

/** RFC 4180, character by character; undefined for a record that breaks it. */
function reference(text: string, delimiter: string): { cells: string[]; source: string }[] {
  const records: { cells: string[]; source: string }[] = [];
  let i = 0;
  while (i < text.length) {
    const start = i;
    const cells: string[] = [];
    for (;;) {
      let cell = "";
      if (text[i] === '"') {
        i++;
        while (text[i] !== '"' || text[i + 1] === '"') {
          if (text[i] === '"') i++;
          cell += text[i++];
        }
        i++;
      } else while (i < text.length && text[i] !== delimiter && text[i] !== "\n" && text[i] !== "\r") cell += text[i++];
      cells.push(cell);
      if (text[i] !== delimiter) break;
      i++;
    }
    const source = text.slice(start, i);
    if (text[i] === "\r" && text[i + 1] === "\n") i++;
    i++;
    // A blank line, and a comment that cannot be taken for a row, are no records.
    if (source !== "" && !(cells.length !== 3 && source.startsWith("#") && !/[\r\n]/u.test(source)))
      records.push({ cells, source });
  }
  return records;
}

const cell = fc.oneof(
  fc.constantFrom("", "a", '"', '""', "\n", "\r\n", "\r", ",", ";", "é😀", '"\n",', " x "),
  fc.string({ maxLength: 12 }),
);
const quoted = (value: string, delimiter: string, always: boolean) =>
  always || value.includes('"') || value.includes("\n") || value.includes("\r") || value.includes(delimiter)
    ? `"${value.replaceAll('"', '""')}"`
    : value;

const table = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  rows: fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 12 }),
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  always: fc.boolean(),
  ends: fc.boolean(),
  bytes: fc.constantFrom(32, 48, 64, 256),
  batchRows: fc.constantFrom(1, 2, 5, 100),
  piece: fc.integer({ min: 1, max: 60 }),
});

const width = (cells: number) => (cells === 1 ? "1 cell" : `${cells} cells`);

test("cuts any table as RFC 4180 says, wherever batches end", async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ delimiter, rows, newline, always, ends, bytes, batchRows, piece }) => {
      const text =
        rows.map((row) => row.map((value) => quoted(value, delimiter, always)).join(delimiter)).join(newline) +
        (ends ? newline : "");
      const read = await readAll(planOf(3, delimiter), Buffer.from(text), { bytes, rows: batchRows }, piece);
      const expected = reference(text, delimiter);
      expect(read.records.map(({ values, bad }) => bad ?? values)).toEqual(
        expected.map(({ cells }) =>
          cells.length === 3
            ? cells.map((value) => (value === "" ? null : value))
            : `the row has ${width(cells.length)}, the header 3`,
        ),
      );
      const original = Buffer.from(text);
      expect(read.records.map(({ offset, length }) => original.toString("utf8", offset, offset + length))).toEqual(
        expected.map(({ source }) => source),
      );
      expect(read.lines).toBe(physicalLines(text));
      for (const { offset, line, lines, length } of read.records) {
        expect(line).toBe(physicalLines(`${original.toString("utf8", 0, offset)}x`));
        expect(lines).toBe(physicalLines(`${original.toString("utf8", offset, offset + length)}x`));
      }
    }),
    { numRuns: 200 },
  );
});

describe("a row that breaks the rules is rejected with its reason, and the next is read", () => {
  const cases: [string, string, string | undefined][] = [
    ["text behind a quote", 'a,"b"c,d\n1,2,3\n', "text follows the closing quote of cell 2"],
    ["a quote that never closes", 'a,"b,c\n1,2,3\n', "the quote that opens cell 2 is never closed"],
    ["a short row", "a,b\n1,2,3\n", "the row has 2 cells, the header 3"],
    ["a long row", "a,b,c,d\n1,2,3\n", "the row has 4 cells, the header 3"],
    ["a quote inside a bare cell", 'a,x"y,c\n1,2,3\n', undefined],
  ];
  test.each(cases)("%s", async (_name, text, reason) => {
    const { records, lines } = await readAll(planOf(3, ","), Buffer.from(text), { bytes: 64, rows: 10 });
    expect(records.map(({ bad }) => bad)).toEqual([reason, undefined]);
    expect(records[1]?.values).toEqual(["1", "2", "3"]);
    expect(lines).toBe(2);
  });
});

const folder = path.join(samples, "csv");
describe.skipIf(!fs.existsSync(folder))("other people's awkward tables, cell for cell", () => {
  const names = (where: string) =>
    fs.existsSync(path.join(folder, where)) ? fs.readdirSync(path.join(folder, where)) : [];
  const cellsOf = async (file: string) => {
    const bytes = fs.readFileSync(file);
    const wide = reference(bytes.toString("utf8"), ",")[0]?.cells.length ?? 1;
    const { records } = await readAll(planOf(wide, ","), bytes, { bytes: 64, rows: 3 });
    return records.map(({ values }) => values.map((value) => value ?? ""));
  };
  test.each(names("csv-test-data/json"))("csv-test-data %s", async (name) => {
    const expected = JSON.parse(fs.readFileSync(path.join(folder, "csv-test-data/json", name), "utf8")) as (
      | string[]
      | Record<string, string>
    )[];
    const read = await cellsOf(path.join(folder, "csv-test-data/csv", name.replace(/json$/u, "csv")));
    const isObjects = expected.length === 0 || !Array.isArray(expected[0]);
    const rows = isObjects
      ? read.slice(1).map((row) => Object.fromEntries(row.map((value, column) => [read[0]?.[column], value])))
      : read;
    // A line without anything is a blank line, also in a table of one column.
    const blank = (row: unknown) => Array.isArray(row) && row.length === 1 && row[0] === "";
    expect(rows).toEqual(expected.filter((row) => !blank(row)));
  });

  // Tables polluted on purpose, one kind a file; `parameters` say the dialect, the unpolluted rows are in source.csv.
  // An empty file, and one whose delimiter is two characters, which no mapping can say, are left out.
  const polluted = names("pollock").filter(
    (name) => name.endsWith(".csv") && !["file_no_payload.csv", "file_field_delimiter_0x2C_0x20.csv"].includes(name),
  );
  const rejected: Record<string, number> = {
    "file_escape_char_0x00.csv": 6,
    "file_escape_char_0x5C.csv": 6,
    // Bare cells with spaces in them, between spaces.
    "file_field_delimiter_0x20.csv": 49,
    "file_multitable_less.csv": 83,
    "file_multitable_more.csv": 83,
    "file_multitable_same.csv": 1,
    // Bare apostrophes inside apostrophes.
    "file_quotation_char_0x27.csv": 33,
    "row_extra_quote0_col0.csv": 1,
    "row_extra_quote9_col8.csv": 1,
    "row_field_delimiter_0_0x20.csv": 1,
    "row_field_delimiter_9_0x20.csv": 1,
    "row_less_sep_row0_col1.csv": 1,
    "row_less_sep_row9_col8.csv": 1,
    "row_more_sep_row0_col0.csv": 1,
    "row_more_sep_row9_col8.csv": 1,
  };
  // Rows whose cells the file itself writes otherwise: a second table that lost its quotes, `""` between apostrophes.
  const changed: Record<string, number> = { "file_multitable_same.csv": 4, "file_quotation_char_0x27.csv": 1 };
  test.each(polluted)("pollock %s: every row is one of the source, or rejected with a reason", async (name) => {
    const source = reference(fs.readFileSync(path.join(folder, "pollock/source.csv"), "utf8"), ",");
    const known = new Set(source.map(({ cells }) => JSON.stringify(cells)));
    const said = JSON.parse(
      fs.readFileSync(path.join(folder, "pollock/parameters", `${name}_parameters.json`), "utf8"),
    ) as { delimiter: string; quotechar: string; preamble_lines: number };
    const plan = planOf(9, said.delimiter);
    const quote = said.quotechar.charCodeAt(0);
    const { records, lines } = await readAll(
      { ...plan, csv: { ...(plan.csv as NonNullable<typeof plan.csv>), quote } },
      fs.readFileSync(path.join(folder, "pollock", name)),
      { bytes: 1 << 11, rows: 50 },
      997,
    );
    const sound = records.filter(({ bad }) => bad === undefined);
    const foreign = sound.filter(({ values }) => !known.has(JSON.stringify(values.map((value) => value ?? ""))));
    // The two lines of a preamble have the table's width, and stand before its header.
    expect(foreign).toHaveLength(said.preamble_lines + (changed[name] ?? 0));
    expect(records.length - sound.length).toBe(rejected[name] ?? 0);
    expect(lines).toBe(physicalLines(fs.readFileSync(path.join(folder, "pollock", name), "latin1")));
  });
});

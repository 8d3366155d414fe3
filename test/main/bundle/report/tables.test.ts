import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { type PageInput, pageInput } from "../../../../main/bundle/contents/page-input.ts";
import { tablesOf } from "../../../../main/bundle/report/tables.ts";
import { examiner, signedBundle } from "../signed-bundle.ts";

let input: PageInput;
let sheets: Map<string, Record<string, string | number>[]>;

/** The rows of each sheet under its heading, read from the XML as it stands. */
function read(bytes: Uint8Array): Map<string, Record<string, string | number>[]> {
  const parts = unzipSync(bytes);
  const text = (name: string) => Buffer.from(parts[name] as Uint8Array).toString("utf8");
  const names = [...text("xl/workbook.xml").matchAll(/<sheet name="([^"]*)"/gu)].map(([, name]) => name as string);
  return new Map(
    names.map((name, index) => {
      const rows = [...text(`xl/worksheets/sheet${index + 1}.xml`).matchAll(/<row [^>]*>(.*?)<\/row>/gsu)].map(
        ([, row = ""]) =>
          Object.fromEntries(
            [...row.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(?:<v>([^<]*)<\/v>|<is><t[^>]*>([^<]*)<\/t><\/is>)<\/c>/gu)].map(
              ([, column, number, words]) => [
                column as string,
                number === undefined ? (words as string) : Number(number),
              ],
            ),
          ),
      );
      const [heading = {}, ...others] = rows;
      return [
        name,
        others.map((row) =>
          Object.fromEntries(Object.entries(row).map(([column, value]) => [heading[column] ?? column, value])),
        ),
      ];
    }),
  );
}

beforeAll(async () => {
  const extract = path.join(await signedBundle(), "data", "extract");
  input = await pageInput((name) => fs.readFileSync(path.join(extract, name), "utf8"), examiner.publicKey);
  expect(fs.readFileSync(path.join(extract, "tables.xlsx")).equals(tablesOf(input))).toBe(true);
  sheets = read(fs.readFileSync(path.join(extract, "tables.xlsx")));
});

test("the workbook of a bundle has each table in a sheet", () => {
  expect([...sheets.keys()]).toEqual(["Totals", "Developers", "Months", "Calls", "Remedy", "Claims", "Sources"]);
});

test("totals and developers are those of findings.json, numbers as numbers", () => {
  for (const { rule, totals, developers } of input.findings.rules) {
    const total = sheets.get("Totals")?.find((row) => row.rule === rule && row.level === "obtained");
    expect(total).toMatchObject({ developers: totals.obtained.developers, calls: totals.obtained.events });
    const rows = sheets.get("Developers")?.filter((row) => row.rule === rule) ?? [];
    expect(rows.map((row) => [row.developer_id, row["calls that got"], row.decision])).toEqual(
      developers.map((row) => [row.developer_id, row.obtained.events, row.status]),
    );
  }
});

test("the calls of the workbook are those that count, as many as the totals say", () => {
  const counted = input.findings.rules.reduce(
    (sum, { totals: { attempted, possible, obtained } }) => sum + attempted.events + possible.events + obtained.events,
    0,
  );
  const calls = sheets.get("Calls") ?? [];
  expect(calls).toHaveLength(counted);
  for (const call of calls) expect(call).toMatchObject({ counted: "yes", event: expect.any(Number) });
});

test("a time is a text, exact, and a date of the spreadsheet beside it", () => {
  const [first] = sheets.get("Sources") ?? [];
  expect(first?.first).toBe(input.sources[0]?.first);
  // Days from 1899-12-30.
  expect(first?.["first (date)"]).toBeCloseTo(Date.parse(input.sources[0]?.first ?? "") / 86_400_000 + 25_569, 6);
});

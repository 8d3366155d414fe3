import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { compareActs } from "../../../main/bundle/verify/case/acts-and-rows.ts";
import { readEventRows } from "../../../main/bundle/verify/case/event-rows.ts";
import { detectEach } from "../../../main/intake/detect/detect-each.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { eventsOf } from "./imported.ts";

/** Small logs, each with what is right of it and where that is written. */
interface LogCase {
  readonly source: string;
  readonly right: string;
  /** The files' own date, where it is not 2024-07-01: times without a zone or year, and epochs, hang on it. */
  readonly written?: string;
  readonly files: readonly string[];
  /** The format each is, or `refused`. */
  readonly formats: readonly string[];
  readonly events: number;
  readonly rejected?: number;
  readonly duplicates: number;
  /** In the order of the files: what of each record is checked; null: absent. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const folder = path.join(import.meta.dirname, "cases");
const cases = fs
  .readdirSync(folder)
  .map((name) => [name, JSON.parse(fs.readFileSync(path.join(folder, name, "case.json"), "utf8")) as LogCase] as const);

const WRITTEN = "2024-07-01T00:00:00Z";

const copiesOf = (name: string, { files, written = WRITTEN }: LogCase): string[] => {
  const copies = temporaryFolder();
  return files.map((file) => {
    const copy = path.join(copies, file);
    fs.copyFileSync(path.join(folder, name, file), copy);
    fs.utimesSync(copy, new Date(written), new Date(written));
    return copy;
  });
};

test.each(cases)("%s", async (name, known) => {
  const { right, formats, events, rejected = 0, duplicates, rows } = known;
  const caseFile = newCase();
  const { sources, failures } = await importFiles(caseFile, copiesOf(name, known), { by: "T" }, {});
  expect(
    sources.map(({ format }) => format),
    right,
  ).toEqual(formats.filter((format) => format !== "refused"));
  expect(failures.map(({ code }) => code)).toEqual(
    formats.flatMap((format) => (format === "refused" ? ["not-a-log"] : [])),
  );
  const found = eventsOf(caseFile);
  expect(found.length, right).toBe(events);
  expect(found.filter(({ duplicate }) => duplicate).length, right).toBe(duplicates);
  expect(
    sources.reduce((sum, source) => sum + source.rejected, 0),
    right,
  ).toBe(rejected);
  for (const [index, row] of rows.entries()) {
    const stated = Object.entries(row).filter(([, value]) => value !== null);
    expect(found[index], right).toMatchObject(Object.fromEntries(stated));
    for (const [field, value] of Object.entries(row))
      if (value === null) expect(found[index], right).not.toHaveProperty(field);
  }
  // What was hashed as it came in is what the rows are.
  expect(compareActs(caseFile.db, readEventRows(caseFile.db)).faults).toEqual([]);
});

describe("sureness", () => {
  test("of what is called 95 % sure, 95 % are right, in every case and every sample", async () => {
    const samples = path.resolve(import.meta.dirname, "../../../resources/formats/samples");
    const known = [
      ...cases.flatMap(([name, log]) =>
        copiesOf(name, log).map((file, index) => [file, log.formats[index] as string] as const),
      ),
      ...fs.readdirSync(samples).map((file) => [path.join(samples, file), path.parse(file).name] as const),
    ];
    const sure: boolean[] = [];
    for (const [file, format] of known) {
      if (format === "refused") continue;
      for await (const found of detectEach(file, {}))
        if ("report" in found && found.report.confidence >= 0.95) sure.push(found.report.format === format);
    }
    expect(sure.length).toBeGreaterThan(50);
    expect(sure.filter(Boolean).length / sure.length).toBeGreaterThanOrEqual(0.95);
  }, 60_000);
});

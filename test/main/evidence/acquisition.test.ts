import { beforeEach, expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { custodyLines } from "../../../main/custody/case-chain.ts";
import { recordAcquisition } from "../../../main/evidence/acquisition.ts";
import { sourceStates } from "../../../main/evidence/source-report.ts";
import { newCase } from "../../fixture.ts";
import { imported } from "../intake/imported.ts";

const CAME = { from: "A. Marsh", on: "2019-11-06T10:15+01:00", medium: "encrypted disk", method: "vendor export" };

let caseFile: Case;
let sha256: string;
beforeEach(async () => {
  caseFile = newCase();
  await imported("time,app\n2018-04-04T10:00:00Z,a\n", { name: "calls.csv", caseFile });
  sha256 = sourceStates(caseFile.db)[0]?.sha256 as string;
});

const acts = () => [...custodyLines(caseFile)].map((line) => JSON.parse(line));

test("how a source came is an act, and stands with the source; times are UTC", () => {
  const said = recordAcquisition(caseFile, 1, { ...CAME, seal: "0442", note: "in person", by: "V <v@x>" });
  expect(said).toEqual({ ...CAME, on: "2019-11-06T09:15:00Z", seal: "0442", note: "in person" });
  expect(sourceStates(caseFile.db)[0]?.acquisition).toEqual(said);
  expect(acts().at(-1)).toMatchObject({
    act: "received",
    by: "V <v@x>",
    detail: { source: 1, file: "calls.csv", sha256, ...said },
  });
});

test("a digest that the producer states is compared with the file's, whatever its case", () => {
  expect(recordAcquisition(caseFile, 1, { ...CAME, digest: sha256.toUpperCase() })).toMatchObject({
    digest: sha256,
    digest_matches: true,
  });
  expect(recordAcquisition(caseFile, 1, { ...CAME, digest: "0".repeat(64) })).toMatchObject({ digest_matches: false });
});

test("said again, the newer holds, and both are in custody; a day stays a day", () => {
  recordAcquisition(caseFile, 1, CAME);
  recordAcquisition(caseFile, 1, { ...CAME, on: "2019-11-05" });
  expect(sourceStates(caseFile.db)[0]?.acquisition?.on).toBe("2019-11-05");
  expect(acts().flatMap(({ act, detail }) => (act === "received" ? [detail.on] : []))).toEqual([
    "2019-11-06T09:15:00Z",
    "2019-11-05",
  ]);
});

test.each([
  ["a source that is not", 7, {}, /no source 7/u],
  ["a digest that is none", 1, { digest: "19881101" }, /"19881101" is no SHA-256/u],
  ["a time that is none", 1, { on: "last week" }, /"last week" is not a time/u],
  ["a day that is none", 1, { on: "2019-02-30" }, /"2019-02-30" is no day: February 2019 has 28/u],
  ["a year", 1, { on: "2019" }, /"2019" names no day/u],
  ["a time to come", 1, { on: "2099-01-01" }, /"2099-01-01" is after this computer's clock, 20/u],
  ["nobody", 1, { from: " " }, /"from" is empty/u],
  ["no medium", 1, { medium: "" }, /"medium" is empty/u],
  ["lines", 1, { note: "a\nb" }, /"note" holds control characters/u],
])("refuses %s, and changes nothing", (_, source, said, says) => {
  const before = acts().length;
  expect(() => recordAcquisition(caseFile, source, { ...CAME, ...said })).toThrow(says);
  expect(acts()).toHaveLength(before);
  expect(sourceStates(caseFile.db)[0]?.acquisition).toBeUndefined();
});

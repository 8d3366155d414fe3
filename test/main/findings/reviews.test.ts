import { expect, test } from "vitest";
import { decisions } from "../../../main/findings/dispositions.ts";
import { review, reviews } from "../../../main/findings/reviews.ts";
import { newCase } from "../../fixture.ts";

const SAID = { rule: "r", developer_id: "D1", stance: "objects", reason: "A test account." } as const;

test("a second examiner's review is in custody under their name, and decides nothing", () => {
  const caseFile = newCase();
  review(caseFile, { ...SAID, by: "J. Okafor <okafor@example.org>" });
  expect(reviews(caseFile)).toMatchObject([{ ...SAID, by: "J. Okafor <okafor@example.org>" }]);
  expect(decisions(caseFile)).toEqual([]);
});

test("nobody reviews the examiner's own findings as the examiner, without a name or without a reason", () => {
  const caseFile = newCase();
  expect(() => review(caseFile, { ...SAID, by: "t" })).toThrow("a second one is somebody else");
  expect(() => review(caseFile, { ...SAID, by: " " })).toThrow("bears the name");
  expect(() => review(caseFile, { ...SAID, reason: " ", by: "J. Okafor" })).toThrow("has a reason");
  expect(reviews(caseFile)).toEqual([]);
});

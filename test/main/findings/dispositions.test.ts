import { expect, test } from "vitest";
import { verifyCustody } from "../../../main/custody/case-chain.ts";
import { decide, decisions, dispositions } from "../../../main/findings/dispositions.ts";
import { quickCase } from "../query/dataset-of.ts";

test("the latest decision holds, of one rule and developer; the earlier ones stay; without one a finding is open", () => {
  const caseFile = quickCase();
  const say = (disposition: "confirmed" | "dismissed" | "open", developer_id = "d1", rule = "r") =>
    decide(caseFile, { rule, developer_id, disposition, reason: `it is ${disposition}` });
  say("confirmed");
  say("dismissed");
  say("confirmed", "d2", "other");
  const [now, other] = [dispositions(caseFile, "r"), dispositions(caseFile, "other")];
  expect([now("d1"), now("d2"), other("d1"), other("d2")]).toEqual(["dismissed", "open", "open", "confirmed"]);
  expect(decisions(caseFile).map(({ disposition }) => disposition)).toEqual(["confirmed", "dismissed", "confirmed"]);
  // a finding is opened again by a decision, too
  say("open");
  expect(dispositions(caseFile, "r")("d1")).toBe("open");
  expect(decisions(caseFile)).toHaveLength(4);
});

test("a decision and its reason stand in custody, by whom it was made", () => {
  const caseFile = quickCase();
  decide(caseFile, { rule: "r", developer_id: "d1", disposition: "disputed", reason: "  they deny it " }, "B");
  expect(decisions(caseFile)).toMatchObject([{ reason: "they deny it", by: "B" }]);
  const entry = caseFile.db.prepare("select entry from custody order by seq desc limit 1").pluck().get() as string;
  expect(JSON.parse(entry)).toMatchObject({
    act: "finding",
    by: "B",
    detail: { rule: "r", developer: "d1", disposition: "disputed", reason: "they deny it" },
  });
  expect(verifyCustody(caseFile)).toMatchObject({ ok: true });
});

test("without a reason nothing is decided and nothing is written", () => {
  const caseFile = quickCase();
  const acts = () => caseFile.db.prepare("select count(*) from custody").pluck().get();
  const before = acts();
  for (const reason of ["", " \n\t"])
    expect(() => decide(caseFile, { rule: "r", developer_id: "d1", disposition: "confirmed", reason })).toThrow(
      expect.objectContaining({ code: "reason-missing" }),
    );
  expect([decisions(caseFile), acts()]).toEqual([[], before]);
});

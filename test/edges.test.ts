import { beforeAll, describe, test } from "vitest";
import type { Case } from "../main/case/case.ts";
import { claimResult } from "../main/findings/answers/claims.ts";
import { sensitivity } from "../main/findings/answers/cutoff-sensitivity.ts";
import { Inquiry } from "../main/findings/inquiry.ts";
import { remedyOf } from "../main/remedy/remedy.ts";
import { putSteps } from "../main/remedy/steps/entries.ts";
import { knownMoment } from "../shared/base/moment.ts";
import { CLAIM } from "../shared/model/claims.ts";
import { clocksOf, plainClocks } from "./agreement/clocks.ts";
import { caseOf } from "./fixture.ts";
import { eventsOf, imported } from "./main/intake/imported.ts";
import { caseWithoutCache } from "./main/query/dataset-of.ts";
import { type Answer, type Edge, edges, expectAnswer, expectCalls } from "./reference/edges.ts";

/** What the program says of a case, by its own ways from calls to answers. */
function answerOf(caseFile: Case, edge: Edge): Answer {
  caseOf(edge, caseFile);
  const { db } = caseFile;
  db.exec("delete from remedy_file; delete from remedy_entry");
  if (edge.zone) db.prepare("update source set timezone = ?, timezone_from = 'option'").run(edge.zone.timezone);
  const rule = edge.policy.rules[0]?.id ?? "";
  const entries = (edge.remedy?.entries ?? []).map((entry, index) => ({ ...entry, rule, n: index + 1, files: [] }));
  putSteps(db, entries, "", "");
  const inquiry = new Inquiry(caseFile);
  const { as_of, rules, coverage } = inquiry.findings();
  return {
    ...(as_of === undefined ? {} : { as_of }),
    rules: rules as unknown as Answer["rules"],
    coverage,
    claims: edge.claims.map((claim) => claimResult(inquiry, CLAIM.parse(claim))),
    people: inquiry.people("").people,
    remedy: edge.remedy === undefined ? [] : [...remedyOf(inquiry, { at: knownMoment(edge.remedy.at) }).rules],
    clocks: edge.clocks === undefined ? [] : plainClocks(clocksOf(inquiry, edge.clocks)),
    sensitivity: edge.expect.sensitivity === undefined ? [] : sensitivity(inquiry).rules,
  };
}

describe("each edge case gives what FORMATS says", () => {
  let caseFile: Case;
  beforeAll(() => {
    caseFile = caseWithoutCache();
  });
  const all = edges();
  test.each(all.map((edge) => [`${edge.id}: ${edge.promise}`, edge] as const))("%s", (_, edge) => {
    expectAnswer(edge, answerOf(caseFile, edge));
  });

  test.each(all.filter(({ log }) => log !== undefined))("$id: its calls are those of its log", async (edge) => {
    const { name, mapping, lines } = edge.log as NonNullable<Edge["log"]>;
    const read = await imported(`${lines.join("\n")}\n`, { name, mapping });
    expectCalls(edge, eventsOf(read.caseFile));
    read.caseFile.close();
  });
});

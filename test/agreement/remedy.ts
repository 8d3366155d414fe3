import fc from "fast-check";
import { expect } from "vitest";
import type { Case } from "../../main/case/case.ts";
import { Inquiry } from "../../main/findings/inquiry.ts";
import { select } from "../../main/query/results/selection.ts";
import { remedyOf } from "../../main/remedy/remedy.ts";
import { putSteps } from "../../main/remedy/steps/entries.ts";
import { knownMoment } from "../../shared/base/moment.ts";
import type { Against, DeveloperRemedy } from "../../shared/model/accountability/remedy.ts";
import { caseOf } from "../fixture.ts";
import { caseWithoutCache } from "../main/query/dataset-of.ts";
import type { Input } from "../reference/model.ts";
import { INSTANTS, randomCase } from "../reference/random.ts";
import { type Entry, referenceRemedy, STEPS } from "../reference/remedy.ts";

/** A case of these calls in which these steps are recorded, held against its policy. */
export function steppedInquiry(caseFile: Case, input: Input, entries: readonly Entry[]): Inquiry {
  caseOf(input, caseFile);
  caseFile.db.exec("delete from remedy_entry; delete from remedy_file");
  putSteps(
    caseFile.db,
    entries.map((entry, index) => ({ ...entry, n: index + 1, files: [] })),
    "",
    "",
  );
  return new Inquiry(caseFile);
}

/** What both implementations say. */
const comparable = (row: DeveloperRemedy) => ({
  developer_id: row.developer_id,
  ...(row.level === undefined ? {} : { level: row.level }),
  ...(row.state === undefined ? {} : { state: row.state }),
  ...(row.next === undefined ? {} : { next: row.next }),
  overdue: row.overdue,
  entries: row.entries.map(({ n, step, against }) => ({ n, step, against: against.map(withoutFilter) })),
});

function withoutFilter(against: Against): object {
  if (!("filter" in against)) return against;
  const { filter: _filter, ...rest } = against;
  return rest;
}

/** Each filter, asked as any other, has as many calls as it says. */
export function expectFilters(inquiry: Inquiry, rows: readonly DeveloperRemedy[]): void {
  for (const { entries } of rows)
    for (const each of entries.flatMap(({ against }) => against))
      if ("filter" in each) {
        const found = select(inquiry.dataset, each.filter).positions;
        expect([each.filter, found.length]).toEqual([each.filter, each.events]);
      }
}

const DAYS = ["2018-04-03", "2018-04-04", "2018-04-07", "2019-09-05", "2019-11-04", "2019-11-05", "2020-01-01"];
const when = fc.constantFrom(...INSTANTS, ...DAYS);
const entry: fc.Arbitrary<Entry> = fc
  .record({
    rule: fc.constantFrom("r1", "r1", "r2"),
    developer_id: fc.constantFrom("d1", "d2", "app:a1", "app:a2", "name:Nimbus", "unknown"),
    step: fc.constantFrom(...STEPS),
    on: fc.option(when, { nil: undefined }),
    due: fc.option(when, { nil: undefined }),
    taken_back: fc.constantFrom(undefined, undefined, undefined, "wrong"),
  })
  .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as Entry)
  .filter(({ on, due }) => on !== undefined || due !== undefined);

/** The engine and the slow second implementation say the same of the steps of so many random small cases. */
export function remedyAgrees(numRuns: number): void {
  const caseFile = caseWithoutCache();
  fc.assert(
    fc.property(randomCase, fc.array(entry, { maxLength: 8 }), when, (input, entries, at) => {
      const rules = input.policy.rules.map((rule) => rule.id);
      const own = entries.map((each) => ({
        ...each,
        rule: rules[each.rule === "r2" ? rules.length - 1 : 0] as string,
      }));
      const inquiry = steppedInquiry(caseFile, input, own);
      const remedy = remedyOf(inquiry, { at: knownMoment(at) });
      const expected = referenceRemedy(input, own, at);
      expect(remedy.at).toBe(at);
      expect(remedy.rules.map(({ rule, developers }) => ({ rule, developers: developers.map(comparable) }))).toEqual(
        expected,
      );
      for (const { developers } of remedy.rules) expectFilters(inquiry, developers);
    }),
    { numRuns },
  );
  caseFile.close();
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { answerDetail, heldGrants, judgedBy } from "../../../../main/findings/answers/answer.ts";
import { dossier } from "../../../../main/findings/answers/dossier.ts";
import { Inquiry } from "../../../../main/findings/inquiry.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { developerLists, type ListName } from "../../../../renderer/parts/finding-lists/lists.ts";
import {
  developerTerm,
  fieldTerm,
  headline,
  levelFilter,
  recentFilter,
  WITHOUT_LIST,
} from "../../../../renderer/parts/finding-table/links.ts";
import { recentDaysOf } from "../../../../shared/model/recent-days.ts";
import { caseOf, newCase } from "../../../fixture.ts";
import { randomCase } from "../../../reference/random.ts";

/** Random cases under one rule: what `level:` says is then said of that rule. */
const oneRule = randomCase.map((input) => ({
  ...input,
  ...(input.policy ? { policy: { ...input.policy, rules: input.policy.rules.slice(0, 1) } } : {}),
}));

test("behind every number of Answer and of a developer lie as many rows as it says", () => {
  const caseFile = newCase();
  fc.assert(
    fc.property(oneRule, (input) => {
      const inquiry = new Inquiry(caseOf(input, caseFile));
      const rows = (filter: string) => select(inquiry.dataset, filter).positions.length;
      const days = recentDaysOf(inquiry.policy);
      for (const { rule, totals, by_month, developers } of inquiry.findings().rules) {
        for (const level of ["attempted", "possible", "obtained"] as const)
          expect(rows(levelFilter(rule, level))).toBe(totals[level].events);
        if (inquiry.asOf !== undefined) expect(rows(recentFilter(rule, days))).toBe(totals.recent.events);
        expect(inquiry.people(levelFilter(rule, "obtained")).people).toEqual(totals.obtained.people);
        for (const { month, obtained, possible } of by_month) {
          expect(rows(levelFilter(rule, "obtained", `time:${month}`))).toBe(obtained.events);
          expect(inquiry.people(levelFilter(rule, "possible", `time:${month}`)).people).toEqual(possible.people);
        }
        const detail = answerDetail(inquiry, rule);
        const after = developers.reduce((sum, row) => sum + row.allowed_after_revocation, 0);
        expect(detail.after_revocation.events).toBe(after);
        if (after > 0) expect(rows(detail.after_revocation.filter)).toBe(after);
        const bare = ({ counted, silent, contrary }: typeof detail.listing | (typeof detail.unlisted)[number]) =>
          counted + silent - contrary;
        expect(rows(levelFilter(rule, "obtained", WITHOUT_LIST))).toBe(bare(detail.listing));
        for (const each of detail.unlisted)
          expect(rows(levelFilter(rule, "obtained", developerTerm(each, developers), WITHOUT_LIST))).toBe(bare(each));
        expect(detail.listing.listed + detail.listing.counted + detail.listing.silent).toBe(totals.obtained.events);
        const holders = new Set(heldGrants(inquiry, judgedBy(inquiry, rule)).map((grant) => grant.developer_id));
        expect(holders.size).toBe(totals.entitled.developers);

        for (const row of developers) {
          const term = developerTerm(row, developers);
          const { events, people } = headline(row);
          if (row.level !== "entitled") expect(rows(levelFilter(rule, row.level, term))).toBe(events);
          if (people) expect(inquiry.people(levelFilter(rule, row.level, term)).people).toEqual(people);
          const page = dossier(inquiry, { developer_id: row.developer_id, rule });
          expect(page.finding).toEqual(row);
          expect(rows(levelFilter(rule, "possible+", page.term))).toBe(row.possible.events + row.obtained.events);
          for (const { field, events } of page.fields)
            expect(rows(levelFilter(rule, "obtained", page.term, fieldTerm(field)))).toBe(events);
          expect(page.after_revocation.events).toBe(row.allowed_after_revocation);
          if (row.allowed_after_revocation > 0)
            expect(rows(page.after_revocation.filter)).toBe(row.allowed_after_revocation);
          const days = (kind: "got" | "may" | "tried") => page.calls[kind].reduce((sum, count) => sum + count, 0);
          expect([days("got"), days("may"), days("tried")]).toEqual([
            row.obtained.events,
            row.possible.events,
            row.attempted.events,
          ]);
        }
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);

test("a list of developers is as long as the number that opens it", () => {
  const caseFile = newCase();
  fc.assert(
    fc.property(oneRule, (input) => {
      const inquiry = new Inquiry(caseOf(input, caseFile));
      for (const { rule, totals, developers } of inquiry.findings().rules) {
        const detail = answerDetail(inquiry, rule);
        const lists = developerLists(developers, { recentDays: 60, loggedUntil: detail.logged_until });
        const size = (name: ListName, kept = false) =>
          developers.filter((row) => (!kept || row.entitled) && lists.find((list) => list.name === name)?.passes(row))
            .length;
        expect(size("kept")).toBe(totals.entitled.developers);
        expect(size("got")).toBe(totals.obtained.developers);
        expect(size("recent")).toBe(totals.recent.developers);
        // who kept access is quiet, unseen, called again or holds it still
        expect(size("again", true) + size("quiet") + size("unseen") + size("holding")).toBe(size("kept"));
        expect(size("inexact")).toBe(detail.unlisted.length);
        // a developer stands in the chart once a month
        for (const { month, got } of detail.months) {
          const inMonth = select(inquiry.dataset, levelFilter(rule, "obtained", `time:${month}`)).positions;
          expect(got).toBe(new Set(Array.from(inMonth, (p) => inquiry.dataset.owners.of[p])).size);
        }
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);

import fc from "fast-check";
import { expect, test } from "vitest";
import { referenceClaims } from "./claims.ts";
import { referenceFindings } from "./findings.ts";
import type { People } from "./model.ts";
import { randomCase } from "./random.ts";

const lowest = (people: People): number => (people.basis === "at-most" ? 0 : (people.value ?? 0));

test("what holds of every case holds of the reference", () => {
  fc.assert(
    fc.property(randomCase, (input) => {
      for (const { totals, developers, by_month } of referenceFindings(input).rules) {
        for (const level of ["attempted", "possible", "obtained"] as const) {
          const total = totals[level].events;
          expect(developers.reduce((sum, row) => sum + row[level].events, 0)).toBe(total);
          expect(by_month.reduce((sum, row) => sum + row[level].events, 0)).toBe(total);
          expect(developers.filter((row) => row[level].events > 0)).toHaveLength(totals[level].developers);
        }
        expect(totals.recent.events).toBeLessThanOrEqual(totals.possible.events + totals.obtained.events);
        for (const row of developers) {
          expect(lowest(row.obtained.people)).toBeLessThanOrEqual(lowest(totals.obtained.people));
          expect(row.allowed_after_revocation).toBeLessThanOrEqual(row.possible.events + row.obtained.events);
          expect(row.entitled || row.attempted.events + row.possible.events + row.obtained.events > 0).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("the random cases reach every level, basis and verdict", () => {
  const seen = new Set<string>();
  for (const input of fc.sample(randomCase, { numRuns: 800, seed: 1 })) {
    for (const { totals, developers } of referenceFindings(input).rules) {
      for (const row of developers) {
        seen.add(row.level);
        if (row.allowed_after_revocation > 0) seen.add("after revocation");
        if (row.revoked_at !== undefined) seen.add("revoked");
        if (row.recent) seen.add("recent");
        seen.add(row.developer_id.replace(/:.*/, ""));
      }
      seen.add(totals.obtained.people.basis);
      if (totals.obtained.fields_are) seen.add(totals.obtained.fields_are);
    }
    for (const { verdict } of referenceClaims(input, input.claims)) seen.add(verdict);
  }
  const wanted = ["entitled", "attempted", "possible", "obtained", "after revocation", "revoked", "recent"];
  wanted.push("d1", "d2", "name", "app", "unknown", "exact", "at-least", "at-most", "between", "not-logged");
  wanted.push("returned", "requested", "both", "supported", "contradicted", "undetermined");
  expect([...seen].sort()).toEqual(wanted.sort());
});

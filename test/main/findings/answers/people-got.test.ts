import fc from "fast-check";
import { expect, test } from "vitest";
import { peopleToNotify, subjectsGot } from "../../../../main/findings/answers/people-got.ts";
import { Inquiry } from "../../../../main/findings/inquiry.ts";
import { caseOf } from "../../../fixture.ts";
import { countedCalls } from "../../../reference/findings.ts";
import type { Input } from "../../../reference/model.ts";
import { consented } from "../../../reference/people.ts";
import { randomCase } from "../../../reference/random.ts";
import { iso } from "../../../reference/time.ts";
import { quickCase } from "../../query/dataset-of.ts";
import { CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const LATER = "2018-05-01T00:00:00Z";

test("each person of a list has its developers, first and last, the restricted fields and the number of calls", () => {
  const calls = [
    got(CUTOFF, { subjects: ["p1", "P2@x.org"], fields: ["name", "id"] }),
    got(LATER, { app: "a2", subjects: ["p2@x.org"], fields: ["picture"] }),
    got("2018-06-01T00:00:00Z", { subjects: ["p1"], outcome: "denied" }),
    got("2018-01-01T00:00:00Z", { subjects: ["p3"], fields: ["email"] }),
  ];
  const inquiry = inquiryOf(calls);
  expect([...peopleToNotify(inquiry, "level:possible+")]).toEqual([
    {
      id: "P2@x.org",
      developers: ["app:a1", "app:a2"],
      first: CUTOFF,
      last: LATER,
      fields: ["name", "picture"],
      events: 2,
    },
    { id: "p1", developers: ["app:a1"], first: CUTOFF, last: CUTOFF, fields: ["name"], events: 1 },
  ]);
  // A call that no rule counts says what its log names.
  expect([...peopleToNotify(inquiry, "subjects:p3")]).toMatchObject([{ id: "p3", fields: ["email"], events: 1 }]);
});

/** FORMATS, "Output": who got data of one person, slowly. */
function referenceSubject(input: Input, subject: string) {
  const rows = new Map<string, { first: string; last: string; fields: Set<string>; calls: Set<unknown> }>();
  const counted = input.policy.rules.flatMap((rule) => countedCalls(input, rule).map((one) => ({ ...one, rule })));
  const inOrder = counted.sort((a, b) => a.time - b.time);
  for (const { call, time, level, developer, fields, rule } of inOrder) {
    if (level === "attempted" || !call.subjects?.includes(subject) || consented(input.registry, rule, call, subject))
      continue;
    const row = rows.get(developer) ?? { first: iso(time), last: "", fields: new Set(), calls: new Set() };
    rows.set(developer, row);
    row.last = iso(time);
    row.calls.add(call);
    if (level === "obtained") for (const field of fields) row.fields.add(field);
  }
  const developers = [...rows]
    .map(([developer_id, { first, last, fields, calls }]) => ({
      developer_id,
      first,
      last,
      fields: [...fields].sort(),
      events: calls.size,
    }))
    .sort((a, b) => (a.developer_id < b.developer_id ? -1 : 1));
  return { subject, affected: developers.length > 0, developers };
}

test("who got data of each of some people is what a slow reading says, for random cases", () => {
  const caseFile = quickCase();
  const subjects = ["p1", "p2", "p3", "nobody"];
  let affected = 0;
  fc.assert(
    fc.property(randomCase, (input) => {
      const found = subjectsGot(new Inquiry(caseOf(input, caseFile)), "", subjects);
      expect(found).toEqual(subjects.map((subject) => referenceSubject(input, subject)));
      affected += found.filter((each) => each.affected).length;
    }),
    { numRuns: 150 },
  );
  expect(affected).toBeGreaterThan(20);
}, 30_000);

import { expect, test } from "vitest";
import { contradictions } from "../../../../main/findings/people/contradictions.ts";
import { CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
type Over = Parameters<typeof got>[1];
const said = (calls: Over[], resources: { resource: string; people: number }[] = []) => {
  const inquiry = inquiryOf(
    calls.map((over) => got(CUTOFF, over)),
    { registry: { resources } },
  );
  return contradictions(inquiry.dataset, inquiry.inScope());
};

test("records that agree are passed in silence", () => {
  const calls: Over[] = [{}, { subjects: [] }, { subjects: undefined, subject_count: 3 }, { subject_count: 1 }];
  expect(
    said([...calls, { subjects: undefined, subject_count: 3, resource: "g1" }], [{ resource: "g1", people: 3 }]),
  ).toEqual([]);
});

test("each contradiction is listed, with how many calls and where the first is", () => {
  expect(
    said(
      [
        { subjects: [], subject_count: 4 },
        { subjects: [], subject_count: 5 },
        { subjects: ["p1"], subject_count: 7 },
        { subjects: ["p1", "p2", "p1"], subject_count: 3 },
        { subjects: undefined, subject_count: 40, resource: "g1" },
        { subjects: ["p1", "p2"], resource: "g2" },
        { subjects: ["Ada@Example.org", "ada@example.org"], resource: "g2" },
      ],
      [
        { resource: "g1", people: 9 },
        { resource: "g2", people: 1 },
      ],
    ),
  ).toEqual([
    "2 calls (the first: source 1, line 1) count people beside an empty list: the count stands",
    "1 call (source 1, line 3) list another number of people than they count: the list stands",
    "2 calls (the first: source 1, line 4) list an id twice: it is one person",
    "resource g1 holds 9 people by the registry, and one call returned 40",
    "resource g2 holds 1 people by the registry, and one call returned 2",
  ]);
});

test("many resources are counted", () => {
  const names = Array.from({ length: 8 }, (_, n) => `g${n}`);
  const found = said(
    names.map((resource) => ({ subjects: undefined, subject_count: 2, resource })),
    names.map((resource) => ({ resource, people: 1 })),
  );
  expect(found).toHaveLength(6);
  expect(found.at(-1)).toBe("so do 3 more resources");
});

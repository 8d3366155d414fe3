import { expect, test } from "vitest";
import { dossier } from "../../../../main/findings/answers/dossier.ts";
import { decide } from "../../../../main/findings/dispositions.ts";
import { AS_OF, BEFORE_CUTOFF, CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const OWNERS = {
  developers: [
    { developer_id: "d1", developer: "Acme" },
    { developer_id: "d2", developer: "Bluebird" },
  ],
  apps: [
    { app: "a1", developer_id: "d1", owned_until: "2018-05-01T00:00:00Z" },
    { app: "a2", app_name: "Two", developer_id: "d1" },
    { app: "a1", developer_id: "d2", owned_from: "2018-05-01T00:00:00Z" },
  ],
};

test("all its calls are told by what came of them, day by day, those outside the rule's time too, duplicates not", () => {
  const calls = [
    got(BEFORE_CUTOFF),
    got(CUTOFF),
    got(CUTOFF, { duplicate: true }),
    got("2018-04-06T00:00:00Z", { fields: undefined }),
    got("2018-04-06T23:00:00Z", { outcome: "denied" }),
    got("2018-05-01T00:00:00Z"),
  ];
  const found = dossier(inquiryOf(calls, { registry: OWNERS }), { developer_id: "d1" });
  // 3 April: before the cutoff; 4 April: got; 5 April: nothing; 6 April: may have got, and tried. In May a1 is d2's
  expect(found.calls).toEqual({
    from: "2018-04-03T00:00:00Z",
    got: [0, 1, 0, 0],
    may: [0, 0, 0, 1],
    tried: [0, 0, 0, 1],
    other: [1, 0, 0, 0],
  });
  expect(found).toMatchObject({
    first: BEFORE_CUTOFF,
    last: "2018-04-06T23:00:00Z",
    fields: [{ field: "name", events: 1 }],
    listing: { listed: 1, counted: 0, silent: 0 },
  });
  expect(found.apps).toEqual([
    { app: "a1", owned_until: "2018-05-01T00:00:00Z", got: 1, may: 1, tried: 1, other: 1 },
    { app: "a2", app_name: "Two", got: 0, may: 0, tried: 0, other: 0 },
  ]);
});

test("a developer whom only the registry knows has a page without calls; one that nobody knows is refused", () => {
  const inquiry = inquiryOf([], { registry: OWNERS });
  const found = dossier(inquiry, { developer_id: "d2" });
  expect(found).toMatchObject({
    developer: "Bluebird",
    calls: { from: CUTOFF, got: [] },
    as_of: AS_OF,
    recent_from: "2019-09-06T00:00:00Z",
  });
  expect(found).not.toHaveProperty("finding");
  expect(found).not.toHaveProperty("first");
  expect(() => dossier(inquiry, { developer_id: "d9" })).toThrow(
    expect.objectContaining({ code: "developer-unknown" }),
  );
  expect(() => dossier(inquiry, { developer_id: "d2", rule: "other" })).toThrow(
    expect.objectContaining({ code: "rule-unknown" }),
  );
});

test("the term for its calls is its name where that is nobody else's, else its id; whom no name shows is found by the finding", () => {
  const registry = {
    developers: [
      { developer_id: "d1", developer: "Acme Ltd" },
      { developer_id: "d2", developer: "Same" },
      { developer_id: "d3", developer: "SAME" },
    ],
    apps: ["d1", "d2", "d3"].map((id) => ({ app: `of ${id}`, developer_id: id })),
  };
  const calls = ["of d1", "of d2", "of d3", "loose"].map((app) => got(CUTOFF, { app }));
  const inquiry = inquiryOf(calls, { registry });
  const terms = ["d1", "d2", "d3", "app:loose"].map((developer_id) => dossier(inquiry, { developer_id }).term);
  expect(terms).toEqual(['developer:"Acme Ltd"', "developer:d2", "developer:d3", 'finding:"app:loose"']);
  for (const term of terms) expect(inquiry.peopleList(term), term).toEqual(["p1"]);
});

test("its decisions under this rule are there, oldest first, and no other developer's", () => {
  const inquiry = inquiryOf([got(CUTOFF)], { registry: OWNERS });
  const say = (developer_id: string, disposition: "confirmed" | "dismissed", rule = "members") =>
    decide(inquiry.dataset.caseFile, { rule, developer_id, disposition, reason: disposition }, "B");
  say("d1", "confirmed");
  say("d1", "dismissed");
  say("d2", "dismissed");
  say("d1", "confirmed", "other");
  expect(dossier(inquiry, { developer_id: "d1" }).decisions.map(({ reason, by }) => [reason, by])).toEqual([
    ["confirmed", "B"],
    ["dismissed", "B"],
  ]);
});

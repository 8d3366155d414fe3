import { expect, test } from "vitest";
import {
  afterRevocation,
  answerDetail,
  grantsOf,
  heldGrants,
  judgedBy,
} from "../../../../main/findings/answers/answer.ts";
import { AS_OF, BEFORE_AS_OF, CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const grant = (app: string, from: string, until?: string) => ({
  app,
  permission: "member_info",
  granted_at: `${from}T00:00:00Z`,
  ...(until ? { revoked_at: `${until}T00:00:00Z` } : {}),
});

test("every month that the span touches has a row, over the end of a year; each developer stands once in it, under the most it did", () => {
  const calls = [
    got("2018-11-30T23:59:59.999999Z", { outcome: "denied" }),
    got("2018-12-01T00:00:00Z", { outcome: "denied" }),
    got("2018-12-31T23:59:59.999999Z"),
    got("2019-01-01T00:00:00Z", { fields: undefined }),
  ];
  const registry = { grants: [grant("a2", "2018-12-01", "2019-01-01")] };
  const inquiry = inquiryOf(calls, {
    registry,
    rule: { effective_from: "2018-11-30T12:00:00Z" },
    policy: { as_of: "2019-02-01T00:00:00Z" },
  });
  expect(answerDetail(inquiry).months).toEqual([
    { month: "2018-11", kept: 0, tried: 1, may: 0, got: 0 },
    { month: "2018-12", kept: 1, tried: 0, may: 0, got: 1 },
    { month: "2019-01", kept: 0, tried: 0, may: 1, got: 0 },
  ]);
});

test("an as_of a microsecond into a month gives that month a row; one before the cutoff gives none", () => {
  const months = (as_of: string) =>
    answerDetail(inquiryOf([got(CUTOFF)], { policy: { as_of } })).months.map(({ month }) => month);
  expect(months("2018-05-01T00:00:00Z")).toEqual(["2018-04"]);
  expect(months("2018-05-01T00:00:00.000001Z")).toEqual(["2018-04", "2018-05"]);
  expect(months(CUTOFF)).toEqual([]);
});

test("calls that got data are told by what they say of people; an empty list beside a count is contrary", () => {
  const silent = { subjects: undefined };
  const calls = [
    got(CUTOFF),
    got(CUTOFF, { ...silent, subject_count: 2 }),
    got(CUTOFF, silent),
    got(CUTOFF, { subjects: [], subject_count: 2 }),
    got(CUTOFF, { app: "a2", ...silent }),
    got(CUTOFF, { app: "a3" }),
  ];
  const { listing, unlisted } = answerDetail(inquiryOf(calls));
  expect(listing).toEqual({ listed: 2, counted: 2, silent: 2, contrary: 1 });
  expect(unlisted).toEqual([
    { developer_id: "app:a1", developer: "a1", counted: 2, silent: 1, contrary: 1 },
    { developer_id: "app:a2", developer: "a2", counted: 0, silent: 1, contrary: 0 },
  ]);
});

test("logged_until is the last call to the rule's APIs before as_of, whatever came of it", () => {
  const times = [
    got(CUTOFF),
    got("2018-05-01T00:00:00Z", { outcome: "failed" }),
    got("2018-06-01T00:00:00Z", { api: "pages" }),
    got(AS_OF),
  ];
  expect(answerDetail(inquiryOf(times)).logged_until).toBe("2018-05-01T00:00:00Z");
  expect(answerDetail(inquiryOf([got(AS_OF)]))).not.toHaveProperty("logged_until");
  // an API in another case is the same API
  expect(answerDetail(inquiryOf([got(BEFORE_AS_OF, { api: "Groups" })])).logged_until).toBe(BEFORE_AS_OF);
});

test("an API of the rule that no log has is one gap from the cutoff to as_of", () => {
  const { gaps } = answerDetail(inquiryOf([got(CUTOFF, { api: "pages" })]));
  expect(gaps).toEqual([{ api: "groups", from: CUTOFF, to: AS_OF }]);
});

test("the filter of calls after a revocation finds exactly those that are counted", () => {
  const registry = {
    grants: [
      grant("a1", "2017-01-01", "2018-05-01"),
      grant("a1", "2018-06-01", "2018-07-01"),
      grant("a2", "2017-01-01", "2018-05-01"),
    ],
  };
  const at = (day: string, app = "a1") => got(`${day}T00:00:00Z`, { app });
  const inquiry = inquiryOf(
    [
      at("2018-04-30"),
      at("2018-05-01"),
      at("2018-05-31"),
      at("2018-06-01"),
      at("2018-07-01"),
      at("2018-05-02", "a2"),
      at("2018-05-02", "a3"),
    ],
    { registry },
  );
  const { filter, events } = answerDetail(inquiry).after_revocation;
  // a1: 1 and 31 May, 1 July; a2: 2 May; a3 never held one
  expect(events).toBe(4);
  expect(inquiry.people(filter).people).toEqual({ value: 1, basis: "exact" });
  const judged = judgedBy(inquiry, undefined);
  expect(afterRevocation(inquiry, judged, grantsOf(inquiry, judged), { owner: "app:a2", term: "app:a2" })).toEqual({
    filter: "finding:members level:possible+ app:a2 app:a2 time>=2018-05-01T00:00:00Z",
    events: 1,
  });
  expect(answerDetail(inquiryOf([at("2018-05-01")])).after_revocation).toEqual({ filter: "", events: 0 });
});

test("who kept access is listed grant by grant, open ends left out, by name, app and time", () => {
  const registry = {
    developers: [
      { developer_id: "d1", developer: "Zeta" },
      { developer_id: "d2", developer: "Acme" },
    ],
    apps: [
      { app: "a1", app_name: "One", developer_id: "d1" },
      { app: "a2", developer_id: "d2" },
    ],
    grants: [
      grant("a1", "2019-01-01"),
      grant("a1", "2017-01-01", "2018-05-01"),
      grant("a2", "2017-01-01", "2018-04-04"),
      grant("a2", "2018-04-04", "2018-04-05"),
    ],
  };
  const inquiry = inquiryOf([], { registry });
  expect(heldGrants(inquiry, judgedBy(inquiry, "members"))).toEqual([
    {
      developer_id: "d2",
      developer: "Acme",
      app: "a2",
      permission: "member_info",
      from: CUTOFF,
      until: "2018-04-05T00:00:00Z",
    },
    {
      developer_id: "d1",
      developer: "Zeta",
      app: "a1",
      app_name: "One",
      permission: "member_info",
      from: "2017-01-01T00:00:00Z",
      until: "2018-05-01T00:00:00Z",
    },
    {
      developer_id: "d1",
      developer: "Zeta",
      app: "a1",
      app_name: "One",
      permission: "member_info",
      from: "2019-01-01T00:00:00Z",
    },
  ]);
});

test("a case without calls and a policy without as_of has an answer, with no end", () => {
  const detail = answerDetail(inquiryOf([], { policy: { as_of: undefined } }));
  expect(detail).toMatchObject({ cutoff: CUTOFF, months: [], gaps: [], after_revocation: { events: 0 } });
  expect(detail).not.toHaveProperty("as_of");
  expect(() => answerDetail(inquiryOf([], { policy: null }))).toThrow(
    expect.objectContaining({ code: "policy-missing" }),
  );
});

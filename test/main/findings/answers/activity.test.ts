import { describe, expect, it } from "vitest";
import { activity, activityPeople, developerRecord } from "../../../../main/findings/answers/activity.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { got, inquiries } from "../inquiry-of.ts";

/** What developers did, without any policy. */

const inquiryOf = inquiries();
const REGISTRY = {
  developers: [
    { developer_id: "D1", developer: "Quillfen" },
    { developer_id: "D2", developer: "Silent" },
  ],
  apps: [{ app: "a1", developer_id: "D1", app_name: "Quill" }],
  grants: [
    { app: "a1", permission: "member_info", granted_at: "2018-01-01T00:00:00Z", revoked_at: "2018-06-01T00:00:00Z" },
  ],
};
const CALLS = [
  got("2018-03-01T00:00:00Z"),
  got("2018-07-01T00:00:00Z", { api: "feed", outcome: "denied", fields: undefined, subjects: undefined }),
  got("2018-05-01T00:00:00Z", { app: "a9", developer: "Named by the log" }),
  got("2018-05-02T00:00:00Z", { app: "a8" }),
  got("2018-05-03T00:00:00Z", { app: undefined }),
];

describe("everybody in logs and registry", () => {
  const inquiry = () => inquiryOf(CALLS, { policy: null, registry: REGISTRY });

  it("stands with its calls, span, APIs, fields and months, who never called last", () => {
    const { developers, months, events } = activity(inquiry());
    expect(events).toBe(5);
    expect(months).toEqual(["2018-03", "2018-04", "2018-05", "2018-06", "2018-07"]);
    expect(developers.map((row) => [row.developer_id, row.events])).toEqual([
      ["D1", 2],
      ["app:a8", 1],
      ["name:Named by the log", 1],
      ["unknown", 1],
      ["D2", 0],
    ]);
    expect(developers[0]).toMatchObject({
      first: "2018-03-01T00:00:00Z",
      last: "2018-07-01T00:00:00Z",
      apps: ["a1"],
      apis: ["feed", "groups"],
      fields: ["name"],
      months: [1, 0, 0, 0, 1],
    });
  });

  it("has a filter each that matches just its calls", () => {
    const asked = inquiry();
    for (const { term, events } of activity(asked).developers.filter((row) => row.events > 0))
      expect(select(asked.dataset, term).count, term).toBe(events);
  });

  it("says which grants ended, and who called afterwards", () => {
    const asked = inquiry();
    const { grants } = activity(asked);
    expect(grants).toMatchObject({ grants: 1, developers: 1, ended: 1, apps_after: 1, events: 1 });
    expect(select(asked.dataset, grants.filter).count).toBe(1);
  });

  it("counts the people of each", () => {
    expect(activityPeople(inquiry()).people.D1).toEqual({ value: 1, basis: "exact" });
  });
});

describe("one developer without a rule", () => {
  it("has its grants of every permission, its apps and its calls a day by how they ended", () => {
    const record = developerRecord(inquiryOf(CALLS, { policy: null, registry: REGISTRY }), "D1");
    expect(record).toMatchObject({ developer: "Quillfen", events: 2, term: "developer:Quillfen" });
    expect(record.grants).toMatchObject([{ app: "a1", app_name: "Quill", permission: "member_info" }]);
    expect(record.apps).toEqual([{ app: "a1", app_name: "Quill", events: 2 }]);
    expect([record.calls.allowed.at(0), record.calls.denied.at(-1)]).toEqual([1, 1]);
    expect(record.calls.allowed).toHaveLength(123);
  });

  it("is known without a call, and refused when nobody knows it", () => {
    const asked = inquiryOf(CALLS, { policy: null, registry: REGISTRY });
    expect(developerRecord(asked, "D2")).toMatchObject({ developer: "Silent", events: 0, term: "" });
    expect(() => developerRecord(asked, "D9")).toThrow('no developer of the id "D9"');
  });
});

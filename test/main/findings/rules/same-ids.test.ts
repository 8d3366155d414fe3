import { expect, test } from "vitest";
import { AS_OF, got, inquiries, RULE } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const APP = "0b6f3c1e-0a4f-4f0e-9a51-3d2c1b0a9f8e";

test("UUIDs and e-mail addresses are one id in any case: of apps, owners, grants, resources and people", () => {
  const inquiry = inquiryOf(
    [
      got("2018-05-01T00:00:00Z", { app: APP, subjects: ["A@example.org", "a@EXAMPLE.org", "b@example.org"] }),
      got("2018-05-02T00:00:00Z", { app: APP.toUpperCase(), subjects: ["B@Example.org", "ab", "aB"] }),
    ],
    {
      registry: {
        developers: [{ developer_id: "d1", developer: "Acme" }],
        apps: [{ app: APP.toUpperCase(), developer_id: "d1" }],
        grants: [
          {
            app: APP.toUpperCase(),
            permission: RULE.permission as string,
            granted_at: "2017-01-01T00:00:00Z",
            revoked_at: "2018-05-02T00:00:00Z",
          },
        ],
      },
    },
  );
  const [rule] = inquiry.findings().rules;
  expect(rule?.developers).toMatchObject([
    {
      developer_id: "d1",
      entitled: true,
      obtained: { events: 2, people: { value: 4, basis: "exact" } },
      allowed_after_revocation: 1,
    },
  ]);
  expect(rule?.totals.entitled).toEqual({ developers: 1, apps: 1 });
  expect(inquiry.findings().as_of).toBe(AS_OF);
});

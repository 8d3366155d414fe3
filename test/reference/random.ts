import fc from "fast-check";
import type { Call, Claim, Input, Policy, RegistryRows, Rule } from "./model.ts";

/** Few instants, so that calls, grants, owners, consents and the borders of spans, windows, hours and months coincide. */
export const INSTANTS = [
  "2017-06-01T00:00:00Z",
  "2018-04-03T23:59:59.999999Z",
  "2018-04-04T00:00:00Z", // the cutoff
  "2018-04-04T00:00:00.000001Z",
  "2018-04-07T00:00:00Z", // the cutoff with three days of grace
  "2018-04-30T23:59:59.999Z",
  "2018-05-01T00:00:00Z",
  "2018-09-05T00:00:00Z", // same hour of the week as the cutoff, 22 weeks on
  "2019-09-05T23:59:59.999999Z",
  "2019-09-06T00:00:00Z", // 60 days before as-of
  "2019-11-04T23:59:59.999999Z",
  "2019-11-05T00:00:00Z", // as-of
  "2020-01-01T12:30:00Z",
] as const;

const APPS = ["a1", "a2", "a3"];
const PEOPLE = ["p1", "p2", "p3"];
const RESOURCES = ["g1", "g2"];

const instant = fc.constantFrom(...INSTANTS);
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Drops keys without a value: an absent value is an absent key. */
function without<T extends object>(row: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const answer = fc.constantFrom(
  { status: 200, outcome: "allowed" },
  { status: 200, outcome: "allowed" },
  { status: 200, outcome: "allowed" },
  { outcome: "allowed" },
  { status: 204, outcome: "allowed" },
  { status: 205, outcome: "allowed" },
  { status: 304, outcome: "allowed" },
  { status: 403, outcome: "denied" },
  { status: 200, outcome: "denied" },
  { status: 500, outcome: "failed" },
  { outcome: "unknown" },
  { status: 302, outcome: "unknown" },
);

const fields = fc.constantFrom(
  {},
  {},
  { fields: [] },
  { fields: ["name"] },
  { fields: ["id"] },
  { fields: ["username", "id"] },
  { fields: ["Name", "picture"], fields_are: "returned" },
  { fields: ["name"], fields_are: "requested" },
  { fields: ["from{name,picture}"], fields_are: "requested" },
  { fields: ["feed{comments.limit(5){from{id,name}}}", "id"] },
  { fields: ["picture.type(large)"] },
  { fields: ["from.name"] },
  { fields: ["from{id}"] },
);

const returned = fc.oneof(
  fc.constant({}),
  fc.record({ subjects: fc.array(fc.constantFrom(...PEOPLE), { maxLength: 3 }) }),
  fc.record({ subject_count: fc.constantFrom(0, 1, 2, 7) }),
  fc.record({
    subjects: fc.array(fc.constantFrom(...PEOPLE), { maxLength: 2 }),
    subject_count: fc.constantFrom(0, 1, 7),
  }),
);

const call: fc.Arbitrary<Call> = fc
  .tuple(
    fc.record({
      time: instant,
      app: sometimes(fc.constantFrom(...APPS)),
      developer: fc.constantFrom(undefined, undefined, undefined, "d1", "ACME social", "Nimbus", "Cirrus"),
      api: fc.constantFrom("groups", "groups", "Groups", "events", undefined),
      operation: fc.constantFrom(
        "GET /{group-id}/members",
        "get /{group-id}/Members/all",
        "GET /{group-id}/feed",
        undefined,
      ),
      resource: sometimes(fc.constantFrom(...RESOURCES)),
      bytes: sometimes(fc.constantFrom(0, 1, 5)),
      caller: fc.constantFrom(undefined, undefined, "app", "user", "service"),
    }),
    answer,
    fields,
    returned,
  )
  .map((parts) => without(Object.assign({}, ...parts)) as Call);

/** Calls in any order of time; a duplicate is a copy of an earlier one, marked. */
const calls: fc.Arbitrary<Call[]> = fc
  .tuple(fc.array(call, { minLength: 1, maxLength: 11 }), sometimes(fc.nat(10)))
  .map(([list, copied]) => {
    const original = copied === undefined ? undefined : list[copied];
    return original === undefined ? list : [...list, { ...original, duplicate: true }];
  });

const span = fc.tuple(instant, sometimes(instant)).map(([one, other]) => {
  if (other === undefined) return [one, undefined] as const;
  return one < other ? ([one, other] as const) : ([other, one] as const);
});

/** Owners of one app, one after the other, with times that nobody owns it. */
const owners = (app: string): fc.Arbitrary<RegistryRows["apps"]> =>
  fc
    .tuple(
      fc.uniqueArray(instant, { maxLength: 2 }),
      fc.array(fc.constantFrom("d1", "d2", undefined), { minLength: 3, maxLength: 3 }),
    )
    .map(([borders, names]) => {
      const at = [undefined, ...borders.sort(), undefined];
      const rows = at
        .slice(1)
        .map((until, index) => without({ app, developer_id: names[index], owned_from: at[index], owned_until: until }));
      return rows.filter((row) => row.developer_id !== undefined);
    });

const registry: fc.Arbitrary<RegistryRows> = fc.record({
  developers: fc.constant([{ developer_id: "d1", developer: "Acme Social" }, { developer_id: "d2" }]),
  apps: fc.tuple(...APPS.map(owners)).map((rows) => rows.flat()),
  grants: fc.array(
    fc
      .tuple(fc.constantFrom(...APPS), fc.constantFrom("member_info", "member_info", "groups_read"), span)
      .map(([app, permission, [granted_at, revoked_at]]) => without({ app, permission, granted_at, revoked_at })),
    { maxLength: 4 },
  ),
  // Where two are joined by hand, and where nobody is.
  joined: fc.constantFrom(
    ...[[], [], []],
    [{ developer_id: "d2", into: "d1" }],
    [{ developer_id: "name:Nimbus", into: "d2" }],
    [
      { developer_id: "app:a3", into: "name:Cirrus" },
      { developer_id: "d1", into: "d2" },
    ],
  ),
  consents: fc.array(
    fc
      .tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...APPS), fc.constantFrom("opt_in", "opt_in", "other"), span)
      .map(([subject, app, permission, [given_at, withdrawn_at]]) =>
        without({ subject, app, permission, given_at, withdrawn_at }),
      ),
    { maxLength: 5 },
  ),
  resources: fc
    .tuple(
      ...RESOURCES.map((resource) =>
        fc.record({ resource: fc.constant(resource), people: sometimes(fc.constantFrom(0, 3, 9)) }),
      ),
    )
    .map((rows) => rows.map((row) => without(row))),
}) as fc.Arbitrary<RegistryRows>;

const rule = (id: string): fc.Arbitrary<Rule> =>
  fc
    .record({
      id: fc.constant(id),
      title: fc.constant(`Rule ${id}`),
      effective_from: fc.constantFrom("2018-04-04T00:00:00Z", "2018-04-04"),
      grace_days: fc.constantFrom(0, 0, 3),
      applies_to: fc.constantFrom<Rule["applies_to"][]>(
        { api: ["groups"], operations: ["GET /{group-id}/members*"] },
        { api: ["GROUPS", "events"] },
        { operations: ["*members", "GET /{group-id}/feed"] },
        { filter: "resource:g1" },
        { caller: ["app", "service"] },
        { api: ["groups"], filter: 'outcome:allowed operation:"GET /{group-id}/members"' },
        {},
      ),
      restricted_fields: fc.constantFrom<(string[] | undefined)[]>(
        ["name", "picture"],
        ["picture", "from.name"],
        ["from"],
        undefined,
      ),
      permission: fc.constant("member_info"),
      exempt_apps: fc.constantFrom<string[][]>([], [], ["a3"]),
      consent_permission: fc.constant("opt_in"),
    })
    .map((one) => without(one) as Rule);

const policy: fc.Arbitrary<Policy> = fc
  .record({
    schema: fc.constant("exhibit/policy@1" as const),
    title: fc.constant("Random"),
    as_of: fc.constantFrom("2019-11-05T00:00:00Z", "2019-11-04", "2018-05-01T00:00:00Z", undefined),
    recent_days: fc.constantFrom(60, 60, 1),
    rules: fc.tuple(rule("r1"), sometimes(rule("r2"))).map((rules) => rules.filter((one) => one !== undefined)),
  })
  .map((one) => without(one) as Policy);

/** A claim about rule r1; `entitled` without a filter, since a filter speaks of calls. */
const claim: fc.Arbitrary<Claim> = fc
  .record({
    id: fc.uuid(),
    text: fc.constant("as said"),
    rule: fc.constant("r1"),
    measure: fc.constantFrom("developers", "apps", "events", "people", "bytes", "resources"),
    level: fc.constantFrom("attempted", "possible", "obtained", "attempted+", "possible+", "obtained+"),
    recent: sometimes(fc.boolean()),
    filter: fc.constantFrom(
      undefined,
      "",
      "app:a1",
      "app:a4",
      "api:GROUPS",
      "resource:g*",
      "time>=2018-05",
      "time:2018-04-04",
      "outcome:allowed",
      "time<2018-05-01T00:00:00Z api:groups",
    ),
    is: fc.constantFrom(">=", ">", "=", "<", "<="),
    value: fc.nat(4),
  })
  .map((one) => without(one) as Claim);

const entitledClaim: fc.Arbitrary<Claim> = claim.map((one) => {
  const { filter: _, ...rest } = one;
  return { ...rest, level: "entitled", measure: one.measure === "apps" ? "apps" : "developers" };
});

/** Small cases in which every border coincides with something; `claims` are about the rule `r1`. */
export const randomCase: fc.Arbitrary<Input & { claims: Claim[] }> = fc.record({
  events: calls,
  registry,
  policy,
  claims: fc.array(fc.oneof({ weight: 5, arbitrary: claim }, { weight: 1, arbitrary: entitledClaim }), {
    maxLength: 4,
  }),
});

import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const write = (name: string, value: unknown) => {
  fs.writeFileSync(at(name), typeof value === "string" ? value : JSON.stringify(value));
  return at(name);
};
const on = (command: string, ...args: string[]) => exhibit(command, at("case"), ...args);

const RULE = {
  id: "r1",
  effective_from: "2018-04-04T00:00:00Z",
  applies_to: { api: ["groups"] },
  restricted_fields: ["name"],
  permission: "members",
};
const policy = (...rules: object[]) => ({ schema: "exhibit/policy@1", as_of: "2018-06-01T00:00:00Z", rules });
const claims = (...some: object[]) => ({
  schema: "exhibit/claims@1",
  claims: some.map((claim) => ({ id: "c", text: "as said", measure: "developers", is: ">=", value: 1, ...claim })),
});
const verdict = () => on("claims", "--json").json<{ claims: { verdict: string; why: string }[] }>().claims[0];

beforeAll(() => {
  const call = (day: number, app: string) =>
    JSON.stringify({
      time: `2018-05-0${day}T10:00:00Z`,
      app,
      api: "groups",
      status: 200,
      fields: ["name"],
      subjects: ["u1"],
      ip: "2001:db8::1",
    });
  exhibit("create", at("case"), "--examiner", "E <e@x>");
  expect(on("import", write("base.jsonl", [call(1, "1041"), call(2, "1042"), call(3, "1043")].join("\n"))).code).toBe(
    0,
  );
  expect(on("policy", write("policy.json", policy(RULE))).code).toBe(0);
});

test("--count is only how many, whatever is asked of the rows; no row shown is not no row found", () => {
  expect(on("query", "", "--count", "--limit", "1", "--columns", "app").out).toBe("3\n");
  expect(on("query", "", "--limit", "0").out).toBe("0 of 3 events; --limit N shows more\n");
});

test("filters of other languages are refused by their place; in quotes they are text", () => {
  for (const [filter, place] of [
    ["app!=1041", 1],
    ["-app!=1041", 2],
    ["app:1041 && api:groups", 10],
    ["app:1041|1042", 9],
    ["app in (1041,1042)", 5],
    ["time:2018-05-01 10:00", 17],
  ] as const) {
    const ran = on("query", filter, "--count");
    expect([ran.code, ran.out, ran.err]).toEqual([2, "", expect.stringMatching(`^exhibit: at ${place}: .+: .+\n$`)]);
  }
  expect(on("query", '"app!=1041"', "--count").out).toBe("0\n");
  expect(on("query", "ip:2001:DB8:0:0:0:0:0:1", "--count").out).toBe("3\n");
});

test("a tag is removed in any case, and what changes nothing says so", () => {
  on("tag", "app:1041", "--add", "Review");
  on("tag", "app:1042", "--add", "review");
  expect(on("tag", "", "--remove", "REVIEW").out).toBe("Untagged 3 events Review\n");
  expect(on("query", "tag:review", "--count").out).toBe("0\n");
  expect(on("tag", "", "--remove", "review").out).toBe("Nothing changed: none of 3 events has the tag Review\n");
  expect(on("undo").out).toContain("it had changed nothing, so nothing changed");
  expect(on("undo", "--json").json()).toEqual({ filter: "", events: 3, tag: "Review" });
  expect(on("query", "tag:review", "--count").out).toBe("2\n");
});

test("a policy with a key twice, an empty list or a tag is refused, and the one in force stays", () => {
  const text = JSON.stringify(policy(RULE));
  for (const [wrong, why] of [
    [text.replace('"id":"r1"', '"id":"r1","id":"r2"'), /the key "id" twice in one object, on line 1, columns/u],
    [JSON.stringify(policy({ ...RULE, applies_to: { api: [] } })), /applies_to\.api is an empty list/u],
    [JSON.stringify(policy({ ...RULE, applies_to: { filter: "tag:x" } })), /its filter names tag/u],
    [text.replace("{", "{ // rules\n"), /line 1, column 3: a comment/u],
  ] as const) {
    const ran = on("policy", write("wrong.json", wrong));
    expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(why)]);
  }
  expect(on("findings", "--json").json()).toMatchObject({
    rules: [{ rule: "r1", totals: { obtained: { events: 3 } } }],
  });
});

test("a day without a clock is said, and the day of as_of is in", () => {
  const days = { ...policy({ ...RULE, effective_from: "2018-05-01" }), as_of: "2018-05-02" };
  const { warnings } = on("policy", write("days.json", days), "--json").json<{ warnings: string[] }>();
  expect(warnings).toEqual(
    expect.arrayContaining([expect.stringMatching(/^as_of 2018-05-02 is .* 2018-05-03T00:00:00Z$/u)]),
  );
  expect(on("findings", "--json").json()).toMatchObject({
    as_of: "2018-05-03T00:00:00Z",
    rules: [{ totals: { obtained: { events: 2 } } }],
  });
  expect(on("policy", write("open.json", { schema: "exhibit/policy@1", rules: [RULE] })).code).toBe(0);
  expect(on("findings").out).toContain("The policy names no as_of");
  on("policy", at("policy.json"));
});

test("claims that cannot be judged are refused, and those in force stay; a rule renamed since leaves them open", () => {
  expect(on("claims", write("good.json", claims({ rule: "r1", level: "obtained" }))).code).toBe(0);
  for (const wrong of [{ rule: "r9" }, { value: 1.5 }, { filter: "app!=1" }])
    expect(on("claims", write("wrong.json", claims(wrong))).code).toBe(2);
  expect(verdict()?.verdict).toBe("supported");
  on("policy", write("two.json", policy(RULE, { ...RULE, id: "r2" })));
  expect(on("claims", write("wrong.json", claims({ level: "obtained" }))).err).toContain("it names no rule");
  on("policy", write("renamed.json", policy({ ...RULE, id: "renamed" })));
  expect(verdict()).toMatchObject({ verdict: "undetermined", why: expect.stringContaining('has no rule "r1"') });
  expect(on("bundle", "--out", at("b.zip"), "--unchecked").code).toBe(0);
  expect(exhibit("verify", at("b.zip"), "--recompute").out).not.toContain("differs");
});

test("a column that the file lacks is refused, with those that it has; a table of which nothing is read exits 1", () => {
  const mapping = (app: object | string, time = "when") => ({
    schema: "exhibit/mapping@1",
    format: "csv",
    fields: { time, app, path: "url", resource: { from: "path", match: "^/circles/([^/]+)" } },
  });
  const table = write("a.csv", "when,client,url\n2018-05-01T10:00:00Z,7,/circles/9\n");
  const wrong = on("import", table, "--mapping", write("m.json", mapping("cliant")));
  expect([wrong.code, wrong.err]).toEqual([
    2,
    'exhibit: a.csv has no column "cliant" for app, which the mapping names: correct the mapping: the file has when, client, url\n',
  ]);
  const none = on("import", table, "--mapping", write("m.json", mapping("client", "url")));
  expect([none.code, none.err]).toEqual([1, expect.stringMatching(/More of a\.csv was rejected than read/u)]);
  const unparted = write("c.csv", "when;client;url\n2018-05-01T10:00:00Z;7;/circles/9\n");
  const whole = on("import", unparted, "--mapping", write("m.json", { ...mapping("client"), delimiter: "," }));
  expect([whole.code, whole.err]).toEqual([
    1,
    expect.stringMatching(
      /More of c\.csv was rejected than read \(1 records.*the first: line 2, no column is a time\)/u,
    ),
  ]);
  const other = write("b.csv", "when,client,url\n2018-05-02T10:00:00Z,8,/circles/8\n");
  const right = on("import", other, "--mapping", write("m.json", mapping({ from: ["app_id", "CLIENT"] })));
  expect(right.code).toBe(0);
  expect(on("query", "app:8 resource:8", "--count").out).toBe("1\n");
  const again = on("remap", "4", "--mapping", write("m.json", mapping("nobody")));
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('b.csv has no column "nobody" for app')]);
});

test("grants and values that nobody knows decide no claim, and the bundle works that out too", () => {
  on("policy", at("policy.json"));
  const open = claims(
    { id: "kept", level: "entitled", is: "=", value: 0 },
    { id: "nope", level: "obtained", filter: "api:nope", is: "=", value: 0 },
    { id: "seen", level: "possible", filter: "app:1043", is: ">=", value: 0 },
  );
  const { claims: results } = on("claims", write("open.json", open), "--json").json<{
    claims: { verdict: string; why: string }[];
  }>();
  expect(results.map((result) => result.verdict)).toEqual(["undetermined", "undetermined", "supported"]);
  expect(results[0]?.why).toContain("no grants of members are known");
  expect(results[1]?.why).toContain("no log has a call with api:nope");
  expect(on("bundle", "--out", at("c.zip"), "--unchecked").code).toBe(0);
  const { checks } = exhibit("verify", at("c.zip"), "--recompute", "--json").json<{
    checks: { check: string; ok: boolean }[];
  }>();
  expect(checks.find((one) => one.check === "recompute")).toMatchObject({ ok: true });
});

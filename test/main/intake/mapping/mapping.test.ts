import { expect, test } from "vitest";
import { readMapping } from "../../../../main/intake/mapping/parse-mapping.ts";
import type { Refusal } from "../../../../shared/base/errors.ts";
import { imported } from "../imported.ts";

const base = { schema: "exhibit/mapping@1", format: "jsonl" };
const refusal = (mapping: unknown): Refusal => {
  try {
    readMapping(mapping, "m.json");
  } catch (error) {
    return error as Refusal;
  }
  throw new Error("it was taken");
};

test.each<[string, object, string]>([
  ["an unknown key", { ...base, feilds: {} }, 'unknown key "feilds"'],
  ["an unknown key inside", { ...base, fields: { app: { form: "x" } } }, "fields.app"],
  ["a field that no event has", { ...base, fields: { application: "x" } }, 'fields: unknown key "application"'],
  ["another version", { ...base, schema: "exhibit/mapping@2" }, "schema"],
  ["no format", { schema: "exhibit/mapping@1" }, "format"],
  ["neither from nor value", { ...base, fields: { app: { match: "(x)" } } }, "fields.app: give either from or value"],
  ["both", { ...base, fields: { app: { from: "a", value: "b" } } }, "fields.app: give either from or value"],
  ["a broken expression", { ...base, fields: { app: { from: "a", match: "(" } } }, "fields.app.match"],
  [
    "an expression with nothing to take",
    { ...base, fields: { app: { from: "a", match: "x" } } },
    "fields.app.match: it has no group",
  ],
  [
    "a look-behind, which the engine has not",
    { ...base, rules: [{ when: { path: "(?<=a)b" }, set: { api: "x" } }] },
    "rules[0].when.path",
  ],
  [
    "a time pattern with a letter that means nothing",
    { ...base, fields: { time: { from: "t", parse: "yyyy-MM-dd Q" } } },
    '"Q" at character 12',
  ],
  ["parse for another field", { ...base, fields: { app: { from: "t", parse: "iso" } } }, "fields.app.parse"],
  ["split for another field", { ...base, fields: { app: { from: "t", split: ";" } } }, "fields.app.split"],
  ["a zone that is none", { ...base, timezone: "Mars/Olympus" }, "timezone"],
  ["an encoding that is none", { ...base, encoding: "ebcdic" }, "encoding"],
  ["a delimiter of two", { ...base, format: "csv", delimiter: ";;" }, "delimiter"],
  ["a pattern without names", { ...base, format: "regex", pattern: "(a)" }, "pattern"],
  [
    "a rule that sets the time",
    { ...base, rules: [{ when: {}, set: { time: "x" } }] },
    'rules[0].set: unknown key "time"',
  ],
])("%s is refused, and where it is", (_name, mapping, part) => {
  const { code, what } = refusal(mapping);
  expect(code).toBe("mapping-wrong");
  expect(what).toContain("m.json");
  expect(what).toContain(part);
});

const T = "2018-04-04T10:00:00Z";
const jsonl = (...records: object[]) => records.map((record) => JSON.stringify({ time: T, ...record })).join("\n");

test("from: the first present wins, whatever becomes of it", async () => {
  const fields = { app: { from: ["a", "b"], match: "^x(.*)$" } };
  const { events } = await imported(
    jsonl({ a: "x1", b: "x2" }, { b: "x3" }, { a: "y", b: "x4" }, { a: null, b: "x5" }),
    { mapping: { ...base, fields } },
  );
  expect(events.map(({ app }) => app)).toEqual(["1", "3", undefined, "5"]);
});

test("a parameter of the URL, decoded, is requested; the path is without it", async () => {
  const fields = { path: "url", fields: { from: "query.fields" }, resource: "query.g" };
  const { events } = await imported(
    jsonl(
      { url: "/v2/x?fields=name%2Cfrom{name,picture}&g=a%20b+c#g=z" },
      { url: "https://h.example/v2/y?G=1&xg=2" },
      { url: "/z?%67=enc" },
      { url: '/q?a=1&g="quoted"' },
    ),
    { mapping: { ...base, fields } },
  );
  expect(events.map(({ path, fields: list, fields_are, resource }) => ({ path, list, fields_are, resource }))).toEqual([
    { path: "/v2/x", list: ["name", "from{name,picture}"], fields_are: "requested", resource: "a b c" },
    { path: "/v2/y", list: undefined, fields_are: undefined, resource: undefined },
    { path: "/z", list: undefined, fields_are: undefined, resource: "enc" },
    { path: "/q", list: undefined, fields_are: undefined, resource: '"quoted"' },
  ]);
});

test("JSON in a column, lists in lists, an event field already filled, a constant", async () => {
  const fields = {
    app: "AuditData.Client.Id",
    subjects: "AuditData.Members[].Person.Id",
    resource: { from: "path", match: "^/circles/([^/]+)" },
    path: "AuditData.Url",
    api: { value: "circles" },
  };
  const data = {
    Client: { Id: 7 },
    Members: [{ Person: { Id: "p1" } }, { Person: {} }, { Person: { Id: 2 } }],
    Url: "/circles/9/members?x=1",
  };
  const cell = `"${JSON.stringify(data).replaceAll('"', '""')}"`;
  const { events } = await imported(`time,AuditData\n${T},${cell}\n${T},not json\n`, {
    mapping: { ...base, format: "csv", fields },
  });
  expect(events[0]).toMatchObject({
    app: "7",
    subjects: ["p1", "2"],
    resource: "9",
    path: "/circles/9/members",
    api: "circles",
  });
  expect(events[1]).toEqual(expect.not.objectContaining({ app: expect.anything() as unknown }));
});

test("rules run in order, all patterns must match, and only what is empty is filled", async () => {
  const rules = [
    { when: { path: "^/a", method: "^GET$" }, set: { api: "first", status: 204 } },
    { when: { path: "^/" }, set: { api: "second", operation: "any", outcome: "denied" } },
    { when: { api: "second" }, set: { resource: "by the second rule" } },
  ];
  const { events } = await imported(
    jsonl({ path: "/a/1", method: "GET" }, { path: "/a/2", method: "POST" }, { path: "/b", api: "said" }),
    { mapping: { ...base, rules } },
  );
  expect(
    events.map(({ api, status, operation, outcome, resource }) => [api, status, operation, outcome, resource]),
  ).toEqual([
    ["first", 204, "any", "denied", undefined],
    ["second", undefined, "any", "denied", "by the second rule"],
    ["said", undefined, "any", "denied", undefined],
  ]);
});

test("lists split at their separator, outside brackets", async () => {
  const { events } = await imported("time;fields;subjects\n2018-04-04T10:00:00Z;id,from{name,picture} , x;p1|p2\n", {
    mapping: { ...base, format: "csv", fields: { subjects: { from: "subjects", split: "|" } } },
  });
  expect(events[0]).toMatchObject({
    fields: ["id", "from{name,picture}", "x"],
    subjects: ["p1", "p2"],
    fields_are: "returned",
  });
});

test.each([
  ["dd/MM/yyyy hh:mm:ss a", "04/05/2018 12:30:00 AM", "2018-05-04T00:30:00Z"],
  ["M/d/yyyy h:mm:ss a", "4/5/2018 1:05:09 PM", "2018-04-05T13:05:09Z"],
  ["dd MMM yyyy HH:mm:ss,SSS Z", "04 Apr 2018 10:30:00,250 +0200", "2018-04-04T08:30:00.250Z"],
  ["yyyyMMdd'T'HHmmss", "20180404T103000", "2018-04-04T10:30:00Z"],
  ["yyyy-DDD HH:mm", "2018-094 10:30", "2018-04-04T10:30:00Z"],
  ["epoch_ms", "1522837800123", "2018-04-04T10:30:00.123Z"],
  ["epoch_s", "1522837800123", undefined],
  ["epoch_ns", "1522837800123456789", "2018-04-04T10:30:00.123456Z"],
  ["iso", "2018-04-04T10:30:00+02:00", "2018-04-04T08:30:00Z"],
  ["iso", "1522837800", undefined],
  ["dd/MM/yyyy", "2018-04-04", undefined],
])("parse %s: %s", async (parse, text, expected) => {
  const { events } = await imported(`t\tapp\n${text}\tx\n`, {
    mapping: { ...base, format: "csv", delimiter: "\t", fields: { time: { from: "t", parse } } },
  });
  expect(events.map(({ time }) => time)).toEqual(expected === undefined ? [] : [expected]);
});

test("a mapping over a built-in format is laid over its own", async () => {
  const line = '10.0.0.9 - 17 [04/Apr/2018:12:00:00 +0200] "GET /g/1 HTTP/1.1" 200 5 "-" "UA"';
  const { events } = await imported(line, {
    mapping: {
      ...base,
      format: "combined",
      fields: { app: "user" },
      rules: [{ when: { path: "^/g/" }, set: { api: "g" } }],
    },
  });
  expect(events[0]).toMatchObject({ app: "17", api: "g", ip: "10.0.0.9", user_agent: "UA", path: "/g/1" });
});

test("an expression made to hang an engine with backtracking does not", async () => {
  const began = performance.now();
  await imported(jsonl({ a: `${"a".repeat(5000)}!` }), {
    mapping: { ...base, fields: { app: { from: "a", match: "^(a+)+$" } } },
  });
  expect(performance.now() - began).toBeLessThan(20_000);
});

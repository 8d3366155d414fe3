import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { describeFile } from "../../../../main/intake/detect/detect.ts";
import { readMapping } from "../../../../main/intake/mapping/parse-mapping.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../imported.ts";

const lines = (...records: object[]) => records.map((record) => JSON.stringify(record)).join("\n");

async function described(text: string, name = "log.jsonl") {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, text);
  return (await describeFile(file, name, {})).report;
}

test("a diagnostic record of a category that nobody has a format for is not taken for a sign-in", async () => {
  const record = {
    time: "2024-06-03T08:00:00Z",
    category: "SomethingNew",
    operationName: "Do it",
    callerIpAddress: "192.0.2.1",
    correlationId: "c",
    properties: { appId: "a" },
  };
  expect((await described(lines(record, record))).format).not.toMatch(/^azure|^entra/u);
  const signIn = { ...record, category: "SignInLogs", resultType: "0" };
  expect(await described(lines(signIn, signIn))).toMatchObject({ format: "azure-signin" });
});

test("what a format's own places leave empty is asked of the usual names, and an object is no text", async () => {
  const text = lines({
    started_at: 1717400000000,
    request: { method: "GET", uri: "/groups/1" },
    response: { status: 200 },
    route: { name: "members" },
    app_id: "a7",
    resource: "g1",
  });
  const { events, source } = await imported(`${text}\n`, { name: "kong.jsonl" });
  expect(source.format).toBe("kong");
  expect(events[0]).toMatchObject({ app: "a7", resource: "g1", operation: "GET /groups/{id}" });
});

test("in a table of documents the owner is no developer; elsewhere it is", async () => {
  const row = "2024-06-03T08:00:00Z,ada@example.org,bob@example.org\n";
  const { events: documents } = await imported(`time,user,owner,file name\n${row.trim()},list.csv\n`);
  expect(documents[0]).not.toHaveProperty("developer");
  const { events: calls } = await imported(`time,user,owner\n${row}`);
  expect(calls[0]).toMatchObject({ developer: "bob@example.org" });
});

test("names that say a status, method, path or client and are not read are named, and the choice is less sure", async () => {
  const text = lines(
    ...[1, 2].map((n) => ({
      timestamp: `2024-06-03T08:00:0${n}Z`,
      app_id: "a7",
      actor: "u1",
      resource: "g1",
      api: "groups",
      answer: { responseStatusCode: 403, httpMethod: "GET" },
    })),
  );
  const report = await described(text);
  expect(report.why).toContain("not read: answer.responseStatusCode (status), answer.httpMethod (method)");
  expect(report.confidence).toBeLessThanOrEqual(0.75);
  const { source } = await imported(text, { name: "x.jsonl" });
  expect(source.unread).toContain("answer.responseStatusCode (status)");
});

test.each([
  ["clientId", "app"],
  ["applicationId", "app"],
  ["userId", "actor"],
  ["UserName", "actor"],
  ["oauthClientID", "app"],
])("a column or key %s that nothing is read from is named: it may say whose the call was", async (name, field) => {
  const { source } = await imported(`time,status,${name}\n2024-06-03T08:00:00Z,403,x1\n`);
  expect(source.unread).toBe(`not read: ${name} (${field}); a mapping can say what they are`);
});

test.each([
  ["result", "DENIED", "outcome"],
  ["success", "false", "outcome"],
  ["grpc_status", "PERMISSION_DENIED", "outcome"],
  ["sc-status", "403", "status"],
])("a column %s that says %s of every call, and that nothing is read from, is named", async (name, value, field) => {
  const { source } = await imported(`time,app,${name}\n2024-06-03T08:00:00Z,a,${value}\n`);
  expect(source.unread).toBe(`not read: ${name} (${field}); a mapping can say what they are`);
  const known = await imported(`time,app,status,result\n2024-06-03T08:00:00Z,a,200,done\n`);
  expect(known.source).not.toHaveProperty("unread");
});

test("ids with blanks around them are kept, and said: they are others than those without", async () => {
  const { source, events } = await imported("time,app,actor\n2024-06-03T08:00:00Z,a  ,u1\n2024-06-03T08:00:01Z,a,u1\n");
  expect(events.map(({ app }) => app)).toEqual(["a  ", "a"]);
  expect(source.unread).toBe('app (app) has blanks around it, which are part of the id: "a  "');
});

test("requests in lines of which only the time is read are said: each would be a call of unknown outcome", async () => {
  const requests = [
    "[2024-06-03T08:00:00Z] 192.0.2.1 GET /v1/a 403",
    "2024-06-03T08:00:00Z,app-1,POST,/v1/a,403",
    '2024-06-03 08:00:00 handled "DELETE https://api.example/v1/a" with 403',
    "Jun  3 08:00:00 gw api[7]: GET /v1/a 403",
  ];
  for (const line of requests) {
    const report = await described(`${line}\n${line}\n`, "some.log");
    expect(report.why, line).toMatch(/not read: requests in the lines, such as (?:GET|POST|DELETE)/u);
    expect(report.confidence).toBeLessThanOrEqual(0.75);
  }
  const pairs = "Jun  3 08:00:00 gw CEF:0|V|P|1|100|x|5|suser=bob requestMethod=GET statusCode=403\n";
  expect((await described(pairs.repeat(3), "some.log")).why).toContain(
    "not read: requestMethod (method), statusCode (status)",
  );
  const plain = "2024-06-03 08:00:00 INFO please GET ready for /v1, POST haste\n";
  expect((await described(plain.repeat(3), "some.log")).why).not.toContain("not read");
});

test("a dump of a database is refused: its statements hold several records each", async () => {
  const rows = "('2024-06-03 08:00:00','a',403),('2024-06-03 08:00:01','b',200)";
  for (const dump of [
    `INSERT INTO log (time,app,status) VALUES ${rows};\n`,
    `-- a comment\n\nSET x = 1;\nCREATE TABLE \`log\` (\n  t text\n);\nINSERT INTO \`log\` VALUES ${rows};\n`,
    'SET x = 1;\nCOPY public."log" (time, app) FROM stdin;\n2024-06-03 08:00:00\ta\n\\.\n',
  ])
    await expect(described(dump, "dump.sql")).rejects.toMatchObject({ code: "not-a-log" });
});

test("a proxy's W3C log has its path where only the whole address is logged", async () => {
  const head = "#Fields: date time time-taken c-ip cs-username cs-method cs-uri sc-status sc-bytes";
  const { events } = await imported(`${head}\n2024-06-03 08:00:00 25 192.0.2.1 bob GET http://h/x?a 403 5\n`, {
    name: "proxy.log",
  });
  expect(events[0]).toMatchObject({ path: "/x", status: 403, actor: "bob" });
});

test("a mapping's signs, call and closed fields are checked as the rest of it", () => {
  const base = { schema: "exhibit/mapping@1", format: "jsonl" };
  expect(
    readMapping({ ...base, must: [{ kind: "^x$" }], call: ["a.id", "b"], fields: { developer: null } }, "m"),
  ).toMatchObject({
    call: ["a.id", "b"],
  });
  for (const wrong of [{ must: {} }, { must: { kind: "(" } }, { call: [] }, { call: "" }])
    expect(() => readMapping({ ...base, ...wrong }, "m")).toThrow("m: ");
});

test("totals per day are refused as such", async () => {
  const usage = { data: { daily_project_usage: { usage: [{ date: "2024-05-01T00:00:00.000Z", usage: "120" }] } } };
  await expect(described(JSON.stringify(usage), "usage.json")).rejects.toMatchObject({
    code: "not-a-log",
    what: expect.stringContaining("holds totals, not calls") as string,
  });
});

import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile } from "../encode-file.ts";

const samples = path.resolve(import.meta.dirname, "../../../../resources/formats/samples");

/** What the first and the last record of each format's sample must become, read by eye. */
const expected: Record<string, readonly object[]> = {
  "cloudtrail.json": [
    {
      time: "2023-07-10T11:47:39Z",
      api: "s3.amazonaws.com",
      operation: "GetObject",
      outcome: "allowed",
      actor: "arn:aws:iam::111122223333:user/ada",
      resource: "arn:aws:s3:::ledger/2023.csv",
      ip: "192.0.2.10",
      request_id: "6K2EXAMPLE",
    },
    { operation: "GetPasswordData", outcome: "denied", ip: "192.0.2.11" },
  ],
  "cloudtrail-csv.csv": [
    { operation: "GetObject", actor: "ada", resource: "ledger/2023.csv", outcome: "unknown" },
    { operation: "GetPasswordData", outcome: "denied", ip: "192.0.2.11" },
  ],
  "azure-activity.jsonl": [
    {
      time: "2022-02-09T03:04:54.297853Z",
      app: "11111111-2222-4333-8444-555555555555",
      api: "Microsoft.Compute",
      operation: "Microsoft.Compute/disks/delete",
      method: "DELETE",
      status: 200,
      outcome: "allowed",
      actor: "ada@contoso.example",
      ip: "192.0.2.20",
    },
    {
      operation: "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE",
      outcome: "failed",
      actor: "Bob",
      ip: "192.0.2.21",
      duration_ms: 120,
    },
  ],
  "azure-signin.json": [
    {
      time: "2022-05-08T15:13:41.123456Z",
      outcome: "allowed",
      actor: "ada@contoso.example",
      api: "Microsoft Graph",
      operation: "Browser",
    },
    { time: "2022-05-08T15:14:02Z", outcome: "denied", actor: "bob@contoso.example", ip: "192.0.2.31" },
  ],
  "azure-appgw.jsonl": [
    {
      path: "/v2/groups/17/members",
      operation: "GET /v2/groups/{id}/members",
      status: 200,
      ip: "192.0.2.40",
      duration_ms: 34,
      bytes: 466,
    },
  ],
  "m365-audit.jsonl": [
    {
      time: "2022-05-08T15:13:41Z",
      operation: "UserLoggedIn",
      outcome: "allowed",
      user_agent: "Mozilla/5.0",
      ip: "192.0.2.50",
    },
    { operation: "Set-Mailbox", outcome: "failed", actor: "admin@contoso.example", ip: "2001:db8::7" },
  ],
  "m365-audit-csv.csv": [
    {
      time: "2022-05-08T15:13:41Z",
      operation: "UserLoggedIn",
      outcome: "allowed",
      user_agent: "Mozilla/5.0",
      ip: "192.0.2.50",
    },
    { operation: "Set-Mailbox", outcome: "failed", actor: "admin@contoso.example", ip: "2001:db8::7" },
  ],
  "gcp-audit.jsonl": [
    {
      time: "2021-10-19T02:43:48.064377Z",
      api: "iam.googleapis.com",
      operation: "google.iam.admin.v1.CreateServiceAccount",
      outcome: "allowed",
      actor: "ada@example.com",
      ip: "192.0.2.60",
    },
    { method: "GET", path: "/v2/groups/17", status: 403, outcome: "denied", duration_ms: 12.345, ip: "192.0.2.61" },
  ],
  "k8s-audit.json": [
    {
      path: "/api/v1/namespaces/ledger/pods/p1/exec",
      method: "create",
      status: 101,
      outcome: "allowed",
      actor: "ada",
      ip: "192.0.2.70",
    },
    { api: "secrets", status: 403, outcome: "denied", actor: "bob" },
  ],
  "zeek-json.jsonl": [
    {
      time: "2018-03-24T17:15:25.396014Z",
      api: "http",
      path: "/v2/groups/17",
      status: 403,
      outcome: "denied",
      ip: "192.0.2.80",
    },
    { api: "ftp", operation: "RETR", actor: "anonymous", outcome: "failed", ip: "192.0.2.83" },
  ],
  "kong.jsonl": [
    {
      time: "2019-04-16T10:26:30.123Z",
      app: "ada-app",
      api: "groups",
      path: "/v2/groups/17/members",
      status: 200,
      actor: "u17",
      user_agent: "curl/8.5",
      duration_ms: 515,
    },
  ],
  "envoy.log": [
    {
      time: "2025-12-31T16:37:40.479Z",
      path: "/v2/groups/17",
      status: 200,
      ip: "192.0.2.100",
      duration_ms: 11,
      length: 472,
    },
  ],
  "envoy-text.log": [
    {
      time: "2016-04-15T20:17:00.310Z",
      method: "POST",
      path: "/api/v1/locations",
      status: 204,
      ip: "192.0.2.28",
      duration_ms: 226,
    },
    { path: "/v2/groups/17", status: 403, ip: "192.0.2.30", bytes: 26, api: "api.example.com" },
  ],
  "nginx-json.jsonl": [
    {
      time: "2018-04-04T10:00:00Z",
      method: "GET",
      path: "/v2/groups/17",
      status: 200,
      bytes: 512,
      duration_ms: 34,
      user_agent: "curl/8.5",
    },
  ],
  "caddy.jsonl": [
    {
      time: "2023-09-04T15:19:51.756499Z",
      actor: "ada",
      path: "/v2/groups/17",
      user_agent: "curl/8.5",
      duration_ms: 2.701,
      status: 200,
    },
  ],
  "traefik.jsonl": [
    {
      time: "2021-12-08T14:02:43.464763Z",
      path: "/v2/groups/17",
      status: 404,
      duration_ms: 0.215563,
      ip: "192.0.2.130",
      user_agent: "curl/8.5",
    },
  ],
  "cloudflare.jsonl": [
    { time: "2024-04-10T23:00:00.100Z", path: "/v2/groups/17", status: 403, outcome: "denied", ip: "192.0.2.140" },
  ],
  "pino.jsonl": [
    {
      time: "2025-04-24T22:08:37.537Z",
      method: "GET",
      path: "/v2/groups/17",
      status: 200,
      ip: "192.0.2.150",
      bytes: 64,
      request_id: "7",
      duration_ms: 12,
    },
  ],
  "gateway-json.jsonl": [
    {
      time: "2023-04-09T12:34:56Z",
      method: "GET",
      path: "/v2/groups/{id}",
      status: 200,
      ip: "192.0.2.160",
      duration_ms: 12,
    },
  ],
  "har.har": [
    {
      time: "2023-03-30T04:39:18.981Z",
      api: "api.example.com",
      path: "/v2/groups/17",
      status: 200,
      bytes: 250,
      duration_ms: 70.402,
      user_agent: "Mozilla/5.0",
    },
    { status: 0, outcome: "unknown", path: "/" },
  ],
  "otel-logs.json": [
    {
      time: "2018-12-13T14:51:00.300Z",
      method: "GET",
      path: "/v2/groups/17",
      status: 200,
      actor: "u17",
      ip: "192.0.2.170",
    },
    { time: "2018-12-13T14:51:01Z", operation: "ListMembers" },
  ],
  "ocsf-api.jsonl": [
    {
      time: "2023-07-10T14:47:39Z",
      app: "a17",
      developer: "Ada App",
      api: "groups",
      operation: "GET /{group-id}/members",
      outcome: "allowed",
      resource: "17",
    },
    { operation: "PutObject", outcome: "denied", status: 403 },
  ],
  "github-events.jsonl": [
    { operation: "MemberEvent", actor: "ada", resource: "ada/ledger", request_id: "34502641367" },
  ],
  "journald.jsonl": [{ time: "2018-08-21T14:04:21.221373Z", app: "python", actor: "0" }],
};

test.each(Object.entries(expected))("%s is recognised by what it holds, and read whole", async (name, wanted) => {
  const { detection, events, rejects } = await readFile(path.join(samples, name));
  expect(detection.resolved.format).toBe(path.parse(name).name);
  expect(rejects).toEqual([]);
  expect(events[0]).toMatchObject(wanted[0] as object);
  expect(events.at(-1)).toMatchObject(wanted.at(-1) as object);
  // A length that is less than nothing and a duration below zero are not known.
  for (const { bytes = 0, duration_ms = 0 } of events) expect(Math.min(bytes, duration_ms)).toBeGreaterThanOrEqual(0);
});

describe("the same records however they were exported", () => {
  const records = (
    JSON.parse(fs.readFileSync(path.join(samples, "cloudtrail.json"), "utf8")) as { Records: { eventID: string }[] }
  ).Records;
  const lookup = records.map((record) => ({ EventId: record.eventID, CloudTrailEvent: JSON.stringify(record) }));
  test.each<[string, string]>([
    ["as delivered", JSON.stringify({ Records: records })],
    ["indented", JSON.stringify({ Records: records }, undefined, 4)],
    ["an array", JSON.stringify(records)],
    ["lines", records.map((record) => JSON.stringify(record)).join("\n")],
    [
      "lines behind a runtime's prefix",
      records.map((record) => `2023-07-10T12:00:00.1Z stdout F ${JSON.stringify(record)}`).join("\r\n"),
    ],
    ["objects over several lines", records.map((record) => JSON.stringify(record, undefined, 1)).join("\n")],
    ["delivered files one after another", records.map((record) => JSON.stringify({ Records: [record] })).join("\n")],
    ["lookup-events", JSON.stringify({ NextToken: "x", Events: lookup })],
    ["lookup-events as lines", lookup.map((record) => JSON.stringify(record)).join("\n")],
  ])("%s", async (_name, text) => {
    const { detection, events, rejects } = await readText(text);
    expect(detection.resolved.format).toBe("cloudtrail");
    expect(rejects).toEqual([]);
    const { events: plain } = await readFile(path.join(samples, "cloudtrail.json"));
    const without = (list: typeof events) => list.map(({ line: _l, offset: _o, length: _n, ...event }) => event);
    expect(without(events)).toEqual(without(plain));
  });
});

const at = (n: number) => ({ time: `2018-04-04T10:00:0${n}Z`, app: `a${n}`, people: [{ id: "p", time: "x" }] });

test.each<[string, string, string[]]>([
  ["a list", JSON.stringify([at(1), at(2)]), ["[]"]],
  [
    "under a key, others before",
    JSON.stringify({ meta: [{ a: 1 }], next: null, rows: [at(1), at(2)] }),
    ["rows", "[]"],
  ],
  [
    "under a key of a key",
    JSON.stringify({ date: "2018", data: { page: 1, items: [at(1), at(2)] } }, undefined, 2),
    ["data", "items", "[]"],
  ],
  [
    "lists in a list",
    JSON.stringify({
      orgs: [
        { n: 1, calls: [at(1)] },
        { n: 2, calls: [at(2)] },
      ],
    }),
    ["orgs", "[]", "calls", "[]"],
  ],
  ["objects over several lines", [at(1), at(2)].map((record) => JSON.stringify(record, undefined, 2)).join("\n"), []],
  [
    "several documents",
    [at(1), at(2)].map((record) => JSON.stringify({ rows: [record] }, undefined, 1)).join("\n"),
    ["rows", "[]"],
  ],
])("records nobody has a format for: %s", async (_name, text, records) => {
  const { detection, events, rejects } = await readText(text);
  expect([detection.resolved.format, detection.plan.records, rejects]).toEqual(["json", records, []]);
  expect(events.map(({ app }) => app)).toEqual(["a1", "a2"]);
});

function readText(text: string) {
  const file = path.join(temporaryFolder(), "log");
  fs.writeFileSync(file, text);
  return readFile(file);
}

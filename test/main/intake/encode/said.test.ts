import { expect, test } from "vitest";
import { imported } from "../imported.ts";

/** What a log says in words, where a number or a plain value would stand. */

test.each([
  ["PERMISSION_DENIED", "denied"],
  ["permission-denied", "denied"],
  ["Access Denied", "denied"],
  ["AccessDenied", "denied"],
  ["Forbidden", "denied"],
  ["UNAUTHENTICATED", "denied"],
  ["NOT_FOUND", "failed"],
  ["Internal Server Error", "failed"],
  ["OK", "allowed"],
  ["No Content", "allowed"],
  ["active", "unknown"],
  ["403", "denied"],
  ["7", "unknown"],
])("a status of %s makes the call %s, in a table and in JSON", async (status, outcome) => {
  const table = await imported(`time,app,status\n2024-05-01T10:00:00Z,a,${status}\n`, { name: "log.csv" });
  const lines = await imported(`${JSON.stringify({ time: "2024-05-01T10:00:00Z", app: "a", status })}\n`, {
    name: "log.jsonl",
  });
  expect([...table.events, ...lines.events].map((event) => event.outcome)).toEqual([outcome, outcome]);
});

test("an outcome of its own is worth more than a status in words", async () => {
  const { events } = await imported("time,app,status,outcome\n2024-05-01T10:00:00Z,a,OK,denied\n", { name: "log.csv" });
  expect(events[0]?.outcome).toBe("denied");
});

test.each([
  ["/192.0.2.1:52000", "192.0.2.1"],
  ["client.example/192.0.2.1:52000", "192.0.2.1"],
  ["/[2001:db8::1]:52000", "2001:db8::1"],
  ["192.0.2.0/24", "192.0.2.0/24"],
])("an address as Java prints it, %s, is %s", async (written, ip) => {
  const { events } = await imported(`time,app,ip\n2024-05-01T10:00:00Z,a,${written}\n`, { name: "log.csv" });
  expect(events[0]?.ip).toBe(ip);
});

test("of the addresses that proxies pass on, the first that is one is the client, and words for an unknown one are none", async () => {
  const written: readonly (readonly [string, string | undefined])[] = [
    ["unknown, 192.0.2.1", "192.0.2.1"],
    ["192.0.2.1, unknown", "192.0.2.1"],
    ["unknown unknown 192.0.2.1", "192.0.2.1"],
    ["-, 192.0.2.1", "192.0.2.1"],
    [", 192.0.2.1", "192.0.2.1"],
    ["(null), 192.0.2.1:443", "192.0.2.1"],
    // RFC 7239, sections 4 and 6: a hidden name, and the header's own form.
    ["_hidden, 192.0.2.1", "192.0.2.1"],
    ["for=192.0.2.1;proto=https;by=192.0.2.9", "192.0.2.1"],
    ['for="[2001:db8::17]:4711", for=192.0.2.1', "2001:db8::17"],
    ["proto=http;For=_gazonk, for=192.0.2.1", "192.0.2.1"],
    ["192.0.2.1 10.0.0.1", "192.0.2.1"],
    ["192.0.2.1;10.0.0.1", "192.0.2.1"],
    ["[2001:db8::1]:443, 10.0.0.1", "2001:db8::1"],
    ["unknown", undefined],
    ["AWS Internal", "AWS Internal"],
    ["gateway.example", "gateway.example"],
  ];
  const record = (client_ip: string) => ({ time: "2024-05-01T10:00:00Z", app: "a", client_ip });
  const { events } = await imported(`${written.map(([ip]) => JSON.stringify(record(ip))).join("\n")}\n`, {
    name: "log.jsonl",
  });
  expect(events.map(({ ip }) => ip)).toEqual(written.map(([, ip]) => ip));
  const line = (client: string) => `${client} - - [01/May/2024:10:00:00 +0000] "GET /x HTTP/1.1" 200 5 "-" "curl/8"\n`;
  const access = await imported(
    line("unknown, 192.0.2.1") + line("192.0.2.2, unknown") + line("-, 192.0.2.3, 10.0.0.1"),
    {
      name: "access.log",
    },
  );
  expect(access.events.map(({ ip }) => ip)).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
});

test("a user in quotes is the user, and a dash in quotes nobody", async () => {
  const line = (user: string) =>
    `192.0.2.1 - ${user} [01/May/2024:10:00:00 +0000] "GET /x HTTP/1.1" 200 5 "-" "curl/8"\n`;
  const { events, source } = await imported(line('"-"') + line('"jo doe"') + line("-") + line("jo") + line('""'), {
    name: "access.log",
  });
  expect(source.format).toBe("combined");
  expect(events.map(({ actor }) => actor)).toEqual([undefined, "jo doe", undefined, "jo", undefined]);
  const both = await imported(line("jo") + line("jo").replace(" - jo", ' "-" "-"'), { name: "access.log" });
  expect(both.source).toMatchObject({ format: "combined", events: 2, rejected: 0 });
  expect(both.events[1]).not.toHaveProperty("actor");
});

test("a JSON document with two lists of records says which one was not read", async () => {
  const at = (second: number) => ({ time: `2024-05-01T10:00:0${second}Z`, app: "a" });
  const { source } = await imported(JSON.stringify({ calls: [at(0)], errors: [at(1)], pages: [{ next: 2 }] }), {
    name: "log.json",
  });
  expect(source).toMatchObject({ events: 1, unread: expect.stringContaining("not read: errors[]") });
});

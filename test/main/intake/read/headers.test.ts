import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { imported } from "../imported.ts";
import { readAll } from "../read-text.ts";

const beginning = { head: 0, headRecords: 0, records: [] };
const plan = compilePlan(
  resolveMapping({
    schema: "exhibit/mapping@1",
    format: "headers",
    fields: { time: "time", ip: "c-ip", path: "cs-uri", user_agent: "cs(User-Agent)" },
  }),
  beginning,
  "utf-8",
  "UTC",
);
const place = (name: string) => plan.inputs.findIndex((input) => input.kind === "named" && input.name === name);
const read = (text: string, bytes = 1 << 12) => readAll(plan, Buffer.from(text), { bytes, rows: 3 }, 5);

test("#Fields may change in the middle, and every line is of the names above it", async () => {
  const { records, lines, skipped } = await read(
    "#Version: 1.0\n#Fields: time c-ip cs-uri\n10:00:00 1.1.1.1 /a\n#Fields: cs-uri time\n/b 10:00:01\n/c 10:00:02 1.1.1.1\n",
  );
  expect(records.map(({ values, bad }) => bad ?? [values[place("c-ip")], values[place("cs-uri")]])).toEqual([
    ["1.1.1.1", "/a"],
    [null, "/b"],
    "the line has 3 values, #Fields names 2",
  ]);
  expect([lines, skipped]).toEqual([6, 3]);
});

test("the same wherever batches are cut, the directives of earlier batches included", async () => {
  const text = Array.from({ length: 40 }, (_, n) =>
    n % 7 === 0
      ? n % 2
        ? "#Fields: cs-uri time c-ip"
        : "#Fields: c-ip cs-uri time"
      : `v${n} "w ""${n}""" 10:00:${String(n).padStart(2, "0")}`,
  ).join("\r\n");
  const whole = await read(text, 1 << 16);
  expect(whole.records).toHaveLength(34);
  for (const bytes of [64, 90, 128]) expect(await read(text, bytes)).toEqual(whole);
});

test("values between quotes, runs of spaces, tabs, commas; - and the unset word are absent", async () => {
  const spaces = await read('#Fields: c-ip cs-uri\n "a  b"   /x \n- "say ""x"""\n"open /y\n');
  expect(spaces.records.map(({ values, bad }) => bad ?? [values[place("c-ip")], values[place("cs-uri")]])).toEqual([
    ["a  b", "/x"],
    [null, 'say "x"'],
    "a quote that opens a value is never closed",
  ]);
  const tabs = await read("#Fields: c-ip cs-uri\n1.1.1.1\t/with a space\n\t/empty\n");
  expect(tabs.records.map(({ values }) => [values[place("c-ip")], values[place("cs-uri")]])).toEqual([
    ["1.1.1.1", "/with a space"],
    [null, "/empty"],
  ]);
  const commas = await read('#Fields: c-ip,cs-uri\n1.1.1.1,"/a,b"\n');
  expect(commas.records[0]?.values[place("cs-uri")]).toBe("/a,b");
  const zeek = await read(
    "#separator \\x7c\n#unset_field|NIL\n#empty_field|()\n#fields|c-ip|cs-uri\nNIL|()\n1.1.1.1|/a b\n",
  );
  expect(zeek.records.map(({ values }) => [values[place("c-ip")], values[place("cs-uri")]])).toEqual([
    [null, null],
    ["1.1.1.1", "/a b"],
  ]);
});

test("a clock time takes its date from the column beside it, from anywhere in the line, from #Date, or is rejected", async () => {
  const text = [
    "#Fields: time c-ip",
    "10:00:00 1.1.1.1",
    "#Date: 2018-04-04 09:00:00 // first entry",
    "10:00:00 1.1.1.1",
    "#Fields: date time c-ip",
    "2018-04-05 10:00:00 1.1.1.1",
    "#Fields: time c-ip date",
    "10:00:00.5 1.1.1.1 2018-04-06",
    "#GMT-Offset: +0200",
    "10:00:00 1.1.1.1 2018-04-07",
    "#Date: 2018-04-08",
    "#Fields: time c-ip",
    "10:00:00 1.1.1.1",
    "",
  ].join("\n");
  const { events, source } = await imported(text, { name: "x.log", format: "headers", batch: 200 });
  expect(events.map(({ time }) => time)).toEqual([
    "2018-04-04T10:00:00Z",
    "2018-04-05T10:00:00Z",
    "2018-04-06T10:00:00.500Z",
    "2018-04-07T08:00:00Z",
    "2018-04-08T08:00:00Z",
  ]);
  expect(source.rejects).toEqual([{ line: 2, reason: 'a time of day without a date: "10:00:00"' }]);
  expect(source.line_ledger).toEqual({ events: 5, rejected: 1, skipped: 7 });
});

test("a log whose #Fields come anew, in any order, gives the same events as one with one header", async () => {
  const names = ["date", "time", "c-ip", "cs-username", "cs-method", "cs-uri-stem", "sc-status"] as const;
  const call = fc.record({
    date: fc.constantFrom("2024-01-31", "2024-02-01"),
    time: fc.integer({ min: 10, max: 59 }).map((second) => `23:59:${second}`),
    "c-ip": fc.constantFrom("192.0.2.5", "2001:db8::7", "-"),
    "cs-username": fc.constantFrom("DOM\\kim", "-", "time"),
    "cs-method": fc.constantFrom("GET", "POST"),
    "cs-uri-stem": fc.constantFrom("/api/groups", "/a+b", "/é"),
    "sc-status": fc.constantFrom("200", "401", "500"),
  });
  const part = fc.tuple(
    fc.shuffledSubarray([...names], { minLength: names.length }),
    fc.boolean(),
    fc.array(call, { minLength: 1, maxLength: 4 }),
  );
  const head = "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2024-01-31 00:00:00\n";
  const plain = ({ line: _l, offset: _o, length: _n, source: _s, ...event }: EventRecord) => event;
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
      const lines = (order: readonly (typeof names)[number][], calls: readonly Record<string, string>[]) =>
        calls.map((each) => `${order.map((name) => each[name]).join(" ")}\n`).join("");
      const one = `${head}#Fields: ${names.join(" ")}\n${parts.map(([, , calls]) => lines(names, calls)).join("")}`;
      const many = parts
        .map(([order, more, calls]) => {
          const extra = more ? " s-port" : "";
          const rows = lines(order, calls);
          return `${head}#Fields: ${order.join(" ")}${extra}\n${more ? rows.replaceAll("\n", " 443\n") : rows}`;
        })
        .join("");
      const [alone, again] = [await imported(one, { name: "u.log" }), await imported(many, { name: "u.log" })];
      expect(again.source.rejected).toBe(0);
      expect(again.events.map(plain)).toEqual(alone.events.map(plain));
    }),
    { numRuns: 8 },
  );
});

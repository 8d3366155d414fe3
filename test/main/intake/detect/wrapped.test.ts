import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { detectFormat } from "../../../../main/intake/detect/detect.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile, readWhole } from "../encode-file.ts";
import { imported } from "../imported.ts";

/** The calls of a plain log, and the same log in a wrapper: the events are the same, and stand where their wrappers do. */

interface Call {
  readonly second: number;
  readonly ip: string;
  readonly user: string;
  readonly path: string;
  readonly status: number;
}

const two = (value: number) => String(value).padStart(2, "0");
const clock = (second: number) =>
  `${two(8 + Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
const iso = (second: number) => `2024-02-02T${clock(second)}`;

const accessLine = ({ second, ip, user, path: at, status }: Call) =>
  `${ip} - ${user} [02/Feb/2024:${clock(second)} +0000] "GET ${at} HTTP/1.1" ${status} 12 "-" "sync \\"1\\" é"`;
const jsonLine = ({ second, ip, user, path: at, status }: Call) =>
  JSON.stringify({
    time: `${iso(second)}Z`,
    client_id: user,
    method: "GET",
    path: at,
    status,
    ip,
    user_agent: 'sync "1" é\\',
  });

const call: fc.Arbitrary<Call> = fc.record({
  second: fc.integer({ min: 0, max: 7000 }),
  ip: fc.constantFrom("192.0.2.10", "2001:db8::7", "198.51.100.20"),
  user: fc.constantFrom("kim", "kim@example.org", "k-7"),
  path: fc.constantFrom("/v2/groups/77/members", "/v2/é/ü", '/a?q=[{"x"}]', "/😀/\t/x".replace("\t", "%09")),
  status: fc.constantFrom(200, 403, 404, 500),
});

/** A line in a wrapper, the wrapper's own choices by a number. */
type Wrap = (line: string, second: number, choice: number) => string;
const head = (choice: number) => ["gw nginx[77]", "gw nginx", "nginx"][choice % 3] as string;
const object = (value: unknown) => JSON.stringify(value);
const wraps: Readonly<Record<string, Wrap>> = {
  docker: (line, second) => object({ log: `${line}\n`, stream: "stdout", time: `${iso(second)}.8641Z` }),
  cri: (line, second, choice) => {
    const stamp = `${iso(second)}.100000000Z stdout`;
    const chars = [...line];
    const at = choice % chars.length;
    return choice % 3 === 0
      ? `${stamp} P ${chars.slice(0, at).join("")}\n${stamp} P ${chars.slice(at, at + 9).join("")}\n${stamp} F ${chars.slice(at + 9).join("")}`
      : `${stamp} F ${line}`;
  },
  compose: (line) => `web_1  | ${line}`,
  "compose -t": (line, second) => `web_1  | ${iso(second)}.5Z ${line}`,
  pod: (line) => `[pod/web-7d9f/nginx] ${line}`,
  "grep -H": (line) => `/var/log/nginx/access.log:${line}`,
  "grep -Hn": (line, _, choice) => `access.log-20240202:${choice + 1}:${line}`,
  "RFC 3164": (line, second, choice) => `<190>Feb  2 ${clock(second)} ${head(choice)}: ${line}`,
  "RFC 5424": (line, second) => `<14>1 ${iso(second)}.000Z gw app 1 - [x@1 a="]\\""] ${line}`,
  "octet counting": (line, second) => {
    const message = `<14>1 ${iso(second)}.000Z gw app 1 - - ${line}`;
    return `${Buffer.byteLength(message)} ${message}`;
  },
  journal: (line, second) => `${iso(second)}+0000 gw nginx[77]: ${line}`,
  "rsyslog ISO": (line, second) => `${iso(second)}.123456+00:00 gw nginx[77]: ${line}`,
  "CloudWatch export": (line, second) => `${iso(second)}.000Z ${line}`,
  Loki: (line, second) => object({ line, timestamp: `${1706860800 + second}000000000`, labels: { app: "gw" } }),
  Splunk: (line, second) =>
    object({ preview: false, offset: 1, result: { _raw: line, _time: `${iso(second)}.000+00:00` } }),
  "journal as JSON": (line, second) =>
    object({ __REALTIME_TIMESTAMP: `${1706860800 + second}000000`, MESSAGE: line, _PID: "7" }),
  "journal as JSON, bytes": (line, second, choice) =>
    object({
      __REALTIME_TIMESTAMP: `${1706860800 + second}000000`,
      MESSAGE: choice % 2 === 0 ? line : [...Buffer.from(`\u001b[32m${line}\u001b[0m`)],
    }),
  "HTTP event collector": (line, second) => object({ time: 1706860800.5 + second, host: "gw", event: line }),
  "event bus": (line, second) => object({ version: "0", source: "x", time: `${iso(second)}Z`, detail: line }),
  "notification service": (line, second) =>
    object({ Type: "Notification", MessageId: "m", Message: line, Timestamp: `${iso(second)}.000Z` }),
  "message queue": (line, second) =>
    object({ topic: "t", partition: 0, offset: 7, timestamp: 1706860800000 + second, key: null, value: line }),
  "a log service's export": (line, second) =>
    object({ id: "x", content: { timestamp: `${iso(second)}Z`, message: line, tags: ["env:x"] } }),
  GELF: (line, second) => object({ version: "1.1", host: "gw", short_message: line, timestamp: 1706860800.5 + second }),
  "a name of its own": (line, second) => object({ at: `${iso(second)}Z`, whatWasLogged: line }),
  "docker in grep": (line, second) =>
    `/c/x-json.log:${object({ log: `${line}\n`, stream: "stdout", time: `${iso(second)}Z` })}`,
};

const bare = (event: object) => {
  const { line: _l, offset: _o, length: _n, ...rest } = event as Record<string, unknown>;
  return rest;
};
const written = (text: string, encoding: "utf-8" | "utf-16le") => {
  const file = path.join(temporaryFolder(), "input.log");
  fs.writeFileSync(file, encoding === "utf-8" ? text : Buffer.from(`\ufeff${text}`, "utf16le"));
  return file;
};

test.each(Object.entries(wraps))("%s: what is inside is recognised, and is the same as alone", async (_, wrap) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 3, maxLength: 12 }),
      fc.boolean(),
      fc.nat({ max: 60 }),
      fc.constantFrom("utf-8" as const, "utf-16le" as const),
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 40, max: 900 }),
      async (calls, isJson, choice, encoding, lineEnd, batch) => {
        const lines = calls.map(isJson ? jsonLine : accessLine);
        const alone = await readFile(written(lines.join("\n"), "utf-8"));
        const wrapped = lines.map((line, index) => wrap(line, (calls[index] as Call).second, choice + index));
        const text = `${wrapped.join("\n")}\n`.replaceAll("\n", lineEnd);
        const file = written(text, encoding);
        const { plan, resolved } = detectFormat(file, {});
        expect(resolved.format).toBe(alone.detection.resolved.format);
        const bytes = fs.readFileSync(file);
        const whole = await readWhole(plan, bytes);
        expect(whole.rejects).toEqual([]);
        expect(whole.events.map(bare)).toEqual(alone.events.map(bare));
        const code = encoding === "utf-8" ? "utf8" : "utf16le";
        whole.events.forEach(({ offset, length }, index) => {
          expect(bytes.toString(code, offset, offset + length)).toBe(
            (wrapped[index] as string).replaceAll("\n", lineEnd),
          );
        });
        expect(whole.lines).toBe(text.split(lineEnd).length - 1);
        // Small batches forget texts: places and numbers must not change.
        const small = await readWhole(plan, bytes, { bytes: batch, rows: 3 });
        expect(small.events.map(({ time, line, offset, length }) => ({ time, line, offset, length }))).toEqual(
          whole.events.map(({ time, line, offset, length }) => ({ time, line, offset, length })),
        );
        expect(small.rejects).toEqual([]);
      },
    ),
    { numRuns: 8 },
  );
});

const documents: Readonly<Record<string, (records: readonly string[]) => unknown>> = {
  "CloudWatch, FilterLogEvents": (records) => ({
    events: records.map((message, at) => ({
      logStreamName: "s",
      timestamp: 1706860800123 + at,
      message,
      eventId: `${at}`,
    })),
    searchedLogStreams: [],
  }),
  "CloudWatch, subscription": (records) => ({
    messageType: "DATA_MESSAGE",
    logGroup: "g",
    logEvents: records.map((message, at) => ({ id: `${at}`, timestamp: 1706860800123 + at, message })),
  }),
  "Elastic, strings": (records) => ({
    took: 3,
    hits: {
      total: { value: 2 },
      hits: records.map((message, at) => ({ _index: "l", _id: `${at}`, _source: { message } })),
    },
  }),
  "Loki, query": (records) => ({
    status: "success",
    data: {
      resultType: "streams",
      // Labels are of the stream, and say nothing of a call.
      result: [records.slice(0, 2), records.slice(2)].map((values) => ({
        stream: { app: "gw", status: "500", method: "PUT", detected_level: "info" },
        values: values.map((line, at) => [`${1706860800000000123n + BigInt(at)}`, line]),
      })),
      stats: { summary: { bytesProcessedPerSecond: 1 } },
    },
  }),
  "Loki, push": (records) => ({
    streams: [
      {
        stream: { app: "gw" },
        values: records.map((line, at) => [`${1706860800000000123n + BigInt(at)}`, line, { trace_id: "x" }]),
      },
    ],
  }),
  "times as numbers": (records) => ({ values: records.map((line, at) => [1706860800123 + at, line]) }),
  "strings in a list": (records) => ({ requestId: "7", logs: records }),
  "strings alone": (records) => records,
  Firehose: (records) => ({
    requestId: "7",
    timestamp: 1706860800123,
    records: records.map((record) => ({ data: Buffer.from(`${record}\n`).toString("base64") })),
  }),
  "Kinesis, a function's event": (records) => ({
    Records: records.map((record, at) => ({
      eventID: `shard:${at}`,
      kinesis: { partitionKey: "a", data: Buffer.from(record).toString("base64") },
    })),
  }),
};

test.each(Object.entries(documents))("%s: a document of wrapped records, pretty or not", async (_, document) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 2, maxLength: 8 }),
      fc.boolean(),
      fc.boolean(),
      async (calls, isJson, isPretty) => {
        const lines = calls.map(isJson ? jsonLine : accessLine);
        const alone = await readFile(written(lines.join("\n"), "utf-8"));
        const text = JSON.stringify(document(lines), undefined, isPretty ? 2 : undefined);
        const whole = await readFile(written(text, "utf-8"));
        expect(whole.rejects).toEqual([]);
        expect(whole.events.map(bare)).toEqual(alone.events.map(bare));
        for (const [index, { offset, length, line }] of whole.events.entries()) {
          const record = Buffer.from(text).toString("utf8", offset, offset + length);
          const line64 = Buffer.from(lines[index] as string)
            .toString("base64")
            .slice(0, -4);
          if (!record.includes(line64)) expect(record).toContain(JSON.stringify(lines[index]));
          expect(line).toBe(Buffer.from(text).toString("utf8", 0, offset).split("\n").length);
        }
        const small = await readWhole(whole.detection.plan, Buffer.from(text), { bytes: 64, rows: 3 });
        const places = ({ time, line, offset, length, status }: (typeof whole.events)[number]) => [
          time,
          line,
          offset,
          length,
          status,
        ];
        expect(small.events.map(places)).toEqual(whole.events.map(places));
      },
    ),
    { numRuns: 8 },
  );
});

test("several documents with lists of records, one a line: every record counts, those in no string are rejected", async () => {
  const access = [1, 2, 3, 4].map((second) =>
    accessLine({ second, ip: "192.0.2.1", user: "a", path: "/x", status: 200 }),
  );
  const values = (lines: readonly unknown[]) => lines.map((line) => ["1706860800000000123", line]);
  const push = (lines: readonly unknown[]) => JSON.stringify({ streams: [{ stream: {}, values: values(lines) }] });
  for (const text of [
    `${push(access.slice(0, 2))}\n${push([access[2], 7, access[3]])}\n`,
    `${JSON.stringify({ logs: access.slice(0, 3) })}\n${JSON.stringify({ logs: [{ a: 1 }, access[3]] })}\n`,
  ]) {
    const { events, rejects } = await readFile(written(text, "utf-8"));
    expect(events.map(({ line, time }) => [line, time])).toEqual(
      [1, 2, 3, 4].map((second) => [events[second - 1]?.line, `${iso(second)}Z`]),
    );
    expect(rejects.map(({ line }) => line)).toEqual([2]);
  }
});

const severals: Readonly<Record<string, (records: readonly string[]) => unknown>> = {
  strings: (logs) => ({ requestId: "7", logs }),
  "a list alone": (logs) => logs,
  "Loki's pairs": (lines) => ({
    data: { result: [{ stream: {}, values: lines.map((line) => ["1706860800000000123", line]) }] },
  }),
};
const transports: Readonly<Record<string, (record: string, at: number) => string>> = {
  docker: (record, at) => object({ log: `${record}\n`, stream: "stdout", time: `${iso(at)}Z` }),
  cri: (record, at) => `${iso(at)}.1Z stdout F ${record}`,
  syslog: (record, at) => `<14>1 ${iso(at)}Z gw app 1 - - ${record}`,
};

test.each(
  Object.keys(transports).flatMap((transport) => Object.keys(severals).map((several) => [several, transport] as const)),
)("%s in what %s wrote: each is a call of the line, and the same as alone", async (several, transport) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(call, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 }),
      fc.boolean(),
      fc.integer({ min: 64, max: 900 }),
      async (groups, isJson, batch) => {
        const lines = groups.map((calls) => calls.map(isJson ? jsonLine : accessLine));
        const alone = await readFile(written(lines.flat().join("\n"), "utf-8"));
        const text = `${lines.map((group, at) => transports[transport]?.(object(severals[several]?.(group)), at)).join("\n")}\n`;
        const whole = await readFile(written(text, "utf-8"));
        expect(whole.rejects).toEqual([]);
        expect(whole.events.map(bare)).toEqual(alone.events.map(bare));
        expect(whole.events.map(({ line }) => line)).toEqual(lines.flatMap((group, at) => group.map(() => at + 1)));
        expect([whole.lines, whole.ledger.events]).toEqual([lines.length, lines.length]);
        const small = await readWhole(whole.detection.plan, Buffer.from(text), { bytes: batch, rows: 3 });
        const places = ({ time, line, offset, length }: (typeof whole.events)[number]) => [time, line, offset, length];
        expect(small.events.map(places)).toEqual(whole.events.map(places));
      },
    ),
    { numRuns: 6 },
  );
});

test("of several records in a line those that cannot be read are rejected, the others count", async () => {
  const one = jsonLine({ second: 1, ip: "192.0.2.1", user: "a", path: "/x", status: 200 });
  const line = (logs: unknown) => object({ log: object({ logs }), stream: "stdout", time: `${iso(1)}Z` });
  const text = [line([one, one]), line([]), line([7, one, "", "{", one]), line("x"), line([one])].join("\n");
  const { events, source } = await imported(text);
  expect(events.map((event) => [event.line, event.part])).toEqual([
    [1, 1],
    [1, 2],
    [3, 2],
    [3, 4],
    [5, undefined],
  ]);
  expect(source.rejects.map(({ line: at, reason }) => [at, reason])).toEqual([
    [3, "not a string with a record in it (and 1 more of the record's calls)"],
    [4, "no list of records"],
  ]);
  expect([source.skipped, source.line_ledger]).toEqual([1, { events: 3, rejected: 1, skipped: 1 }]);
});

test("a record of Loki that states no time has that of its line", async () => {
  const values = ["1706860801500000000", "1706860802000000001"].map((time) => [
    time,
    '{"client_id":"a","path":"/x","status":200}',
  ]);
  const { events } = await readFile(written(JSON.stringify({ streams: [{ stream: {}, values }] }), "utf-8"));
  expect(events.map(({ time }) => time)).toEqual(["2024-02-02T08:00:01.500Z", "2024-02-02T08:00:02Z"]);
});

test("an object that a tool put around the record is taken off, as deep as it is (Elastic: _source, hits.hits)", async () => {
  const hits = [200, 403].map((status, at) => ({
    _index: "logs",
    _id: `a${at}`,
    _score: 1,
    _source: {
      "@timestamp": `2024-05-05T10:00:0${at}.000Z`,
      method: "GET",
      path: `/v1/groups/${at}`,
      status,
      client_ip: "192.0.2.21",
    },
  }));
  for (const text of [
    JSON.stringify({ took: 3, hits: { total: { value: 2 }, hits } }, undefined, 1),
    hits.map((hit) => JSON.stringify(hit)).join("\n"),
  ]) {
    const { events } = await readFile(written(text, "utf-8"));
    expect(events).toMatchObject([
      { time: "2024-05-05T10:00:00Z", method: "GET", path: "/v1/groups/0", status: 200, ip: "192.0.2.21" },
      { status: 403, outcome: "denied" },
    ]);
  }
});

test("a record without a time has that of its wrapper", async () => {
  const text = [200, 403]
    .map((status, at) =>
      JSON.stringify({
        log: `{"client_id":"a","path":"/x","status":${status}}\n`,
        stream: "stdout",
        time: `2024-02-02T08:00:0${at}.5Z`,
      }),
    )
    .join("\n");
  const { events } = await readFile(written(text, "utf-8"));
  expect(events).toMatchObject([
    { time: "2024-02-02T08:00:00.500Z", app: "a", status: 200 },
    { time: "2024-02-02T08:00:01.500Z", app: "a", status: 403 },
  ]);
});

test("a line of more than 16 KiB, which Docker writes in several objects, is one record", async () => {
  const long = jsonLine({ second: 1, ip: "192.0.2.1", user: `u${"x".repeat(40_000)}`, path: "/x", status: 200 });
  const pieces = (`${long}\n`.match(/[\s\S]{1,16384}/gu) ?? []).map((log) =>
    JSON.stringify({ log, stream: "stdout", time: `${iso(1)}Z` }),
  );
  const short = JSON.stringify({
    log: `${jsonLine({ second: 2, ip: "192.0.2.2", user: "b", path: "/y", status: 403 })}\n`,
    stream: "stdout",
    time: `${iso(2)}Z`,
  });
  const { events, rejects } = await readFile(written([short, ...pieces, short].join("\n"), "utf-8"));
  expect(rejects).toEqual([]);
  expect(events.map(({ line, status }) => [line, status])).toEqual([
    [1, 403],
    [2, 200],
    [5, 403],
  ]);
  expect(events[1]?.app).toHaveLength(40_001);
});

test("a message with two calls in it is rejected, not read as one", async () => {
  const one = jsonLine({ second: 1, ip: "192.0.2.1", user: "a", path: "/x", status: 200 });
  const access = accessLine({ second: 1, ip: "192.0.2.1", user: "a", path: "/x", status: 200 });
  for (const line of [one, access]) {
    const logs = [line, line, `${line}\n${line}`].map((log) =>
      JSON.stringify({ log: `${log}\n`, stream: "stdout", time: `${iso(1)}Z` }),
    );
    const { events, rejects } = await readFile(written(logs.join("\n"), "utf-8"));
    expect(events.length).toBe(2);
    expect(rejects.map(({ line: at }) => at)).toEqual([3]);
  }
});

test("what looks like a transport and is none stays: IPv6 clients, virtual hosts with a port, tables", async () => {
  const access = (client: string) => `${client} - - [02/Feb/2024:08:00:01 +0000] "GET /x HTTP/1.1" 200 12`;
  for (const [text, ip] of [
    [`${access("2001:db8::7")}\n${access("2001:db8::8")}\n`, "2001:db8::7"],
    [`${access("7:db8::7")}\n${access("8:db8::8")}\n`, "7:db8::7"],
    [`${access("www.example.org:80 192.0.2.3")}\n`.repeat(3), "192.0.2.3"],
    ["time|app|ip\n2024-02-02T08:00:01Z|a|192.0.2.3\n2024-02-02T08:00:01Z|b|192.0.2.3\n", "192.0.2.3"],
  ] as const) {
    const { events, detection } = await readFile(written(text, "utf-8"));
    expect(events[0]?.ip).toBe(ip);
    if (ip !== "7:db8::7") expect(detection.plan.wrapped).toBeUndefined();
  }
});

test("a table with records in its cells says so, and syslog messages that counts alone tell apart are refused", async () => {
  const line = accessLine({ second: 1, ip: "192.0.2.10", user: "kim", path: "/a", status: 403 });
  const { source } = await imported(`_time,_raw,host\n${iso(1)}Z,"${line.replaceAll('"', '""')}",gw\n`, {
    name: "export.csv",
  });
  expect(source.unread).toContain("not read: _raw, which holds records of its own");
  const message = `<14>1 ${iso(1)}Z gw app 1 - - {"status":403}`;
  const counted = `${message.length} ${message}`;
  await expect(imported(counted.repeat(3), { name: "stream.log" })).rejects.toThrow(/no line ends between them/u);
});

test("an archive of a browser is one by its own name of the time: any other record with a number in time is not", async () => {
  const { source, events } = await imported(`${object({ time: 1706860800.5, source: "gw", app: "a" })}\n`, {
    name: "log.jsonl",
  });
  expect(source.format).toBe("jsonl");
  expect(events[0]).not.toHaveProperty("duration_ms");
});

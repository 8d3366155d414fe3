import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { detectFormat } from "../../../../main/intake/detect/detect.ts";
import { ledgerOf } from "../../../../main/intake/line-ledger.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readFile, readWhole } from "../encode-file.ts";
import { imported } from "../imported.ts";

const written = (text: string) => {
  const file = path.join(temporaryFolder(), "log.csv");
  fs.writeFileSync(file, text);
  return file;
};
const bare = (event: object) => {
  const { line: _l, offset: _o, length: _n, ...rest } = event as Record<string, unknown>;
  return rest;
};

/** Fields of the calls, and the names that a header may give each of them. */
const NAMES = {
  time: ["time", "timestamp", "Event Time"],
  app: ["app", "client_id", "APP-ID"],
  method: ["method", "http_method"],
  path: ["path", "uri"],
  status: ["status", "response_code"],
  actor: ["user", "account_id"],
} as const;
type Field = keyof typeof NAMES;
const FIELDS = Object.keys(NAMES) as Field[];

const call = fc.record({
  time: fc.integer({ min: 0, max: 59 }).map((second) => `2024-05-01T10:00:${String(second).padStart(2, "0")}Z`),
  app: fc.constantFrom("a1", "app", "status", "name"),
  method: fc.constantFrom("GET", "POST"),
  path: fc.constantFrom("/v1/a", "/v1/é", "/x,y", '/q"'),
  status: fc.constantFrom("200", "403", ""),
  actor: fc.constantFrom("kim", "user", "time"),
});
const header = fc.record({
  order: fc.shuffledSubarray(FIELDS, { minLength: FIELDS.length }),
  names: fc.record(
    Object.fromEntries(FIELDS.map((field) => [field, fc.constantFrom(...NAMES[field])])) as Record<
      Field,
      fc.Arbitrary<string>
    >,
  ),
  extra: fc.boolean(),
});
const cell = (text: string) => (/[",]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test("tables under one another, each with its own header, give the same events as one table", async () => {
  const part = fc.tuple(header, fc.array(call, { minLength: 1, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 30, max: 300 }),
      async (parts, batch) => {
        const plain = [
          FIELDS.join(","),
          ...parts.flatMap(([, calls]) => calls.map((each) => FIELDS.map((field) => cell(each[field])).join(","))),
        ];
        const again = parts.flatMap(([{ order, names, extra }, calls]) => {
          const more = extra ? ["note"] : [];
          return [
            [...order.map((field) => names[field]), ...more].join(","),
            ...calls.map((each) => [...order.map((field) => cell(each[field])), ...more.map(() => "x")].join(",")),
          ];
        });
        const one = await readFile(written(`${plain.join("\n")}\n`));
        const file = written(`${again.join("\n")}\n`);
        const many = await readFile(file);
        expect(many.rejects).toEqual([]);
        expect(many.events.map(bare)).toEqual(one.events.map(bare));
        expect(many.skipped).toBe(parts.length);
        const small = await readWhole(detectFormat(file, {}).plan, fs.readFileSync(file), { bytes: batch, rows: 2 });
        expect(small.events.map(({ line, status }) => [line, status])).toEqual(
          many.events.map(({ line, status }) => [line, status]),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test("a header that changes the columns is in the ledger with its line; one that only comes again is skipped", async () => {
  const text = [
    "time,app,method,path,status",
    "2024-05-01T10:00:00Z,a1,GET,/v1/a,200",
    "time,app,method,path,status",
    "time,method,path,status,app,ip",
    "2024-05-01T10:00:01Z,GET,/v1/b,403,a2,192.0.2.1",
  ].join("\n");
  for (const batch of [undefined, 60]) {
    const { events, source, caseFile } = await imported(text, batch === undefined ? {} : { batch });
    expect(events).toMatchObject([
      { app: "a1", status: 200 },
      { app: "a2", status: 403, method: "GET", ip: "192.0.2.1" },
    ]);
    expect(source).toMatchObject({ rejected: 0, skipped: 3 });
    expect(ledgerOf(caseFile.db).sources[0]?.headers).toEqual([
      { line: 4, columns: ["time", "method", "path", "status", "app", "ip"] },
    ]);
  }
});

test("a column that comes only behind what is read to recognise the file is named in the ledger", async () => {
  const row = `2024-05-01T10:00:00Z,a1,/v1/${"a".repeat(200)}\n`;
  const text = `time,app,path\n${row.repeat(6000)}time,status,app,path\n2024-05-01T10:00:01Z,403,a2,/b\n`;
  const { events, caseFile } = await imported(text);
  expect(events.at(-1)).toMatchObject({ app: "a2", path: "/b" });
  expect(ledgerOf(caseFile.db).sources[0]?.headers).toEqual([
    { line: 6002, columns: ["time", "status", "app", "path"], unread: ["status"] },
  ]);
});

test("a row of a table is no header for being made of words", async () => {
  const text = "app,user,time,path\nstatus,name,2024-05-01T10:00:00Z,/a\nuser,path,,/b\nok,fine,never,/c\n";
  const { events, rejects } = await readFile(written(text));
  expect(events.length).toBe(1);
  expect(rejects.map(({ line }) => line)).toEqual([3, 4]);
});

test("a table without a header is refused, not read without its first row", async () => {
  for (const text of [
    "192.0.2.27\t2026-04-04\t12:57:53\tGET\t/circles/17/members\t200\tVq0\n192.0.2.28\t2026-04-04\t12:57:54\tGET\t/circles/18/members\t403\tVq1\n",
    "1775307473.123\t192.0.2.27\t0.001\t200\t2212\tGET\thttps\td2.cloudfront.net\t/circles/17/members\n",
    "a1,2026-04-04,200\na2,2026-04-04,403\n",
  ]) {
    await expect(imported(text)).rejects.toMatchObject({ code: "not-a-log" });
    await expect(imported(text, { format: "csv" })).rejects.toMatchObject({ code: "not-a-log" });
  }
});

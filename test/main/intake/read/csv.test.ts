import fc from "fast-check";
import { expect, test } from "vitest";
import { newCase } from "../../../fixture.ts";
import { eventsOf, imported } from "../imported.ts";

const HEADER = "time,app,actor,user_agent";
const TIME = "2018-05-01T10:00:00Z";

/** RFC 4180, written from its text: the cells of every record. */
function rfc4180(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "," || char === "\n" || char === "\r") {
      record.push(cell);
      cell = "";
      if (char === ",") continue;
      if (char === "\r" && text[at + 1] === "\n") at += 1;
      records.push(record);
      record = [];
    } else cell += char;
  }
  if (cell !== "" || record.length > 0) records.push([...record, cell]);
  return records;
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const cell = fc.oneof(
  fc.constantFrom("", "a", "0071", 'say ""', "Zoë, 東京"),
  fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", ";", "é", " ", "=", "<") }),
);
const written = cell.chain((text) => fc.constantFrom(quoted(text), ...(/^[^",\r\n]*$/u.test(text) ? [text] : [])));
const table = fc.array(fc.tuple(written, written, written), { maxLength: 30 });

test("every cell as RFC 4180 has it, wherever batches are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.integer({ min: 40, max: 400 }),
      fc.boolean(),
      async (rows, end, batch, closed) => {
        const lines = rows.map((cells) => [TIME, ...cells].join(","));
        const text = [HEADER, ...lines].join(end) + (closed ? end : "");
        const { events, source, caseFile } = await imported(text, { batch });
        const expected = rfc4180(text).slice(1);
        expect(events.map(({ app, actor, user_agent }) => [app ?? "", actor ?? "", user_agent ?? ""])).toEqual(
          expected.map((cells) => cells.slice(1).map((text) => /^="([^"]*)"$/u.exec(text)?.[1] ?? text)),
        );
        expect(source.line_ledger.events + source.line_ledger.rejected + source.line_ledger.skipped).toBe(source.lines);
        expect(source.lines).toBe(text.split(/\r\n|\r|\n/u).length - (closed ? 1 : 0));
        const bytes = Buffer.from(text);
        for (const event of events)
          expect(rfc4180(bytes.subarray(event.offset, event.offset + event.length).toString())).toHaveLength(1);
        caseFile.close();
      },
    ),
    { numRuns: 25 },
  );
});

test("a short row, a long row and a bad quote are rejected with the reason, never padded, cut or shifted", async () => {
  const { source, events } = await imported(
    `${HEADER}\n${TIME},a,b\n${TIME},a,b,c,d\n${TIME},a,"b"x,c\n${TIME},a,"b,c\n${TIME},a,b,c\n`,
  );
  expect(events).toHaveLength(1);
  expect(source.rejects).toEqual([
    { line: 2, reason: "the row has 3 cells, the header 4" },
    { line: 3, reason: "the row has 5 cells, the header 4" },
    { line: 4, reason: "text follows the closing quote of cell 3" },
    { line: 5, reason: "the quote that opens cell 3 is never closed" },
  ]);
  expect(source.line_ledger).toEqual({ events: 1, rejected: 4, skipped: 1 });
});

test.each([[";"], ["\t"], ["|"]])("the delimiter %j is found by content", async (delimiter) => {
  const { events } = await imported(`${HEADER}\n${TIME},a1,u1,x y\n`.replaceAll(",", delimiter));
  expect(events[0]).toMatchObject({ app: "a1", actor: "u1", user_agent: "x y" });
});

test("leading zeros and long numbers stay as they are written", async () => {
  const { events } = await imported(
    `time,app,actor,request_id\n${TIME},0071,12345678901234567890,00ab34cd56ef7890\n${TIME},71,1e5,00AB34CD56EF7890\n`,
  );
  expect(events.map(({ app, actor, request_id }) => [app, actor, request_id])).toEqual([
    ["0071", "12345678901234567890", "00ab34cd56ef7890"],
    ["71", "1e5", "00AB34CD56EF7890"],
  ]);
});

test('a cell written as ="00123", which keeps spreadsheets from reading numbers, is what it shows', async () => {
  const { events, source } = await imported(
    `="time",="app",="actor",="user_agent"\n="${TIME}",="0071","=""00123""",="NULL"\n${TIME},"=""""",="a"b,"=SUM(""A1"")"\n`,
  );
  expect(source.rejects).toEqual([]);
  expect(events.map(({ app, actor, user_agent }) => [app, actor, user_agent])).toEqual([
    ["0071", "00123", "NULL"],
    [undefined, '="a"b', '=SUM("A1")'],
  ]);
});

test("a table in which no column is a time is still a source, all of it rejected", async () => {
  const { source } = await imported("app,status\na1,200\na2,200\n");
  expect(source).toMatchObject({ events: 0, rejected: 2, line_ledger: { events: 0, rejected: 2, skipped: 1 } });
});

test.each([
  ["utf-16le", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")],
  ["utf-16be", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ["utf-8", (text: string) => Buffer.from(`\uFEFF${text}`)],
  ["windows-1252", (text: string) => Buffer.from(text, "latin1")],
])("%s is read, and every record is found again at its offset in the original bytes", async (encoding, encode) => {
  const bytes = encode(`${HEADER}\r\n${TIME},a1,Zoë,Größe\r\n${TIME},a2,é,"zwei\r\nZeilen"\r\n`);
  const { source, events } = await imported(
    bytes,
    encoding === "windows-1252" ? { mapping: { schema: "exhibit/mapping@1", format: "csv", encoding } } : {},
  );
  expect(source.encoding).toBe(encoding);
  expect(events.map(({ actor, user_agent }) => [actor, user_agent])).toEqual([
    ["Zoë", "Größe"],
    ["é", "zwei\r\nZeilen"],
  ]);
  const decoder = new TextDecoder(encoding);
  expect(events.map(({ offset, length }) => decoder.decode(bytes.subarray(offset, offset + length)))).toEqual([
    `${TIME},a1,Zoë,Größe`,
    `${TIME},a2,é,"zwei\r\nZeilen"`,
  ]);
});

test("broken bytes never stop an import: the record is kept, and its bytes are intact", async () => {
  const bytes = Buffer.concat([
    Buffer.from(`${HEADER}\n${TIME},a1,`),
    Buffer.from([0xff, 0xfe, 0x41]),
    Buffer.from(`,x\n${TIME},a2,ok,x\n`),
  ]);
  const { events } = await imported(bytes, {
    mapping: { schema: "exhibit/mapping@1", format: "csv", encoding: "utf-8" },
  });
  expect(events.map((event) => event.app)).toEqual(["a1", "a2"]);
  const [first] = events;
  expect(bytes.subarray(first?.offset, (first?.offset ?? 0) + (first?.length ?? 0))).toEqual(
    bytes.subarray(HEADER.length + 1, bytes.indexOf("\n", HEADER.length + 1)),
  );
});

test("the same record from another export is marked, from the same one only with the same request id", async () => {
  const caseFile = newCase();
  const head = "time,app,request_id\n";
  const one = `${TIME},a1,r1\n`;
  const other = `${TIME},a2,\n`;
  await imported(head + one + other + other + one, { name: "first.csv", caseFile });
  await imported(`${head}${other}${TIME},a3,r3\n${one}`, { name: "second.csv", caseFile });
  expect(eventsOf(caseFile).map((event) => [event.source, event.line, event.duplicate ?? false])).toEqual([
    [1, 2, false],
    [1, 3, false],
    [1, 4, false],
    [1, 5, true],
    [2, 2, true],
    [2, 3, false],
    [2, 4, true],
  ]);
});

test.each([";", ",", "\t", "|"].flatMap((delimiter) => [`sep=${delimiter}`, `"sep=${delimiter}"`, `SEP=${delimiter}`]))(
  "a first row %j states the delimiter and is no record",
  async (first) => {
    const delimiter = first.replaceAll('"', "").at(-1) as string;
    const rows = [
      ["time", "app", "actor"],
      [TIME, "a1", "x y"],
      [TIME, "a2", ""],
    ];
    for (const [end, encoding] of [
      ["\n", "utf8"],
      ["\r\n", "utf16le"],
    ] as const) {
      const text = [first, ...rows.map((row) => row.join(delimiter)), ""].join(end);
      const { events, source } = await imported(Buffer.from(encoding === "utf8" ? text : `\uFEFF${text}`, encoding));
      expect(source).toMatchObject({ format: "csv", rejected: 0, line_ledger: { events: 2, rejected: 0, skipped: 2 } });
      expect(events.map(({ app, actor }) => [app, actor])).toEqual([
        ["a1", "x y"],
        ["a2", undefined],
      ]);
    }
  },
);

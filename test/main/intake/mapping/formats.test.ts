import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeFile } from "../../../../main/intake/detect/detect.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../imported.ts";

const MAPPING = {
  schema: "exhibit/mapping@1",
  name: "orbit gateway",
  format: "jsonl",
  timezone: "Europe/Berlin",
  fields_are: "returned",
  fields: {
    time: "ts",
    app: "client.id",
    path: "req.path",
    status: "res.code",
    fields: { from: "req.query.fields", split: "," },
    subjects: "res.people[].id",
    resource: { from: "req.path", match: "^/circles/([^/?]+)" },
  },
  rules: [
    { when: { path: "^/circles/[^/]+/members$" }, set: { api: "circles", operation: "GET /circles/{circle}/members" } },
  ],
};

test("FORMATS' own mapping example, through gzip, wherever batches are cut", async () => {
  const line = (n: number) =>
    JSON.stringify({
      ts: "2018-07-01 12:00:00",
      client: { id: `c${n}` },
      req: { path: `/circles/g${n}/members`, query: { fields: "id,from{name,picture}" } },
      res: { code: 200, people: [{ id: `p${n}` }, { id: 'é\n"' }] },
    });
  const text = Array.from({ length: 40 }, (_, n) => line(n)).join("\n");
  const { events, source } = await imported(zlib.gzipSync(text), { name: "x.jsonl.gz", mapping: MAPPING, batch: 300 });
  expect(source).toMatchObject({
    format: "jsonl",
    compression: "gzip",
    timezone: "Europe/Berlin",
    timezone_from: "mapping",
    events: 40,
    lines: 40,
  });
  expect(events[7]).toMatchObject({
    time: "2018-07-01T10:00:00Z",
    app: "c7",
    api: "circles",
    operation: "GET /circles/{circle}/members",
    path: "/circles/g7/members",
    status: 200,
    outcome: "allowed",
    resource: "g7",
    fields: ["id", "from{name,picture}"],
    fields_are: "returned",
    subjects: ["p7", 'é\n"'],
    line: 8,
  });
});

test("JSON: null is absent, [] is empty, numbers and truth are text where text is asked for, and only objects are records", async () => {
  const text = [
    '{"time":"2018-05-01T10:00:00Z","app":17,"actor":null,"subjects":[],"status":"200"}',
    '{"time":1525168800,"app":"a","subjects":["p1",2]}',
    "[1]",
    "{broken",
    '{"app":"no time"}',
    "",
  ].join("\n");
  const { events, source } = await imported(text, { name: "x.jsonl" });
  expect(events[0]).toMatchObject({ app: "17", subjects: [], status: 200, outcome: "allowed" });
  expect(events[0]).not.toHaveProperty("actor");
  expect(events[1]).toMatchObject({ time: "2018-05-01T10:00:00Z", subjects: ["p1", "2"] });
  expect(source.rejects.map((reject) => reject.line)).toEqual([3, 4, 5]);
});

test("the combined access log: zone from the lines, operation made where no mapping gives one", async () => {
  const text =
    '10.0.0.9 - ada [04/Apr/2018:12:00:00 +0200] "GET /v2/groups/123456/members?fields=name,picture HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11)"\nnot a line\n';
  const { events, source } = await imported(text, { name: "access.log" });
  expect(source).toMatchObject({ format: "combined", timezone: "+02:00", timezone_from: "timestamps", rejected: 1 });
  expect(events[0]).toMatchObject({
    time: "2018-04-04T10:00:00Z",
    actor: "ada",
    ip: "10.0.0.9",
    method: "GET",
    path: "/v2/groups/123456/members",
    operation: "GET /v2/groups/{id}/members",
    status: 200,
    bytes: 512,
    user_agent: "Mozilla/5.0 (X11)",
  });
});

test("detect says what a file is without a case, by content and not by name", async () => {
  const file = path.join(temporaryFolder(), "picture.png");
  fs.writeFileSync(file, "timestamp;app_id;status\n2018-04-04T10:00:00Z;a1;200\n");
  const found = (await describeFile(file, path.basename(file), {})).report;
  expect(found).toMatchObject({
    file: "picture.png",
    format: "csv",
    encoding: "utf-8",
    fields: { time: "timestamp", app: "app_id", status: "status" },
  });
  expect(found.preview[0]).toMatchObject({ time: "2018-04-04T10:00:00Z", app: "a1", outcome: "allowed" });
});

const samples = process.env.EXHIBIT_SAMPLES ?? path.resolve(import.meta.dirname, "../../../../../shared/samples");

describe.skipIf(!fs.existsSync(samples))("real logs (where the sample collection is there)", () => {
  test.each([
    ["access/apache_combined_elastic.log.gz", 10_000, 0],
    ["access/access_playground_lnav.log.gz", 2492, 0],
    ["access/apache_common_lnav.log", 3, 0],
    ["access/traefik_clf_crowdsec.log", 7, 0],
  ])("%s: %i events", async (name, events, rejected) => {
    const { source } = await imported(fs.readFileSync(path.join(samples, name)), { name: path.basename(name) });
    expect(source).toMatchObject({ events, rejected });
  });

  test("csv-spectrum, cell for cell", async () => {
    const folder = path.join(samples, "csv/csv-spectrum/csvs");
    for (const name of fs.readdirSync(folder)) {
      const text = fs.readFileSync(path.join(folder, name), "utf8");
      const expected = JSON.parse(
        fs.readFileSync(path.join(folder, "../json", name.replace(".csv", ".json")), "utf8"),
      ) as Record<string, string>[];
      const columns = Object.keys(expected[0] ?? {});
      const fields = ["actor", "app", "resource", "user_agent", "ip"] as const;
      const places = Object.fromEntries(columns.map((column, index) => [fields[index] as string, column]));
      const mapping = {
        schema: "exhibit/mapping@1",
        format: "csv",
        fields: { time: { value: "2018-01-01T00:00:00Z" }, ...places },
      };
      const { events } = await imported(text, { name, mapping });
      for (const [index, column] of columns.entries()) {
        // One file was checked in with its CRLF made LF; its expectation was not.
        const cells = expected.map((row) =>
          text.includes("\r") ? row[column] : row[column]?.replaceAll("\r\n", "\n"),
        );
        const field = fields[index] as (typeof fields)[number];
        expect(
          events.map((event) => event[field] ?? ""),
          `${name}, ${column}`,
        ).toEqual(cells);
      }
    }
  });
});

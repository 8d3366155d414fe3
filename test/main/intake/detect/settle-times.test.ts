import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { describeFile } from "../../../../main/intake/detect/detect.ts";
import { importFiles } from "../../../../main/intake/import-files.ts";
import { Refusal } from "../../../../shared/base/errors.ts";
import { isoOf } from "../../../../shared/base/time.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { eventsOf } from "../imported.ts";

/** What only a whole file says of its times: which number is the day, and which year it is. */

const DAY = 86_400_000;
const table = (times: readonly string[]) => ["time,app", ...times.map((time) => `"${time}",a`)].join("\n");

async function times(text: string, how: { mapping?: object; written?: string } = {}): Promise<string[]> {
  const file = path.join(temporaryFolder(), "log.csv");
  fs.writeFileSync(file, text);
  if (how.written) fs.utimesSync(file, new Date(how.written), new Date(how.written));
  const caseFile = newCase();
  const mapping = how.mapping ? { mapping: how.mapping } : {};
  const { failures } = await importFiles(caseFile, [file], { by: "T", ...mapping }, {});
  if (failures[0]) throw failures[0];
  return eventsOf(caseFile).map(({ time }) => time);
}

const pad = (value: number) => String(value).padStart(2, "0");
/** 400 days, every day once, written in a way. */
const days = (write: (date: Date) => string, from = "2017-06-01") =>
  Array.from({ length: 400 }, (_, index) => write(new Date(Date.parse(from) + index * DAY)));
const truth = (from = "2017-06-01") =>
  Array.from({ length: 400 }, (_, index) => isoOf((Date.parse(from) + index * DAY) * 1000));

test.each<[string, (date: Date) => string]>([
  ["day first", (d) => `${pad(d.getUTCDate())}/${pad(d.getUTCMonth() + 1)}/${d.getUTCFullYear()} 00:00:00`],
  ["month first", (d) => `${d.getUTCMonth() + 1}/${d.getUTCDate()}/${d.getUTCFullYear()} 12:00:00 AM`],
  ["dots and two digits of a year", (d) => `${d.getUTCDate()}.${d.getUTCMonth() + 1}.${d.getUTCFullYear() % 100} 0:00`],
])(
  "%s: the order of the numbers is what the whole file says, though its beginning reads both ways",
  async (_, write) => {
    expect(await times(table(days(write)))).toEqual(truth());
  },
);

test("where every date reads both ways, the one in which the file runs in one direction", async () => {
  // 3 April, 4 April, 1 May; month first it would be 4 March, 4 April, 5 January
  expect(await times(table(["03/04/2018 10:00", "04/04/2018 10:00", "01/05/2018 10:00"]))).toEqual([
    "2018-04-03T10:00:00Z",
    "2018-04-04T10:00:00Z",
    "2018-05-01T10:00:00Z",
  ]);
});

test("where nothing decides, nothing is imported, and a mapping says it", async () => {
  const text = table(["03/04/2018 10:00:00", "03/04/2018 11:00:00"]);
  const refused = await times(text).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({ code: "dates-ambiguous", what: expect.stringContaining("03/04/2018 10:00:00") });
  const mapping = (parse: string) => ({
    schema: "exhibit/mapping@1",
    format: "csv",
    fields: { time: { from: "time", parse } },
  });
  expect((await times(text, { mapping: mapping("dmy") }))[0]).toBe("2018-04-03T10:00:00Z");
  expect((await times(text, { mapping: mapping("mdy") }))[0]).toBe("2018-03-04T10:00:00Z");
});

test("dates in both orders are no order", async () => {
  await expect(times(table(["13/04/2018 10:00", "04/13/2018 10:00"]))).rejects.toMatchObject({
    code: "dates-ambiguous",
  });
});

test("detect says what it decided, or that it cannot", async () => {
  const detected = async (text: string) => {
    const file = path.join(temporaryFolder(), "log.csv");
    fs.writeFileSync(file, text);
    return (await describeFile(file, path.basename(file), {})).report;
  };
  const decided = await detected(table(["03/04/2018 10:00", "25/04/2018 10:00"]));
  expect(decided.why).toContain("day first");
  expect(decided.preview[0]?.time).toBe("2018-04-03T10:00:00Z");
  const open = await detected(table(["03/04/2018 10:00"]));
  expect(open.why).toContain("nothing in the file decides");
  expect(open.confidence).toBeLessThanOrEqual(0.5);
});

const stamp = (d: Date) =>
  `${d.toUTCString().slice(8, 11)} ${String(d.getUTCDate()).padStart(2)} ${d.toISOString().slice(11, 19)}`;

test("times without a year are of the latest years that do not lie behind the file's own date", async () => {
  const text = table(days(stamp, "2015-12-20"));
  expect(await times(text, { written: "2017-02-01T00:00:00Z" })).toEqual(truth("2015-12-20"));
  expect(await times(table(days(stamp, "2015-12-20").reverse()), { written: "2017-02-01T00:00:00Z" })).toEqual(
    truth("2015-12-20").reverse(),
  );
});

test("full times among them say the year better than the file's date", async () => {
  const text = table(["Dec 30 10:00:00", "Jan  2 10:00:00", "2014-01-03T10:00:00Z", "Jan  4 10:00:00"]);
  expect(await times(text, { written: "2020-05-01T00:00:00Z" })).toEqual([
    "2013-12-30T10:00:00Z",
    "2014-01-02T10:00:00Z",
    "2014-01-03T10:00:00Z",
    "2014-01-04T10:00:00Z",
  ]);
});

test("a year can be said by a mapping", async () => {
  const mapping = {
    schema: "exhibit/mapping@1",
    format: "csv",
    fields: { time: { from: "time", parse: "year 2011" } },
  };
  expect(await times(table(["Dec 31 23:59:59", "Jan  1 00:00:01"]), { mapping })).toEqual([
    "2011-12-31T23:59:59Z",
    "2012-01-01T00:00:01Z",
  ]);
});

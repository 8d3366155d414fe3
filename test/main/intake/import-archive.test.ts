import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { verifyCase } from "../../../main/bundle/verify/case/verify-case.ts";
import { type Case, openCase } from "../../../main/case/case.ts";
import { unfinished } from "../../../main/case/sources.ts";
import { contentOf, readRecords } from "../../../main/evidence/original.ts";
import { detectEach } from "../../../main/intake/detect/detect-each.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { readAgain } from "../../../main/intake/read-again.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { tarOf, zipOf } from "../evidence/archives/archive-makers.ts";
import { eventsOf } from "./imported.ts";

const log = (app: string, rows: number) =>
  `time,app,actor\n${Array.from({ length: rows }, (_, n) => `${new Date(1_522_800_000_000 + n * 1000).toISOString()},${app},user ${n}`).join("\n")}\n`;
const A = log("a", 300);
const B = log("b", 4000);
const C = log("c", 200);
const README = "# Read me\n\nhello\n";
const png = Buffer.from("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61", "hex");
const archive = zipOf([
  { name: "README.md", data: README },
  { name: "day1/a.csv", data: A },
  {
    name: "more.tgz",
    data: zlib.gzipSync(
      tarOf([
        { name: "b.csv", data: B },
        { name: "x.png", data: png },
      ]),
    ),
  },
  { name: "day2/a.csv.gz", data: zlib.gzipSync(C) },
]);
const PATHS = ["day1/a.csv", "more.tgz/b.csv", "day2/a.csv.gz"];

function written(name: string, bytes: Buffer | string): string {
  const file = path.join(temporaryFolder(), name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
  return file;
}
const by = { by: "T" };
const rowsOf = (caseFile: Case) => eventsOf(caseFile).map(({ source: _, ...event }) => event);

test("an archive: a source for each log in it, evidence once, every line from there, each act again the same", async () => {
  const file = written("export.zip", archive);
  const found = [];
  for await (const each of detectEach(file, {}))
    found.push("report" in each ? [each.report.member, each.report.format] : [each.member, each.why]);
  expect(found).toEqual([
    ["README.md", expect.stringContaining("not a log")],
    ["day1/a.csv", "csv"],
    ["more.tgz/b.csv", "csv"],
    ["more.tgz/x.png", expect.stringContaining("not a log")],
    ["day2/a.csv.gz", "csv"],
  ]);

  const caseFile = newCase();
  const { sources, failures, leftOut } = await importFiles(caseFile, [file], by, {});
  expect(failures).toEqual([]);
  expect(leftOut.map(({ file, member }) => [file, member])).toEqual([
    ["export.zip", "README.md"],
    ["export.zip", "more.tgz/x.png"],
  ]);
  expect(
    sources.map(({ file, member, compression, lines, events }) => [file, member, compression, lines, events]),
  ).toEqual([
    ["export.zip", PATHS[0], "zip", 301, 300],
    ["export.zip", PATHS[1], "zip+gzip+tar", 4001, 4000],
    ["export.zip", PATHS[2], "zip+gzip", 201, 200],
  ]);
  const [sha256] = [...new Set(sources.map((source) => source.sha256))];
  expect(fs.readdirSync(caseFile.evidence)).toEqual([sha256]);
  expect(fs.readFileSync(path.join(caseFile.evidence, sha256 as string)).equals(archive)).toBe(true);

  const texts = [A, B, C];
  const check = () => {
    for (const { source } of sources)
      expect(Buffer.concat([...contentOf(caseFile, source)].map(({ bytes }) => bytes)).toString()).toBe(
        texts[source - 1],
      );
    const some = eventsOf(caseFile)
      .filter((_, n) => n % 311 === 0)
      .reverse();
    expect([...readRecords(caseFile, some)].map(String)).toEqual(
      some.map(({ source, line }) => texts[source - 1]?.split("\n")[line - 1]),
    );
  };
  check();
  // Unpacked copies may go at any time.
  fs.rmSync(path.join(caseFile.cache, "blocks"), { recursive: true });
  check();

  const again = await importFiles(caseFile, [written("other-name.zip", archive)], by, {});
  expect(again.sources.map(({ source, duplicate_of }) => [source, duplicate_of])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  const acts = caseFile.db.prepare("select json_extract(entry, '$.act') from custody").pluck().all();
  expect(acts.filter((act) => act === "archive")).toHaveLength(1);

  const report = await readAgain(caseFile, 2, { timezone: "Europe/Berlin", by: "T" });
  expect(report.source).toMatchObject({ member: PATHS[1], events: 4000 });
  check();
  caseFile.close();
  const verdict = await verifyCase(caseFile.folder, { recompute: true });
  expect(verdict.checks.filter(({ ok }) => ok === false)).toEqual([]);
});

test("broken off in the middle of a file of an archive, and resumed: the rows of an undisturbed import", async () => {
  const file = written("export.zip", archive);
  const whole = newCase();
  await importFiles(whole, [file], by, {});
  for (const stopAt of [0, 1, 4, 7]) {
    const caseFile = newCase();
    const stop = new AbortController();
    let heard = 0;
    const hooks = { signal: stop.signal, progress: () => void (heard++ === stopAt && stop.abort()) };
    const broken = await importFiles(caseFile, [file], { ...by, sizes: { bytes: 4096, rows: 50 } }, hooks);
    expect(broken.failures.map(({ code }) => code)).toEqual(["cancelled"]);
    const left = unfinished(caseFile.db);
    if (broken.sources.length > 0) expect(left).toEqual(["export.zip"]);
    if (left.length > 0) {
      const refused = await importFiles(caseFile, [file], by, {});
      expect(refused.failures.map(({ code }) => code)).toEqual(["import-unfinished"]);
    }
    caseFile.close();
    const opened = openCase(caseFile.folder, "write");
    const { failures } = await importFiles(opened, [file], { ...by, resume: true }, {});
    expect(failures).toEqual([]);
    expect(unfinished(opened.db)).toEqual([]);
    expect(rowsOf(opened)).toEqual(rowsOf(whole));
    opened.close();
  }
});

test("what leaves nothing behind: an archive without logs, one that breaks off, a bomb", async () => {
  const caseFile = newCase();
  const files = [
    written("none.zip", zipOf([{ name: "README.md", data: README }])),
    written("cut.tar", tarOf([{ name: "a.csv", data: A }]).subarray(0, 2000)),
    written("bomb.gz", zlib.gzipSync(zlib.gzipSync(Buffer.alloc(80 << 20)))),
  ];
  const { sources, failures, leftOut } = await importFiles(caseFile, files, by, {});
  expect(sources).toEqual([]);
  expect(failures.map(({ code }) => code)).toEqual(["not-a-log", "file-truncated", "archive-limit"]);
  expect(leftOut).toHaveLength(1);
  expect(fs.readdirSync(caseFile.evidence)).toEqual([]);
  expect(fs.readdirSync(path.join(caseFile.cache, "blocks"))).toEqual([]);
  expect(unfinished(caseFile.db)).toEqual([]);
  expect(caseFile.db.prepare("select count(*) from source").pluck().get()).toBe(0);
});

test("a folder, as CloudTrail lies in S3: every file below by its path, in order; junk and links are named", async () => {
  const folder = temporaryFolder();
  const record = (n: number) =>
    JSON.stringify({
      Records: [
        {
          eventVersion: "1.08",
          eventTime: `2018-04-04T10:0${n}:00Z`,
          eventSource: "s3.amazonaws.com",
          eventName: "GetObject",
          awsRegion: "eu-west-1",
          sourceIPAddress: "10.0.0.1",
          requestID: `r${n}`,
          eventID: `e${n}`,
          userIdentity: { arn: "arn:x" },
        },
      ],
    });
  const day = path.join(folder, "AWSLogs/1234/CloudTrail/eu-west-1/2018/04/04");
  fs.mkdirSync(day, { recursive: true });
  for (const n of [2, 1])
    fs.writeFileSync(path.join(day, `1234_CloudTrail_eu-west-1_20180404T10${n}0Z_x.json.gz`), zlib.gzipSync(record(n)));
  fs.writeFileSync(path.join(folder, ".DS_Store"), "\0\0\0\x01Bud1");
  fs.symlinkSync(day, path.join(folder, "latest"));
  const caseFile = newCase();
  const { sources, failures, leftOut } = await importFiles(caseFile, [folder], by, {});
  const under = "AWSLogs/1234/CloudTrail/eu-west-1/2018/04/04/1234_CloudTrail_eu-west-1_20180404T10";
  expect(sources.map(({ file, events }) => [file, events])).toEqual([
    [`${under}10Z_x.json.gz`, 1],
    [`${under}20Z_x.json.gz`, 1],
  ]);
  expect(leftOut.map(({ file, why }) => [file, why])).toEqual([
    [".DS_Store", "left behind by a file manager"],
    ["latest", "it is a link to another file"],
  ]);
  expect(failures.map(({ code }) => code)).toEqual(["member-refused"]);
});

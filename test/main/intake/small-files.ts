import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { zipOf } from "../evidence/archives/archive-makers.ts";

const SAMPLES = path.resolve(import.meta.dirname, "../../../resources/formats/samples");

const csvOf = (ids: readonly number[], more = "") =>
  `time,app,user,request_id,path\n${ids.map((n) => `2018-04-04T00:00:${String(n % 60).padStart(2, "0")}Z,a${n % 3},u${n},${n.toString(16).padStart(16, "0")},/g/${n}/members`).join("\n")}\n${more}`;
const trail = (records: readonly object[]) => JSON.stringify({ Records: records });
const call = (n: number, more: object = {}) => ({
  eventVersion: "1.08",
  eventTime: `2018-04-04T00:00:${String(n % 60).padStart(2, "0")}Z`,
  eventSource: "s3.amazonaws.com",
  eventName: "GetObject",
  sourceIPAddress: `10.0.0.${n}`,
  userIdentity: { type: "IAMUser", accessKeyId: `AKIA${n % 5}`, userName: `u${n % 5}` },
  requestID: `r-${n}`,
  ...more,
});

/** Small files as most are. */
const PLAIN: Readonly<Record<string, Buffer | string>> = {
  "one.csv": csvOf([1, 2, 3]),
  "overlaps.csv": csvOf([3, 4, 5]),
  "again.csv": csvOf([1, 2, 3]),
  "twice in itself.csv": csvOf([7, 7, 8]),
  "no request ids.log": '10.0.0.1 - - [04/Apr/2018:00:00:00 +0000] "GET /a HTTP/1.1" 200 5\n',
  "no request ids, again.log":
    '10.0.0.1 - - [04/Apr/2018:00:00:00 +0000] "GET /a HTTP/1.1" 200 5\n10.0.0.2 - - [04/Apr/2018:00:00:01 +0000] "GET /b HTTP/1.1" 200 5\n',
  "rejected.csv": csvOf([9], "no time,a1,u1,000000000000000b,/x\n"),
  "wide.csv": Buffer.from(`\ufeff${csvOf([11, 12])}`, "utf16le"),
  "marked.csv": `\ufeff${csvOf([13])}`,
  "broken text.csv": Buffer.concat([Buffer.from(csvOf([14])), Buffer.from([0x32, 0xff, 0x0a])]),
  "packed.json.gz": zlib.gzipSync(trail([call(1), call(2)])),
  "packed, same calls.json.gz": zlib.gzipSync(trail([call(2), call(3)])),
  "of one call.json.gz": zlib.gzipSync(trail([call(4, { sharedEventID: "s" }), call(5, { sharedEventID: "t" })])),
  "of one call too.json.gz": zlib.gzipSync(trail([call(6, { sharedEventID: "s" })])),
  "two members.csv.gz": Buffer.concat([zlib.gzipSync(csvOf([21, 22])), zlib.gzipSync("")]),
};

/** Files of which each must be read by itself, and others behind them. */
const ODD: Readonly<Record<string, Buffer | string>> = {
  "empty.csv": "",
  "no log.bin": Buffer.from(Array.from({ length: 300 }, (_, n) => n % 7)),
  "large.csv": csvOf(Array.from({ length: 6000 }, (_, n) => 1000 + n)),
  "behind zeros.csv.gz": Buffer.concat([zlib.gzipSync(csvOf([23])), Buffer.alloc(512)]),
  "cut off.csv.gz": zlib.gzipSync(csvOf([24, 25])).subarray(0, 60),
  "damaged.csv.gz": Buffer.concat([zlib.gzipSync(csvOf([26, 27])).subarray(0, 30), Buffer.alloc(30, 255)]),
  "large inside.csv.gz": zlib.gzipSync(csvOf(Array.from({ length: 5000 }, (_, n) => 20_000 + n))),
  "two files.zip": zipOf([
    { name: "a.csv", data: csvOf([31]) },
    { name: "b.csv", data: csvOf([32]) },
  ]),
  "days or months.csv": "time,app\n04/05/2018 10:00,a1\n05/04/2018 10:00,a1\n",
  "days first.csv": "time,app\n04/05/2018 10:00,a1\n25/04/2018 10:00,a1\n",
  "no year.log": "Apr  4 00:00:01 host app[1]: GET /x\n",
  "no zone.csv": "time,app\n2018-04-04 10:00:00,a1\n",
  "unread.jsonl": `{"time":"2018-04-04T00:00:00Z","app":"a","res":{"statusCode":"200"}}\n`,
  "last.csv": csvOf([41, 42]),
};

/** Writes plain files, samples of the formats and odd files. `nth`: of the samples, every so manieth. */
export function writeSmallFiles(nth: number): string[] {
  const folder = temporaryFolder();
  const written = new Date("2019-01-01T00:00:00Z");
  const all = [
    ...Object.entries(PLAIN),
    ...fs
      .readdirSync(SAMPLES)
      .filter((_, n) => n % nth === 0)
      .map((name) => [name, fs.readFileSync(path.join(SAMPLES, name))] as const),
    ...Object.entries(ODD),
  ];
  return all.map(([name, content], n) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    fs.utimesSync(file, written, new Date(written.getTime() + n * 1000));
    return file;
  });
}

/** What says when something was done, and so what is digested of it. */
const TIMES = new Set(["began", "ended", "at"]);

/** All that a case holds but for times: every row, every act, every original. */
function contentOf({ db, evidence }: Case): Record<string, unknown[]> {
  const tables = db
    .prepare("select name from sqlite_master where type = 'table' and name not in ('meta', 'custody')")
    .pluck()
    .all() as string[];
  const rows = tables.map((table) => {
    const names = (db.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
    const kept = names.filter((name) => !TIMES.has(name)).map((name) => `"${name}"`);
    return [
      table,
      db
        .prepare(`select ${kept.join(", ")} from "${table}" order by 1, 2`)
        .safeIntegers()
        .raw()
        .all(),
    ];
  });
  const entries = db.prepare("select entry from custody where seq > 1 order by seq").pluck().all() as string[];
  const acts = entries.map((text) => {
    const {
      at: _,
      previous: __,
      ...entry
    } = JSON.parse(text) as {
      at: string;
      previous: string;
      detail: { digests?: { source?: unknown } };
    };
    // The digest of the source's row, with its times.
    if (entry.detail.digests) delete entry.detail.digests.source;
    return entry;
  });
  const originals = fs.readdirSync(evidence).map((name) => {
    const file = path.join(evidence, name);
    const { mode, mtimeMs } = fs.statSync(file);
    return { name, mode, mtimeMs, is: createHash("sha256").update(fs.readFileSync(file)).digest("hex") };
  });
  return { ...(Object.fromEntries(rows) as Record<string, unknown[]>), acts, originals };
}

const words = ({ what, todo, code }: { what: string; todo: string; code: string }) => ({ what, todo, code });

/** Imports files together and, into another case, each by a command of its own: both cases hold the same, and the same was said. */
export async function proveSame(files: readonly string[], mapping?: object): Promise<Case> {
  const options = { by: "T", demandColumns: true, ...(mapping && { mapping }) };
  const [together, alone] = [newCase(), newCase()];
  const outcome = await importFiles(together, files, options, {});
  const each = [];
  for (const file of files) each.push(await importFiles(alone, [file], options, {}));
  expect(outcome.failures.map(words)).toEqual(each.flatMap(({ failures }) => failures.map(words)));
  expect(outcome.sources).toEqual(each.flatMap(({ sources }) => sources));
  expect(outcome.notes).toEqual(each.flatMap(({ notes }) => notes));
  expect(outcome.leftOut).toEqual(each.flatMap(({ leftOut }) => leftOut));
  const [one, other] = [contentOf(together), contentOf(alone)];
  for (const table of Object.keys(other)) expect(one[table], table).toEqual(other[table]);
  alone.close();
  // One that comes in together leaves no record index of its own.
  const indexed = fs.readdirSync(path.join(together.cache, "segments")).length;
  expect(outcome.sources.length - indexed).toBeGreaterThan(Object.keys(PLAIN).length / 2);
  return together;
}

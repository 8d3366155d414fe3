import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type Inspection, inspectFile } from "../../../../main/intake/detect/inspect.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../imported.ts";

/** What an investigator sees of a file before it is imported. */

const only = async (file: string, how: object = {}): Promise<Inspection> => {
  const { looks } = await inspectFile(file, how);
  expect(looks).toHaveLength(1);
  return looks[0] as Inspection;
};
const written = (text: string | Buffer): string => {
  const file = path.join(temporaryFolder(), "log");
  fs.writeFileSync(file, text);
  return file;
};

test("records that would be rejected stand among the others, in the order of the file, with their text", async () => {
  const { records } = await only(written("time,app\n2018-04-04T10:00:00Z,a\nnever,b\n2018-04-04T10:00:02Z,c\n"), {});
  expect(records.map(({ line, original, event, reason }) => [line, original, event?.app ?? reason])).toEqual([
    [2, "2018-04-04T10:00:00Z,a", "a"],
    [3, "never,b", 'not a time that can be read: "never"'],
    [4, "2018-04-04T10:00:02Z,c", "c"],
  ]);
});

test.each<[string, string, object, [string, string][]]>([
  [
    "columns, and paths into a cell that holds JSON",
    `time,AuditData\n2018-04-04T10:00:00Z,"{""Operation"":""MailItemsAccessed"",""Actor"":{""ID"":""u1""}}"\n`,
    {},
    [
      ["time", "2018-04-04T10:00:00Z"],
      ["AuditData", '{"Operation":"MailItemsAccessed","Actor":{"ID":"u1"}}'],
      ["AuditData.Operation", "MailItemsAccessed"],
      ["AuditData.Actor.ID", "u1"],
    ],
  ],
  [
    "paths of JSON, lists too; the first value that is not empty",
    '{"ts":"2018-04-04T10:00:00Z","client":{"id":null},"people":[{"id":7}]}\n{"ts":"2018-04-04T10:00:01Z","client":{"id":"c9"}}\n',
    {},
    [
      ["ts", "2018-04-04T10:00:00Z"],
      ["client.id", "c9"],
      ["people[].id", "7"],
    ],
  ],
  [
    "the groups of a pattern",
    "2018-04-04T10:00:00Z a /x\n",
    {
      mapping: { schema: "exhibit/mapping@1", format: "regex", pattern: "^(?<time>\\S+) (?<who>\\S+) (?<path>\\S+)$" },
    },
    [
      ["time", ""],
      ["who", ""],
      ["path", ""],
    ],
  ],
])("names to choose from: %s", async (_, text, how, names) => {
  expect((await only(written(text), how)).names.map(({ name, sample }) => [name, sample])).toEqual(names);
});

test("a mark and two bytes a character: the preview's places are those of the import", async () => {
  const text = Buffer.from("\uFEFFtime,app\n2018-04-04T10:00:00Z,é\n2018-04-04T10:00:01Z,\u{1f600}\n", "utf16le");
  const { records } = await only(written(text), {});
  const { events } = await imported(text);
  const place = ({ offset, length }: { offset: number; length: number }) => [offset, length];
  expect(records.map(({ event }) => event && place(event))).toEqual(events.map(place));
});

test("an archive in a folder: each log in it, and what is none", async () => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "a.csv.gz"), gzipSync("time,app\n2018-04-04T10:00:00Z,a\n"));
  fs.writeFileSync(path.join(folder, "b.jsonl"), '{"time":"2018-04-04T10:00:00Z","app":"b"}\n');
  fs.writeFileSync(path.join(folder, "photo.png"), Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  const { looks, left_out } = await inspectFile(folder, {});
  expect(looks.map(({ file, format, records }) => [file, format, records[0]?.event?.app])).toEqual([
    ["a.csv.gz", "csv", "a"],
    ["b.jsonl", "jsonl", "b"],
  ]);
  expect(left_out).toEqual([{ file: "photo.png", why: "photo.png is not a log" }]);
});

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { inspectFile } from "../../../../main/intake/detect/inspect.ts";
import { exhibit } from "../../../exhibit.ts";
import { temporaryFolder } from "../../../temporary.ts";

/** What a mapping's regular expressions catch is seen before anything is imported. */

const LINES = `${[
  { ts: "at 2018-04-04T10:00:00Z", client: { id: "c9" }, req: { path: "/circles/7/members?fields=name" }, code: 200 },
  { ts: "at 2018-04-04T10:00:01Z", client: { id: "c9" }, req: { path: "/ping" }, code: 404 },
  { ts: "about noon", client: { id: null }, req: { path: "/circles/8/members" }, code: 200 },
]
  .map((line) => JSON.stringify(line))
  .join("\n")}\n`;
const MAPPING = {
  schema: "exhibit/mapping@1",
  format: "jsonl",
  fields: {
    time: { from: "ts", match: "at (.*)" },
    app: { from: "client.id", match: "c(\\d)" },
    path: "req.path",
    status: "code",
    resource: { from: "req.path", match: "^/circles/([^/?]+)" },
    actor: { from: "path", match: "user/(.*)" },
  },
  rules: [
    { when: { path: "^/circles/[^/]+/members$", status: "^2" }, set: { api: "circles" } },
    { when: { "record.req.path": "fields=" }, set: { operation: "fields" } },
  ],
};

const folder = temporaryFolder();
const written = (name: string, text: string): string => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const patternsOf = async (file: string, mapping?: object) =>
  (await inspectFile(file, mapping ? { mapping } : {})).looks[0]?.patterns;

test("each is said with an example of what it caught, of how many records, and of what it did not catch", async () => {
  const patterns = await patternsOf(written("a.jsonl", LINES), MAPPING);
  const members = "/circles/7/members?fields=name";
  expect(patterns?.map(({ pattern: _, ...example }) => example)).toEqual([
    {
      at: "fields.time.match",
      of: 3,
      caught: 2,
      value: "2018-04-04T10:00:00Z",
      from: "at 2018-04-04T10:00:00Z",
      missed: "about noon",
    },
    { at: "fields.app.match", of: 2, caught: 2, value: "9", from: "c9" },
    { at: "fields.actor.match", of: 2, caught: 0, missed: "/circles/7/members" },
    { at: "fields.resource.match", of: 2, caught: 1, value: "7", from: members, missed: "/ping" },
    {
      at: "rules[0].when.path",
      of: 2,
      caught: 1,
      value: "/circles/7/members",
      from: "/circles/7/members",
      missed: "/ping",
    },
    { at: "rules[0].when.status", of: 2, caught: 1, value: "2", from: "200", missed: "404" },
    { at: "rules[1].when.record.req.path", of: 2, caught: 1, value: "fields=", from: members, missed: "/ping" },
  ]);
});

test("a pattern of lines is said with its groups, and with a line that is none of its", async () => {
  const file = written("r.txt", "#1 | caller=orbit | 2018-04-04 10:30:15\njunk\n");
  const pattern = "^#\\d+ \\| caller=(?<app>\\S+) \\| (?<time>.+)$";
  const examples = await patternsOf(file, { schema: "exhibit/mapping@1", format: "regex", pattern });
  expect(examples).toEqual([
    {
      at: "pattern",
      pattern,
      of: 2,
      caught: 1,
      value: "app=orbit time=2018-04-04 10:30:15",
      from: "#1 | caller=orbit | 2018-04-04 10:30:15",
      missed: "junk",
    },
  ]);
});

test("a file without a mapping of one's own has none", async () => {
  expect(await patternsOf(written("b.csv", "time,app\n2018-04-04T10:00:00Z,a\n"))).toBeUndefined();
});

test("the command tries a mapping and says so in a line each", () => {
  const file = written("a.jsonl", LINES);
  const { out } = exhibit("detect", file, "--mapping", written("m.json", JSON.stringify(MAPPING)));
  expect(out).toContain(
    '  fields.resource.match caught 1 of 2: "7" of "/circles/7/members?fields=name"; nothing of "/ping"\n',
  );
  expect(out).toContain('  fields.actor.match caught 0 of 2: not of "/circles/7/members"\n');
  expect(exhibit("detect", file, "--mapping", written("n.json", "{")).code).toBe(2);
});

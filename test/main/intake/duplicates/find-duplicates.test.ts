import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { Engine } from "../../../../main/engine/engine.ts";
import { findDuplicates } from "../../../../main/intake/duplicates/find-duplicates.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { eventsOf, imported } from "../imported.ts";

const at = (second: number) => new Date(1_522_800_000_000 + second * 1000).toISOString();
const head = "time,app,request_id\n";

test("an overlapping export: exactly the records that both hold are marked, whatever the format's zip and order", async () => {
  const caseFile = newCase();
  const lines = Array.from({ length: 400 }, (_, n) => `${at(n)},a${n % 7},${n.toString(16).padStart(16, "0")}`);
  await imported(`${head}${lines.slice(0, 250).join("\n")}\n`, { name: "one.csv", caseFile });
  const second = lines.slice(200).reverse();
  const { source } = await imported(zlib.gzipSync(`${head}${second.join("\r\n")}`), { name: "two.csv.gz", caseFile });
  expect(source).toMatchObject({ events: 200, duplicates: 50 });
  const marked = eventsOf(caseFile).filter(({ duplicate }) => duplicate);
  expect(marked.map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_, n) => 152 + n));
});

test("without request ids, too; and a line with an id is found where another mapping saw none", async () => {
  const caseFile = newCase();
  const lines = Array.from({ length: 50 }, (_, n) => `${at(n)},a,r${n}`);
  await imported(`time,app,other\n${lines.join("\n")}`, { name: "one.csv", caseFile });
  const { source } = await imported(head + lines.slice(10, 20).join("\n"), { name: "two.csv", caseFile });
  expect(source.duplicates).toBe(10);
});

test("one request id on every line neither marks what differs nor takes forever", async () => {
  const rows = 60_000;
  const lines = Array.from({ length: rows }, (_, n) => `${at(n)},a,same`);
  const began = performance.now();
  const { source } = await imported(`${head}${lines.join("\n")}\n${lines.slice(0, 5).join("\n")}\n`);
  expect(source).toMatchObject({ events: rows + 5, duplicates: 5 });
  expect(performance.now() - began).toBeLessThan(30_000);
});

test("sources of any size are searched part by part, and the parts find what the whole finds", async () => {
  const caseFile = newCase();
  // Some ids come twice, some lines have none, and of the second source a third is in the first.
  const line = (n: number) =>
    `${at(n % 400)},a${"x".repeat(n % 13)},${n % 5 === 0 ? "" : (n % 400).toString(16).padStart(16, "0")}`;
  const lines = Array.from({ length: 900 }, (_, n) => line(n));
  await imported(`${head}${lines.slice(0, 500).join("\n")}\n`, { name: "one.csv", caseFile });
  const second = [...lines.slice(300), ...lines.slice(600, 650)];
  await imported(`${head}${second.join("\n")}\n`, { name: "two.csv", caseFile });
  // A segment that is lost is made anew from the rows.
  fs.rmSync(path.join(caseFile.cache, "segments", "1"), { recursive: true });
  const search = (partRows?: number) => findDuplicates(caseFile, 2, [1], () => undefined, partRows);
  const whole = search();
  // 200 that the first source holds, and of the 50 that come again those with an id.
  expect(whole).toHaveLength(240);
  for (const partRows of [1, 10, 64, 333]) expect(search(partRows)).toEqual(whole);
});

test("dictionaries go on from what the case holds: a value has one id, however many exports hold it", async () => {
  const caseFile = newCase();
  for (const name of ["one", "two", "three"])
    await imported(`time,app,developer\n${at(1)},${name},D\n${at(2)},shared,D\n`, { name: `${name}.csv`, caseFile });
  expect(caseFile.db.prepare("select value from text_app order by id").pluck().all()).toEqual([
    "one",
    "shared",
    "two",
    "three",
  ]);
  expect(eventsOf(caseFile).map(({ app, developer }) => [app, developer])).toEqual([
    ["one", "D"],
    ["shared", "D"],
    ["two", "D"],
    ["shared", "D"],
    ["three", "D"],
    ["shared", "D"],
  ]);
});

test("inside one source equal lines are two calls, but where they share a request id", async () => {
  const lines = [`${at(1)},a,`, `${at(1)},a,`, `${at(2)},a,r1`, `${at(2)},a,r1`, `${at(3)},b,r1`, `${at(2)},a,r1`];
  const { caseFile, events } = await imported(`${head}${lines.join("\n")}\n`);
  expect(events.map(({ line, duplicate }) => [line, duplicate ?? false])).toEqual([
    [2, false],
    [3, false],
    [4, false],
    [5, true],
    [6, false],
    [7, true],
  ]);
  const engine = new Engine(caseFile);
  const count = async (filter: string) => (await engine.ask("query", { filter })).count;
  expect([await count(""), await count("duplicate:yes"), await count("duplicate:*")]).toEqual([4, 2, 6]);
  expect((await engine.ask("coverage", {})).coverage).toMatchObject([{ events: 4 }]);
});

test("the same file is recognised by its bytes under any name; the same export zipped is another file, all of it duplicate", async () => {
  const caseFile = newCase();
  const folder = temporaryFolder();
  const text = `${head}${at(1)},a,r1\n${at(2)},b,\n`;
  const write = (name: string, content: string | Buffer) => {
    fs.writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const files = [write("a.csv", text), write("renamed.txt", text), write("a.csv.gz", zlib.gzipSync(text))];
  const engine = new Engine(caseFile);
  const { sources, failures } = await engine.ask("import", { files });
  expect(failures).toEqual([]);
  expect(sources.map(({ source, duplicate_of, duplicates }) => [source, duplicate_of, duplicates])).toEqual([
    [1, undefined, 0],
    [1, 1, 0],
    [2, undefined, 2],
  ]);
  expect(await engine.ask("query", { filter: "" })).toMatchObject({ count: 2 });
  expect(fs.readdirSync(caseFile.evidence)).toHaveLength(2);
});

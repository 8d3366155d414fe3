import zlib from "node:zlib";
import { expect, test } from "vitest";
import { newCase } from "../../fixture.ts";
import { eventsOf, imported } from "./imported.ts";

const at = (second: number) => new Date(1_522_800_000_000 + second * 1000).toISOString();
const head = "time,app,request_id\n";

test("an overlapping export: exactly the records that both hold are marked, whatever the format's zip and order", async () => {
  const place = newCase();
  const lines = Array.from({ length: 400 }, (_, n) => `${at(n)},a${n % 7},${n.toString(16).padStart(16, "0")}`);
  await imported(`${head}${lines.slice(0, 250).join("\n")}\n`, { name: "one.csv", place });
  const second = lines.slice(200).reverse();
  const { source } = await imported(zlib.gzipSync(`${head}${second.join("\r\n")}`), { name: "two.csv.gz", place });
  expect(source).toMatchObject({ events: 200, duplicates: 50 });
  const marked = eventsOf(place).filter(({ duplicate }) => duplicate);
  expect(marked.map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_, n) => 152 + n));
});

test("without request ids, too; and a line with an id is found where another mapping saw none", async () => {
  const place = newCase();
  const lines = Array.from({ length: 50 }, (_, n) => `${at(n)},a,r${n}`);
  await imported(`time,app,other\n${lines.join("\n")}`, { name: "one.csv", place });
  const { source } = await imported(head + lines.slice(10, 20).join("\n"), { name: "two.csv", place });
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

test("dictionaries go on from what the case holds: a value has one id, however many exports hold it", async () => {
  const place = newCase();
  for (const name of ["one", "two", "three"])
    await imported(`time,app,developer\n${at(1)},${name},D\n${at(2)},shared,D\n`, { name: `${name}.csv`, place });
  expect(place.db.prepare("select value from text_app order by id").pluck().all()).toEqual([
    "one",
    "shared",
    "two",
    "three",
  ]);
  expect(eventsOf(place).map(({ app, developer }) => [app, developer])).toEqual([
    ["one", "D"],
    ["shared", "D"],
    ["two", "D"],
    ["shared", "D"],
    ["three", "D"],
    ["shared", "D"],
  ]);
});

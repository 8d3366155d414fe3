import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenedBundle, openBundle } from "../../../../main/bundle/review/open-bundle.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { exhibit } from "../../../exhibit.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { changed, signedBundle, zipOf } from "../signed-bundle.ts";

let bag: string;
let opened: OpenedBundle;
let engine: Engine;
beforeAll(async () => {
  bag = await signedBundle();
  opened = await openBundle(zipOf(bag));
  engine = new Engine(opened.caseFile, opened.known);
});
afterAll(() => opened.caseFile.close());

const extract = (name: string) => fs.readFileSync(path.join(bag, "data/extract", name), "utf8");
const json = (name: string) => JSON.parse(extract(name));

test("a bundle opens as a case that answers what its extract says", async () => {
  expect(await engine.ask("findings", {})).toMatchObject(
    // What is done by now is asked of the clock, and of the bundle's own time there.
    JSON.parse(JSON.stringify(json("findings.json"))),
  );
  expect(await engine.ask("coverage", {})).toEqual(json("coverage.json"));
  expect(await engine.ask("claims", {})).toEqual(json("claims.json"));
  const { sources } = await engine.ask("sources", {});
  expect(sources.map(({ file, sha256, lines }) => [file, sha256, lines])).toEqual(
    json("sources.json").sources.map((each: { file: string; sha256: string; lines: number }) => [
      each.file,
      each.sha256,
      each.lines,
    ]),
  );
  expect((await engine.ask("ledger", {})).all.lines.lines).toBe(9);
  const { custody } = json("bundle.json");
  expect(await engine.ask("custody", {})).toMatchObject({ ...custody, ok: true });
  expect(await engine.ask("info", {})).toMatchObject({ title: "Test", read_only: true, custody_head: custody.head });
});

test("its calls stand where they stood, with their lines, tags and notes", async () => {
  const events = extract("events.jsonl")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect((await engine.ask("query", { filter: "duplicate:*", rows: { offset: 0 } })).events).toEqual(events);
  const { rows } = await engine.ask("rows", { filter: "", offset: 0, limit: 100 });
  const [first] = rows;
  const { original } = await engine.ask("call", { event: first?.id ?? 0 });
  expect(original.text).toContain(events[0].app);
  expect(
    (await engine.ask("rows", { filter: "tag:seen note:both*", offset: 0, limit: 9 })).rows.length,
  ).toBeGreaterThan(0);
});

test("nothing in it is changed", async () => {
  await expect(engine.ask("tag", { filter: "", tag: "x" })).rejects.toMatchObject({ code: "case-read-only" });
  await expect(engine.ask("finding", { developer: "D1", disposition: "open", reason: "x" })).rejects.toMatchObject({
    code: "case-read-only",
  });
});

test("what is not intact, and what is no bundle, does not open", async () => {
  const broken = changed(bag, (payload) => payload.text("extract/events.csv", (text) => `${text}x`));
  await expect(openBundle(broken)).rejects.toMatchObject({
    code: "review-wrong",
    what: expect.stringContaining("not intact"),
  });
  await expect(openBundle(path.join(temporaryFolder(), "none.zip"))).rejects.toMatchObject({ code: "bundle-missing" });
});

test("the command line asks a bundle as it asks a case, and says which it is", () => {
  const said = exhibit("query", zipOf(bag), "tag:seen", "--count", "--json");
  expect([said.code, said.json()]).toEqual([0, { filter: "tag:seen", count: 2 }]);
  expect(said.err).toContain("bundle.zip is a bundle");
  const refused = exhibit("tag", zipOf(bag), "app:a1", "--add", "x");
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("nothing in it is changed")]);
});

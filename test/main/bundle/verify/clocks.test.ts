import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import type { Engine } from "../../../../main/engine/engine.ts";
import type { ClocksReport } from "../../../../shared/model/accountability/due-clock.ts";
import { forged, type Payload, signedBundle } from "../signed-bundle.ts";

const CLOCK = {
  id: "report",
  trigger: "discovered",
  within: "P30D",
  contents: [{ item: "n", from: "events.obtained" }],
};

async function clocks(engine: Engine, folder: string): Promise<void> {
  const file = path.join(folder, "clocks.json");
  fs.writeFileSync(file, JSON.stringify({ schema: "exhibit/clocks@1", clocks: [CLOCK] }));
  await engine.ask("dueClocks", { file });
  await engine.ask("setFact", { fact: "discovered", time: "2019-11-05T09:00:00Z", reason: "as reported" });
  await engine.ask("setFact", { fact: "discovered", time: "2019-11-04", reason: "by the ticket" });
  await engine.ask("clockDone", { id: "report", on: "2019-12-01", file });
}

let root: string;
beforeAll(async () => {
  root = await signedBundle({ also: clocks });
});

const checksOf = async (folder: string) => (await verify(folder, { recompute: true })).checks;

test("a bundle holds clocks, facts and what would move its numbers, and they are worked out anew", async () => {
  const extract = <T>(name: string) => JSON.parse(fs.readFileSync(path.join(root, "data/extract", name), "utf8")) as T;
  const { at, clocks: file, facts } = extract<{ at: string; clocks: unknown; facts: object[] }>("bundle.json");
  const report = extract<ClocksReport>("clocks.json");
  expect(report).toMatchObject({ at, facts: { discovered: "2019-11-04", "done:report": "2019-12-01" } });
  expect(report.clocks).toMatchObject([
    { id: "report", state: "done", contents: [{ value: "4", filter: "level:obtained" }] },
  ]);
  expect(file).toMatchObject({ clocks: [CLOCK] });
  expect(facts).toHaveLength(3);
  expect(extract<{ rules: object[] }>("sensitivity.json").rules).toMatchObject([
    { zones: [], shifts: Array(6).fill({}) },
  ]);
  expect((await checksOf(root)).filter(({ ok }) => ok === false)).toEqual([]);
});

// biome-ignore-start lint/suspicious/noExplicitAny: the table changes what it likes.
const json = (name: string, change: (document: any) => void) => (it: Payload) =>
  it.json(`extract/${name}.json`, change);
const acts = (change: (acts: any[]) => any[]) => (it: Payload) => it.acts(change);
const shift = (by: string, change: (shift: any) => void) =>
  json("sensitivity", ({ rules }) => change(rules[0].shifts.find((each: any) => each.by === by)));
// biome-ignore-end lint/suspicious/noExplicitAny: as above.

describe("what is changed afterwards is named", () => {
  test.each<[name: string, change: (payload: Payload) => void, check: string, says: RegExp]>([
    [
      "a clock's term",
      json("bundle", ({ clocks: { clocks } }) => (clocks[0].within = "P60D")),
      "custody",
      /the clocks are not those that act \d+ \(clocks\)/u,
    ],
    ["clocks taken out", json("bundle", (about) => (about.clocks = null)), "custody", /the clocks are not those/u],
    [
      "clocks without their act",
      acts((all) => all.filter(({ act }) => act !== "clocks")),
      "custody",
      /has clocks, and no act tells of them/u,
    ],
    [
      "a fact's time",
      json("bundle", ({ facts }) => (facts[1].value = "2019-11-30")),
      "custody",
      /fact 2 \(discovered\): value is 2019-11-30, and in act \d+ \(fact\) 2019-11-04/u,
    ],
    [
      "a fact's reason",
      json("bundle", ({ facts }) => (facts[0].reason = "x")),
      "custody",
      /fact 1 \(discovered\): reason is x/u,
    ],
    [
      "when a fact was entered",
      json("bundle", ({ facts }) => (facts[0].at = "2019-11-05T00:00:00Z")),
      "custody",
      /fact 1 \(discovered\) is not what act/u,
    ],
    [
      "the digest of what proves it",
      json("bundle", ({ facts }) => (facts[2].sha256 = "0".repeat(64))),
      "custody",
      /fact 3 \(done:report\): sha256 is 000/u,
    ],
    ["a fact taken out", json("bundle", ({ facts }) => facts.pop()), "custody", /lacks the fact done:report that act/u],
    [
      "a fact without its act",
      acts((all) => all.filter(({ act }) => act !== "fact")),
      "custody",
      /fact 1 \(discovered\) has no act/u,
    ],
    [
      "a due date",
      json("clocks", ({ clocks }) => (clocks[0].due = "2019-12-31T23:59:59.999999Z")),
      "custody",
      /clocks\.json: clocks\[0\]\.due is/u,
    ],
    [
      "a state",
      json("clocks", ({ clocks }) => (clocks[0].state = "overdue")),
      "custody",
      /clocks\.json: clocks\[0\]\.state is "overdue"/u,
    ],
    [
      "the day it looks from",
      json("clocks", (report) => (report.at = "2019-11-05T00:00:00Z")),
      "custody",
      /clocks\.json: at is/u,
    ],
    [
      "when a fact was entered, after its act",
      json("bundle", ({ facts }) => (facts[0].at = "2099-01-01T00:00:00Z")),
      "dates",
      /fact 1 \(discovered\) is dated 2099-01-01T00:00:00Z, after act \d+ \(fact\)/u,
    ],
    [
      "what the case filled in",
      json("clocks", ({ clocks }) => (clocks[0].contents[0].value = "3")),
      "recompute",
      /clocks\.json: clocks\[0\]\.contents\[0\]\.value is "3", worked out "4"/u,
    ],
    [
      "the number of a later cutoff",
      shift("P1D", ({ totals }) => (totals.obtained.events += 1)),
      "recompute",
      /sensitivity\.json: \[0\]\.shifts\[1\]\.totals\.obtained\.events is|sensitivity\.json: .*totals\.obtained\.events/u,
    ],
    [
      "fewer of an earlier cutoff than the bundle holds",
      shift("-P1D", ({ totals }) => (totals.obtained.events = 0)),
      "recompute",
      /sensitivity\.json: .*obtained\.events is 0, worked out/u,
    ],
    ["who comes in", shift("P7D", (each) => each.in.push("D9")), "recompute", /sensitivity\.json: .*in has 1 items/u],
  ])("%s", async (_name, change, check, says) => {
    const named = (await checksOf(await forged(root, change))).find((each) => each.check === check);
    expect(named).toMatchObject({ ok: false });
    expect(named?.detail).toMatch(says);
  });
});

import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, test } from "vitest";
import type { Payload } from "../../signed-bundle.ts";
import { acts, bundle, expectNamed, makeBundles } from "./forge.ts";

beforeAll(() => makeBundles());

describe("recompute: what only the lines contradict", () => {
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "where the first record of a file stands",
      (it) => it.text("extract/lines/index.csv", (text) => text.replace(/^source-2\.txt,(\d+),/mu, "source-2.txt,1,")),
      /lines\/index\.csv line \d has its record at 1, and it is at \d+/u,
    ],
    [
      "a status, in all that states it",
      (it) => {
        it.text("extract/events.jsonl", (text) => text.replace('"status":403', '"status":401'));
        it.text("extract/events.csv", (text) => text.replace(",403,denied", ",401,denied"));
      },
      /events\.jsonl line \d: status is 401, worked out 403 from its original line/u,
    ],
    [
      "a line, in nothing else",
      (it) => it.text("extract/lines/source-1.txt", (text) => text.replace(",a2,groups,200,", ",a1,groups,200,")),
      /app is "a2", worked out "a1"/u,
    ],
    [
      "a verdict",
      (it) => it.text("extract/claims.json", (text) => text.replace('"contradicted"', '"supported"')),
      /claims\.json: \[0\]\.verdict is "supported", worked out "contradicted"/u,
    ],
    [
      "a total of people",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].totals.entitled.developers = 9;
        }),
      /totals\.entitled\.developers is 9, worked out \d/u,
    ],
    [
      "a gap of the coverage",
      (it) =>
        it.json("extract/coverage.json", ({ coverage }) => {
          coverage[0].gaps.push({ from: "2018-04-04T00:00:00Z", to: "2018-04-05T00:00:00Z" });
        }),
      /coverage\.json: \[0\]\.gaps has 1 items, worked out 0/u,
    ],
    [
      "what would move the numbers, taken away",
      (it) => it.remove("extract/sensitivity.json"),
      /sensitivity\.json is not there/u,
    ],
    [
      "a line put in that no reader takes for a call",
      (it) => it.text("extract/lines/source-2.txt", (text) => `${text}admitted by D2\n`),
      /lines\/source-2\.txt holds at \d+ what is no record of a call of the bundle/u,
    ],
    [
      "a record made longer",
      (it) => {
        const index = fs.readFileSync(path.join(it.folder, "data/extract/lines/index.csv"), "utf8");
        const [, offset, length] = /^source-1\.txt,\d+,1,\d+,(\d+),(\d+)$/mu.exec(index) ?? [];
        it.text("extract/lines/index.csv", (text) => text.replace(`,${offset},${length}`, `,${offset},${length}0`));
        it.text("extract/events.csv", (text) => text.replace(`,${offset},${length},`, `,${offset},${length}0,`));
        it.text("extract/events.jsonl", (text) =>
          text.replace(`"offset":${offset},"length":${length}`, `"offset":${offset},"length":${length}0`),
        );
      },
      /lines\/index\.csv line 2 has a record of \d+0 bytes, and it has \d+/u,
    ],
    [
      "until when the rules judge, in the act too",
      (it) => {
        bundle((about) => (about.as_of = "2018-04-05T12:00:00Z"))(it);
        acts((all) => {
          all.at(-1).detail.as_of = "2018-04-05T12:00:00Z";
          return all;
        })(it);
      },
      /bundle\.json: as_of is 2018-04-05T12:00:00Z, worked out 20/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "recompute", says]));
});

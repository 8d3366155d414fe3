import { beforeAll, describe, expect, test } from "vitest";
import { forged } from "../../signed-bundle.ts";
import { checksOf, expectNamed, makeBundles, type Row, root } from "./forge.ts";

beforeAll(() => makeBundles());

test("taken apart and sealed again without a change, it holds", async () => {
  const { verdict, checks } = await checksOf(await forged(root, () => {}));
  expect(checks.filter(({ ok }) => ok === false)).toEqual([]);
  expect(verdict).toBe("verified");
  expect(checks.find(({ check }) => check === "dates")).toMatchObject({ how: "compared", code: "dates-right" });
});

describe("dates: nothing is dated before what it rests on", () => {
  test.each<Row>([
    [
      "the bundle, before its acts",
      (it) =>
        it.json("extract/bundle.json", (about) => {
          about.at = "2019-11-05T00:00:00Z";
        }),
      "dates",
      /^act 1 \(create\) of custody\.jsonl is dated .*, after the bundle, which bundle\.json dates 2019-11-05T00:00:00Z/u,
    ],
    [
      "an act, before the one before it",
      (it) =>
        it.acts((acts) => {
          acts[3].at = "2018-04-04T00:00:00Z";
          return acts;
        }),
      "dates",
      /^act 4 \([a-z ]+\) is dated 2018-04-04T00:00:00Z, before act 3 /u,
    ],
    [
      "an act, without a time",
      (it) =>
        it.acts((acts) => {
          acts[3].at = "in spring";
          return acts;
        }),
      "dates",
      /^act 4 \([a-z ]+\) has no readable time: in spring/u,
    ],
    [
      "a decision, after the act that made it",
      (it) =>
        it.json("extract/bundle.json", (about) => {
          about.decisions[0].at = "2099-01-01T00:00:00Z";
        }),
      "dates",
      /decision 1 \(members, D1\) is dated 2099-01-01T00:00:00Z, after the bundle/u,
    ],
    [
      "a withdrawal, after the bundle",
      (it) =>
        it.json("extract/sources.json", ({ sources }) => {
          sources[2].withdrawn.at = "2099-01-01T00:00:00Z";
        }),
      "dates",
      /sources\.json: the withdrawal of source 3 \(third\.csv\) is dated 2099-01-01T00:00:00Z, after/u,
    ],
    [
      "a receipt, after the act that tells of it",
      (it) =>
        it.json("extract/sources.json", ({ sources }) => {
          sources[0].acquisition.on = "2099-01-01";
        }),
      "dates",
      /sources\.json: that source 1 \(first\.csv\) was received is dated 2099-01-01, after act \d+ \(received\)/u,
    ],
  ])("%s", async (...row) => expectNamed(row));

  test("the day on the bag", async () => {
    const { checks } = await checksOf(await forged(root, () => {}, { date: "2019-11-05" }));
    expect(checks.find(({ check }) => check === "dates")).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^bag-info\.txt says the day 2019-11-05, bundle\.json 20/u),
    });
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { forged, type Payload } from "../../signed-bundle.ts";
import { bundle, checksOf, expectNamed, makeBundles, root, source, withOriginals } from "./forge.ts";

beforeAll(() => makeBundles({ originals: true }));

describe("sources: what originals give", () => {
  const FIRST = "originals/1-first.csv";

  test("without them that is on trust, and said; with them, worked out", async () => {
    const sources = async (folder: string) => (await checksOf(folder)).checks.find(({ check }) => check === "sources");
    expect(await sources(root)).toMatchObject({ ok: null, how: "on-trust", code: "originals-none" });
    expect(await sources(await forged(withOriginals, () => {}))).toMatchObject({
      ok: true,
      how: "worked-out",
      detail: expect.stringMatching(/^2 originals .* of 2 sources, .*; 7 records stand/u),
    });
  });

  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "an original changed",
      (it) => it.text(FIRST, (text) => text.replace("a1,groups", "a9,groups")),
      /data\/originals\/1-first\.csv has the SHA-256 [0-9a-f]{64}, and in sources\.json/u,
    ],
    [
      "an original changed, and its digest",
      (it) => {
        it.text(FIRST, (text) => text.replace("a1,groups", "a9,groups"));
        source((each) => {
          each.sha256 = it.sha256(FIRST);
        })(it);
      },
      /lines\/source-1\.txt: the record of line 3 is not what stands in the original at offset \d+ \(first\.csv\)/u,
    ],
    [
      "an original taken away",
      (it) => it.remove(FIRST),
      /data\/originals\/1-first\.csv, which bundle\.json names, is not there/u,
    ],
    [
      "an original put in",
      (it) => it.add("originals/9-x.csv", "x"),
      /data\/originals\/9-x\.csv is there, and bundle\.json names no such original/u,
    ],
    [
      "an original no longer named",
      (it) => {
        it.remove(FIRST);
        bundle((about) => {
          delete about.originals[1];
        })(it);
      },
      /bundle\.json names no original of source 1 \(first\.csv\)/u,
    ],
    [
      "a line",
      (it) => it.text("extract/lines/source-1.txt", (text) => text.replace("a1,groups", "a9,groups")),
      /the record of line 3 is not what stands/u,
    ],
    [
      "a table's head",
      (it) => it.text("extract/lines/source-1.txt", (text) => text.replace("app,api", "api,app")),
      /lines\/source-1\.txt does not begin as the original of source 1/u,
    ],
    [
      "where a line stood",
      (it) => it.text("extract/lines/index.csv", (text) => text.replace(/^(source-1\.txt,\d+,1),3,/mu, "$1,4,")),
      /the record of source 1 at offset \d+ is of line 3, not 4/u,
    ],
    [
      "hours moved within what sums allow",
      (it) => it.text("extract/hours.csv", (text) => text.replace("2018-04-10T10", "2018-04-10T12")),
      /hours\.csv line \d+ is .*2018-04-10T12:00:00Z.*, the originals give .*2018-04-10T10:00:00Z/u,
    ],
    [
      "a clock",
      source((each) => {
        each.clock.backward = 7;
      }),
      /source 1 \(first\.csv\): clock\.backward is 7, worked out 0/u,
    ],
    [
      "failed calls that count nowhere",
      bundle((about) => {
        about.apart[0].failed += 5;
      }),
      /bundle\.json: apart\[0\]\.failed is 5, worked out 0 from the originals/u,
    ],
    [
      "an event, in rows and lines alike",
      (it) => {
        it.text("extract/events.jsonl", (text) => text.replace('"status":403', '"status":404'));
        it.text("extract/events.csv", (text) => text.replace(",403,denied", ",404,denied"));
      },
      /events\.jsonl line \d: status is 404, worked out 403 from its original/u,
    ],
    [
      "what was left out",
      bundle((about) => {
        about.left_out += 3;
      }),
      /\d left out, the originals give 7/u,
    ],
    [
      "what a filter chooses",
      bundle((about) => {
        about.selected[0].events -= 1;
      }),
      /the filter level:attempted\+ .* says \d events, the originals give \d of them/u,
    ],
    [
      "a ledger",
      source((each) => {
        each.line_ledger.skipped = 0;
        each.line_ledger.events = 4;
      }),
      /sources\.json: source 1 \(first\.csv\): line_ledger\.events is 4, worked out 3/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "sources", says], withOriginals));
});

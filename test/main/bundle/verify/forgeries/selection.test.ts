import { beforeAll, describe, test } from "vitest";
import type { Payload } from "../../signed-bundle.ts";
import { acts, bundle, expectNamed, makeBundles } from "./forge.ts";

beforeAll(() => makeBundles());

/** index.csv without the record of a line; those behind it in its file move up. */
function withoutRecord(text: string, file: string, line: number): string {
  const [head = "", ...rows] = text.trimEnd().split("\n");
  let gone = 0;
  const kept = rows.flatMap((row) => {
    const [name, at, source, ...place] = row.split(",");
    if (name !== file) return [row];
    if (Number(place[0]) !== line) return [[name, Number(at) - gone, source, ...place].join(",")];
    gone = Number(place[2]) + 1;
    return [];
  });
  return `${[head, ...kept].join("\n")}\n`;
}

describe("selection: what was chosen and left out adds up, and is what the filters say", () => {
  const hours = (change: (text: string) => string) => (it: Payload) => it.text("extract/hours.csv", change);
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "denied calls dropped",
      (it) => {
        it.text("extract/events.jsonl", (text) => text.replace(/^.*"outcome":"denied".*\n/mu, ""));
        it.text("extract/events.csv", (text) => text.replace(/^.*,denied,.*\r?\n/mu, ""));
        it.text("extract/lines/source-2.txt", (text) => text.replace(/^.*,403,.*\n/mu, ""));
        it.text("extract/lines/index.csv", (text) => withoutRecord(text, "source-2.txt", 3));
        bundle((about) => {
          about.events -= 1;
          about.left_out += 1;
        })(it);
      },
      /the filter outcome:denied \(denied calls\) says 1 events, the bundle holds/u,
    ],
    [
      "denied calls no longer asked for, in the act too",
      (it) => {
        const others = ({ filter }: { filter: string }) => filter !== "outcome:denied";
        bundle((about) => (about.selected = about.selected.filter(others)))(it);
        acts((all) => {
          all.at(-1).detail.selected = all.at(-1).detail.selected.filter(others);
          return all;
        })(it);
      },
      /bundle\.json: nothing is selected by outcome:denied, as in every bundle/u,
    ],
    [
      "an hour twice",
      hours((text) => text.replace(/\n(.*),1,0\n/u, "\n$1,500,0\n$1,1,0\n")),
      /^hours\.csv is not written as a bundle writes it/u,
    ],
    [
      "another count",
      bundle((about) => {
        about.selected[0].events += 1;
      }),
      /the filter level:attempted\+ \(.*\) says \d+ events, the bundle holds \d+ of them/u,
    ],
    [
      "another count of tags",
      bundle((about) => {
        about.selected.find(({ filter }: { filter: string }) => filter === "tag:*").events = 40;
      }),
      /the filter tag:\* \(tagged\) says 40 events, the bundle holds 3 of them/u,
    ],
    [
      "a filter that is none",
      bundle((about) => {
        about.selected[0].filter = "level:(";
      }),
      /the filter level:\( .* cannot be asked/u,
    ],
    [
      "left out",
      bundle((about) => {
        about.left_out += 1;
      }),
      /^bundle\.json: \d events and \d left out are not the \d of its sources/u,
    ],
    [
      "hours invented",
      hours((text) => `${text}1,"groups",2018-05-01T00:00:00Z,5,0\n`),
      /hours\.csv has 8 events of source 1 \(first\.csv\), sources\.json 3/u,
    ],
    [
      "hours moved",
      hours((text) => text.replace("2018-04-05T10", "2018-04-05T11")),
      /hours\.csv has 0 events .* in the hour 2018-04-05T10:00:00Z of source 1, API groups, the bundle itself 1/u,
    ],
    [
      "calls called duplicates",
      hours((text) => text.replace(/,1,0\n/u, ",0,1\n")),
      /hours\.csv has 1 duplicates of source 1/u,
    ],
    [
      "hours of a source that is not",
      hours((text) => `${text}9,"groups",2018-05-01T00:00:00Z,5,0\n`),
      /hours of source 9, which sources\.json has not/u,
    ],
    [
      "hours of a withdrawn source",
      hours((text) => `${text}3,"groups",2018-05-01T00:00:00Z,1,0\n`),
      /hours\.csv has 1 events of source 3 \(third\.csv\), sources\.json none that count/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "selection", says]));
});

import { beforeAll, describe, test } from "vitest";
import type { Payload } from "../../signed-bundle.ts";
import { acts, bundle, expectNamed, makeBundles, source } from "./forge.ts";

beforeAll(() => makeBundles());

describe("counts: the rows are each other's, and the findings count them", () => {
  const row = (name: string, change: (text: string) => string) => (it: Payload) => it.text(`extract/${name}`, change);
  const lineOf = (text: string, pattern: RegExp) => pattern.exec(text)?.[0] ?? "";
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "a cell of the table",
      row("events.csv", (text) => text.replace(",403,denied,", ",200,allowed,")),
      /^events\.csv row \d+ is not the event of events\.jsonl line \d+/u,
    ],
    [
      "a level in the table",
      row("events.csv", (text) => text.replace(",members,obtained,yes,", ",members,possible,yes,")),
      /findings\.json: rule members has \d+ possible calls of D\d, events\.csv \d+/u,
    ],
    [
      "a call that counts and is said not to",
      row("events.csv", (text) => text.replace(",members,obtained,yes,", ",members,obtained,,")),
      /events\.csv row \d+: its rules, levels and whether it counts do not fit together/u,
    ],
    [
      "a row of the table dropped",
      row("events.csv", (text) => text.replace(/^.*,403,denied,.*\r?\n/mu, "")),
      /^events\.csv row \d+ is not the event/u,
    ],
    [
      "a row more in the table",
      row("events.csv", (text) => `${text}${lineOf(text, /^1,.*\n/mu)}`),
      /^events\.csv has more rows than the \d+ events/u,
    ],
    [
      "two calls in another order",
      row("events.jsonl", (text) => text.replace(/^(.*\n)(.*\n)/u, "$2$1")),
      /events\.jsonl line 2 is dated 2018-04-03T10:00:00Z, before the line above it/u,
    ],
    [
      "a call dropped from the rows alone",
      row("events.jsonl", (text) => text.replace(/^.*"outcome":"denied".*\n/mu, "")),
      /^events\.jsonl has \d events, bundle\.json says \d/u,
    ],
    [
      "a place dropped from the index",
      row("lines/index.csv", (text) => text.replace(/^source-2\.txt,.*\n/mu, "")),
      /lines\/index\.csv line \d is not the place of the call at offset \d+ of source 2/u,
    ],
    [
      "a place within another record",
      row("lines/index.csv", (text) => text.replace(/^(source-2\.txt,.*\nsource-2\.txt),(\d+),/mu, "$1,30,")),
      /lines\/index\.csv line \d has its record at 30, within another/u,
    ],
    [
      "a finding's calls",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].developers[0].obtained.events += 500;
        }),
      /findings\.json: rule members has 50\d obtained calls of D\d, events\.csv \d/u,
    ],
    [
      "a developer more",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].developers.push({ ...rules[0].developers[0], developer_id: "D9" });
        }),
      /rule members has \d obtained calls of D9, events\.csv 0/u,
    ],
    [
      "a developer deleted",
      (it) =>
        it.json("extract/findings.json", ({ rules }) => {
          rules[0].developers.shift();
        }),
      /events\.csv has \d \w+ calls of D\d under rule members, findings\.json none/u,
    ],
    [
      "lines of no call",
      (it) => it.add("extract/lines/source-7.txt", "x\n"),
      /lines\/source-7\.txt holds lines of no call/u,
    ],
    [
      "a name twice in a document",
      row("findings.json", (text) => text.replace("{\n", '{\n "rules": [],\n')),
      /^findings\.json is not written as a bundle writes it/u,
    ],
    [
      "a name twice in a call",
      row("events.jsonl", (text) => text.replace("{", '{"app":"x",')),
      /events\.jsonl line 1 is not written as a bundle writes it/u,
    ],
    [
      "an empty line among the calls",
      row("events.jsonl", (text) => text.replace("\n", "\n\n")),
      /events\.jsonl has an empty line behind its line 1/u,
    ],
    [
      "an empty line among the acts",
      row("custody.jsonl", (text) => `${text}\n`),
      /^custody\.jsonl is not written as a case writes it/u,
    ],
    ["a word more in bundle.json", bundle((about) => (about.seen_by = "X")), /^bundle\.json has seen_by, which no/u],
    [
      "a word more in a decision",
      bundle((about) => (about.decisions[0].seen_by = "X")),
      /^bundle\.json: decision 1 has seen_by, which no/u,
    ],
    ["a word more of a source", source((it) => (it.seen_by = "X")), /^sources\.json: source 1 has seen_by, which no/u],
    [
      "a word more of a source's clock",
      source((it) => (it.clock.seen_by = "X")),
      /^sources\.json: the clock of source 1 has seen_by, which no/u,
    ],
    [
      "a source without its clock's jumps",
      source((it) => delete it.clock.first_jumps),
      /^sources\.json: the clock of source 1 lacks first_jumps/u,
    ],
    [
      "a jump of a source's clock, made up",
      source((it) => (it.clock.jumps += 1)),
      /^sources\.json: the clock of source 1 has 1 jumps, and 0 of them stand there/u,
    ],
    [
      "a word more where the chain's head stands",
      bundle((about) => (about.custody.seen_by = "X")),
      /^bundle\.json: custody has seen_by, which no/u,
    ],
    [
      "a word more of who holds a permission",
      bundle((about) => (about.holding[0].seen_by = "X")),
      /^bundle\.json: holding of members has seen_by, which no/u,
    ],
    [
      "a schema that no version knows",
      bundle((about) => (about.schema = "exhibit/bundle@9")),
      /^bundle\.json is of the schema exhibit\/bundle@9, and this version knows exhibit\/bundle@2 and/u,
    ],
    [
      "an act that does not say whose it is",
      acts((all) => all.map(({ by, ...act }, index) => (index === 2 ? act : { ...act, by }))),
      /act 3 of custody\.jsonl does not say whose it is/u,
    ],
    [
      "a word more in claims.json",
      (it) => it.json("extract/claims.json", (document) => (document.seen_by = "X")),
      /^claims\.json has seen_by, which no/u,
    ],
    [
      "a word more in an act",
      acts((all) => {
        all[2].seen_by = "X";
        return all;
      }),
      /^act 3 of custody\.jsonl has seen_by, which no/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "counts", says]));
});

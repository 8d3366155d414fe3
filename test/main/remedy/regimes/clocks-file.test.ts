import { expect, test } from "vitest";
import { checkedClocks, keepClocks, loadClocks } from "../../../../main/remedy/regimes/clocks-file.ts";
import { factEntries, factsInForce, setDone, setFact, takeBackFact } from "../../../../main/remedy/regimes/facts.ts";
import { addRegimes, regimes } from "../../../../main/remedy/regimes/regimes.ts";
import { newCase } from "../../../fixture.ts";

const CLOCK = { id: "a", trigger: "discovered", within: "P30D" };
const bytes = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const fileOf = (...clocks: object[]) => ({ schema: "exhibit/clocks@1", clocks });
const { trigger: _trigger, ...WITHOUT_TRIGGER } = CLOCK;
const { within: _within, ...WITHOUT_TERM } = CLOCK;

test.each<[string, unknown, string]>([
  ["no JSON", "{", "it is not valid JSON"],
  ["a key twice", '{"schema":"exhibit/clocks@1","schema":"exhibit/clocks@1"}', 'has the key "schema" twice'],
  ["another schema", { schema: "exhibit/claims@1", clocks: [CLOCK] }, 'schema: must be "exhibit/clocks@1"'],
  ["no clocks", { schema: "exhibit/clocks@1" }, "clocks: must be a list of clocks"],
  ["none in it", fileOf(), "clocks: must hold at least one clock"],
  ["a key that is none", fileOf({ ...CLOCK, deadline: "P1D" }), 'clocks[0]: unknown key "deadline"'],
  ["no trigger", fileOf(WITHOUT_TRIGGER), "clocks[0].trigger: is missing: a clock starts with a fact"],
  ["no term", fileOf(WITHOUT_TERM), "clocks[0].within: is missing: PT72H is 72 hours, P30D 30 days"],
  ["a wrong term", fileOf({ ...CLOCK, within: "P30X" }), '"P30X" is no span: P30D is 30 days'],
  ["a repeat of nothing", fileOf({ ...CLOCK, repeat: "P0D" }), "clocks[0].repeat: must be longer than nothing"],
  ["a wrong id", fileOf({ ...CLOCK, id: "a b" }), "clocks[0].id: may hold letters"],
  ["an id twice", fileOf(CLOCK, CLOCK), 'two clocks have the id "a"'],
  ["a wrong zone", fileOf({ ...CLOCK, timezone: "Mars/Base" }), '"Mars/Base" is not a time zone'],
  ["a holiday that is no day", fileOf({ ...CLOCK, holidays: ["2019-02-30"] }), "must be days such as 2019-11-11"],
  [
    "people at a level without",
    fileOf({ ...CLOCK, contents: [{ item: "n", from: "people.entitled" }] }),
    "is nothing the case can fill",
  ],
  [
    "an unknown source",
    fileOf({ ...CLOCK, contents: [{ item: "n", from: "people" }] }),
    "is nothing the case can fill",
  ],
  [
    "a threshold of half a person",
    fileOf({ ...CLOCK, threshold: { people: 0.5, level: "obtained" } }),
    "must be a whole number",
  ],
  [
    "the end of no clock",
    fileOf({ ...CLOCK, trigger: "done:b" }),
    'starts with the end of "b", and no clock has that id',
  ],
  [
    "a circle",
    fileOf({ ...CLOCK, trigger: "done:b" }, { ...CLOCK, id: "b", trigger: "done:a" }),
    "waits for its own end",
  ],
])("a clocks file with %s is refused in one sentence", (_what, value, why) => {
  expect(() => checkedClocks(bytes(value), "c.json")).toThrow(
    expect.objectContaining({ code: "clocks-wrong", what: expect.stringContaining(why) }),
  );
});

test("every regime says what of it is unconfirmed, and can be taken as it is, beside clocks of one's own", () => {
  const brought = regimes();
  expect(brought.map(({ id }) => id)).toEqual(["california-1798.82", "ftc-c4365", "gdpr", "nis2", "sec-8k"]);
  for (const { clocks } of brought) for (const clock of clocks) expect(clock.unconfirmed, clock.id).toMatch(/\w{4}/u);
  const caseFile = newCase();
  keepClocks(caseFile, bytes(fileOf(CLOCK, { ...CLOCK, id: "gdpr-33" })), "c.json");
  addRegimes(caseFile, ["gdpr", "nis2"]);
  expect(loadClocks(caseFile).map(({ id }) => id)).toEqual([
    ...["a", "gdpr-33", "gdpr-34"],
    ...["nis2-early-warning", "nis2-notification", "nis2-final-report"],
  ]);
  expect(() => addRegimes(caseFile, ["hipaa"])).toThrow(/brings no regime "hipaa"/u);
});

test("a fact is set with a reason and stays in the book when it is corrected or taken back", () => {
  const caseFile = newCase();
  const set = (time: string, reason = "as reported") => setFact(caseFile, { fact: "discovered", time, reason });
  expect(set("2019-11-05T10:00:00+01:00")).toBe("2019-11-05T09:00:00Z");
  expect(set("2019-11-04")).toBe("2019-11-04");
  expect(factsInForce(caseFile)).toEqual(new Map([["discovered", ["2019-11-04"]]]));
  expect(() => set("2019-11-05", "  ")).toThrow(/with a reason/u);
  expect(() => set("2019-11")).toThrow(/neither a day nor a time/u);
  expect(() => set("yesterday")).toThrow(/is not a time/u);
  expect(() => setFact(caseFile, { fact: "a b", time: "2019-11-05", reason: "x" })).toThrow(/no name of a fact/u);
  takeBackFact(caseFile, { fact: "discovered", reason: "another incident" });
  expect(factsInForce(caseFile).size).toBe(0);
  expect(() => takeBackFact(caseFile, { fact: "discovered", reason: "again" })).toThrow(/No fact "discovered" is set/u);
  expect(factEntries(caseFile).map(({ value, reason }) => [value, reason])).toEqual([
    ["2019-11-05T09:00:00Z", "as reported"],
    ["2019-11-04", "as reported"],
    [undefined, "another incident"],
  ]);
});

test("a clock is done as often as it was met; setting done:ID by hand begins anew; no other clock can be", () => {
  const caseFile = newCase();
  keepClocks(caseFile, bytes(fileOf(CLOCK)), "c.json");
  setDone(caseFile, { id: "a", on: "2019-12-01" });
  setDone(caseFile, { id: "a", on: "2020-01-01" });
  expect(factsInForce(caseFile).get("done:a")).toEqual(["2019-12-01", "2020-01-01"]);
  setFact(caseFile, { fact: "done:a", time: "2019-12-02", reason: "by the receipt" });
  expect(factsInForce(caseFile).get("done:a")).toEqual(["2019-12-02"]);
  expect(() => setDone(caseFile, { id: "b", on: "2019-12-01" })).toThrow(/no clock "b"/u);
  expect(() => setFact(caseFile, { fact: "done:b", time: "2019-12-01", reason: "x" })).toThrow(/no clock "b"/u);
});

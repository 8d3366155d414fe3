import { expect, test } from "vitest";
import { readAgain } from "../../../../main/intake/read-again.ts";
import { imported } from "../imported.ts";

const T = "2018-05-01T10:00:00Z";
const NAMES = ["subject_count", "bytes", "duration_ms", "status"] as const;
const MAPPING = {
  schema: "exhibit/mapping@1",
  fields: { time: "time", subject_count: "n", bytes: "b", duration_ms: { from: "d", parse: "s" }, status: "s" },
};

test.each([
  ["csv", `time,n,b,d,s\n${T},-3,-1,-0.5,-1\n${T},2,10,0.25,200\n${T},0,-7,,\n`],
  [
    "jsonl",
    `{"time":"${T}","n":-3,"b":"-1","d":-5e-1,"s":-1}\n{"time":"${T}","n":2,"b":10,"d":0.25,"s":200}\n{"time":"${T}","n":0,"b":-7}\n`,
  ],
])("%s: a number below zero is absent, and counted in the report of its source", async (format, text) => {
  const mapping = { ...MAPPING, format };
  const { caseFile, events, source } = await imported(text, { name: `log.${format}`, mapping, batch: 64 });
  expect(events.map((event) => NAMES.map((name) => event[name]))).toEqual([
    [undefined, undefined, undefined, undefined],
    [2, 10, 250, 200],
    [0, undefined, undefined, undefined],
  ]);
  expect(source.impossible_numbers).toBe(5);
  expect((await readAgain(caseFile, 1, { by: "T", mapping })).source.impossible_numbers).toBe(5);
});

test("a source without such numbers says nothing of them", async () => {
  const { source } = await imported(`time,bytes\n${T},0\n`);
  expect(source).not.toHaveProperty("impossible_numbers");
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { imported } from "../imported.ts";

/** Whole numbers of up to 30 digits, and numbers that a double writes otherwise: an id is what was written. */
const number = fc.oneof(
  fc
    .tuple(fc.constantFrom("", "-"), fc.stringMatching(/^[1-9][0-9]{0,29}$/u))
    .map(([sign, digits]) => `${sign}${digits}`),
  fc.constantFrom("9007199254740993", "1.50", "104243.0", "1e21", "-0", "0.10", "6.02E+23"),
);
const numbers = fc.array(number, { minLength: 20, maxLength: 40 });
const csvCell = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The ways in which a number gets into a log: how a line writes it, and how a mapping finds it there. */
const WAYS: Record<string, { name: string; line(id: string): string; head?: string; fields: object }> = {
  "a member of a JSON line": {
    name: "a.jsonl",
    line: (id) => `{"at":1522800000,"a":${id},"s":[${id},${id}]}`,
    fields: { actor: "a", subjects: "s" },
  },
  "objects in a list": {
    name: "a.jsonl",
    line: (id) => `{"at":1522800000,"u":{"a":${id}},"s":[{"id":${id}},{"id":${id}}]}`,
    fields: { actor: "u.a", subjects: "s[].id" },
  },
  "the first object of a name": {
    name: "a.jsonl",
    line: (id) => `{"at":1522800000,"p":[{"name":"u","value":${id}}],"s":[ ${id} , ${id} ]}`,
    fields: { actor: "p.[name=u].value", subjects: "s" },
  },
  "JSON in a string": {
    name: "a.jsonl",
    line: (id) => JSON.stringify({ at: 1522800000, j: `{"a":${id},"s":[${id},${id}]}` }),
    fields: { actor: "j.a", subjects: "j.s" },
  },
  "JSON in a cell": {
    name: "a.csv",
    head: "at,j",
    line: (id) => `1522800000,${csvCell(`{"a":${id},"s":[${id},${id}]}`)}`,
    fields: { actor: "j.a", subjects: "j.s" },
  },
  "a list in a cell": {
    name: "a.csv",
    head: "at,a,s",
    line: (id) => `1522800000,${id},"[${id},${id}]"`,
    fields: { actor: "a", subjects: "s" },
  },
  "key=value": {
    name: "a.log",
    line: (id) => `at=1522800000 a=${id} s="[${id},${id}]"`,
    fields: { actor: "a", subjects: "s" },
  },
};

test.each(Object.entries(WAYS))(
  "a number that becomes text keeps its digits: %s",
  async (_, { name, head, line, fields }) => {
    const format = { jsonl: "jsonl", csv: "csv", log: "keyvalue" }[name.split(".")[1] as "csv"];
    const mapping = {
      schema: "exhibit/mapping@1",
      format,
      fields: { time: { from: "at", parse: "epoch_s" }, ...fields },
    };
    await fc.assert(
      fc.asyncProperty(numbers, async (ids) => {
        const lines = [...(head ? [head] : []), ...ids.map(line)];
        const { events } = await imported(`${lines.join("\n")}\n`, { name, mapping });
        expect(events.map(({ actor, subjects }) => [actor, subjects])).toEqual(ids.map((id) => [id, [id, id]]));
      }),
      { numRuns: 4 },
    );
  },
);

test("an object taken as text has its numbers as they were written", async () => {
  const text = '{"at":1522800000,"o":{"x":{"id":9007199254740993,"f":1.50}}}\n';
  const mapping = {
    schema: "exhibit/mapping@1",
    format: "jsonl",
    fields: { time: { from: "at", parse: "epoch_s" }, subjects: "o.x" },
  };
  const { events } = await imported(text, { name: "a.jsonl", mapping });
  expect(events[0]?.subjects).toEqual(['{"id":9007199254740993,"f":1.50}']);
});

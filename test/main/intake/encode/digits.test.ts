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

/** The ways in which a number gets into a log, one of each reader at least: how a line writes it, and how a mapping finds it there. */
interface Way {
  readonly name: string;
  line(id: string): string;
  readonly head?: string;
  /** The lines as a file, where they are not lines of it. */
  whole?(lines: readonly string[]): string;
  readonly fields: object;
  readonly mapping?: object;
}
const WAYS: Record<string, Way> = {
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
  "a document": {
    name: "a.json",
    line: (id) => `{"at":1522800000,"u":{"a": ${id} },"s":[${id}, ${id}]}`,
    whole: (lines) => `{"n":1,"records":[\n${lines.join(",\n")}\n]}`,
    fields: { actor: "u.a", subjects: "s" },
    mapping: { format: "json", records: "records" },
  },
  "calls in a list of their record": {
    name: "a.json",
    line: (id) => `{"a":${id},"s":[${id},${id}]}`,
    whole: (lines) => `{"records":[{"at":1522800000,"calls":[${lines.join(",")}]}]}`,
    fields: { actor: "a", subjects: "s" },
    mapping: { format: "json", records: ["records", "calls[]"] },
  },
  "groups of a pattern": {
    name: "a.log",
    line: (id) => `1522800000 <${id}> [${id},${id}]`,
    fields: { actor: "a", subjects: "s" },
    mapping: { format: "regex", pattern: "^(?P<at>\\S+) <(?P<a>[^>]*)> (?P<s>.*)$" },
  },
  "values under #Fields": {
    name: "a.log",
    head: "#Fields: at a s",
    line: (id) => `1522800000 ${id} [${id},${id}]`,
    fields: { actor: "a", subjects: "s" },
    mapping: { format: "headers" },
  },
  "a line of JSON in a wrapper": {
    name: "a.jsonl",
    line: (id) => JSON.stringify({ log: `{"at":1522800000,"a":${id},"s":[${id},${id}]}\n`, stream: "stdout" }),
    fields: { actor: "a", subjects: "s" },
    mapping: { wrapped: [".log"] },
  },
  "a line of JSON behind a prefix": {
    name: "a.jsonl",
    line: (id) => `web_1  | {"at":1522800000,"a":${id},"s":[${id},${id}]}`,
    fields: { actor: "a", subjects: "s" },
    mapping: { wrapped: ["compose"] },
  },
};

test.each(Object.entries(WAYS))(
  "a number that becomes text keeps its digits: %s",
  async (_, { name, head, line, whole, fields, mapping: more }) => {
    const format = { jsonl: "jsonl", csv: "csv", log: "keyvalue" }[name.split(".")[1] as "csv"];
    const mapping = {
      schema: "exhibit/mapping@1",
      format,
      fields: { time: { from: "at", parse: "epoch_s" }, ...fields },
      ...more,
    };
    await fc.assert(
      fc.asyncProperty(numbers, async (ids) => {
        const lines = [...(head ? [head] : []), ...ids.map(line)];
        const { events } = await imported(whole?.(lines) ?? `${lines.join("\n")}\n`, { name, mapping });
        expect(events.map(({ actor, subjects }) => [actor, subjects])).toEqual(ids.map((id) => [id, [id, id]]));
      }),
      { numRuns: 4 },
    );
  },
);

test("an object is nobody's id; what a pattern takes out of it has its digits as they were written", async () => {
  const text = '{"at":1522800000,"o":{"x":{"id":9007199254740993,"f":1.50}}}\n';
  const mapping = (subjects: unknown) => ({
    schema: "exhibit/mapping@1",
    format: "jsonl",
    fields: { time: { from: "at", parse: "epoch_s" }, subjects },
  });
  const whole = await imported(text, { name: "a.jsonl", mapping: mapping("o.x") });
  expect(whole.events[0]).not.toHaveProperty("subjects");
  const taken = await imported(text, { name: "a.jsonl", mapping: mapping({ from: "o.x", match: '"id":(\\d+)' }) });
  expect(taken.events[0]?.subjects).toEqual(["9007199254740993"]);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FIELD_NAMES, FIELDS, fieldNamed, fieldsReference } from "../../../shared/filter/fields.ts";
import { parse } from "../../../shared/filter/parse.ts";

const manual = readFileSync(new URL("../../../resources/help/filter.md", import.meta.url), "utf8");

test("the manual's table is the program's own", () => {
  const [, table] = /<!-- fields:begin -->\n([\s\S]*)\n<!-- fields:end -->/.exec(manual) ?? [];
  expect(table).toBe(fieldsReference());
});

test("every example parses and speaks of its field", () => {
  for (const name of FIELD_NAMES) {
    const filter = parse(FIELDS[name].example);
    expect(filter.kind === "field" && filter.field).toBe(name);
  }
});

test("every example of the manual parses", () => {
  const examples = [...manual.matchAll(/^ {4}(.+?)(?: {3,}.*)?$/gm)].map(([, example]) => example as string);
  expect(examples.length).toBeGreaterThan(10);
  for (const example of examples) parse(example);
});

test("the fields are those that events have, and five about them", () => {
  const fields =
    "time app developer api operation method path status outcome actor caller resource fields fields_are subjects subject_count " +
    "ip user_agent request_id bytes duration_ms duplicate source line offset length tag note finding level";
  expect(FIELD_NAMES.join(" ")).toBe(fields);
});

test("names are read in any case, and only names", () => {
  expect(fieldNamed("User_Agent")).toBe("user_agent");
  expect(["toString", "__proto__", "constructor", ""].map(fieldNamed)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

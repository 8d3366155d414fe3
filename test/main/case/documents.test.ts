import { expect, test } from "vitest";
import type { ZodType } from "zod";
import { checkedDocument } from "../../../main/case/documents.ts";
import { readMapping } from "../../../main/intake/mapping/parse-mapping.ts";
import { Refusal } from "../../../shared/base/errors.ts";
import { DUE_CLOCKS } from "../../../shared/model/accountability/due-clock.ts";
import { CLAIMS } from "../../../shared/model/claims.ts";
import { POLICY } from "../../../shared/model/policy.ts";

const RULE = {
  ...{ id: "r", title: "t", effective_from: "2018-04-04", grace_days: 0, restricted_fields: ["name"] },
  ...{ applies_to: { api: ["groups"], operations: ["x"], caller: ["app"], filter: "" }, exempt_apps: ["a"] },
  ...{ permission: "p", consent_permission: "q" },
};
const CLAIM = {
  ...{ id: "c", text: "as said", said_by: "x", said_on: "y", source: "z", rule: "r", measure: "people" },
  ...{ level: "possible+", recent: true, filter: "", is: ">=", value: 1 },
};
const CLOCK = {
  ...{ id: "x", title: "t", authority: "a", to: "z", trigger: "discovered", within: "P30D", repeat: "P30D", rule: "r" },
  ...{ timezone: "UTC", holidays: ["2018-05-01"], threshold: { people: 1, level: "obtained" }, unconfirmed: "u" },
  contents: [{ item: "i", from: "fields" }],
};
const MAPPING = {
  ...{ schema: "exhibit/mapping@1", name: "n", format: "csv", timezone: "UTC", fields_are: "returned", skip_rows: 1 },
  fields: { time: "ts", path: { from: ["a"], match: "(x)" } },
  rules: [{ when: { path: "x" }, set: { api: "y" } }],
};

const checked = (schema: ZodType) => (value: unknown) =>
  void checkedDocument(Buffer.from(JSON.stringify(value ?? null)), "f.json", "policy-wrong", (each, words) =>
    schema.safeParse(each, words),
  );

test.each<[string, object, (value: unknown) => void]>([
  ["policy", { schema: "exhibit/policy@1", as_of: "2018-06-01", recent_days: 60, rules: [RULE] }, checked(POLICY)],
  ["claims", { schema: "exhibit/claims@1", claims: [CLAIM] }, checked(CLAIMS)],
  ["clocks", { schema: "exhibit/clocks@1", clocks: [CLOCK] }, checked(DUE_CLOCKS)],
  ["mapping", MAPPING, (value) => void readMapping(value, "f.json")],
])("whatever stands at a place of a %s file is taken, or refused in words that name the place", (_, right, check) => {
  check(right);
  const sentences = [...changed(right)].flatMap((document) => {
    try {
      check(document);
      return [];
    } catch (error) {
      return error instanceof Refusal ? [error.what] : [`no refusal: ${error}`];
    }
  });
  expect(sentences.length).toBeGreaterThan(50);
  const foreign = /no refusal|invalid|expected|received|undefined|too (?:small|big)|\|/iu;
  expect(sentences.filter((sentence) => foreign.test(sentence))).toEqual([]);
});

const ODD = [null, 1.5, -1, 1e9, "", "odd", true, [], {}, [null], undefined];

/** The document with another value at one of its places. */
function* changed(value: unknown): Generator<unknown> {
  yield* ODD;
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value))
    for (const other of changed(inner))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
}

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { z } from "zod";
import { importClaims, importPolicy } from "../../main/findings/rules/policy.ts";
import { MAPPING_DOCUMENT } from "../../main/intake/mapping/mapping-document.ts";
import { parseMapping } from "../../main/intake/mapping/parse-mapping.ts";
import { importRegistry } from "../../main/registry/import.ts";
import { REGISTRY_COLUMNS } from "../../main/registry/kinds.ts";
import { CLAIM, CLAIMS } from "../../shared/model/claims.ts";
import { POLICY, RULE } from "../../shared/model/policy.ts";
import { quickCase } from "../main/query/dataset-of.ts";
import { temporaryFolder } from "../temporary.ts";

const page = (name: string) =>
  fs.readFileSync(path.resolve(import.meta.dirname, "../../resources/help", `${name}.md`), "utf8");

/** The keys that a page's tables of keys describe. */
const keysOf = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split("|")[1] as string).matchAll(/`([a-z_]+)`/gu)].map(([, key]) => key as string));

/** The keys that a page says are needed. */
const neededOn = (text: string): string[] =>
  keysOf(
    text
      .split("\n")
      .filter((line) => /\bneeded\b(?! with)/u.test(line))
      .join("\n"),
  );
const neededIn = (...shapes: readonly object[]): string[] =>
  shapes.flatMap((shape) =>
    Object.entries(shape as Record<string, z.ZodType>).flatMap(([key, type]) =>
      type.safeParse(undefined).success ? [] : [key],
    ),
  );

/** The first indented block: the example. */
const exampleOf = (text: string): string => /(?:^ {4}.*\n)+/mu.exec(text)?.[0] ?? "";

function fileOf(name: string, text: string): string {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, text);
  return file;
}

test("the pages of policies and claims describe every key of their schemas, and no other", () => {
  const scope = Object.keys(RULE.shape.applies_to.unwrap().shape);
  expect(keysOf(page("policy"))).toEqual([...Object.keys(POLICY.shape), ...Object.keys(RULE.shape), ...scope]);
  expect(keysOf(page("claims"))).toEqual([...Object.keys(CLAIMS.shape), ...Object.keys(CLAIM.shape)]);
  expect(neededOn(page("policy"))).toEqual(neededIn(POLICY.shape, RULE.shape));
  expect(neededOn(page("claims"))).toEqual(neededIn(CLAIMS.shape, CLAIM.shape));
});

test("the examples of policies and claims are taken as they stand", () => {
  const caseFile = quickCase();
  const policy = importPolicy(caseFile, fileOf("policy.json", exampleOf(page("policy"))));
  expect(policy.rules.map((rule) => rule.id)).toEqual(["groups-member-identity"]);
  const { claims } = importClaims(caseFile, fileOf("claims.json", exampleOf(page("claims"))));
  expect(claims).toMatchObject([{ id: "recent", value: 11 }]);
});

test("the page of mappings describes every key of their schema, and no other, and its example is one", () => {
  expect(parseMapping(exampleOf(page("mapping")), "mapping.json").name).toBe("orbit gateway");
  const { fields, rules } = MAPPING_DOCUMENT.shape;
  const place = fields.unwrap().valueType.unwrap().options[1];
  const rule = rules.unwrap().element;
  const described = keysOf(page("mapping").split("| `parse` | reads |")[0] as string);
  const keys = [MAPPING_DOCUMENT, place, rule].flatMap(({ shape }) => Object.keys(shape));
  expect([...described].sort()).toEqual(keys.sort());
  expect(neededOn(page("mapping"))).toEqual(neededIn(MAPPING_DOCUMENT.shape));
});

test("the page of the registry describes every column of its tables, and its example is taken as it stands, all of it", async () => {
  const columns = Object.values(REGISTRY_COLUMNS).map((kind) => Object.keys(kind));
  expect(keysOf(page("registry"))).toEqual(columns.flat());
  const needed = Object.values(REGISTRY_COLUMNS).flatMap((kind) =>
    Object.entries(kind).flatMap(([column, about]) => ("needed" in about ? [column] : [])),
  );
  expect(neededOn(page("registry"))).toEqual(needed);
  const report = await importRegistry(quickCase(), [fileOf("registry.json", exampleOf(page("registry")))]);
  expect(report).toMatchObject({ developers: 1, apps: 1, grants: 1, consents: 1, resources: 1, conflicts: [] });
  expect(report.files[0]?.ignored).toEqual([]);
  expect(report.files[0]?.tables.map((table) => Object.keys(table.columns))).toEqual(columns);
});

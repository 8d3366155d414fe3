import { expect, test } from "vitest";
import { fillRegistry, registryDigest, registryDocument, registryText } from "../../../main/registry/document.ts";
import { loadRegistry } from "../../../main/registry/load.ts";
import { datasets, quickCase } from "../query/dataset-of.ts";

const datasetOf = datasets();
const registry = {
  developers: [{ developer_id: "d1", developer: "Acmé" }, { developer_id: "d0" }],
  apps: [{ app: "a1", developer_id: "d1", owned_from: "1969-12-31T23:59:59.999999Z" }],
  grants: [
    { app: "a1", permission: "p", granted_at: "2018-04-04T00:00:00.000001Z", revoked_at: "2018-04-05T00:00:00.5Z" },
  ],
  consents: [{ subject: "p1", app: "a1", permission: "p", given_at: "2018-04-04T00:00:00Z" }],
  resources: [{ resource: "g1", people: 0 }],
};

test("a document holds every row with times as ISO 8601 and absent values left out, and fills another case with the same", () => {
  const { db } = datasetOf([], registry).caseFile;
  expect(registryDocument(db)).toEqual({
    ...registry,
    developers: [{ developer_id: "d0" }, { developer_id: "d1", developer: "Acmé" }],
    grants: [{ ...registry.grants[0], revoked_at: "2018-04-05T00:00:00.500Z" }],
  });
  const other = quickCase();
  fillRegistry(other.db, registryText(db));
  expect(loadRegistry(other.db)).toEqual(loadRegistry(db));
  expect(registryDigest(other.db)).toBe(registryDigest(db));
});

test("the same rows in another order are the same state; one microsecond is another", () => {
  const digest = (rows: typeof registry) => registryDigest(datasetOf([], rows).caseFile.db);
  const before = digest(registry);
  expect(digest({ ...registry, developers: registry.developers.toReversed() })).toBe(before);
  expect(
    digest({
      ...registry,
      consents: [{ ...registry.consents[0], given_at: "2018-04-04T00:00:00.000001Z" } as (typeof registry.consents)[0]],
    }),
  ).not.toBe(before);
});

test("a document with a table too many, or a value that is no text or number, fills nothing", () => {
  const { db } = quickCase();
  const empty = { developers: [], apps: [], grants: [], consents: [], resources: [] };
  for (const wrong of [{ ...empty, more: [] }, { ...empty, developers: [{ developer_id: null }] }, { developers: [] }])
    expect(() => fillRegistry(db, JSON.stringify(wrong))).toThrow();
  expect(loadRegistry(db)).toEqual(empty);
});

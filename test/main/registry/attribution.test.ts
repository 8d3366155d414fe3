import { expect, test } from "vitest";
import { Attribution } from "../../../main/registry/attribution.ts";
import { instantOf } from "../../../shared/base/time.ts";
import type { Registry } from "../../../shared/model/registry.ts";

const day = (text: string) => instantOf(`${text}T00:00:00Z`);
const attribution = (rows: Partial<Registry>) =>
  new Attribution({ developers: [], apps: [], grants: [], consents: [], resources: [], ...rows });
const DEVELOPERS = [
  { developer_id: "d1", developer: "Acme" },
  { developer_id: "d2", developer: "Bluebird" },
  { developer_id: "d3" },
];

test("an app is owned from the instant the ownership begins until just before it ends", () => {
  const owners = attribution({
    developers: DEVELOPERS,
    apps: [{ app: "a", developer_id: "d1", owned_from: day("2018-04-01"), owned_until: day("2018-05-01") }],
  });
  const at = [day("2018-04-01") - 1, day("2018-04-01"), day("2018-05-01") - 1, day("2018-05-01")];
  expect(at.map((time) => owners.registeredOwner("a", time)?.id)).toEqual([undefined, "d1", "d1", undefined]);
});

test("where two own it at once the later owner holds, and the earlier again after it", () => {
  const owners = attribution({
    developers: DEVELOPERS,
    apps: [
      { app: "a", developer_id: "d1" },
      { app: "a", developer_id: "d2", owned_from: day("2018-04-01"), owned_until: day("2018-05-01") },
    ],
  });
  expect(["2018-03-31", "2018-04-01", "2018-05-01"].map((text) => owners.registeredOwner("a", day(text))?.id)).toEqual([
    "d1",
    "d2",
    "d1",
  ]);
});

test("an owner whom no developers table names goes by its id; an app without an owner has none", () => {
  const owners = attribution({
    apps: [
      { app: "a", developer_id: "d9" },
      { app: "b", app_name: "Bee" },
    ],
  });
  expect(owners.registeredOwner("a", 0)).toEqual({ id: "d9", name: "d9", shown: "d9" });
  expect(owners.registeredOwner("b", 0)).toBeUndefined();
  expect([...owners.ownedApps]).toEqual(["a"]);
  expect(owners.unregisteredOwner("b", undefined)).toEqual({ id: "app:b", name: "Bee" });
});

test("a log's word is an id before it is a name, in any case; a name that two developers bear is neither's", () => {
  const owners = attribution({
    developers: [
      ...DEVELOPERS,
      { developer_id: "d4", developer: "ACME" },
      { developer_id: "Bluebird", developer: "Other" },
    ],
  });
  expect(["d3", "acme", "Bluebird", "bluebird", "D1"].map((word) => owners.named(word).id)).toEqual([
    "d3",
    "name:acme",
    "Bluebird",
    "d2",
    "name:D1",
  ]);
});

test("one owner is one object, however it was found; an empty word is none", () => {
  const owners = attribution({ developers: DEVELOPERS, apps: [{ app: "a", developer_id: "d1" }] });
  expect(owners.named("ACME")).toBe(owners.registeredOwner("a", 0));
  expect(owners.unregisteredOwner("x", "")).toBe(owners.unregisteredOwner("x", undefined));
  expect(owners.unregisteredOwner(undefined, undefined)).toEqual({ id: "unknown", name: "unknown" });
});

test("a list of apps may name its owner instead of its id; where two bear the name it is an owner of its own", () => {
  const owners = attribution({
    developers: [...DEVELOPERS, { developer_id: "d4", developer: "bluebird" }],
    apps: [
      { app: "a", developer_id: "ACME" },
      { app: "b", developer_id: "Bluebird" },
    ],
  });
  expect(owners.registeredOwner("a", 0)?.id).toBe("d1");
  expect(owners.registeredOwner("b", 0)?.id).toBe("Bluebird");
});

test("a UUID and an e-mail address are one in any case, another id is not", () => {
  const uuid = "0b6f3c1e-0a4f-4f0e-9a51-3d2c1b0a9f8e";
  const owners = attribution({
    developers: [{ developer_id: "D@Example.org", developer: "Dee" }],
    apps: [
      { app: uuid.toUpperCase(), developer_id: "d@example.ORG" },
      { app: "aB", developer_id: "d@example.ORG" },
    ],
  });
  expect(owners.registeredOwner(uuid, 0)).toMatchObject({ id: "D@Example.org", name: "Dee" });
  expect(owners.registeredOwner("ab", 0)).toBeUndefined();
});

import { expect, test } from "vitest";
import { instantOf } from "../../../shared/base/time.ts";
import { datasets } from "./dataset-of.ts";

const datasetOf = datasets();

const HANDOVER = "2018-04-04T00:00:00Z";

test("an app that changes hands at an instant belongs to the new owner from that instant on, to the old one until just before", () => {
  const { owners } = datasetOf(
    [
      { time: "2018-04-03T23:59:59.999999Z", app: "a1" },
      { time: HANDOVER, app: "a1" },
      { time: "2018-04-30T00:00:00Z", app: "a1" },
    ],
    {
      developers: [{ developer_id: "d1", developer: "Acme" }, { developer_id: "d2" }],
      apps: [
        { app: "a1", developer_id: "d1", owned_until: HANDOVER },
        { app: "a1", developer_id: "d2", owned_from: HANDOVER, owned_until: "2018-04-30T00:00:00Z" },
      ],
    },
  );
  // d2 has no name of its own: its id is shown. After the last span nobody is registered: the app stands for itself.
  const found = [...owners.of].map((index) => owners.list[index]);
  expect(found).toEqual([
    { id: "d1", name: "Acme", shown: "Acme" },
    { id: "d2", name: "d2", shown: "d2" },
    { id: "app:a1", name: "a1" },
  ]);
});

test("where the registry names no owner the log's word counts, matched by id and by name in any case; without it the app; without both nobody", () => {
  const words = ["d1", "ACME", "Nimbus", undefined] as const;
  const { owners } = datasetOf(
    words.flatMap((developer, index) =>
      [{ app: "a9" }, {}].map((app) => ({
        time: `2018-04-0${index + 1}T00:00:00Z`,
        ...app,
        ...(developer === undefined ? {} : { developer }),
      })),
    ),
    { developers: [{ developer_id: "d1", developer: "Acme" }], apps: [{ app: "a9", app_name: "Nine" }] },
  );
  expect([...owners.of].map((index) => owners.list[index]?.id)).toEqual([
    ...["d1", "d1", "d1", "d1", "name:Nimbus", "name:Nimbus"],
    ...["app:a9", "unknown"],
  ]);
  expect(owners.list.find(({ id }) => id === "app:a9")).toEqual({ id: "app:a9", name: "Nine" });
});

test("what is looked up once for each app and word is what attribution says of each call", () => {
  const apps = ["a1", "a2", "a3", undefined];
  const words = [undefined, "d1", "Cirrus"];
  const times = ["2018-04-03T00:00:00Z", HANDOVER, "2018-04-05T00:00:00Z"];
  const calls = times.flatMap((time) =>
    apps.flatMap((app) =>
      words.map((developer) => ({
        time,
        ...(app === undefined ? {} : { app }),
        ...(developer === undefined ? {} : { developer }),
      })),
    ),
  );
  const { owners, attribution } = datasetOf(calls, {
    developers: [{ developer_id: "d1", developer: "Acme" }],
    apps: [
      { app: "a1", developer_id: "d1" },
      { app: "a2", developer_id: "d3", owned_from: HANDOVER },
    ],
  });
  for (const [p, call] of calls.entries()) {
    const registered = call.app === undefined ? undefined : attribution.registeredOwner(call.app, instantOf(call.time));
    expect(owners.list[owners.of[p] as number], JSON.stringify(call)).toBe(
      registered ?? attribution.unregisteredOwner(call.app, call.developer),
    );
  }
  expect(new Set(owners.list).size).toBe(owners.list.length);
});

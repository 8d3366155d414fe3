import { expect, test } from "vitest";
import { readMapping } from "../../../../main/intake/mapping/parse-mapping.ts";
import { imported } from "../imported.ts";

test("a column `caller` says what called, in the very words; another word there speaks of something else", async () => {
  const words = ["app", "User", " service ", "main.go:17", "", "services"];
  const rows = words.map((word, at) => `2024-05-01T10:00:0${at}Z,a1,${word}`);
  const { events } = await imported(["time,app,caller", ...rows].join("\n"));
  expect(events.map(({ caller }) => caller)).toEqual(["app", "user", "service", undefined, undefined, undefined]);
});

test("a mapping says it by a place, a constant, or a rule", async () => {
  const text = ["time,app,kind", "2024-05-01T10:00:00Z,a1,AWSService", "2024-05-01T10:00:01Z,a1,Role"].join("\n");
  const schema = "exhibit/mapping@1";
  const callers = async (mapping: Record<string, unknown>) =>
    (await imported(text, { mapping: { schema, format: "csv", ...mapping } })).events.map(({ caller }) => caller);
  expect(await callers({ fields: { caller: { value: "service" } } })).toEqual(["service", "service"]);
  expect(await callers({ fields: { caller: { from: "kind", match: "(?i)^AWS(service)$" } } })).toEqual([
    "service",
    undefined,
  ]);
  const rules = [
    { when: { "record.kind": "^AWSService$" }, set: { caller: "service" } },
    { when: { caller: "^service$" }, set: { api: "platform" } },
    { when: { "record.kind": "." }, set: { caller: "app" } },
  ];
  expect(await callers({ rules })).toEqual(["service", "app"]);
  expect((await imported(text, { mapping: { schema, format: "csv", rules } })).events[0]?.api).toBe("platform");
});

test("a mapping that says anything else is refused, naming the place", () => {
  const mapping = { schema: "exhibit/mapping@1", format: "csv" };
  const wrong = { fields: { caller: { value: "robot" } }, rules: [{ when: { app: "." }, set: { caller: "system" } }] };
  expect(() => readMapping({ ...mapping, ...wrong }, "m.json")).toThrow(
    /fields\.caller\.value: "robot" is none of app, user, service; rules\[0\]\.set\.caller: "system"/u,
  );
});

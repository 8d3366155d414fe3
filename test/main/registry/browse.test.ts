import { expect, test } from "vitest";
import { registryPage } from "../../../main/registry/browse.ts";
import { listConflicts } from "../../../main/registry/list-conflicts.ts";
import { caseOf } from "../../fixture.ts";

const REGISTRY = {
  developers: [
    { developer_id: "D1", developer: "Öresund Apps" },
    { developer_id: "D2", developer: "Quillfen" },
  ],
  apps: [{ app: "a1", developer_id: "D1" }],
  grants: [
    { app: "a1", permission: "p", granted_at: "2018-01-01T00:00:00Z", revoked_at: "2018-02-01T00:00:00Z" },
    { app: "a1", permission: "q", granted_at: "2018-06-01T00:00:00Z", revoked_at: "2018-05-01T00:00:00Z" },
  ],
  consents: [],
  resources: [],
};
const opened = () => caseOf({ events: [], registry: REGISTRY as never });

test("rows of a kind come in pages, searched in any column, in an order", () => {
  const { db } = opened();
  const page = (contains: string, more: object = {}) =>
    registryPage(db, { kind: "developers", contains, offset: 0, limit: 10, ...more });
  expect(page("")).toMatchObject({
    total: 2,
    matched: 2,
    columns: ["developer_id", "developer", "contact", "country"],
  });
  expect(page("QUILL").rows.map(({ values }) => values.developer_id)).toEqual(["D2"]);
  expect(page("Öresund apps").matched).toBe(1);
  expect(page("", { sort: "developer_id:desc" }).rows[0]?.values.developer_id).toBe("D2");
  expect(page("", { offset: 1 }).rows).toHaveLength(1);
  expect(registryPage(db, { kind: "grants", contains: "", offset: 0, limit: 1 }).rows[0]?.values.granted_at).toBe(
    "2018-01-01T00:00:00Z",
  );
});

test("a grant that ends before it begins, and an app of the logs that nobody registered, are conflicts", () => {
  const { groups } = listConflicts(opened(), [
    { app: "a1", events: 3 },
    { app: "a9", events: 2 },
  ]);
  const told = (kind: string) => groups.find((group) => group.kind === kind)?.told ?? [];
  expect(told("grants that end before they begin")).toHaveLength(1);
  expect(told("apps of the logs that nobody registered")).toMatchObject([
    { text: "app a9 made 2 calls and is in no list of apps; the log's own word says whose it is", filter: "app:a9" },
  ]);
});

import { expect, test } from "vitest";
import { columnsOf, kindOf } from "../../../main/registry/kinds.ts";
import { REGISTRY_KINDS } from "../../../shared/model/registry.ts";

test.each([
  [["developer_id", "developer", "contact", "country"], "developers"],
  [["app", "app_name", "developer_id", "owned_from"], "apps"],
  [["app", "permission", "granted_at", "revoked_at"], "grants"],
  [["subject", "app", "permission", "given_at"], "consents"],
  [["resource", "title", "people"], "resources"],
  [["client_id", "scope", "from", "to"], "grants"],
  [["client_id", "scope", "user_id", "from"], "consents"],
  [["group_id", "members"], "resources"],
  [["id", "name"], "developers"],
  [["name", "mail"], undefined],
  [["permission", "granted_at"], undefined],
  [[], undefined],
])("%j is a table of %s", (columns, kind) => {
  expect(kindOf(columns)).toBe(kind);
});

test("a table of a kind's own columns, or of the needed ones alone, is of that kind", () => {
  for (const kind of REGISTRY_KINDS) {
    const columns = columnsOf(kind);
    expect(kindOf(columns.map(([name]) => name))).toBe(kind);
    expect(kindOf(columns.filter(([, column]) => column.needed).map(([name]) => name)) ?? kind).toBe(kind);
  }
});

test("no name stands for two columns of one kind", () => {
  for (const kind of REGISTRY_KINDS) {
    const names = columnsOf(kind).flatMap(([name, column]) => [name, ...column.also]);
    expect(new Set(names).size, kind).toBe(names.length);
  }
});

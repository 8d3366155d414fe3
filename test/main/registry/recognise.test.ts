import { expect, test } from "vitest";
import { columnsOf, REGISTRY_COLUMNS } from "../../../main/registry/kinds.ts";
import { recognise, type Wishes } from "../../../main/registry/recognise.ts";
import { REGISTRY_KINDS } from "../../../shared/model/registry.ts";

/** Each kind of table in a sheet with these columns, each column of the registry by the name that it has there. */
function found(names: readonly string[], { sheet, ...wishes }: Wishes & { sheet?: string } = {}) {
  const about = { rows: [{ place: "line 2", cells: names.map(() => "x") }], ...(sheet ? { name: sheet } : {}) };
  return recognise(names, about, wishes, "f.csv")?.tables.map(
    ({ kind, columns }) =>
      [kind, Object.fromEntries([...columns].map(([column, index]) => [column, names[index]]))] as const,
  );
}
const kinds = (names: readonly string[], wishes = {}) => found(names, wishes)?.map(([kind]) => kind);
const refusal = (names: readonly string[], wishes = {}) => {
  try {
    return { kinds: kinds(names, wishes) };
  } catch (error) {
    return error;
  }
};

test("a table of a kind's own columns, or of the needed ones alone, is of that kind", () => {
  for (const kind of REGISTRY_KINDS) {
    const columns = columnsOf(kind);
    // an app with its owner's name is two tables
    expect(kinds(columns.map(([name]) => name))?.[0]).toBe(kind);
    expect(kinds(columns.filter(([, column]) => column.needed).map(([name]) => name))).toEqual([kind]);
  }
});

test.each([
  [["client_id", "scope", "from", "to"], ["grants"]],
  [["client_id", "scope", "user_id", "from"], ["consents"]],
  [["group_id", "members"], ["resources"]],
  [["id", "name", "status", "owner_id"], ["apps"]],
  [["id", "name", "owner"], ["apps"]],
  [["id", "name", "member_count"], ["resources"]],
  [["id", "company", "country"], ["developers"]],
  [["id", "developer_id", "developer", "country"], ["developers"]],
  [
    ["Client ID", "Partner", "Company"],
    ["apps", "developers"],
  ],
  [
    ["developer_id", "developer", "country", "app", "app_name", "status"],
    ["apps", "developers"],
  ],
  [
    ["app", "app_name", "developer", "permission", "granted_at"],
    ["grants", "apps"],
  ],
  [["id", "name"], undefined],
  [["id", "name", "status"], undefined],
  [["name", "mail"], undefined],
  [["permission", "granted_at"], undefined],
  [[], undefined],
])("%j: several columns together say %j, `id` alone nothing", (columns, expected) => {
  expect(kinds(columns)).toEqual(expected);
});

test("what a sheet is called decides where `id` leaves it open, and nothing else", () => {
  expect(kinds(["id", "name"], { sheet: "apps" })).toEqual(["apps"]);
  expect(kinds(["id", "name"], { sheet: "data.Developers" })).toEqual(["developers"]);
  expect(kinds(["id", "name", "member_count"], { sheet: "apps" })).toEqual(["resources"]);
});

test.each([
  [["Anwendung", "Berechtigung", "Erteilt am", "Widerrufen am"]],
  [["Anwendungs-ID", "Berechtigung", "gültig ab", "Gültig bis"]],
  [["Application", "Autorisation", "Accordé le", "Révoqué le"]],
  [["Identifiant application", "Permission", "Date de début", "Date de fin"]],
  [["Aplicación", "Permiso", "Concedido el", "Revocado el"]],
  [["appId", "permissionName", "grantedAt", "revokedAt"]],
  [["app.id", "permission", "grant.granted_at", "grant.revoked_at"]],
  [["APP_ID", "Scope", "Granted On", "Removed"]],
  [["Client ID", "scope", "Granted at (UTC)", "Expires (UTC)"]],
])("%j are the columns of grants", (names) => {
  const [app, permission, granted_at, revoked_at] = names as [string, string, string, string];
  expect(found(names)).toEqual([["grants", { app, permission, granted_at, revoked_at }]]);
});

test("the thing alone is its id, and its name where an id stands beside it", () => {
  expect(found(["App", "App ID", "Partner", "Partner ID"])).toEqual([
    ["apps", { app: "App ID", app_name: "App", developer_id: "Partner ID" }],
    ["developers", { developer_id: "Partner ID", developer: "Partner" }],
  ]);
});

test.each([
  [["app", "permission", "granted_at", "revoked_at", "Revoked At"], 'has the column "Revoked At" twice'],
  [["app", "permission", "granted_at", "revoked_at", "expires_at"], '"expires_at" looks like an end'],
  [["app", "permission", "granted_at", "access offboarded"], '"access offboarded" looks like an end'],
  [["app", "permission", "granted_at", "revoked_at", "Partner manager"], '"Partner manager" looks like an owner'],
  [["app", "app_name", "owner_id", "Former owner"], '"Former owner" looks like an owner'],
  [["app", "app_name", "removed_at"], '"removed_at" looks like an end'],
  [["app", "app_name", "status", "review state"], '"review state" looks like a status'],
  [["client_id", "app_id", "developer_id"], '"client_id" and "app_id" could each be app'],
  [["app", "permission", "status", "active", "granted_at"], "could each be the status"],
  [["app", "permission"], "has no column granted_at, which grants need"],
])("%j is refused until it is mapped: %s", (names, why) => {
  expect(refusal(names)).toMatchObject({ code: "registry-wrong", message: expect.stringContaining(why) });
});

test("a column is what it is mapped to, or left out, and is not asked about again", () => {
  const columns = [
    { column: "granted_at", from: "Live as of" },
    { column: "ignore", from: "Access offboarded" },
  ];
  const names = ["app", "permission", "Live as of", "access  offboarded"];
  expect(found(names, { columns })).toEqual([
    ["grants", { app: "app", permission: "permission", granted_at: "Live as of" }],
  ]);
});

test("a column that looks like an end and is empty in every row says nothing, and is not asked about", () => {
  const names = ["app", "app_name", "removed_at"];
  expect(recognise(names, { rows: [{ place: "line 2", cells: ["1", "A", " "] }] }, {}, "f.csv")?.ignored).toEqual([2]);
});

test("every column of the registry can be mapped by hand", () => {
  for (const kind of REGISTRY_KINDS) {
    const names = Object.keys(REGISTRY_COLUMNS[kind]);
    const columns = names.map((column, index) => ({ column, from: `Spalte ${index}` }));
    expect(
      found(
        columns.map(({ from }) => from),
        { kind, columns },
      ),
    ).toEqual([[kind, Object.fromEntries(columns.map(({ column, from }) => [column, from]))]]);
  }
});

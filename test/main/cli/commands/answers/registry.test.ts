import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string) => {
  fs.writeFileSync(at(name), text);
  return at(name);
};
const registry = (...args: string[]) => exhibit("registry", at("case"), ...args);

test("a registry as it is typed: tried, mapped, taken, listed, replaced, taken back", () => {
  expect(exhibit("create", at("case"), "--examiner", "R. Vale <vale@example.org>").code).toBe(0);
  const file = write("g.csv", "App ID;Scope;Live, as of;Access offboarded\n1041;p;01.02.2017;13.05.2018\n");
  const refused = registry(file);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/^exhibit: g\.csv has no column granted_at.*--columns granted_at="…"/u);

  const columns = ["--columns", 'granted_at="Live, as of",revoked_at=Access offboarded'];
  const dry = registry(file, ...columns, "--dry-run", "--json").json();
  expect(dry).toMatchObject({
    grants: 1,
    dry_run: true,
    files: [{ file: "g.csv", tables: [{ kind: "grants", added: 1, columns: { granted_at: "Live, as of" } }] }],
  });
  expect(registry("--json").json()).toMatchObject({ grants: 0, imports: [] });

  const taken = registry(file, ...columns);
  expect(taken.out).toContain("g.csv (import 1): grants, 1 rows: 1 added, 0 changed, 0 same\n");
  expect(taken.out).toContain('revoked_at from "Access offboarded"');
  expect(taken.out).toContain("dates are day first");

  const other = write("h.csv", "app,permission,granted_at\n7,p,2017-01-01\n");
  expect(registry(other, "--replace").out).toContain("1 added, 0 changed, 0 same, 1 removed");
  expect(registry("--take-back", "2", "--reason", "the wrong list", "--json").json()).toMatchObject({
    grants: 1,
    conflicts: [],
  });
  expect(registry("--json").json()).toMatchObject({
    grants: 1,
    imports: [
      { n: 1, name: "g.csv", kind: "grants", rows: 1 },
      { n: 2, name: "h.csv", taken_back: "the wrong list" },
    ],
  });
  expect(exhibit("custody", at("case"), "--verify").code).toBe(0);
});

test.each([
  [["--take-back", "1"], /reason/u],
  [["x.csv", "--columns", "app"], /--columns cannot be read/u],
  [["x.csv", "--columns", "app=A,app=B"], /the same again/u],
  [["x.csv", "--dates", "ymd"], /no order of dates/u],
  [["x.csv", "--kind", "people"], /no kind of registry table/u],
  [["x.csv", "--timezone", "Mars"], /not a time zone/u],
  [["--replace"], /needs a FILE/u],
])("%j is refused in one sentence", (args, why) => {
  write("x.csv", "app,developer_id\n1,D1\n");
  const ran = registry(...args.map((arg) => (arg === "x.csv" ? at(arg) : arg)));
  expect([ran.code, ran.out]).toEqual([2, ""]);
  expect(ran.err).toMatch(why);
  expect(ran.err.trim().split("\n")).toHaveLength(1);
});

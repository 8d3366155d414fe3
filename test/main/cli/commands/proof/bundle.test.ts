import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { demandSound } from "../../../../../main/bundle/verify/own-check.ts";
import { verify } from "../../../../../main/bundle/verify/verify.ts";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";
import { POLICY } from "../../../bundle/fixture.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const bundled = (name: string, ...more: string[]) => exhibit("bundle", at("case"), "--out", at(name), ...more);

test("an entitled app whose developer only another of its calls names: the bundle carries that call, and is checked", async () => {
  exhibit("create", at("case"), "--examiner", "R. Vale <vale@example.org>");
  fs.writeFileSync(
    at("calls.csv"),
    `time,app,developer,api,status,fields
2018-04-01T10:00:00Z,a1,Acme Social,events,200,id
2018-04-02T10:00:00Z,a1,Later Ltd,events,200,id
2018-04-05T10:00:00Z,a2,Other,groups,200,name
`,
  );
  fs.writeFileSync(at("grants.csv"), "app,permission,granted_at\na1,members,2018-01-01\n");
  fs.writeFileSync(at("policy.json"), JSON.stringify(POLICY));
  for (const [command, file] of [
    ["import", "calls.csv"],
    ["registry", "grants.csv"],
    ["policy", "policy.json"],
  ] as const)
    expect(exhibit(command, at("case"), at(file)).code).toBe(0);

  const made = bundled("b.zip");
  expect([made.code, made.err]).toEqual([0, ""]);
  expect(made.out).toMatch(/^2 events, .*\nchecked: 2 events read again from their lines; /u);
  expect(bundled("unchecked.zip", "--unchecked").out).not.toContain("checked:");
  expect(bundled("json.zip", "--json").json()).toMatchObject({ events: 2, left_out: 1, signed: false });

  // Whatever is wrong with a bundle, it stays where it is.
  fs.appendFileSync(at("b.zip"), "x");
  const verdict = await verify(at("b.zip"), { recompute: true });
  const fault = {
    code: "bundle-unsound",
    what: expect.stringMatching(/^b\.zip was made but fails its own check \(container: /u),
    todo: expect.stringContaining("fault in Exhibit"),
  };
  expect(() => demandSound(at("b.zip"), verdict)).toThrow(expect.objectContaining(fault));
  expect(fs.existsSync(at("b.zip"))).toBe(true);
});

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exhibit } from "../../../exhibit.ts";
import { temporaryFolder } from "../../../temporary.ts";

const folder = temporaryFolder();
const write = (name: string, text: string) => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const log = (ids: readonly string[]) => ["time,app", ...ids.map((id) => `2018-05-01T10:00:00Z,${id}`)].join("\n");
const policy = {
  schema: "exhibit/policy@1",
  rules: [{ id: "r", effective_from: "2018-01-01", restricted_fields: ["x"] }],
};

test.each([
  [
    "the logs",
    ["7.0", "8.00", "9.0", "x1"],
    ["7", "8", "x1"],
    "app ids such as 7.0 are in no registry table; without the .0, 2 of 3 are",
  ],
  [
    "the registry",
    ["7", "8"],
    ["7.0", "9.0"],
    "app ids of the registry such as 7.0 are in no log; without the .0, 1 of 2 are",
  ],
])(
  "app ids that %s write as fractions are named at registry, import and findings, and never joined",
  (name, logged, known, said) => {
    const place = path.join(folder, `case of ${name}`);
    expect(exhibit("create", place, "--examiner", "X").code).toBe(0);
    exhibit("import", place, write(`${name}.csv`, log(logged)));
    const apps = ["app,app_name,developer_id", ...known.map((id) => `${id},name,D${id}`)].join("\n");
    expect(exhibit("registry", place, write("apps.csv", apps), "--kind", "apps").out).toContain(`conflict: ${said}\n`);
    expect(exhibit("import", place, write(`${name} 2.csv`, log([...logged, "x2"]))).out).toContain(
      `registry: ${said}\n`,
    );
    exhibit("policy", place, write("policy.json", JSON.stringify(policy)));
    expect(exhibit("findings", place).out).toContain(`Not joined: ${said}.\n`);
    const { facets } = exhibit("query", place, "", "--facet", "developer", "--json").json<{
      facets: { developer: { value?: string }[] };
    }>();
    expect(facets.developer.map(({ value }) => value)).not.toContain("D7");
  },
);

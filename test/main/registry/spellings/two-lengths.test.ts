import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { longSalesforceId } from "../../../../main/registry/spellings/two-lengths.ts";
import { exhibit } from "../../../exhibit.ts";
import { temporaryFolder } from "../../../temporary.ts";

test("the three characters behind a Salesforce id say which of the others are upper case, five by five", () => {
  for (const long of ["00570000001ZwTiAAK", "00530000009M943AAC", "0055j000000utlPAAQ", "001000000000123AAA"])
    expect(longSalesforceId(long.slice(0, 15))).toBe(long);
  const short = fc.stringMatching(/^[0-9A-Za-z]{15}$/u);
  fc.assert(
    fc.property(short, (id) => {
      const other = [...id].map((char) => (/[a-z]/u.test(char) ? char.toUpperCase() : char.toLowerCase())).join("");
      expect(longSalesforceId(id)).toMatch(new RegExp(`^${id}[A-Z0-5]{3}$`, "u"));
      if (other !== id) expect(longSalesforceId(other).slice(15)).not.toBe(longSalesforceId(id).slice(15));
    }),
  );
});

const folder = temporaryFolder();
const write = (name: string, text: string) => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const APP = "0H4Rh0000000ABC";
const PEOPLE = ["0035j00000UtlPA", "0035j00000UtlPB", "0035j00000UtlPC"];
const row = (app: string, subjects: readonly string[], user: string) =>
  `2018-05-01T10:00:00Z,${app},"${subjects.join(";")}",${user},r\n`;
const HEAD = "time,app,subjects,user,resource\n";

test("ids of 15 and of 18 characters are said with how many, at import, registry and findings, and stay two", () => {
  const place = path.join(folder, "case");
  exhibit("create", place, "--examiner", "X");
  exhibit("import", place, write("1.csv", HEAD + row(APP, PEOPLE, "kim")));
  const long = PEOPLE.slice(0, 2).map(longSalesforceId);
  const people =
    `2 subject ids stand in the case with 15 and with 18 characters, such as ${PEOPLE[0]} and ${long[0]}: ` +
    "each is taken for two";
  const second = exhibit("import", place, write("2.csv", HEAD + row(APP, long, "kim")));
  expect(second.out).toContain(`registry: ${people}\n`);
  expect(second.out).not.toContain("app id");
  const apps = write("apps.csv", `app,app_name,developer_id\n${longSalesforceId(APP)},name,D1\n`);
  const app =
    `1 app id stands in the case with 15 and with 18 characters, such as ${APP} and ${longSalesforceId(APP)}: ` +
    "each is taken for two";
  for (const dryRun of [["--dry-run"], []])
    expect(exhibit("registry", place, apps, "--kind", "apps", ...dryRun).out).toContain(`conflict: ${app}\n`);
  const rules = [{ id: "r", effective_from: "2018-01-01", restricted_fields: ["x"] }];
  exhibit("policy", place, write("policy.json", JSON.stringify({ schema: "exhibit/policy@1", rules })));
  const { out } = exhibit("findings", place);
  expect(out).toContain(`Not joined: ${app}.\n`);
  expect(out).toContain(`Not joined: ${people}.\n`);
  expect(exhibit("people", place, "", "--json").json()).toMatchObject({ people: { value: 5, basis: "exact" } });
});

test("ids of these lengths that are none of Salesforce's are not taken for it", () => {
  const place = path.join(folder, "others");
  exhibit("create", place, "--examiner", "X");
  const ids = ["100004231234567", "100004231234567890", "100004231234567AAB"];
  const { out } = exhibit("import", place, write("3.csv", HEAD + ids.map((id) => row(id, [id], id)).join("")));
  expect(out).not.toContain("15 and with 18");
});

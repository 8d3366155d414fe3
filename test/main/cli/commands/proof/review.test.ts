import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";
import { POLICY } from "../../../bundle/fixture.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);

test("a review is shown, taken in, and refused where the case never made its bundle", () => {
  exhibit("create", at("case"), "--examiner", "R. Vale <vale@example.org>");
  fs.writeFileSync(at("calls.csv"), "time,app,api,status,fields\n2018-04-05T10:00:00Z,a2,groups,200,name\n");
  fs.writeFileSync(at("policy.json"), JSON.stringify(POLICY));
  exhibit("import", at("case"), at("calls.csv"));
  exhibit("policy", at("case"), at("policy.json"));
  const made = exhibit("bundle", at("case"), "--out", at("b.zip"), "--unchecked", "--json").json() as {
    name: string;
    sha256: string;
  };
  const write = (tagmanifest_sha256: string) =>
    fs.writeFileSync(
      at("o.review.json"),
      JSON.stringify({
        schema: "exhibit/review@1",
        bundle: { name: made.name, tagmanifest_sha256 },
        author: "J. Okafor",
        at: "2019-12-07T16:20:00Z",
        acts: [{ act: "dispute", finding: { rule: "members", developer_id: "app:a2" }, text: "A test account.\u202e" }],
      }),
    );
  write(made.sha256);
  const shown = exhibit("review", at("case"), at("o.review.json"));
  expect([shown.code, shown.err]).toEqual([0, ""]);
  expect(shown.out).toContain(
    '1 new      dispute a2 (app:a2), members: "A test account.\\u202e" (J. Okafor; here: open)',
  );
  expect(exhibit("review", at("case"), at("o.review.json"), "--apply").out).toContain("Took in 1 act of J. Okafor.");
  write("0".repeat(64));
  const refused = exhibit("review", at("case"), at("o.review.json"), "--apply");
  expect([refused.code, refused.out]).toEqual([2, ""]);
  expect(refused.err).toMatch(/^exhibit: o\.review\.json is of bundle .*, which this case never made: [^\n]*\n$/u);
  expect(exhibit("review", at("case"), at("o.review.json"), "--only", "1").code).toBe(2);
});

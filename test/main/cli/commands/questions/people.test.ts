import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exhibit } from "../../../../exhibit.ts";
import { temporaryFolder } from "../../../../temporary.ts";

const LOG = `time,app,api,status,fields,subjects
2018-04-05T00:00:00Z,a1,groups,200,name;picture,p1;p2
2018-04-06T00:00:00Z,a2,groups,200,name,p2;=p3
`;
const POLICY = {
  schema: "exhibit/policy@1",
  as_of: "2019-01-01T00:00:00Z",
  rules: [{ id: "r", effective_from: "2018-04-04T00:00:00Z", restricted_fields: ["name", "picture"] }],
};

test("people as they are typed: a list by the name of its file, one id, and a file of ids", () => {
  const folder = temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  fs.writeFileSync(at("log.csv"), LOG);
  fs.writeFileSync(at("policy.json"), JSON.stringify(POLICY));
  fs.writeFileSync(at("ids.txt"), "\uFEFFp2\r\nnobody\r\n\r\np2\n");
  exhibit("create", at("case"), "--title", "T", "--examiner", "E <e@x>");
  exhibit("import", at("case"), at("log.csv"));
  exhibit("policy", at("case"), at("policy.json"));
  const people = (...args: string[]) => exhibit("people", at("case"), "level:obtained", ...args);
  people("--list", at("people.txt"));
  expect(fs.readFileSync(at("people.txt"), "utf8")).toBe("=p3\np1\np2\n");
  expect(people("--list", at("people.csv"), "--json").json()).toMatchObject({
    listed: 3,
    people: { value: 3, basis: "exact" },
  });
  expect(fs.readFileSync(at("people.csv"), "utf8")).toBe(
    `id,developers,first,last,fields,events
'=p3,app:a2,2018-04-06T00:00:00Z,2018-04-06T00:00:00Z,name,1
p1,app:a1,2018-04-05T00:00:00Z,2018-04-05T00:00:00Z,name;picture,1
p2,app:a1;app:a2,2018-04-05T00:00:00Z,2018-04-06T00:00:00Z,name;picture,2
`,
  );
  people("--list", at("people.xlsx"));
  expect(fs.readFileSync(at("people.xlsx")).subarray(0, 2).toString()).toBe("PK");
  const p2 = {
    subject: "p2",
    affected: true,
    developers: [
      {
        developer_id: "app:a1",
        first: "2018-04-05T00:00:00Z",
        last: "2018-04-05T00:00:00Z",
        fields: ["name", "picture"],
        events: 1,
      },
      {
        developer_id: "app:a2",
        first: "2018-04-06T00:00:00Z",
        last: "2018-04-06T00:00:00Z",
        fields: ["name"],
        events: 1,
      },
    ],
  };
  expect(people("--subject", "p2", "--json").json()).toEqual(p2);
  const nobody = { subject: "nobody", affected: false, developers: [] };
  expect(people("--subjects", at("ids.txt"), "--json").json()).toEqual({ subjects: [p2, nobody] });
  expect(people("--subjects", at("ids.txt")).out).toMatch(/1 of 2 affected[\s\S]*nobody\s+not listed/u);
  expect(people("--subjects", at("none.txt"))).toMatchObject({ code: 2 });
  expect(people("--subject", "")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("is empty") });
}, 30_000);

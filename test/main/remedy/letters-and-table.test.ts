import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { POLICY } from "../bundle/fixture.ts";
import { engineOf } from "../engine-of.ts";

const { engine, caseFile, at } = await engineOf(
  [
    "time,app,api,status,fields,subjects",
    "2018-04-05T10:00:00Z,a1,groups,200,name,p1;p2",
    "2018-04-06T10:00:00Z,a2,groups,200,name,p2",
  ],
  {
    "developers.csv": "developer_id,developer\nD1,=Acme\nD2,Brisk\n",
    "apps.csv": "app,app_name,developer_id\na1,One,D1\na2,Two,D2\n",
    "policy.json": JSON.stringify(POLICY),
  },
);
await engine.ask("registry", { files: [at("developers.csv"), at("apps.csv")] });
await engine.ask("policy", { file: at("policy.json") });

const rule = POLICY.rules[0]?.id as string;
const rows = async () => (await engine.ask("remedy", {})).rules[0]?.developers ?? [];

test("letters are recorded as the step they are, or as what they ask for, each with its text in evidence", async () => {
  const sent = { rule, developers: ["D1", "D2"] };
  await engine.ask("recordLetters", { ...sent, kind: "notice", when: "2019-11-06", responsible: "R. Vale" });
  await engine.ask("recordLetters", { rule, developers: ["D2"], kind: "certification", when: "2019-12-06" });
  const [one, two] = await rows();
  expect(one?.entries).toMatchObject([
    { step: "notified", on: "2019-11-06", by: "R. Vale", files: [{ name: "notice-001-D1.txt" }] },
  ]);
  expect(two?.entries).toMatchObject([
    { step: "notified", files: [{ name: "notice-002-D2.txt" }] },
    { step: "certified", due: "2019-12-06", files: [{ name: "certification-001-D2.txt" }] },
  ]);
  const { text } = await engine.ask("letter", { kind: "notice", developer_id: "D2", rule });
  const kept = fs.readFileSync(path.join(caseFile.evidence, two?.entries[0]?.files[0]?.sha256 ?? ""), "utf8");
  // But for when it is written, the letter that was shown.
  expect(kept.split("\n")[0]).toBe(text.split("\n")[0]);
  expect((await verify(caseFile.folder)).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

test("letters to somebody unknown record nothing", async () => {
  const before = JSON.stringify(await rows());
  await expect(
    engine.ask("recordLetters", { rule, developers: ["D1", "D99"], kind: "deletion", when: "2019-11-06" }),
  ).rejects.toMatchObject({ code: "developer-unknown" });
  await expect(
    engine.ask("recordLetters", { rule, developers: ["D1"], kind: "deletion", when: "soon" }),
  ).rejects.toThrow(/soon/u);
  expect(JSON.stringify(await rows())).toBe(before);
});

test("the table of a rule is written, of those asked for in their order, safe for a spreadsheet", async () => {
  await engine.ask("remedyFile", { rule, developers: ["D2", "D1"], file: at("remedy.csv") });
  expect(fs.readFileSync(at("remedy.csv"), "utf8").split("\n")).toEqual([
    "developer_id,developer,level,state,revoked,notified,requested,certified,audited,closed,next,due,overdue,owner,against",
    "D2,Brisk,obtained,notified,,2019-11-06,,,,,requested,,certified,R. Vale,notified: the step before it is not done",
    "D1,'=Acme,obtained,notified,,2019-11-06,,,,,requested,,,R. Vale,notified: the step before it is not done",
    "",
  ]);
  const { developers } = await engine.ask("remedyFile", { rule, file: at("remedy.xlsx") });
  expect(developers).toBe(2);
  expect(fs.readFileSync(at("remedy.xlsx")).subarray(0, 2).toString()).toBe("PK");
  expect((await engine.ask("custodyRows", { offset: 0, limit: 1 })).rows[0]).toMatchObject({
    act: "export",
    detail: { format: "remedy xlsx", rule, developers: 2 },
  });
});

test("of ids that are pasted it is said who was affected, and how well the rest is known", async () => {
  const filter = `finding:${rule} level:possible+`;
  const { subjects, people } = await engine.ask("subjects", { filter, ids: "p2\r\n\nnobody\np2\n" });
  expect(subjects.map(({ subject, developers }) => [subject, developers.map(({ developer_id: id }) => id)])).toEqual([
    ["p2", ["D1", "D2"]],
    ["nobody", []],
  ]);
  expect(people).toEqual({ value: 2, basis: "exact" });
  await expect(engine.ask("subjects", { filter, ids: " \n" })).rejects.toThrow(/holds no id/u);
});

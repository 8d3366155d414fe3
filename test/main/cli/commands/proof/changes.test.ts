import { expect, test } from "vitest";
import type { AsOfCurve } from "../../../../../shared/model/accountability/as-of-curve.ts";
import type { CaseChanges } from "../../../../../shared/model/accountability/changes.ts";
import { exhibit } from "../../../../exhibit.ts";
import { POLICY } from "../../../bundle/fixture.ts";
import { engineOf } from "../../../engine-of.ts";

test("a join, what it changed and the curve of dates, as they are typed", async () => {
  const log = ["time,app,developer,api,status,fields,subjects"];
  for (const [day, who] of [
    ["05", "Acme"],
    ["09", "Acme Ltd"],
  ])
    log.push(`2018-04-${day}T10:00:00Z,,${who},groups,200,name,p${day}`);
  const { caseFile, engine, at } = await engineOf(log, { "policy.json": JSON.stringify(POLICY) });
  await engine.ask("policy", { file: at("policy.json") });
  caseFile.close();
  const { folder } = caseFile;
  expect(exhibit("registry", folder, "--join", "name:Acme", "--reason", "x")).toMatchObject({
    code: 2,
    err: "exhibit: --join goes with --into: say for whom it counts\n",
  });
  const joining = ["--join", "name:Acme Ltd", "--into", "name:Acme", "--reason", "one company"];
  expect(exhibit("registry", folder, ...joining, "--json").json()).toEqual({ n: 1 });
  const { findings, acts } = exhibit("changes", folder, "--json").json<CaseChanges>();
  expect(acts).toMatchObject([{ act: "registry", about: "name:Acme Ltd" }]);
  expect(findings.map(({ developer_id: id, change }) => [id, change])).toEqual([
    ["name:Acme", "numbers"],
    ["name:Acme Ltd", "gone"],
  ]);
  for (const [before, after] of [
    ["1", "99"],
    ["99", "99"],
    ["3", "2"],
  ])
    expect(exhibit("changes", folder, "--before", before as string, "--after", after as string)).toMatchObject({
      ...{ code: 2, out: "" },
      err: expect.stringMatching(
        /^exhibit: (?:The case has no act 99: its last one is \d+|Act 3 is later than act 2): /u,
      ),
    });
  const curve = exhibit(
    "curve",
    folder,
    "--at",
    "2018-04-06T00:00:00Z,2018-05-01T00:00:00Z",
    "--json",
  ).json<AsOfCurve>();
  expect(curve.rules[0]?.points.map(({ as_of, obtained }) => [as_of, obtained.events, obtained.people.value])).toEqual([
    ["2018-04-06T00:00:00Z", 1, 1],
    ["2018-05-01T00:00:00Z", 2, 2],
  ]);
});

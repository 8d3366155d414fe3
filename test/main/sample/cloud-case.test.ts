import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../main/bundle/verify/verify.ts";
import { Engine } from "../../../main/engine/engine.ts";
import { writeCloudCase } from "../../../main/sample/cloud/write-case.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";

interface Truth {
  readonly findings: object;
  readonly apart: object;
  readonly people: { filter: string; people: object }[];
  readonly claims: { verdict: string }[];
}

test.each([1, 2, 3, 7, 2024])(
  "findings, people and claims of the cloud case are what it was made of, seed %i",
  async (seed) => {
    const folder = path.join(temporaryFolder(), "cloud");
    const files = writeCloudCase(folder, seed).map((file) => path.join(folder, file));
    const named = (part: string) =>
      files.filter((file) => file.includes(`${path.sep}${part}`) || file.includes(`/${part}`));
    const truth = JSON.parse(fs.readFileSync(path.join(folder, "truth.json"), "utf8")) as Truth;
    const engine = new Engine(newCase());
    const { sources, failures } = await engine.ask("import", { files: named("exports/") });
    expect(failures).toEqual([]);
    expect(sources.map(({ format }) => format)).toEqual(["cloudtrail", "cloudtrail", "cloudtrail-csv", "m365-audit"]);
    expect(sources.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBeGreaterThan(20);
    await engine.ask("registry", { files: named("registry/") });
    expect((await engine.ask("policy", { file: path.join(folder, "policy.json") })).warnings).toEqual([]);
    const { coverage, ...findings } = await engine.ask("findings", {});
    expect(findings).toEqual(truth.findings);
    expect(coverage.flatMap(({ gaps }) => gaps)).toEqual([]);
    expect(await engine.ask("apart", {})).toEqual(truth.apart);
    for (const { filter, people } of truth.people)
      expect(await engine.ask("people", { filter }), filter).toEqual({ filter, people });
    const { claims } = await engine.ask("claims", { file: path.join(folder, "claims.json") });
    expect(claims.map(({ why: _why, filter: _filter, ...claim }) => claim)).toEqual(truth.claims);
    engine.caseFile.close();
  },
);

test("the same seed gives the same files, another one others", () => {
  const [one, two, other] = [5, 5, 6].map((seed) => {
    const folder = path.join(temporaryFolder(), "cloud");
    return writeCloudCase(folder, seed).map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
  });
  expect(two).toEqual(one);
  expect(other).not.toEqual(one);
});

test("a bundle of the cloud case holds the platform's calls and those of unknown outcome, and is worked out again from its lines", async () => {
  const folder = path.join(temporaryFolder(), "cloud");
  const files = writeCloudCase(folder, 3).map((file) => path.join(folder, file));
  const engine = new Engine(newCase());
  await engine.ask("import", { files: files.filter((file) => file.includes("/exports/")) });
  await engine.ask("registry", { files: files.filter((file) => file.includes("/registry/")) });
  await engine.ask("policy", { file: path.join(folder, "policy.json") });
  await engine.ask("claims", { file: path.join(folder, "claims.json") });
  const zip = path.join(folder, "bundle.zip");
  await engine.ask("bundle", { out: zip });
  engine.caseFile.close();
  const { checks } = await verify(zip, { recompute: true });
  expect(checks.filter(({ ok }) => ok === false)).toEqual([]);
  expect(checks.find(({ check }) => check === "recompute")?.ok).toBe(true);
});

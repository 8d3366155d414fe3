import path from "node:path";
import { expect, test } from "vitest";
import { openContainer } from "../../../../main/bundle/verify/bag/open-zip.ts";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../../intake/imported.ts";

const HEAD = "time,app,api,status,request_id";
const lines = (from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, n) => `2018-05-01T10:00:${String(from + n).padStart(2, "0")}Z,a,groups,403,r${from + n}`,
  );

test("a bundle names the withdrawn source with its reason, holds nothing of it, and works out to the same numbers; so does the case", async () => {
  const caseFile = newCase();
  await imported(`${HEAD}\n${lines(0, 20).join("\n")}\n`, { name: "wrong.csv", caseFile });
  await imported(`${HEAD}\n${lines(10, 40).join("\n")}\nno time,a,groups,403,x\n`, { name: "right.csv", caseFile });
  const engine = new Engine(caseFile);
  expect(await engine.ask("query", { filter: "" })).toMatchObject({ count: 40 });
  await engine.ask("withdraw", { source: 1, reason: "sealed by the court" });
  expect(await engine.ask("query", { filter: "" })).toMatchObject({ count: 30 });
  expect(await engine.ask("info", {})).toMatchObject({ sources: 1, events: 30 });
  expect((await engine.ask("coverage", {})).coverage).toMatchObject([{ source: 2, events: 30 }]);
  expect(await engine.ask("ledger", {})).toMatchObject({
    sources: [
      { source: 1, withdrawn: true },
      { source: 2, reasons: [{ records: 1, lines: 1 }] },
    ],
    all: { sources: 1, lines: { lines: 32, events: 30, rejected: 1, skipped: 1 }, records: { duplicates: 0 } },
  });

  const zip = path.join(temporaryFolder(), "b.zip");
  expect(await engine.ask("bundle", { out: zip, originals: true })).toMatchObject({ events: 30, left_out: 0 });
  const container = await openContainer(zip);
  const names = [...(container.files?.sizes.keys() ?? [])];
  const read = async (name: string) => {
    const pieces: Buffer[] = [];
    for await (const piece of container.files?.read(names.find((each) => each.endsWith(name)) ?? "") ?? [])
      pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces).toString("utf8");
  };
  expect(
    names
      .filter((name) => name.includes("/originals/") || /source-\d/u.test(name))
      .map((name) => path.posix.basename(name)),
  ).toEqual(["source-2.txt", "2-right.csv"]);
  expect(JSON.parse(await read("sources.json"))).toMatchObject({
    sources: [{ source: 1, withdrawn: { reason: "sealed by the court", by: "T <t@example.org>" } }, { source: 2 }],
  });
  expect(await read("data/index.html")).toContain("sealed by the court");
  await container.close();
  const failed = async (target: string) =>
    (await verify(target, { recompute: true })).checks.filter((check) => check.ok === false);
  expect(await failed(zip)).toEqual([]);
  caseFile.close();
  expect(await failed(caseFile.folder)).toEqual([]);
});

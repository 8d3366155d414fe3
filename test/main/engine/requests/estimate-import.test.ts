import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";

const folder = temporaryFolder();
const log = (name: string, rows: number, pack = false): string => {
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `${new Date(1.52e12 + n * 1000).toISOString()},app-${n % 97},groups,GET /{group-id}/members,200,p${n % 5000};p${n % 4999}`,
  );
  const text = `time,app,api,operation,status,member_ids\n${lines.join("\n")}\n`;
  fs.writeFileSync(path.join(folder, name), pack ? zlib.gzipSync(text) : text);
  return path.join(folder, name);
};

test("what an import will take is about what it takes, and the case is as it was before", async () => {
  const caseFile = newCase();
  const engine = new Engine(caseFile);
  const acts = () => caseFile.db.prepare("select count(*) from custody").pluck().get();
  const files = [log("a.csv", 12_000), log("b.csv.gz", 8_000, true)];
  const before = [acts(), fs.readdirSync(caseFile.cache), fs.statSync(path.join(caseFile.folder, "case.db")).size];
  fs.mkdirSync(path.join(folder, "more"));
  fs.writeFileSync(path.join(folder, "more", "c.csv.zst"), zlib.zstdCompressSync(fs.readFileSync(files[0] as string)));
  fs.writeFileSync(path.join(folder, "d.zip"), Buffer.from("504b0506".padEnd(44, "0"), "hex"));
  expect(await engine.ask("estimate", { files: [path.join(folder, "more")] })).toMatchObject({
    files: [{ file: "c.csv.zst", content_bytes: expect.closeTo(fs.statSync(files[0] as string).size, -4) }],
  });
  const said = await engine.ask("estimate", {
    files: [...files, path.join(folder, "none.csv"), path.join(folder, "d.zip")],
  });
  expect([acts(), fs.readdirSync(caseFile.cache), fs.statSync(path.join(caseFile.folder, "case.db")).size]).toEqual(
    before,
  );
  expect(said.files.map(({ file, unknown }) => [file, unknown])).toEqual([
    ["a.csv", undefined],
    ["b.csv.gz", undefined],
    ["none.csv", "it is not there"],
    ["d.zip", "what is in it shows once it is unpacked"],
  ]);
  expect(said).toMatchObject({
    fits: true,
    basis: expect.stringMatching(/^measured on the first .* of a\.csv.*, on this machine just now$/u),
  });
  expect(said.seconds).toBeGreaterThan(0);
  expect(said.needs.evidence).toBe(
    [...files, path.join(folder, "d.zip")].reduce((sum, file) => sum + fs.statSync(file).size, 0),
  );
  await engine.ask("import", { files });
  const near = (value: number, truth: number, share: number) => {
    expect(value).toBeGreaterThan(truth * (1 - share));
    expect(value).toBeLessThan(truth * (1 + share));
  };
  near(said.rows, 20_000, 0.02);
  near(said.needs.database, fs.statSync(path.join(caseFile.folder, "case.db")).size - (before[2] as number), 0.5);
  // What is there already is not reckoned again.
  expect(await engine.ask("estimate", { files })).toMatchObject({
    rows: 0,
    needs: { evidence: 0, database: 0, cache: 0 },
  });
  caseFile.close();
});

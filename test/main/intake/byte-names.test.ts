import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verifyBag } from "../../../main/bundle/verify/bag/verify-bag.ts";
import { importFiles } from "../../../main/intake/import-files.ts";
import { newCase } from "../../fixture.ts";
import { temporaryFolder } from "../../temporary.ts";
import { tarOf } from "../evidence/archives/archive-makers.ts";

const LOG = "time,app\n2018-05-01T10:00:00Z,a1\n";
const BYTES = Buffer.from("lo\xE9.csv", "latin1");

/** A folder with a file of that name, where the file system has such names: macOS and Windows do not. */
function folderWith(content: string): string | undefined {
  const folder = temporaryFolder();
  try {
    fs.writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), BYTES]), content);
  } catch {
    return undefined;
  }
  return fs.readdirSync(folder, "buffer").some((name) => name.equals(BYTES)) ? folder : undefined;
}
const hasSuchNames = folderWith("") !== undefined;

test.runIf(hasSuchNames)(
  "a file in a folder whose name is not UTF-8 is named by its bytes, and the others are read",
  async () => {
    const folder = folderWith(LOG) as string;
    fs.writeFileSync(path.join(folder, "good.csv"), LOG);
    const { sources, failures } = await importFiles(newCase(), [folder], { by: "T" }, {});
    expect(sources.map(({ file }) => file)).toEqual(["good.csv"]);
    expect(failures.map(({ what }) => what)).toEqual(["lo\\xE9.csv was not read: its name is not UTF-8: rename it"]);
  },
);

test.runIf(hasSuchNames)("named by itself, it is not said to be missing", async () => {
  const folder = folderWith(LOG) as string;
  const { failures } = await importFiles(newCase(), [path.join(folder, "lo\uFFFD.csv")], { by: "T" }, {});
  expect(failures.map(({ what }) => what)).toEqual([expect.stringContaining("its name is not UTF-8")]);
});

test("in a tar it is read, and shown by its bytes", async () => {
  const tar = tarOf([{ name: "loE.csv", data: LOG }]);
  tar[2] = 0xe9;
  // the checksum of the header, which the changed byte adds to
  const sum = tar.subarray(0, 512).reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
  tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const file = path.join(temporaryFolder(), "logs.tar");
  fs.writeFileSync(file, tar);
  const { sources } = await importFiles(newCase(), [file], { by: "T" }, {});
  expect(sources.map(({ member, events }) => [member, events])).toEqual([["lo\\xE9.csv", 1]]);
});

test.runIf(hasSuchNames)("in a bag it is a fault by name, and the rest is checked", async () => {
  const folder = folderWith(LOG) as string;
  fs.mkdirSync(path.join(folder, "data"));
  fs.writeFileSync(path.join(folder, "bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  fs.writeFileSync(path.join(folder, "manifest-sha256.txt"), "");
  const { checks } = await verifyBag(folder);
  const structure = checks.find(({ check }) => check === "structure");
  expect(structure).toMatchObject({ ok: false });
  expect(structure?.detail).toContain("lo\\xE9.csv is not read, because its name is not UTF-8");
  expect(checks.find(({ check }) => check === "manifest")?.ok).not.toBeNull();
});

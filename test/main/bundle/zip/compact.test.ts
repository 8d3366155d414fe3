import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { readAll } from "../../../../main/bundle/bag/bag-files.ts";
import { openContainer } from "../../../../main/bundle/verify/bag/open-zip.ts";
import { writeZip } from "../../../../main/bundle/zip/write-zip.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { hasTool, run } from "../fixture.ts";

/** Compact zips: deflated, in one shape, the same bytes however the content is read. */

const folder = temporaryFolder();
let made = 0;

async function compact(files: ReadonlyMap<string, Uint8Array>, piece = 1 << 18): Promise<string> {
  const out = path.join(folder, `${made++}.zip`);
  const entries = [...files].map(([name, content]) => ({
    name: `x/${name}`,
    size: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    async *read() {
      for (let at = 0; at < content.length; at += piece) yield content.subarray(at, at + piece);
    },
  }));
  await writeZip(out, entries, { isCompact: true });
  return out;
}

async function read(zip: string): Promise<{ faults: string[]; deviations: string[]; contents: Map<string, Buffer> }> {
  const container = await openContainer(zip);
  const contents = new Map<string, Buffer>();
  for (const name of container.files?.sizes.keys() ?? [])
    if (container.files) contents.set(name, await readAll(container.files, name, 1 << 26));
  await container.finish();
  await container.close();
  return { faults: [...container.faults], deviations: [...container.deviations], contents };
}

/** Text that packs well over several pieces of the deflater, and noise that does not. */
const LONG = Buffer.from(
  Array.from({ length: 40_000 }, (_, n) => `2018-04-04T10:00:00Z,app${n % 97},/v1/groups/${n * 7919}\n`).join(""),
);

test("contents come back as they went in, and the bytes do not depend on how they were read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.integer({ min: 1, max: 70_000 }), async (some, piece) => {
      const files = new Map<string, Uint8Array>([
        ["bagit.txt", Buffer.from("BagIt")],
        ["empty", new Uint8Array(0)],
        ["some", some],
        ["long", LONG],
      ]);
      const zip = await compact(files, piece);
      const { faults, deviations, contents } = await read(zip);
      expect([...faults, ...deviations]).toEqual([]);
      for (const [name, content] of files) expect(contents.get(name)?.equals(content), name).toBe(true);
      expect(fs.readFileSync(zip).equals(fs.readFileSync(await compact(files)))).toBe(true);
    }),
    { numRuns: 6 },
  );
});

test("it is a fifth of the size, and stock unzip reads it", async () => {
  const zip = await compact(
    new Map([
      ["bagit.txt", Buffer.from("BagIt")],
      ["long", LONG],
    ]),
  );
  expect(fs.statSync(zip).size).toBeLessThan(LONG.length / 5);
  if (hasTool("unzip", "-v")) expect(run("unzip", ["-tq", zip])).toContain("No errors detected");
  else console.warn("unzip is not here: the zip was not tried with it");
});

test("the same contents packed otherwise are whole, and not the shape of a bundle", async () => {
  const zip = path.join(folder, "other.zip");
  const mtime = new Date(1980, 0, 1);
  fs.writeFileSync(
    zip,
    zipSync({ "x/bagit.txt": [Buffer.from("BagIt"), { level: 9, mtime }], "x/long": [LONG, { level: 9, mtime }] }),
  );
  const { faults, deviations, contents } = await read(zip);
  expect(faults).toEqual([]);
  expect(contents.get("long")?.equals(LONG)).toBe(true);
  expect(deviations).toContain("entry x/long is not packed as a bundle's are");
});

test("each single byte of it that changes is found", async () => {
  const zip = await compact(
    new Map([
      ["bagit.txt", Buffer.from("BagIt-Version: 1.0")],
      ["a", Buffer.from("some text, some text")],
    ]),
  );
  const bytes = fs.readFileSync(zip);
  const changed = path.join(folder, "changed.zip");
  for (let at = 0; at < bytes.length; at++) {
    const other = Buffer.from(bytes);
    other[at] = (other[at] as number) ^ 4;
    fs.writeFileSync(changed, other);
    const found = await read(changed).catch((error: unknown) => ({ faults: [String(error)], deviations: [] }));
    expect([...found.faults, ...found.deviations], `byte ${at}`).not.toEqual([]);
  }
});

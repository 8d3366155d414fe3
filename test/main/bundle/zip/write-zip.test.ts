import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAll } from "../../../../main/bundle/bag/bag-files.ts";
import { openContainer } from "../../../../main/bundle/verify/bag/open-zip.ts";
import { writeZip, type ZipEntry } from "../../../../main/bundle/zip/write-zip.ts";
import { centralHeader, endRecords, localHeader, STORED } from "../../../../main/bundle/zip/zip-records.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { hasTool, run } from "../fixture.ts";

const folder = temporaryFolder();
let made = 0;

function entry(name: string, content: Uint8Array): ZipEntry {
  return {
    name,
    size: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    async *read() {
      yield content.subarray(0, 3);
      yield content.subarray(3);
    },
  };
}

async function zipOf(files: [string, Uint8Array][]): Promise<string> {
  const out = path.join(folder, `${made++}.zip`);
  await writeZip(
    out,
    files.map(([name, content]) => entry(name, content)),
  );
  return out;
}

const segment = fc.stringMatching(/^[a-z0-9_-][a-z0-9._-]{0,12}$/);
const anyFiles = fc
  .uniqueArray(
    fc.tuple(
      fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => `x/data-${parts.join("/")}`),
      fc.uint8Array(),
    ),
    {
      selector: ([name]) => name,
      maxLength: 12,
    },
  )
  .map((files): [string, Uint8Array][] => [["x/bagit.txt", new Uint8Array(0)], ...files]);

const listing = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, i.file_size, i.CRC, i.compress_type, i.date_time, len(i.extra), i.flag_bits, z.read(i).hex()] for i in z.infolist()] + [z.comment.hex()]))
`;

test("any files come back out of the container as they went in, without a fault or deviation", async () => {
  await fc.assert(
    fc.asyncProperty(anyFiles, async (files) => {
      const container = await openContainer(await zipOf(files));
      const bag = container.files;
      expect(container.order).toEqual(files.map(([name]) => name));
      for (const [name, content] of files) {
        expect(Buffer.compare(await readAll(bag as NonNullable<typeof bag>, name.slice(2), 1 << 20), content)).toBe(0);
      }
      await container.finish();
      expect([...container.faults, ...container.deviations]).toEqual([]);
      await container.close();
    }),
    { numRuns: 40 },
  );
});

describe.skipIf(!hasTool("python3", "--version"))("with Python's zipfile (skipped where it is missing)", () => {
  test("any files are what it lists and reads: stored, 1980-01-01, no extra field, no comment", async () => {
    await fc.assert(
      fc.asyncProperty(anyFiles, async (files) => {
        const rows = JSON.parse(run("python3", ["-c", listing, await zipOf(files)])) as unknown[];
        const expected = files.map(([name, content]) => [
          name,
          content.length,
          expect.any(Number),
          0,
          [1980, 1, 1, 0, 0, 0],
          0,
          0,
          Buffer.from(content).toString("hex"),
        ]);
        expect(rows).toEqual([...expected, ""]);
      }),
      { numRuns: 8 },
    );
  });

  test("more than 65535 entries go into a zip64", async () => {
    const files = Array.from({ length: 66_000 }, (_, at): [string, Uint8Array] => [`x/${at}`, Buffer.from(`${at}`)]);
    const zip = await zipOf([["x/bagit.txt", Buffer.from("")], ...files]);
    const count = run("python3", [
      "-c",
      "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(len(z.namelist()))",
      zip,
    ]);
    expect(Number(count)).toBe(66_001);
    const container = await openContainer(zip);
    await container.finish();
    expect([container.entries, ...container.faults, ...container.deviations]).toEqual([66_001]);
    await container.close();
  });

  test("files and offsets past 4 GiB go into zip64 fields", async () => {
    // The middle entry is a hole in a sparse file: zipfile reads the headers, and we read the small entry behind it.
    const zip = path.join(folder, "large.zip");
    const stored = (size: number) => ({ size, packed: size, method: STORED }) as const;
    const hole = { name: "x/hole", crc: 0, ...stored(5 * 2 ** 30), offset: 0 };
    const small = { name: "x/bagit.txt", crc: 0x3610a686, ...stored(5), offset: localHeader(hole).length + hole.size };
    const file = fs.openSync(zip, "w");
    fs.writeSync(file, localHeader(hole), 0, null, 0);
    let at = small.offset;
    for (const bytes of [localHeader(small), Buffer.from("hello")]) at += fs.writeSync(file, bytes, 0, null, at);
    const directory = at;
    for (const bytes of [centralHeader(hole), centralHeader(small)]) at += fs.writeSync(file, bytes, 0, null, at);
    fs.writeSync(file, endRecords(2, at - directory, directory), 0, null, at);
    fs.closeSync(file);
    const program =
      "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print([(i.filename,i.file_size,i.header_offset) for i in z.infolist()], z.read('x/bagit.txt'))";
    expect(run("python3", ["-c", program, zip]).trim()).toBe(
      `[('x/hole', ${hole.size}, 0), ('x/bagit.txt', 5, ${small.offset})] b'hello'`,
    );
    const container = await openContainer(zip);
    expect([...container.faults, ...container.deviations]).toEqual([]);
    expect((await readAll(container.files as NonNullable<typeof container.files>, "bagit.txt", 9)).toString()).toBe(
      "hello",
    );
    await container.close();
  });
});

test.skipIf(!hasTool("unzip", "-v"))(
  "unzip finds nothing to complain about (skipped where it is missing)",
  async () => {
    const zip = await zipOf([
      ["x/bagit.txt", Buffer.from("a")],
      ["x/data/b", Buffer.alloc(3_000_000, 7)],
    ]);
    expect(run("unzip", ["-tq", zip])).toContain("No errors detected");
    run("unzip", ["-q", zip, "-d", path.join(folder, "out")]);
    expect(fs.statSync(path.join(folder, "out/x/data/b")).mode & 0o777).toBe(0o644);
  },
);

test("an entry that is not what was announced is refused, and no zip is left", async () => {
  const out = path.join(folder, "changed.zip");
  const content = Buffer.from("evidence");
  for (const wrong of [{ sha256: "00" }, { crc: 1 }, { size: 7 }, { size: 9 }]) {
    await expect(writeZip(out, [{ ...entry("x/a", content), ...wrong }])).rejects.toMatchObject({
      code: "file-changed",
    });
    expect(fs.existsSync(out)).toBe(false);
  }
});

test("what is there is not overwritten", async () => {
  const out = path.join(folder, "there.zip");
  fs.writeFileSync(out, "mine");
  await expect(writeZip(out, [])).rejects.toMatchObject({ code: "out-exists" });
  expect(fs.readFileSync(out, "utf8")).toBe("mine");
  await expect(writeZip(path.join(folder, "none/there.zip"), [])).rejects.toMatchObject({ code: "out-unwritable" });
});

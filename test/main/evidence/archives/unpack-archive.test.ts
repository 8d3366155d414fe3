import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../../../../shared/base/errors.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { has, type Made, tarOf, walked, zipEnd, zipOf } from "./archive-makers.ts";

const text = (seed: number, lines = 3000) =>
  Array.from(
    { length: lines },
    (_, n) => `2018-04-04T10:00:00Z,app ${n % 7},${Math.imul(n + seed, 0x9e3779b1) >>> 0}\n`,
  ).join("");
const A = text(1);
const B = text(2, 9000);
const files: Made[] = [
  { name: "a.csv", data: A },
  { name: "./logs//deep/b.csv", data: B },
  { name: "empty.log" },
  { name: "__MACOSX/._a.csv", data: "x" },
];
const zstd = (data: Buffer) => zlib.zstdCompressSync(data);
const skippable = Buffer.from("502a4d1804000000abcdef01", "hex");
const frames = (data: Buffer) =>
  Buffer.concat([skippable, zstd(data.subarray(0, 1000)), skippable, zstd(data.subarray(1000))]);
const members = (data: Buffer) =>
  Buffer.concat([zlib.gzipSync(data.subarray(0, 1000)), zlib.gzipSync(data.subarray(1000)), Buffer.alloc(70_000)]);

test.each<[string, Buffer, string]>([
  ["tar", tarOf(files), "tar"],
  ["gzip of two members, padded, around tar", members(tarOf(files)), "gzip+tar"],
  ["zstd of two frames and what a reader skips, around tar", frames(tarOf(files)), "zstd+tar"],
  ["zip, deflated", zipOf(files), "zip"],
  ["zip, stored", zipOf(files.map((file) => ({ ...file, method: 0 }))), "zip"],
  ["zip, zstd", zipOf(files.map((file) => ({ ...file, method: 93 }))), "zip"],
  ["two tars, one behind the other", Buffer.concat([tarOf(files.slice(0, 1)), tarOf(files.slice(1))]), "tar"],
])("%s: every file is there, byte for byte", async (_name, archive, compression) => {
  const { members, leftOut, read } = await walked(archive);
  expect(members.map((member) => [member.path, member.compression])).toEqual([
    ["a.csv", compression],
    ["logs/deep/b.csv", compression],
  ]);
  expect(read("a.csv").toString()).toBe(A);
  expect(read("logs/deep/b.csv").toString()).toBe(B);
  expect(leftOut.map(({ member, why }) => [member, why])).toEqual([
    ["empty.log", "it is empty"],
    ["__MACOSX/._a.csv", "left behind by a file manager"],
  ]);
  const year = new Date((members[0]?.written ?? 0) / 1000).getUTCFullYear();
  expect(year).toBe(2018);
});

test("a file's own length decides how long names are, and two files of one name are two", async () => {
  const long = `${"folder/".repeat(30)}é.csv`;
  const record = `path=${long}\n`;
  const length = Buffer.byteLength(record) + 4;
  const { members, read } = await walked(
    tarOf([
      { name: "pax", type: "x", data: `${length} ${record}` },
      { name: "short", data: A },
      { name: "././@LongLink", type: "L", data: `${long}\0` },
      { name: "short", data: B },
      { name: "short", data: "third\n" },
    ]),
  );
  expect(members.map((member) => member.path)).toEqual([long, `${long} (2)`, "short"]);
  expect(read(`${long} (2)`).toString()).toBe(B);
});

test("archives in archives, each file with its path through all of them", async () => {
  const inner = zlib.gzipSync(tarOf([{ name: "x/b.csv", data: B }]));
  const packed = zipOf([
    { name: "day/a.csv.gz", data: zlib.gzipSync(A) },
    { name: "day/inner.tgz", data: inner, method: 0 },
  ]);
  const { members, read } = await walked(zstd(tarOf([{ name: "all.zip", data: packed }])));
  expect(members.map((member) => [member.path, member.compression])).toEqual([
    ["all.zip/day/a.csv.gz", "zstd+tar+zip+gzip"],
    ["all.zip/day/inner.tgz/x/b.csv", "zstd+tar+zip+gzip+tar"],
  ]);
  expect(read("all.zip/day/a.csv.gz").toString()).toBe(A);
  expect(read("all.zip/day/inner.tgz/x/b.csv").toString()).toBe(B);
});

test.each<[string, Buffer, RegExp]>([
  ["../evil.csv", zipOf([{ name: "../evil.csv", data: A }]), /leads out/u],
  ["a/../../evil.csv", tarOf([{ name: "a/../../evil.csv", data: A }]), /leads out/u],
  ["a/..\\..\\evil.csv", zipOf([{ name: "a\\..\\..\\evil.csv", data: A }]), /leads out/u],
  ["/etc/passwd", tarOf([{ name: "/etc/passwd", data: A }]), /absolute/u],
  ["C:/x.csv", zipOf([{ name: "C:\\x.csv", data: A }]), /absolute/u],
  ["logs/COM1.csv", zipOf([{ name: "logs/COM1.csv", data: A }]), /device/u],
  ["nul", tarOf([{ name: "nul", data: A }]), /device/u],
  ["bell", tarOf([{ name: "be\u0007ll", data: A }]), /control/u],
  ["symbolic link", tarOf([{ name: "l", type: "2" }]), /link/u],
  ["hard link", tarOf([{ name: "l", type: "1" }]), /link/u],
  ["link in a zip", zipOf([{ name: "l", data: "/etc/passwd", mode: 0o120777 }]), /link/u],
  ["device", tarOf([{ name: "d", type: "4" }]), /device/u],
  ["pipe", tarOf([{ name: "p", type: "6" }]), /pipe/u],
  ["encrypted", zipOf([{ name: "secret.csv", data: A, flags: 0x801 }]), /encrypted/u],
  ["deflate64", zipOf([{ name: "a.csv", data: A, method: 9 }]), /method that Exhibit does not read \(9\)/u],
  ["a wrong checksum", zipOf([{ name: "a.csv", data: A, crc: 1 }]), /damaged/u],
  ["a wrong checksum, stored", zipOf([{ name: "a.csv", data: A, crc: 1, method: 0 }]), /damaged/u],
  ["longer than it says", zipOf([{ name: "a.csv", data: A, size: 10 }]), /damaged/u],
  ["shorter than it says", zipOf([{ name: "a.csv", data: A, size: 1 << 20 }]), /breaks off/u],
])("%s is refused by itself, with a sentence; what is beside it is read", async (_name, archive, why) => {
  const { members, leftOut } = await walked(
    zipOf([
      { name: "bad", data: archive },
      { name: "good.csv", data: B },
    ]),
  );
  expect(members.map(({ path: inside }) => inside)).toEqual(["good.csv"]);
  expect(leftOut).toHaveLength(1);
  expect(leftOut[0]?.refused).toBe(true);
  expect(leftOut[0]?.why).toMatch(why);
});

const nest = (times: number) => {
  let inner: Buffer = Buffer.from(A);
  for (let n = 0; n < times; n++) inner = zlib.gzipSync(inner);
  return inner;
};
/** One kernel of zeros, named by many entries: a small zip that unpacks without end. */
function overlapping(): Buffer {
  const one = zipOf([{ name: "a", data: "x".repeat(100) }]);
  const start = one.lastIndexOf(Buffer.from("PK\x01\x02"));
  const entry = one.subarray(start, -22);
  return Buffer.concat([one.subarray(0, start), entry, entry, zipEnd(2, entry.length * 2, start)]);
}

test.each<[string, () => Buffer, RegExp]>([
  ["80 MiB of zeros in gzip", () => zlib.gzipSync(Buffer.alloc(80 << 20)), /500 times its own size/u],
  [
    "80 MiB of zeros in zstd in tar",
    () => tarOf([{ name: "z", data: zstd(Buffer.alloc(80 << 20)) }]),
    /500 times its own size/u,
  ],
  [
    "what a zip says it unpacks to",
    () => zipOf(Array.from({ length: 3 }, (_, n) => ({ name: `${n}`, data: "x", size: 0xfffffff0 }))),
    /500 times its own size/u,
  ],
  ["entries over one another", overlapping, /the same bytes as several files/u],
  ["packed nine times over", () => nest(9), /packed more than 8 times over/u],
  ["too many files", () => tarOf(Array.from({ length: 100_001 }, () => ({ name: "a" }))), /more than 100,000 files/u],
])("a bomb: %s", async (_name, make, why) => {
  const failed = walked(make(), "bomb");
  await expect(failed).rejects.toMatchObject({ code: "archive-limit" });
  await expect(failed).rejects.toThrow(why);
});

test("eight layers are read", async () => {
  const { read } = await walked(nest(8));
  expect(read("").toString()).toBe(A);
});

test("cut, flipped or spliced anywhere, an archive is refused or says which file of it is bad; never anything else", async () => {
  const small = [
    { name: "a.csv", data: text(3, 40) },
    { name: "b.csv", data: text(4, 40) },
  ];
  const kinds = [
    tarOf(small),
    zipOf(small),
    zlib.gzipSync(tarOf(small)),
    frames(tarOf(small)),
    zipOf([{ name: "i.zip", data: zipOf(small) }]),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom("cut", "set", "drop"),
      async (archive, share, byte, how) => {
        const at = Math.floor(share * (archive.length - 1));
        const spoiled = Buffer.from(archive);
        if (how === "set") spoiled[at] = byte;
        const bytes =
          how === "cut"
            ? spoiled.subarray(0, at)
            : how === "drop"
              ? Buffer.concat([spoiled.subarray(0, at), spoiled.subarray(at + 1 + byte)])
              : spoiled;
        try {
          const { members, read } = await walked(bytes);
          for (const member of members) read(member.path);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      },
    ),
    { numRuns: 100 },
  );
});

const tools: [string, string, (folder: string, out: string) => string[]][] = [
  ["zip", "zip", (_folder, out) => ["-qr", out, "."]],
  ["tar, gnu", "tar", (_folder, out) => ["--format=gnu", "-cf", out, "."]],
  ["tar, pax", "tar", (_folder, out) => ["--format=pax", "-cf", out, "."]],
  ["tar, v7", "tar", (_folder, out) => ["--format=v7", "--exclude=folder*", "-cf", out, "."]],
  ["tar with xz", "xz", (_folder, out) => ["-c", "tar", "-cJf", out, "."]],
  ["tar with bzip2", "bzip2", (_folder, out) => ["-c", "tar", "-cjf", out, "."]],
  ["tar with zstd", "zstd", (_folder, out) => ["-c", "tar", "--zstd", "-cf", out, "."]],
];
for (const [name, tool, args] of tools)
  test.skipIf(!has(tool) || !has("tar"))(`made by a stock tool (${name}): the same files, the same bytes`, async () => {
    const folder = temporaryFolder();
    const long = `${"folder-".repeat(12)}x/${"name ".repeat(18)}é.csv`;
    fs.mkdirSync(path.join(folder, path.dirname(long)));
    fs.writeFileSync(path.join(folder, long), A);
    fs.writeFileSync(path.join(folder, "b.csv"), B);
    const out = path.join(temporaryFolder(), "made");
    const given = args(folder, out);
    const ran =
      given[0] === "-c" ? spawnSync("tar", given.slice(2), { cwd: folder }) : spawnSync(tool, given, { cwd: folder });
    expect(ran.status, String(ran.stderr)).toBe(0);
    const { members, read } = await walked(fs.readFileSync(fs.existsSync(`${out}.zip`) ? `${out}.zip` : out));
    expect(read("b.csv").toString()).toBe(B);
    if (!name.includes("v7")) expect(read(long).toString()).toBe(A);
    expect(members).toHaveLength(name.includes("v7") ? 1 : 2);
  });

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { verifyBag } from "../../../../main/bundle/verify/bag/verify-bag.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { codeOf, detailOf, failed, hasTool, okOf, run, write } from "../fixture.ts";

type Files = Record<string, string | Buffer>;
const hex = (algorithm: string, content: string | Buffer) => createHash(algorithm).update(content).digest("hex");
const declare = (version: string, encoding = "UTF-8") =>
  `BagIt-Version: ${version}\nTag-File-Character-Encoding: ${encoding}\n`;
const PAYLOAD: Files = { "data/a.txt": "alpha\n", "data/b/c.txt": "gamma\n" };
const manifestOf = (files: Files, algorithm = "sha256") =>
  Object.entries(files)
    .map(([name, content]) => `${hex(algorithm, content)}  ${name}\n`)
    .join("");

/** A bag of that version, with changes; a change to undefined leaves the file out. */
function bag(version: string, changes: Record<string, string | Buffer | undefined> = {}): string {
  const files: Record<string, string | Buffer | undefined> = {
    "bagit.txt": declare(version),
    "manifest-sha256.txt": manifestOf(PAYLOAD),
    ...PAYLOAD,
    ...changes,
  };
  const kept = Object.entries(files).filter((each): each is [string, string | Buffer] => each[1] !== undefined);
  return write(path.join(temporaryFolder(), "bag"), Object.fromEntries(kept));
}

const line = (name: string, content = "x") => `${hex("sha256", content)}  ${name}\n`;
const both = manifestOf(PAYLOAD);

describe.each(["0.97", "1.0"])("a BagIt %s bag", (version) => {
  const valid: [string, Record<string, string | Buffer | undefined>][] = [
    ["with nothing but what it must have", {}],
    [
      "of every digest",
      Object.fromEntries(
        ["md5", "sha1", "sha224", "sha384", "sha512"].map((a) => [`manifest-${a}.txt`, manifestOf(PAYLOAD, a)]),
      ),
    ],
    [
      "with CRLF line ends",
      { "bagit.txt": declare(version).replaceAll("\n", "\r\n"), "manifest-sha256.txt": both.replaceAll("\n", "\r\n") },
    ],
    ["with CR line ends and none at the end", { "manifest-sha256.txt": both.trimEnd().replaceAll("\n", "\r") }],
    ["made by sha256sum -b", { "manifest-sha256.txt": both.replaceAll("  ", " *") }],
    [
      "with upper-case digests and tabs",
      { "manifest-sha256.txt": both.replace(/^\w+ {2}/gm, (digest) => `${digest.toUpperCase().trim()}\t`) },
    ],
    ["with ./ before the paths", { "manifest-sha256.txt": both.replaceAll("data/", "./data/") }],
    [
      "with spaces and other scripts in names",
      { "data/ä ö.txt": "x", "manifest-sha256.txt": both + line("data/ä ö.txt") },
    ],
    ["with escaped line ends in a name", { "data/x\r\ny": "x", "manifest-sha256.txt": both + line("data/x%0D%0ay") }],
    [
      "with an unescaped percent sign in a name",
      { "data/100%.txt": "x", "manifest-sha256.txt": both + line("data/100%.txt") },
    ],
    [
      "with a name spelled in the other normal form",
      { "data/Nu\u0301n\u0303ez": "x", "manifest-sha256.txt": both + line("data/N\u00fa\u00f1ez") },
    ],
    ["with the right Payload-Oxum, on a continued line", { "bag-info.txt": "Note: a\n  b: c\nPayload-Oxum: 12.2\n" }],
    [
      "with a tag manifest",
      { "tagmanifest-sha256.txt": line("bagit.txt", declare(version)) + line("manifest-sha256.txt", both) },
    ],
    [
      "with Latin-1 tag files",
      { "bagit.txt": declare(version, "ISO-8859-1"), "bag-info.txt": Buffer.from("Contact-Name: J\xf6rg\n", "latin1") },
    ],
    [
      "with UTF-16 tag files",
      { "bagit.txt": declare(version, "UTF-16"), "manifest-sha256.txt": Buffer.from(`\ufeff${both}`, "utf16le") },
    ],
    ["whose fetch.txt was followed", { "fetch.txt": "https://example.org/a 6 data/a.txt\n" }],
    [
      "with an empty file and a tag folder",
      { "data/empty": "", "manifest-sha256.txt": both + line("data/empty", ""), "meta/x.xml": "<x/>" },
    ],
  ];
  test.each(valid)("is valid %s", async (_, changes) => {
    const verdict = await verifyBag(bag(version, changes));
    expect(failed(verdict)).toEqual([]);
    expect([verdict.ok, okOf(verdict, "structure"), okOf(verdict, "manifest"), okOf(verdict, "signature")]).toEqual([
      true,
      true,
      true,
      null,
    ]);
  });

  const invalid: [string, Record<string, string | Buffer | undefined>, RegExp][] = [
    ["a changed file", { "data/a.txt": "Alpha\n" }, /changed \(1\): data\/a\.txt/],
    ["a missing file", { "data/a.txt": undefined }, /missing \(1\): data\/a\.txt/],
    ["a file in no manifest", { "data/z": "z" }, /in no manifest.* \(1\): data\/z/],
    ["no bagit.txt", { "bagit.txt": undefined }, /bagit\.txt is not there/],
    [
      "a byte-order mark in bagit.txt",
      { "bagit.txt": `\ufeff${declare(version)}` },
      /bagit\.txt begins with a byte-order mark/,
    ],
    [
      "a byte-order mark in a manifest",
      { "manifest-sha256.txt": `\ufeff${both}` },
      /manifest-sha256\.txt begins with a byte-order mark/,
    ],
    ["no encoding", { "bagit.txt": `BagIt-Version: ${version}\n` }, /encoding/],
    ["an unknown encoding", { "bagit.txt": declare(version, "EBCDIC-X") }, /encoding that is not read here/],
    ["a third line in bagit.txt", { "bagit.txt": `${declare(version)}More: x\n` }, /more than its two lines/],
    ["an unknown version", { "bagit.txt": declare("2.0") }, /BagIt version 2\.0/],
    ["no manifest", { "manifest-sha256.txt": undefined }, /no payload manifest/],
    [
      "only a manifest of an unknown algorithm",
      { "manifest-sha256.txt": undefined, "manifest-blake3.txt": both },
      /no payload manifest/,
    ],
    [
      "no payload folder",
      { "data/a.txt": undefined, "data/b/c.txt": undefined, "manifest-sha256.txt": "" },
      /no folder data/,
    ],
    [
      "a line that is none",
      { "manifest-sha256.txt": `${both}hello\n` },
      /line 3 of manifest-sha256\.txt is not a sha256 digest/,
    ],
    ["a digest of another length", { "manifest-sha256.txt": `${both}abcd  data/a.txt\n` }, /line 3/],
    [
      "two digests for one name",
      { "manifest-sha256.txt": both + line("data/a.txt", "other") },
      /line 3.* a second time/,
    ],
    [
      "a wrong Payload-Oxum",
      { "bag-info.txt": "Payload-Oxum: 13.2\n" },
      /says 13\.2 \(bytes\.files\), the payload is 12\.2/,
    ],
    [
      "a changed tag file",
      { "bag-info.txt": "A: b\n", "tagmanifest-sha256.txt": line("bag-info.txt", "A: c\n") },
      /changed \(1\): bag-info\.txt/,
    ],
    [
      "a payload file in a tag manifest",
      { "tagmanifest-sha256.txt": line("data/a.txt", "alpha\n") },
      /does not belong there/,
    ],
    [
      "a tag file in a payload manifest",
      { "manifest-sha256.txt": both + line("bagit.txt", declare(version)) },
      /does not belong there/,
    ],
    [
      "a file only fetch.txt has",
      { "data/a.txt": undefined, "fetch.txt": "http://127.0.0.1:9/a - data/a.txt\n" },
      /never fetched \(1\): data\/a\.txt/,
    ],
    [
      "a fetch.txt that leads out",
      { "fetch.txt": "http://127.0.0.1:9/a - ../../etc/passwd\n" },
      /fetch\.txt .*leaves the bag/,
    ],
  ];
  test.each(invalid)("is refused for %s", async (_, changes, said) => {
    const verdict = await verifyBag(bag(version, changes));
    expect(verdict.ok).toBe(false);
    expect(
      failed(verdict)
        .map((check) => check.detail)
        .join("\n"),
    ).toMatch(said);
  });

  const leaving = [
    "../x",
    "data/../../x",
    "/etc/passwd",
    "~/x",
    "~root/x",
    "C:\\x",
    "c:/x",
    "\\\\server\\x",
    "\\x",
    "data\\..\\..\\x",
    "data/..\\..\\x",
    "%HOME%\\x",
    "./../x",
    "data/%2e%2e",
  ];
  test.each(leaving)("never follows %s", async (name) => {
    const folder = bag(version, { "manifest-sha256.txt": both + line(name) });
    write(path.dirname(folder), { x: "x" });
    const verdict = await verifyBag(folder);
    expect(okOf(verdict, "manifest")).toBe(false);
  });
});

test("1.0 refuses a name listed twice with the same digest, 0.97 does not", async () => {
  const twice = { "manifest-sha256.txt": both + line("data/a.txt", "alpha\n") };
  expect((await verifyBag(bag("0.97", twice))).ok).toBe(true);
  expect(detailOf(await verifyBag(bag("1.0", twice)), "manifest")).toContain("lists data/a.txt a second time");
});

test("1.0 wants every file in every manifest, 0.97 in one", async () => {
  const split = {
    "manifest-sha256.txt": line("data/a.txt", "alpha\n"),
    "manifest-md5.txt": `${hex("md5", "gamma\n")}  data/b/c.txt\n`,
  };
  expect((await verifyBag(bag("0.97", split))).ok).toBe(true);
  expect((await verifyBag(bag("1.0", split))).ok).toBe(false);
});

test("1.0 allows no white space before the colon in bagit.txt, 0.97 does", async () => {
  const spaced = (version: string) => ({ "bagit.txt": declare(version).replaceAll(":", " :") });
  expect((await verifyBag(bag("0.97", spaced("0.97")))).ok).toBe(true);
  expect((await verifyBag(bag("1.0", spaced("1.0")))).ok).toBe(false);
});

test("1.0 escapes percent signs, 0.97 does not: both names mean one file", async () => {
  const named = { "data/%0A%25": "right", "manifest-sha256.txt": both + line("data/%0A%25", "right") };
  expect((await verifyBag(bag("0.97", named))).ok).toBe(true);
  const escaped = { ...named, "manifest-sha256.txt": both + line("data/%250A%2525", "right") };
  expect((await verifyBag(bag("1.0", escaped))).ok).toBe(true);
});

test("names that some file systems take for one are noted; a renamed file is missing", async () => {
  const noted = await verifyBag(bag("1.0", { "data/A.txt": "x", "manifest-sha256.txt": both + line("data/A.txt") }));
  expect(noted.ok).toBe(true);
  expect(detailOf(noted, "structure")).toMatch(/differ only by capitals .*: data\/(a|A)\.txt, data\/(a|A)\.txt/);
  expect((await verifyBag(bag("1.0", { "data/a.txt": undefined, "data/A.txt": "alpha\n" }))).ok).toBe(false);
});

test("links are followed only to files of the same bag; nothing else is opened", async () => {
  const inside = bag("1.0", { "data/copy": undefined, "manifest-sha256.txt": both + line("data/copy", "alpha\n") });
  fs.symlinkSync("a.txt", path.join(inside, "data/copy"));
  expect((await verifyBag(inside)).ok).toBe(true);
  for (const target of ["/etc/hostname", "../../outside", "b", "nowhere"]) {
    const folder = bag("1.0");
    write(path.dirname(folder), { outside: "x" });
    fs.symlinkSync(target, path.join(folder, "data/link"));
    expect(detailOf(await verifyBag(folder), "structure")).toMatch(/data\/link is a link that leads/);
  }
});

test.skipIf(!hasTool("mkfifo", "--version"))(
  "a pipe in the bag does not make it wait (skipped without mkfifo)",
  async () => {
    const folder = bag("1.0", { "manifest-sha256.txt": both + line("data/pipe") });
    execFileSync("mkfifo", [path.join(folder, "data/pipe")]);
    expect(detailOf(await verifyBag(folder), "structure")).toContain("data/pipe is neither a file nor a folder");
  },
);

test("hostile names are printed so that they cannot act on a terminal", async () => {
  const verdict = await verifyBag(bag("1.0", { "data/\u001b[2J\u202egnp.exe": "x" }));
  expect(detailOf(verdict, "manifest")).toContain('"data/\\u001b[2J\\u202egnp.exe"');
});

test("twenty files are named, and how many more", async () => {
  const more = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`data/${String(at).padStart(2, "0")}`, "x"]));
  expect(detailOf(await verifyBag(bag("1.0", more)), "manifest")).toMatch(/\(30\): data\/00, .*data\/19 and 10 more$/);
});

describe.skipIf(!hasTool("python3", "--version"))("a foreign bag in a zip (skipped without python3)", () => {
  /** Zips a bag by a line of Python: `b` is the zip, `put(name, file)` adds a file deflated. */
  const zipped = (folder: string, program: string): string => {
    const out = path.join(path.dirname(folder), "bag.zip");
    const prelude = `
import os, sys, zipfile
root, out = sys.argv[1:]
b = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
def put(name, file): b.write(os.path.join(root, file), name)
def all(prefix):
    for at, _, names in os.walk(root):
        for n in sorted(names): put(prefix + os.path.relpath(os.path.join(at, n), root), os.path.relpath(os.path.join(at, n), root))
`;
    run("python3", ["-W", "ignore", "-c", `${prelude}${program}\nb.close()\n`, folder, out]);
    return out;
  };
  const symlink =
    "i = zipfile.ZipInfo('bag/data/link'); i.create_system = 3; i.external_attr = 0o120777 << 16; b.writestr(i, '/etc/passwd')";

  test("is read whether deflated, with folders, or at the top of the zip", async () => {
    const large = { "data/log": "GET /members\n".repeat(200_000) };
    const folder = bag("1.0", { ...large, "manifest-sha256.txt": both + manifestOf(large) });
    for (const program of [
      'all("bag/")',
      'b.writestr("bag/", ""); b.writestr("bag/data/", ""); all("bag/")',
      'all("")',
    ]) {
      const verdict = await verifyBag(zipped(folder, program));
      expect(failed(verdict)).toEqual([]);
      expect([okOf(verdict, "container"), detailOf(verdict, "manifest")]).toEqual([null, "3 files"]);
      expect(codeOf(verdict, "container")).toBe("zip-ordinary");
    }
  });

  const hostile: [string, string, RegExp][] = [
    ["a name that leads out", 'all("bag/"); b.writestr("bag/../../x", "x")', /has a name that leads elsewhere/],
    ["an absolute name", 'all("bag/"); b.writestr("/x", "x")', /has an absolute name/],
    ["a backslash", String.raw`all("bag/"); b.writestr("bag/data\\..\\x", "x")`, /backslash/],
    ["a name twice", 'all("bag/"); put("bag/bagit.txt", "bagit.txt")', /bag\/bagit\.txt is there twice/],
    ["a link", `all("bag/"); ${symlink}`, /bag\/data\/link is a link/],
    ["a file beside the bag", 'all("bag/"); b.writestr("other/x", "x")', /other\/x lies outside of the bag's folder/],
    ["another packing method", 'all("bag/"); b.writestr("bag/x", "x" * 99, zipfile.ZIP_BZIP2)', /packed by method 12/],
  ];
  test.each(hostile)("is refused for %s", async (_, program, said) => {
    const verdict = await verifyBag(zipped(bag("1.0"), program));
    expect(verdict.ok).toBe(false);
    expect(detailOf(verdict, "container")).toMatch(said);
  });

  test("does not unpack to more than it says, nor to absurd sizes", async () => {
    const zip = zipped(bag("1.0"), 'all("bag/"); b.writestr("bag/data/z", b"\\0" * 50_000_000)');
    expect(detailOf(await verifyBag(zip), "manifest")).toContain("data/z");
    const content = fs.readFileSync(zip);
    const central = content.lastIndexOf(Buffer.from("bag/data/z")) - 46;
    const claiming = (size: number) => {
      const changed = Buffer.from(content);
      changed.writeUInt32LE(size, central + 24);
      fs.writeFileSync(zip, changed);
      return verifyBag(zip);
    };
    expect(detailOf(await claiming(1000), "container")).toContain("unpacks to more than it says");
    expect(detailOf(await claiming(4_000_000_000), "container")).toContain("which cannot be");
    const bomb = zipped(
      bag("1.0"),
      'all("bag/"); [b.writestr("bag/data/%d" % i, b"\\0" * 5_000_000) for i in range(1)]',
    );
    expect(detailOf(await verifyBag(many(bomb, 1000)), "container")).toMatch(
      /would unpack to \d+ bytes, \d+ times its own size: it was not unpacked/,
    );
  });

  /** The last entry listed that many times more, all of them the same bytes: an overlapping bomb. */
  function many(zip: string, times: number): string {
    const content = fs.readFileSync(zip);
    const end = content.length - 22;
    const central = content.lastIndexOf("PK\x01\x02", undefined, "latin1");
    const copies = Buffer.concat(Array.from({ length: times }, () => content.subarray(central, end)));
    const tail = Buffer.from(content.subarray(end));
    const count = tail.readUInt16LE(10) + times;
    tail.writeUInt16LE(count, 8);
    tail.writeUInt16LE(count, 10);
    tail.writeUInt32LE(tail.readUInt32LE(12) + copies.length, 12);
    fs.writeFileSync(zip, Buffer.concat([content.subarray(0, end), copies, tail]));
    return zip;
  }
});

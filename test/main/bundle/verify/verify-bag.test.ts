import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { sealScript } from "../../../../main/bundle/bag/seal-script.ts";
import { parsePrivateKey } from "../../../../main/bundle/signature/ssh-key.ts";
import { verifyBag } from "../../../../main/bundle/verify/bag/verify-bag.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { codeOf, detailOf, failed, hasTool, okOf, privateKeyText, run, smallBundle, write } from "../fixture.ts";

const key = parsePrivateKey(privateKeyText(Buffer.alloc(32, 2)));
const stranger = parsePrivateKey(privateKeyText(Buffer.alloc(32, 3)));
const signed = await smallBundle({ key });
const unsigned = await smallBundle();
const bytes = fs.readFileSync(signed.zip);
const folder = temporaryFolder();

/** What `verify` says about this zip. */
async function verdictOf(content: Uint8Array) {
  const zip = path.join(folder, "t.zip");
  fs.writeFileSync(zip, content);
  return verifyBag(zip);
}

/** What `verify` says about the signed bundle's folder after a change. */
async function verdictAfter(change: (bag: string) => void, from = signed, signer?: string) {
  const copy = path.join(temporaryFolder(), from.bag.name);
  fs.cpSync(from.folder, copy, { recursive: true });
  change(copy);
  return verifyBag(copy, signer === undefined ? {} : { signer });
}

describe("a bundle as it was made", () => {
  test("verifies as a zip and as a folder, and says by which key", async () => {
    for (const target of [signed.zip, signed.folder]) {
      const verdict = await verifyBag(target, { signer: key.publicKey.line });
      expect(failed(verdict)).toEqual([]);
      expect(verdict.ok).toBe(true);
      expect(detailOf(verdict, "manifest")).toBe("4 files");
      expect(detailOf(verdict, "signature")).toContain(key.publicKey.fingerprint);
    }
    const verdict = await verifyBag(signed.zip);
    expect(codeOf(verdict, "signature")).toBe("signature-valid");
    expect(detailOf(verdict, "signature")).toBe(
      `valid, by key ${key.publicKey.fingerprint}; compare it with the one the examiner gave you`,
    );
    expect(verdict.checks.map((check) => check.check).join(" ")).toBe(
      "container structure manifest tagmanifest signature timestamp pages custody dates sources selection counts redaction recompute after",
    );
    expect([codeOf(verdict, "container"), codeOf(await verifyBag(signed.folder), "container")]).toEqual([
      "zip-right",
      "folder-no-zip",
    ]);
    expect([okOf(verdict, "container"), okOf(await verifyBag(signed.folder), "container")]).toEqual([true, null]);
  });

  test("is the same bytes when made again", async () => {
    const again = await smallBundle({ key });
    expect(fs.readFileSync(again.zip).equals(bytes)).toBe(true);
    expect(again.bag.tagManifestSha256).toBe(
      createHash("sha256")
        .update(fs.readFileSync(path.join(again.folder, "tagmanifest-sha256.txt")))
        .digest("hex"),
    );
  });

  test("unsigned is a note, unless a signer was named", async () => {
    const verdict = await verifyBag(unsigned.zip);
    expect([verdict.ok, okOf(verdict, "signature"), codeOf(verdict, "signature")]).toEqual([true, null, "unsigned"]);
    expect(okOf(await verifyBag(unsigned.zip, { signer: key.publicKey.line }), "signature")).toBe(false);
  });

  test("another key than the one named is refused, with both fingerprints", async () => {
    const verdict = await verifyBag(signed.zip, { signer: stranger.publicKey.line });
    expect([okOf(verdict, "signature"), codeOf(verdict, "signature")]).toEqual([false, "signer-other"]);
    for (const { publicKey } of [key, stranger])
      expect(detailOf(verdict, "signature")).toContain(publicKey.fingerprint);
  });

  test("no script lies outside the manifests; what people wrote stands in bag-info.txt on one line", async () => {
    const hostile = await smallBundle({ key, info: [["Source-Organization", "</script>\n\u2028Fake: x"]] });
    const names = hostile.bag.files.map(({ path: name }) => name).filter((name) => !name.startsWith("data/"));
    expect(names.filter((name) => /\.(?:js|mjs)$/u.test(name))).toEqual([]);
    expect(fs.readFileSync(path.join(hostile.folder, "bag-info.txt"), "utf8")).toContain(
      "\nSource-Organization: </script> Fake: x\n",
    );
  });

  test("of a bundle of the first version seal.js, which no manifest lists, is made again and compared", async () => {
    const first = await smallBundle(
      { key },
      { "data/extract/bundle.json": '{"schema":"exhibit/bundle@1"}\n', "data/more.txt": "x" },
    );
    const text = (name: string) => fs.readFileSync(path.join(first.folder, name), "utf8");
    const seal = sealScript(
      text("manifest-sha256.txt"),
      text("tagmanifest-sha256.txt"),
      text("tagmanifest-sha256.txt.sig"),
    );
    const window: { EXHIBIT_SEAL?: unknown } = {};
    runInNewContext(seal, { window });
    expect({ ...(window.EXHIBIT_SEAL as object) }).toMatchObject({ manifest: text("manifest-sha256.txt") });
    const verdict = await verdictAfter((bag) => void write(bag, { "seal.js": seal }), first);
    expect(failed(verdict)).toEqual([]);
    const changed = await verdictAfter((bag) => void write(bag, { "seal.js": `${seal}alert(1);\n` }), first);
    expect(detailOf(changed, "structure")).toContain("seal.js is not as Exhibit writes it");
    const later = await verdictAfter((bag) => void write(bag, { "seal.js": seal }));
    expect(detailOf(later, "structure")).toContain("files that do not belong to a bundle: seal.js");
  });

  test("the payload is a closed list", async () => {
    for (const name of [
      "data/more.txt",
      "data/extract/more.json",
      "data/extract/lines/source-01.txt",
      "data/extract/lines/more.txt",
      "data/more/index.html",
    ]) {
      const { folder: odd } = await smallBundle({ key }, { "data/extract/bundle.json": "{}\n", [name]: "x" });
      expect(detailOf(await verifyBag(odd), "structure"), name).toBe(
        `files that the layout of a bundle does not name: ${name}`,
      );
    }
    const { folder: odd } = await smallBundle(
      { key },
      {
        "data/extract/bundle.json": '{"originals":{"1":"1-a.csv"}}\n',
        "data/extract/remedy.json": `{"files":[{"sha256":"${createHash("sha256").update("named").digest("hex")}"}]}\n`,
        "data/originals/1-a.csv": "x",
        "data/originals/2-b.csv": "x",
        "data/attachments/1-letter.pdf": "named",
        "data/attachments/2-other.pdf": "not named",
      },
    );
    expect(detailOf(await verifyBag(odd), "structure")).toBe(
      "originals that bundle.json does not name: data/originals/2-b.csv; attachments whose digest no entry of remedy.json names: data/attachments/2-other.pdf",
    );
  });

  test("content checks are run on it, and one that throws has failed", async () => {
    const counts = async (bag: { files: { sizes: ReadonlyMap<string, number> } }) => ({
      ok: true,
      code: "counts-agree" as const,
      detail: `${bag.files.sizes.size}`,
    });
    const verdict = await verifyBag(signed.zip, {
      content: {
        counts,
        custody: () => {
          throw new Error("line 3 is not JSON");
        },
      },
    });
    expect([okOf(verdict, "counts"), detailOf(verdict, "counts")]).toEqual([true, "11"]);
    expect([okOf(verdict, "custody"), codeOf(verdict, "custody"), detailOf(verdict, "custody")]).toEqual([
      false,
      "check-failed",
      "could not be checked: line 3 is not JSON",
    ]);
    expect(verdict.ok).toBe(false);
  });
});

test("the digests of a large bag are made beside its contents, with the same verdict", async () => {
  const large = await smallBundle(
    { key },
    { "data/extract/bundle.json": "{}\n", "data/extract/lines/source-1.txt": `${"x".repeat(99)}\n`.repeat(700_000) },
  );
  const content = { counts: () => ({ ok: true, code: "counts-agree" as const, detail: "read" }) };
  const plain = await verifyBag(large.zip, { signer: key.publicKey.line });
  const beside = await verifyBag(large.zip, { signer: key.publicKey.line, content });
  expect(detailOf(beside, "counts")).toBe("read");
  const ofBag = (verdict: typeof plain) => verdict.checks.slice(0, 5);
  expect(ofBag(beside)).toEqual(ofBag(plain));
  expect([beside.verdict, plain.verdict]).toEqual(["verified", "verified"]);
  const file = fs.openSync(path.join(large.folder, "data/extract/lines/source-1.txt"), "r+");
  fs.writeSync(file, "y", 60_000_000);
  fs.closeSync(file);
  const changed = await verifyBag(large.folder, { content });
  expect([okOf(changed, "manifest"), detailOf(changed, "manifest")]).toEqual([
    false,
    "changed (1): data/extract/lines/source-1.txt",
  ]);
});

describe("any change to the zip", () => {
  test("a flipped bit anywhere is found, and the place named", async () => {
    // Every byte up to the end of the second entry, every third of the last 1500 (directory, end record), some between.
    for (let at = 0; at < bytes.length; at += at < 300 ? 1 : at > bytes.length - 1500 ? 3 : 37) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      const verdict = await verdictOf(flipped);
      expect(verdict.ok, `byte ${at}`).toBe(false);
      expect(detailOf(verdict, "container"), `byte ${at}`).toMatch(/groups-api-1\/[a-zA-Z]|end record|directory/);
    }
  });

  test("a changed content is named by the manifest too", async () => {
    const at = bytes.indexOf("2018-04-04");
    const flipped = Buffer.from(bytes);
    flipped[at] = 0x33;
    const verdict = await verdictOf(flipped);
    expect(detailOf(verdict, "manifest")).toBe("changed (1): data/extract/events.jsonl");
    expect(detailOf(verdict, "container")).toContain("the contents are not intact");
  });

  test("cut off at any point", async () => {
    for (let length = 0; length < bytes.length; length += 97) {
      const verdict = await verdictOf(bytes.subarray(0, length));
      expect([verdict.ok, okOf(verdict, "container")], `${length} bytes`).toEqual([false, false]);
    }
  });

  test("bytes before, behind and between are refused, and the contents said to be intact", async () => {
    const second = bytes.indexOf("PK\x03\x04", 4, "latin1");
    const end = bytes.length - 22;
    const comment = Buffer.concat([bytes, Buffer.from("hello")]);
    comment.writeUInt16LE(5, bytes.length - 2);
    for (const changed of [
      Buffer.concat([bytes, Buffer.from("appended")]),
      Buffer.concat([Buffer.from("#!/bin/sh\n"), bytes]),
      comment,
      insert(bytes, second, Buffer.from("gap")),
      insert(bytes, end, Buffer.from("gap")),
    ]) {
      const verdict = await verdictOf(changed);
      expect(okOf(verdict, "container")).toBe(false);
      expect(detailOf(verdict, "container")).toMatch(/the contents are intact$/);
      expect(okOf(verdict, "manifest")).toBe(true);
    }
  });

  test.skipIf(!hasTool("python3", "--version"))(
    "written again by another tool, other shapes are refused, contents intact (skipped without python3)",
    async () => {
      const program = `
import sys, zipfile
source, out, how = sys.argv[1:]
a = zipfile.ZipFile(source)
infos = a.infolist()
if how == "reordered": infos = infos[::-1]
with zipfile.ZipFile(out, "w") as b:
    if how == "folder": b.writestr("groups-api-1/data/", "")
    for i in infos:
        j = zipfile.ZipInfo(i.filename, i.date_time)
        j.external_attr, j.create_system = i.external_attr, 3
        if how == "dated": j.date_time = (2019, 11, 5, 0, 0, 0)
        if how == "extra": j.extra = b"\\x99\\x99\\x01\\x00x"
        if how == "comment": j.comment = b"x"
        if how == "deflated": j.compress_type = zipfile.ZIP_DEFLATED
        b.writestr(j, a.read(i))
        if how == "twice" and i is infos[3]: b.writestr(j, a.read(i))
`;
      for (const how of ["same", "reordered", "folder", "dated", "extra", "comment", "deflated", "twice"]) {
        const out = path.join(folder, "py.zip");
        run("python3", ["-W", "ignore", "-c", program, signed.zip, out, how]);
        const verdict = await verifyBag(out);
        expect([how, okOf(verdict, "container"), okOf(verdict, "manifest")]).toEqual([how, how === "same", true]);
        if (how !== "same") expect(detailOf(verdict, "container")).toMatch(/the contents are intact$/);
      }
    },
  );

  test("what is no zip at all fails, it is not refused", async () => {
    for (const content of ["", "PK", "hello ".repeat(1000), "\0".repeat(100)]) {
      const verdict = await verdictOf(Buffer.from(content));
      expect([verdict.ok, okOf(verdict, "container"), okOf(verdict, "manifest")]).toEqual([false, false, null]);
    }
  });
});

describe("any change to the folder", () => {
  test("a flipped bit in any file is found, and the file named", async () => {
    const copy = path.join(temporaryFolder(), signed.bag.name);
    fs.cpSync(signed.folder, copy, { recursive: true });
    for (const { path: name, size } of signed.bag.files) {
      const file = path.join(copy, name);
      const content = fs.readFileSync(file);
      for (let at = 0; at < size; at += Math.max(1, Math.floor(size / 10))) {
        const flipped = Buffer.from(content);
        flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
        fs.writeFileSync(file, flipped);
        const details = failed(await verifyBag(copy)).map((check) => check.detail);
        expect(details.join("\n"), `byte ${at} of ${name}`).toContain(
          name === "tagmanifest-sha256.txt.sig" ? "signature" : name,
        );
      }
      fs.writeFileSync(file, content);
    }
    expect((await verifyBag(copy)).ok).toBe(true);
  });

  test("a file removed, added, renamed or replaced by a link", async () => {
    for (const { path: name } of signed.bag.files) {
      const verdict = await verdictAfter((bag) => fs.rmSync(path.join(bag, name)));
      const said = failed(verdict).map((check) => check.detail);
      expect(said.join("\n")).toMatch(
        name === "tagmanifest-sha256.txt.sig" ? /signature by key SHA256:\S+ is missing/ : name,
      );
    }
    for (const name of [
      "data/extra.txt",
      "data/extract/.hidden",
      "notes.txt",
      ".DS_Store",
      "fetch.txt",
      "manifest-md5.txt",
      "data/A",
    ]) {
      const verdict = await verdictAfter((bag) => void write(bag, { [name]: "x" }));
      expect(
        failed(verdict)
          .map((check) => check.detail)
          .join("\n"),
      ).toContain(name);
    }
    const elsewhere = path.join(temporaryFolder(), "index.html");
    const verdict = await verdictAfter((bag) => {
      fs.renameSync(path.join(bag, "data/index.html"), elsewhere);
      fs.symlinkSync(elsewhere, path.join(bag, "data/index.html"));
    });
    expect(detailOf(verdict, "structure")).toContain("data/index.html is a link that leads out of the bag");
  });

  test("a signature dropped or swapped for a stranger's", async () => {
    const drop = (bag: string, signature: string | null) => {
      fs.rmSync(path.join(bag, "tagmanifest-sha256.txt.sig"));
      if (signature !== null) write(bag, { "tagmanifest-sha256.txt.sig": signature });
    };
    const dropped = await verdictAfter((bag) => drop(bag, null));
    expect([codeOf(dropped, "structure"), codeOf(dropped, "signature")]).toEqual([
      "structure-right",
      "signature-missing",
    ]);
    const { signMessage } = await import("../../../../main/bundle/signature/ssh-signature.ts");
    const theirs = await verdictAfter((bag) =>
      drop(bag, signMessage(stranger, fs.readFileSync(path.join(bag, "tagmanifest-sha256.txt")))),
    );
    expect([codeOf(theirs, "structure"), codeOf(theirs, "signature")]).toEqual([
      "structure-right",
      "signature-key-unnamed",
    ]);
    expect(detailOf(theirs, "signature")).toContain(stranger.publicKey.fingerprint);
  });

  test("the folder may be renamed, and lie in another one alone", async () => {
    const outer = temporaryFolder();
    fs.cpSync(signed.folder, path.join(outer, "groups-api-1 (2)"), { recursive: true });
    expect((await verifyBag(outer)).ok).toBe(true);
    expect((await verifyBag(path.join(outer, "groups-api-1 (2)"))).ok).toBe(true);
  });
});

test("a target that is not there, or no file or folder, is refused", async () => {
  await expect(verifyBag(path.join(folder, "nothing"))).rejects.toMatchObject({ code: "bundle-missing" });
  await expect(verifyBag("/dev/null")).rejects.toMatchObject({ code: "bundle-missing" });
  await expect(verifyBag(signed.zip, { signer: "hello" })).rejects.toMatchObject({ code: "key-wrong" });
});

describe("VERIFY.txt", () => {
  const textOf = (bag: string) => fs.readFileSync(path.join(bag, "VERIFY.txt"), "utf8");
  const commandsOf = (bag: string) => [...textOf(bag).matchAll(/^ {4}\$ (.*)$/gm)].map((match) => match[1] as string);
  const tools = ["bash", "sha256sum", "shasum", "ssh-keygen"];

  test("is plain ASCII of 72 columns, commands aside", () => {
    for (const { folder: bag } of [signed, unsigned]) {
      expect(textOf(bag)).toMatch(/^[\n\x20-\x7e]*$/);
      const long = textOf(bag)
        .split("\n")
        .filter((line) => line.length > 72 && !/^ {4}[$>] /.test(line));
      expect(long).toEqual([]);
    }
    expect(textOf(signed.folder)).toContain(key.publicKey.fingerprint);
    expect(textOf(unsigned.folder)).toContain("This bundle is not signed");
  });

  test.skipIf(!tools.every((tool) => hasTool(tool, "--version")))(
    `its commands run as they are printed (skipped without ${tools.join(", ")})`,
    async () => {
      for (const { zip, bag } of [signed, unsigned]) {
        const out = temporaryFolder();
        run("unzip", ["-q", zip, "-d", out]);
        const cwd = path.join(out, bag.name);
        const commands = commandsOf(cwd);
        expect(commands).toHaveLength(bag.signed ? 9 : 8);
        const outputs = commands.map((command) => run("bash", ["-c", command], { cwd }));
        expect(outputs.join("")).not.toContain("FAILED");
        expect(outputs.join("").includes('Good "exhibit" signature for examiner')).toBe(bag.signed);
        expect((await verifyBag(cwd)).ok).toBe(true);

        // And each kind of them notices: a changed file, a changed list, an added file.
        fs.appendFileSync(path.join(cwd, "data/index.html"), " ");
        fs.appendFileSync(path.join(cwd, "tagmanifest-sha256.txt"), "\n");
        write(cwd, { "data/added.txt": "x", "added.txt": "x" });
        const silent = commands.filter((command) => {
          try {
            run("bash", ["-c", command], { cwd });
            return true;
          } catch {
            return false;
          }
        });
        expect(
          silent.filter(
            (command) => !/tagmanifest-sha256.txt$|^printf/.test(command) || /verify|validate/.test(command),
          ),
        ).toEqual([]);
      }
    },
  );
});

const insert = (content: Buffer, at: number, more: Buffer) =>
  Buffer.concat([content.subarray(0, at), more, content.subarray(at)]);

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { openBundle } from "../../../../main/bundle/review/open-bundle.ts";
import { readBundle } from "../../../../main/bundle/review/read-bundle.ts";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { centralHeader, endRecords, localHeader, type PlacedRecord } from "../../../../main/bundle/zip/zip-records.ts";
import type { Case } from "../../../../main/case/case.ts";
import { Refusal } from "../../../../shared/base/errors.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { forged, signedBundle } from "../signed-bundle.ts";

/** What is handed over is an attack until it has been checked: each of these is refused by all that take a bundle, and writes nothing. */

interface Entry {
  readonly name: string;
  readonly data: Buffer;
  readonly local?: Partial<PlacedRecord>;
  readonly central?: Partial<PlacedRecord>;
  /** Unix mode in the directory. */
  readonly mode?: number;
}

let bag: string;
let caseFile: Case;
beforeAll(async () => {
  bag = await signedBundle();
  caseFile = newCase();
});

const filesOf = (): Entry[] =>
  (fs.readdirSync(bag, { recursive: true, withFileTypes: true }) as fs.Dirent[])
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath, each.name))
    .map((file) => ({
      name: `${path.basename(bag)}/${path.relative(bag, file).replaceAll("\\", "/")}`,
      data: fs.readFileSync(file),
    }));

/** A zip of these entries, headers as they are told to lie. */
function zipped(entries: readonly Entry[]): string {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, local = {}, central = {}, mode } of entries) {
    const record: PlacedRecord = {
      ...{ name, crc: crc32(data), size: data.length, method: 0, packed: data.length, offset },
      ...(local.method === 8 ? { crc: local.crc ?? 0 } : {}),
    };
    const head = localHeader({ ...record, ...local });
    pieces.push(head, data);
    const listed = Buffer.from(centralHeader({ ...record, ...central }));
    if (mode !== undefined) listed.writeUInt32LE((mode << 16) >>> 0, 38);
    directory.push(listed);
    offset += head.length + data.length;
  }
  const listing = Buffer.concat(directory);
  const file = path.join(temporaryFolder(), "hostile.zip");
  fs.writeFileSync(file, Buffer.concat([...pieces, listing, endRecords(entries.length, listing.length, offset)]));
  return file;
}

const also = (...more: Entry[]) => zipped([...filesOf(), ...more]);
const top = () => path.basename(bag);
const small = Buffer.from("x");
const zeros = deflateRawSync(Buffer.alloc(1 << 20));
/** Its directory and its local header both say how much it unpacks to, or one of them lies. */
const packed = (size: number) => ({
  method: 8 as const,
  packed: zeros.length,
  size,
  crc: crc32(Buffer.alloc(1 << 20)),
});

const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

const CASES: readonly [what: string, make: () => string | Promise<string>][] = [
  ["a name that leads out", () => also({ name: `${top()}/../../outside.txt`, data: small })],
  ["an absolute name", () => also({ name: "/tmp/outside.txt", data: small })],
  ["a drive", () => also({ name: "C:\\outside.txt", data: small })],
  ["two of one name", () => also({ name: `${top()}/data/METHOD.txt`, data: small })],
  ["names that some systems take for one", () => also({ name: `${top()}/data/method.TXT`, data: small })],
  ["a link", () => also({ name: `${top()}/data/link`, data: Buffer.from("/etc/hostname"), mode: 0o120777 })],
  ["two headers of other names", () => also({ name: `${top()}/a`, data: small, local: { name: `${top()}/b` } })],
  ["two headers of other sizes", () => also({ name: `${top()}/a`, data: small, local: { size: 9 } })],
  [
    "a bomb that says what it is",
    () =>
      also(
        ...["a", "b"].map((name) => ({
          ...{ name: `${top()}/${name}`, data: zeros, local: packed(0xf000_0000), central: packed(0xf000_0000) },
        })),
      ),
  ],
  [
    "a bomb that says it is small",
    () => also({ name: `${top()}/data/extract/a`, data: zeros, local: packed(10), central: packed(10) }),
  ],
  ["lists without end in a document", () => forged(bag, (it) => it.text("extract/bundle.json", () => `${deep}\n`))],
  ["null for a document", () => forged(bag, (it) => it.text("extract/sources.json", () => "null\n"))],
  ["an act that is none", () => forged(bag, (it) => it.text("extract/custody.jsonl", () => "[]\n"))],
  [
    "a call a million gigabytes further on",
    () =>
      forged(bag, (it) =>
        it.text("extract/events.jsonl", (text) => text.replace(/"offset":\d+/u, '"offset":1000000000000000')),
      ),
  ],
  [
    "a viewer that was changed to lie",
    () => forged(bag, (it) => it.page("data/index.html", (text) => text.replace("Not checked yet", "All is well"))),
  ],
];

/** All that is in a folder, by name. */
const listed = (folder: string) => fs.readdirSync(folder).sort();

describe("refused by verify, as a case and as a review:", () => {
  test.each(CASES)("%s", async (_, make) => {
    const target = await make();
    const around = listed(path.dirname(target));
    // Both begin with verify, and say which of its checks failed.
    for (const take of [openBundle, (each: string) => readBundle(caseFile, each)]) {
      const error = await take(target).catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(Refusal);
      expect(error).toMatchObject({
        code: "review-wrong",
        what: expect.stringMatching(/^[^\n]{1,200} is not intact \([a-z, ]+\)$/u),
      });
    }
    expect(listed(path.dirname(target))).toEqual(around);
    for (const folder of [path.dirname(path.dirname(target)), os.tmpdir(), process.cwd()])
      expect(fs.existsSync(path.join(folder, "outside.txt"))).toBe(false);
  });

  test.skipIf(process.platform === "win32")("a pipe and a link out of it in a folder", async () => {
    const folder = path.join(temporaryFolder(), top());
    fs.cpSync(bag, folder, { recursive: true });
    execFileSync("mkfifo", [path.join(folder, "data/extract/pipe")]);
    fs.symlinkSync("/etc/hostname", path.join(folder, "data/extract/link"));
    const { checks } = await verify(folder);
    expect(checks.find(({ check }) => check === "structure")).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/link is a link.*pipe is neither|pipe is neither.*link is a link/su),
    });
    await expect(openBundle(folder)).rejects.toMatchObject({ code: "review-wrong" });
  });
});

test("HTML and formulas in every field stay text in what is made of them", async () => {
  const evil = '=cmd|"/c calc"!A1<img src=x onerror=alert(1)>\u202e';
  const other = await signedBundle({
    also: async (engine) => {
      await engine.ask("tag", { filter: "app:a1", tag: evil.slice(0, 60), note: evil });
      await engine.ask("finding", { developer: "D2", disposition: "disputed", reason: evil });
    },
    ...({ for: evil, matter: evil, reason: evil, letterhead: evil } as object),
  });
  expect((await verify(other, { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
  const read = (name: string) => fs.readFileSync(path.join(other, "data", name), "utf8");
  for (const name of ["index.html", "../OPEN.html"]) expect(read(name)).not.toContain("<img src=x");
  for (const name of ["extract/events.csv", "legal/load/bates-index.csv"])
    expect(read(name)).not.toMatch(/(?:^|,)"?=cmd/mu);
  for (const name of ["legal/notices.txt", "legal/certification-fre-902.txt", "legal/load/readme.txt"])
    expect(read(name)).not.toContain("\u202e");
  const opened = await openBundle(other);
  expect(opened.caseFile.title).toBe("Test");
  opened.caseFile.close();
});

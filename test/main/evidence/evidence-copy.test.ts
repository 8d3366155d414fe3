import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { COPY_PIECE_BYTES, EvidenceCopy } from "../../../main/evidence/evidence-copy.ts";
import { temporaryFolder } from "../../temporary.ts";

/** Copies bytes in pieces of these lengths, the last again and again, and gives what lies in the file then. */
async function copied(file: string, bytes: Buffer, lengths: readonly number[], expected = bytes.length) {
  const copy = new EvidenceCopy(file, expected);
  try {
    for (let at = 0, n = 0; at < bytes.length; n++) {
      const piece = await copy.piece();
      const length = bytes.copy(piece, 0, at, at + (lengths[Math.min(n, lengths.length - 1)] as number));
      copy.write(length);
      at += length;
    }
    await copy.end({ ...fs.statSync("."), atime: new Date(1e12), mtime: new Date(1.5e12) } as fs.Stats);
  } finally {
    await copy.close();
  }
  return fs.readFileSync(file);
}

const large = randomBytes(9 * COPY_PIECE_BYTES + 4096 + 77);
/** Whose file system the runner chose; the project's own, on a disk most likely; one in memory, where there is one. */
const folders = [temporaryFolder(), path.resolve("node_modules/.cache"), "/dev/shm"].filter((each) =>
  fs.existsSync(each),
);

test.each(folders)(
  "in %s a copy is what was read, whichever way it is written, and has the file's dates",
  async (folder) => {
    const file = path.join(folder, `copy-${process.pid}`);
    const ways = [
      { bytes: large, lengths: [COPY_PIECE_BYTES] },
      // As behind the prefix of an import that is resumed.
      { bytes: large, lengths: [COPY_PIECE_BYTES, 4096, 999, COPY_PIECE_BYTES] },
      { bytes: large, lengths: [1 << 16] },
      { bytes: large.subarray(0, 5000), lengths: [COPY_PIECE_BYTES] },
      { bytes: large.subarray(0, 0), lengths: [1] },
      // It grew since its size was asked for, or shrank.
      { bytes: large, lengths: [COPY_PIECE_BYTES], expected: 10 },
      { bytes: large.subarray(0, 3), lengths: [COPY_PIECE_BYTES], expected: large.length },
    ];
    try {
      for (const { bytes, lengths, expected } of ways) {
        fs.writeFileSync(file, "what was left there before");
        expect((await copied(file, bytes, lengths, expected)).equals(bytes)).toBe(true);
        expect(fs.statSync(file).mtimeMs).toBe(1.5e12);
      }
    } finally {
      fs.rmSync(file, { force: true });
    }
  },
);

test.skipIf(!fs.existsSync("/dev/full"))("a full disk is said with the next piece, or at the end", async () => {
  await expect(copied("/dev/full", large.subarray(0, 100), [100])).rejects.toThrow(/ENOSPC/u);
  await expect(copied("/dev/full", large, [COPY_PIECE_BYTES])).rejects.toThrow(/ENOSPC/u);
});

test("a folder that is gone is said at once", () => {
  expect(() => new EvidenceCopy(path.join(temporaryFolder(), "gone", "copy"), large.length)).toThrow(/ENOENT/u);
});

import { open } from "node:fs/promises";

const PIECE_BYTES = 1 << 18;
const LEAST_BYTES = 1 << 12;

/** How much of a file is read at a time. A bag has many small files, and whole pieces for each were half the work of its memory. */
export const pieceBytes = (size: number) => Math.min(PIECE_BYTES, Math.max(LEAST_BYTES, size + 1));

/**
 * A file from its beginning, in pieces that hold only until the next one is asked for: two buffers serve for all of it, one
 * read ahead while the other is used.
 */
export async function* readPieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  let reading: Promise<{ readonly bytesRead: number }> | undefined;
  try {
    const length = pieceBytes((await file.stat()).size);
    let [used, ahead] = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)];
    reading = file.read(ahead, 0, length, 0);
    for (let at = 0; ; ) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      at += bytesRead;
      [used, ahead] = [ahead, used];
      reading = file.read(ahead, 0, length, at);
      // It is awaited for the next piece; where none is asked for, nobody needs to know.
      reading.catch(() => {});
      yield used.subarray(0, bytesRead);
    }
  } finally {
    await reading?.catch(() => {});
    await file.close();
  }
}

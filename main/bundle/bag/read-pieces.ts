import { open } from "node:fs/promises";

const PIECE_BYTES = 1 << 18;

/**
 * A file from its beginning, in pieces that hold only until the next one is asked for: two buffers serve for all of it, one
 * read ahead while the other is used.
 */
export async function* readPieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  let reading: Promise<{ readonly bytesRead: number }> | undefined;
  try {
    let [used, ahead] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
    reading = file.read(ahead, 0, PIECE_BYTES, 0);
    for (let at = 0; ; ) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      at += bytesRead;
      [used, ahead] = [ahead, used];
      reading = file.read(ahead, 0, PIECE_BYTES, at);
      // It is awaited for the next piece; where none is asked for, nobody needs to know.
      reading.catch(() => {});
      yield used.subarray(0, bytesRead);
    }
  } finally {
    await reading?.catch(() => {});
    await file.close();
  }
}

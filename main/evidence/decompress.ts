import { once } from "node:events";
import type { Transform } from "node:stream";
import zlib from "node:zlib";
import xz from "xz-decompress";
import { Refusal } from "../../shared/base/errors.ts";
import { figure } from "../../shared/base/figure.ts";
import type { Original } from "../platform/byte-source.ts";
import { bunzip2 } from "./bzip2.ts";
import type { Unpack } from "./packing.ts";

/** Packed bytes given to a decoder at once. What comes out of them must fit in memory, even for a bomb. */
const INPUT_PIECE_BYTES = 1 << 16;
const OUTPUT_CHUNK_BYTES = 1 << 18;

/** xz-embedded's results (enum xz_ret) where input ends early, and for checks and filters it was built without. */
const XZ_BUF_ERROR = 8;
const XZ_OPTIONS_ERROR = 6;

/**
 * The decompressed bytes of a step. `charge` receives the length of every piece before it is passed on.
 * @throws Refusal `file-truncated`, `file-unreadable`; whatever `charge` throws
 */
export async function* decompress(
  packed: Original,
  step: Unpack,
  name: string,
  charge: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  let crc = 0;
  try {
    for await (const piece of decoderFor(packed, step, name)) {
      charge(piece.length);
      bytes += piece.length;
      if (step.bytes !== undefined && bytes > step.bytes) throw new Error("it is longer than it says");
      if (step.crc32 !== undefined) crc = zlib.crc32(piece, crc);
      yield piece;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw decompressionError(name, error);
  }
  if (step.bytes !== undefined && bytes < step.bytes)
    throw decompressionError(name, Object.assign(new Error(), { short: true }));
  if (step.crc32 !== undefined && crc !== step.crc32)
    throw decompressionError(name, new Error("its checksum is wrong"));
}

function decoderFor(packed: Original, { kind }: Unpack, name: string): AsyncIterable<Buffer> | Iterable<Buffer> {
  switch (kind) {
    case "gzip":
      return gunzip(packed);
    case "deflate":
      return runDecoder(zlib.createInflateRaw({ chunkSize: OUTPUT_CHUNK_BYTES }), packed, 0, packed.bytes);
    case "zstd":
      return unzstd(packed, name);
    case "bzip2":
      return bunzip2(packed);
    case "xz":
      return unxz(packed);
  }
}

function decompressionError(name: string, error: unknown): Refusal {
  const { code, short, message = "" } = error as { code?: string; short?: boolean; message?: string };
  const xzCode = Number(/get_next_output failed with error code (\d+)/u.exec(message)?.[1]);
  if (code === "Z_BUF_ERROR" || short === true || xzCode === XZ_BUF_ERROR)
    return new Refusal("file-truncated", `${name} breaks off. Nothing of it was imported`, "ask for it again", {
      cause: error,
    });
  return xzCode === XZ_OPTIONS_ERROR
    ? new Refusal(
        "file-unreadable",
        `${name} is packed by xz with a check or a filter that Exhibit does not read. Nothing of it was imported`,
        "unpack it with xz and import what comes out",
        { cause: error },
      )
    : new Refusal("file-unreadable", `${name} is damaged. Nothing of it was imported`, "ask for it again", {
        cause: error,
      });
}

/** gzip, also of several members. Zero bytes behind the last are padding, as on tapes; anything else there is damage. */
async function* gunzip(packed: Original): AsyncGenerator<Buffer> {
  for (let from = 0; from < packed.bytes; ) {
    from += yield* runDecoder(zlib.createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES }), packed, from, packed.bytes);
    for (
      let rest = packed.read(from, INPUT_PIECE_BYTES);
      rest.length > 0;
      rest = packed.read(from, INPUT_PIECE_BYTES)
    ) {
      const end = rest.findIndex((byte) => byte !== 0);
      from += end < 0 ? rest.length : end;
      if (end >= 0) break;
    }
  }
}

/** Yields what a decoder makes of the bytes from an offset on. Returns how many bytes it consumed: it may end before they do. */
async function* runDecoder(
  stream: Transform & { bytesWritten: number },
  packed: Original,
  from: number,
  to: number,
): AsyncGenerator<Buffer, number> {
  const out: Buffer[] = [];
  let failure: unknown;
  let wake: (() => void) | undefined;
  stream.on("data", (piece: Buffer) => out.push(piece));
  stream.on("error", (error) => {
    failure = error;
    wake?.();
  });
  try {
    for (let at = from; at < to; ) {
      const piece = packed.read(at, Math.min(INPUT_PIECE_BYTES, to - at));
      if (piece.length === 0) break;
      at += piece.length;
      // A stream that fails never calls back: its error event ends this wait.
      await new Promise<void>((resolve) => {
        wake = resolve;
        stream.write(piece, () => resolve());
      });
      yield* out.splice(0);
      if (failure) throw failure;
      if (stream.bytesWritten < at - from) return stream.bytesWritten;
    }
    const ended = once(stream, "end").catch(() => undefined);
    stream.end();
    await ended;
    yield* out.splice(0);
    if (failure) throw failure;
    return stream.bytesWritten;
  } finally {
    stream.destroy();
  }
}

const ZSTD_MAGIC = 0xfd2fb528;
/** A frame that must look back further is not read: the decoder holds that much in memory. zstd itself stops at 128 MiB. */
const MAX_WINDOW_BYTES = 512 << 20;
/** What the decoder is let have by its own check, which does not know how long the content is. */
const WINDOW_LOG_LIMIT = 31;
const short = () => Object.assign(new Error("it breaks off"), { short: true });

/** zstd, also of several frames: Node's decoder ends behind the first, and says nothing of the others. */
async function* unzstd(packed: Original, name: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < packed.bytes; ) {
    const head = packed.read(at, 18);
    if (head.length < 8) throw short();
    const magic = head.readUInt32LE(0);
    if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
      at += 8 + head.readUInt32LE(4);
      if (at > packed.bytes) throw short();
      continue;
    }
    if (magic !== ZSTD_MAGIC) throw new Error("it does not go on as zstd");
    const end = endOfFrame(packed, at, head);
    const window = windowOf(head);
    if (window > MAX_WINDOW_BYTES)
      throw new Refusal(
        "file-unreadable",
        `${name} is sound but needs ${figure(window / 2 ** 20)} MiB of memory to be unpacked (zstd --long). Nothing of it was imported`,
        `unpack it with \`zstd -d --long=${Math.ceil(Math.log2(window))}\` and import what comes out`,
      );
    const params = { [zlib.constants.ZSTD_d_windowLogMax]: WINDOW_LOG_LIMIT };
    yield* runDecoder(zlib.createZstdDecompress({ chunkSize: OUTPUT_CHUNK_BYTES, params }), packed, at, end);
    at = end;
  }
}

/** Bytes that a frame's decoder must look back on: its window, or less where all its content is less (RFC 8878, 3.1.1.1). */
function windowOf(head: Buffer): number {
  const descriptor = head[4] as number;
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] as number);
  const content = [
    () => (isSingle ? (head[at] as number) : Number.POSITIVE_INFINITY),
    () => head.readUInt16LE(at) + 256,
    () => head.readUInt32LE(at),
    () => Number(head.readBigUInt64LE(at)),
  ][descriptor >> 6]?.() as number;
  const window = isSingle ? content : 2 ** (10 + ((head[5] as number) >> 3)) * (1 + ((head[5] as number) & 7) / 8);
  return Math.min(window, content);
}

/** Where a frame ends, by the sizes of its blocks (RFC 8878, 3.1.1). */
function endOfFrame(packed: Original, start: number, head: Buffer): number {
  const descriptor = head[4] as number;
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] as number;
  const size = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
  let at = start + 5 + (isSingle ? 0 : 1) + dictionary + size;
  for (;;) {
    const block = packed.read(at, 3);
    if (block.length < 3) throw short();
    const header = block.readUIntLE(0, 3);
    const isRepeat = ((header >> 1) & 3) === 1;
    at += 3 + (isRepeat ? 1 : header >> 3);
    if (header & 1) break;
  }
  if (descriptor & 4) at += 4;
  if (at > packed.bytes) throw short();
  return at;
}

async function* unxz(packed: Original): AsyncGenerator<Buffer> {
  let at = 0;
  const input = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = packed.read(at, INPUT_PIECE_BYTES);
      at += piece.length;
      if (piece.length === 0) controller.close();
      else controller.enqueue(piece);
    },
  });
  for await (const piece of new xz.XzReadableStream(input))
    yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}

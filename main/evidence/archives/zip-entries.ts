import { isUtf8 } from "node:buffer";
import zlib from "node:zlib";
import * as yauzl from "yauzl";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Original } from "../../platform/byte-source.ts";
import type { Compression, Slice } from "../packing.ts";
import type { Entry } from "../unpack-steps.ts";
import type { Allowance } from "./limits.ts";

const METHODS: Readonly<Record<number, Compression>> = { 8: "deflate", 12: "bzip2", 93: "zstd", 95: "xz" };
const UTF8_NAME_FLAG = 0x800;
const UNIX_HOST = 3;
const PIECE_BYTES = 1 << 20;

class Bytes extends yauzl.RandomAccessReader {
  readonly #zip: Original;

  constructor(zip: Original) {
    super();
    this.#zip = zip;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, got?: number) => void,
  ): void {
    const got = this.#zip.read(position, length).copy(buffer, offset);
    setImmediate(() => callback(null, got));
  }
}

/**
 * The entries of a zip, with where their bytes lie. What they say they unpack to must be within the limits before anything is unpacked.
 * @throws Refusal `file-unreadable`, `archive-limit`
 */
export async function zipEntries(zip: Original, name: string, allowance: Allowance): Promise<Entry[]> {
  const entries: Entry[] = [];
  let declaredBytes = 0;
  const ranges: [from: number, to: number][] = [];
  try {
    const file = await yauzl.fromRandomAccessReaderPromise(new Bytes(zip), zip.bytes, {
      lazyEntries: true,
      decodeStrings: false,
      autoClose: false,
      validateEntrySizes: false,
    });
    for await (const entry of file.eachEntry()) {
      const path = nameOf(entry);
      if (path.endsWith("/")) continue;
      allowance.member();
      const unread = reasonUnread(entry);
      if (unread !== undefined) {
        entries.push({ path, unread });
        continue;
      }
      const { fileDataStart } = await file.readLocalFileHeaderPromise(entry, { minimal: true });
      ranges.push([entry.relativeOffsetOfLocalHeader, fileDataStart + entry.compressedSize]);
      const slice: Slice = { kind: "slice", offset: fileDataStart, length: entry.compressedSize };
      const about = { bytes: entry.uncompressedSize, crc32: entry.crc32 };
      const written = entry.getLastModDate({ timezone: "UTC" }).getTime() * 1000;
      const compression = METHODS[entry.compressionMethod];
      if (compression) {
        declaredBytes += about.bytes;
        allowance.foresee(declaredBytes);
      }
      if (compression)
        entries.push({ path, steps: [slice, { kind: compression, ...about }], bytes: about.bytes, written });
      else if (isIntact(zip, slice, about)) entries.push({ path, steps: [slice], bytes: about.bytes, written });
      else entries.push({ path, unread: "it is damaged" });
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      "file-unreadable",
      `${name} is damaged: ${(error as Error).message.slice(0, 120)}. Nothing of it was imported`,
      "ask for it again",
      { cause: error },
    );
  }
  // Entries that share their bytes make a small zip endless.
  ranges.sort((a, b) => a[0] - b[0]);
  if (ranges.some(([from], index) => index > 0 && from < (ranges[index - 1] as [number, number])[1]))
    throw allowance.overlap();
  return entries;
}

function nameOf(entry: yauzl.Entry): string {
  // Many programs write UTF-8 and forget to say so.
  const flag = isUtf8(entry.fileNameRaw) ? UTF8_NAME_FLAG : 0;
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag | flag, entry.fileNameRaw, entry.extraFields, false);
}

function reasonUnread(entry: yauzl.Entry): string | undefined {
  if (entry.isEncrypted()) return "it is encrypted";
  const type = entry.versionMadeBy >> 8 === UNIX_HOST ? (entry.externalFileAttributes >>> 16) & 0xf000 : 0;
  if (type === 0xa000) return "it is a link to another file";
  if (type === 0x2000 || type === 0x6000 || type === 0x1000 || type === 0xc000) return "it is a device or a pipe";
  if (entry.compressionMethod !== 0 && METHODS[entry.compressionMethod] === undefined)
    return `it is packed by a method that Exhibit does not read (${entry.compressionMethod})`;
  return undefined;
}

/** Bytes that are stored as they are, against their size and checksum. */
function isIntact(zip: Original, slice: Slice, about: { bytes: number; crc32: number }): boolean {
  let crc = 0;
  for (let at = 0; at < slice.length; at += PIECE_BYTES)
    crc = zlib.crc32(zip.read(slice.offset + at, Math.min(PIECE_BYTES, slice.length - at)), crc);
  return slice.length === about.bytes && crc === about.crc32;
}

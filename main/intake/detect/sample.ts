import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { Refusal } from "../../../shared/base/errors.ts";
import { packingOf } from "../../evidence/packing.ts";
import type { Original } from "../../platform/byte-source.ts";
import { bomLength, originalLength, transcoderOf } from "../../platform/encodings/encoding.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import { readInto } from "../../platform/files.ts";
import { damaged, unreadable } from "../../platform/system-errors.ts";
import { joinOf } from "../read/bytes/other-encoding.ts";
import { sniffEncoding } from "./sniff-encoding.ts";
import type { Guess } from "./sniff-header.ts";

/** Bytes of a file that detection reads, uncompressed; and compressed ones that it unpacks. */
const SAMPLE_BYTES = 1 << 20;
const COMPRESSED_SAMPLE_BYTES = 1 << 18;

/** The first bytes of a file, unpacked, still in its own encoding. */
export interface Sample {
  readonly bytes: Buffer;
  /** The sample is the whole file. */
  readonly whole: boolean;
  readonly compression?: "gzip";
  /** Of the file as it is given. */
  readonly size: number;
}

/** @throws Refusal `file-missing`, `file-is-folder`, `file-unreadable`, `file-empty` */
export function readSample(file: string): Sample {
  const name = path.basename(file);
  let fd: number;
  let size: number;
  try {
    const stat = fs.statSync(file);
    if (stat.isDirectory())
      throw new Refusal("file-is-folder", `${name} is a folder. Nothing was imported`, "name the files in it");
    if (!stat.isFile())
      throw new Refusal("file-unreadable", `${name} is not a file. Nothing was imported`, "name a file");
    size = stat.size;
    fd = fs.openSync(file, "r");
  } catch (error) {
    throw unreadable(error, file);
  }
  try {
    if (size === 0)
      throw new Refusal("file-empty", `${name} is empty. Nothing was imported`, "ask for the export again");
    const raw = Buffer.alloc(Math.min(SAMPLE_BYTES, size));
    const got = raw.subarray(0, readInto(fd, raw, 0));
    if (got[0] !== 0x1f || got[1] !== 0x8b) return { bytes: got, whole: got.length >= size, size };
    return { ...gunzipHead(got, got.length >= size, name), compression: "gzip", size };
  } catch (error) {
    throw unreadable(error, file);
  } finally {
    fs.closeSync(fd);
  }
}

/** Whether there is more to unpack than one layer of gzip. @throws Refusal as `readSample` */
export function isArchive(file: string): boolean {
  const { bytes, compression } = readSample(file);
  const packing = packingOf(bytes);
  return packing !== undefined && (compression !== undefined || packing !== "gzip");
}

/** The first bytes of a content that is unpacked already. */
export const contentSample = (content: Original): Sample => ({
  bytes: content.read(0, SAMPLE_BYTES),
  whole: content.bytes <= SAMPLE_BYTES,
  size: content.bytes,
});

/** What a gzip file begins with. A bomb gives a sample like any other. */
function gunzipHead(raw: Buffer, all: boolean, name: string): { bytes: Buffer; whole: boolean } {
  for (let size = Math.min(raw.length, COMPRESSED_SAMPLE_BYTES); size > 0; size = Math.floor(size / 8)) {
    try {
      const bytes = zlib.gunzipSync(raw.subarray(0, size), {
        finishFlush: zlib.constants.Z_SYNC_FLUSH,
        maxOutputLength: 64 * SAMPLE_BYTES,
      });
      if (bytes.length === 0 && all)
        throw new Refusal("file-empty", `${name} holds nothing. Nothing was imported`, "ask for the export again");
      return {
        bytes: bytes.subarray(0, SAMPLE_BYTES),
        whole: all && size === raw.length && bytes.length <= SAMPLE_BYTES,
      };
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if ((error as { code?: string }).code !== "ERR_BUFFER_TOO_LARGE") throw damaged(name, error);
    }
  }
  throw damaged(name, undefined);
}

/** How an encoding is known. `joined`: a clause for a sentence, where another begins further on. */
export interface KnownEncoding extends Guess<Encoding> {
  readonly joined?: string;
}

/** The sample as UTF-8 without a byte order mark, up to where another encoding begins, and how its encoding is known. */
export function decodeSample(
  sample: Sample,
  named: Encoding | undefined,
): { encoding: Encoding; text: Buffer; known: KnownEncoding } {
  const { encoding, text, known } = decodeWhole(sample, named);
  const isWide = encoding.startsWith("utf-16");
  const join = isWide || encoding === "utf-8" ? joinOf(text, isWide) : -1;
  if (join <= 0) return { encoding, text, known };
  const at = bomLength(sample.bytes, encoding) + (isWide ? originalLength(encoding, text, 0, join) : join);
  const joined = `from byte ${at + 1} on the file is ${isWide ? "no UTF-16" : "UTF-16"}: two exports were joined; cut it there and import both parts`;
  const sure = { ...known, confidence: Math.min(known.confidence, 0.5), why: `${known.why}; ${joined}`, joined };
  return { encoding, text: text.subarray(0, join), known: sure };
}

function decodeWhole(
  sample: Sample,
  named: Encoding | undefined,
): { encoding: Encoding; text: Buffer; known: KnownEncoding } {
  const known = named ? { value: named, confidence: 1, why: "as given" } : sniffEncoding(sample.bytes);
  const encoding = known.value;
  const body = sample.bytes.subarray(bomLength(sample.bytes, encoding));
  const transcoder = transcoderOf(encoding);
  if (!transcoder) return { encoding, text: body, known };
  const text = Buffer.alloc(body.length * transcoder.growth + 16);
  let used = transcoder.write(body, text, 0, []);
  if (sample.whole) used += transcoder.end(text, used, []);
  return { encoding, text: text.subarray(0, used), known };
}

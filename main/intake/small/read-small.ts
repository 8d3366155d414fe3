import { createHash } from "node:crypto";
import fs from "node:fs";
import zlib from "node:zlib";
import { packingOf } from "../../evidence/packing.ts";
import { readInto } from "../../platform/files.ts";
import type { Sample } from "../detect/sample.ts";

/** Bytes of a file, and of its content, up to which many are imported together. */
export const MAX_SMALL_BYTES = 1 << 18;

/** A whole file and its content. */
export interface SmallFile {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly sample: Sample;
  readonly accessed: Date;
  readonly modified: Date;
}

/**
 * Reads a small file at once. Undefined where it is not as simple as most are: empty, larger, an archive, damaged, changing, or
 * with something behind its end. It is imported by itself then, which says what there is to say.
 */
export function readSmall(file: string): SmallFile | undefined {
  let fd = -1;
  try {
    fd = fs.openSync(file, "r");
    const before = fs.fstatSync(fd);
    if (!before.isFile() || before.size === 0 || before.size > MAX_SMALL_BYTES) return undefined;
    const bytes = Buffer.allocUnsafe(before.size);
    if (readInto(fd, bytes, 0) < bytes.length) return undefined;
    const after = fs.fstatSync(fd);
    if (after.size !== bytes.length || after.mtimeMs !== before.mtimeMs) return undefined;
    const sample = sampleOf(bytes);
    // What begins with less than a byte order mark is read byte by byte.
    if (!sample || sample.bytes.length < 4 || packingOf(sample.bytes) !== undefined) return undefined;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { bytes, sha256, sample, accessed: after.atime, modified: after.mtime };
  } catch {
    return undefined;
  } finally {
    if (fd >= 0) fs.closeSync(fd);
  }
}

/** All of the content as the sample that its format is recognised by. */
function sampleOf(bytes: Buffer): Sample | undefined {
  const size = bytes.length;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { bytes, whole: true, size };
  const { buffer, engine } = zlib.gunzipSync(bytes, { info: true, maxOutputLength: MAX_SMALL_BYTES }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  // Zeros or anything else behind a member.
  return engine.bytesWritten === size ? { bytes: buffer, whole: true, compression: "gzip", size } : undefined;
}

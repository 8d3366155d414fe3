import zlib from "node:zlib";
import { Refusal } from "../../../shared/base/errors.ts";
import { Allowance } from "../../evidence/archives/limits.ts";
import { zipEntries } from "../../evidence/archives/zip-entries.ts";
import type { Original } from "../../platform/byte-source.ts";

/** Bytes that one part of a workbook may unpack to. */
const MAX_PART_BYTES = 256 << 20;

const inMemory = (bytes: Buffer): Original => ({
  bytes: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  close: () => undefined,
});

/**
 * The files in a small zip by their path, each unpacked when it is asked for.
 * @throws Refusal `file-unreadable`, `archive-limit`
 */
export async function zipParts(bytes: Buffer, file: string): Promise<(path: string) => string | undefined> {
  const entries = await zipEntries(inMemory(bytes), file, new Allowance(file, bytes.length));
  const parts = new Map(entries.map((entry) => [entry.path.toLowerCase(), entry]));
  return (path) => {
    const entry = parts.get(path.replace(/^\//u, "").toLowerCase());
    if (!entry) return undefined;
    const damaged = (why: string, cause?: unknown) =>
      new Refusal("file-unreadable", `${file} cannot be read: its part ${entry.path} ${why}`, "save it anew", {
        cause,
      });
    if ("unread" in entry) throw damaged(`cannot be unpacked (${entry.unread})`);
    let content = bytes;
    for (const step of entry.steps) {
      if (step.kind === "slice") content = content.subarray(step.offset, step.offset + step.length);
      else if (step.kind === "deflate") {
        if (entry.bytes > MAX_PART_BYTES) throw damaged("is too large");
        try {
          content = zlib.inflateRawSync(content, { maxOutputLength: MAX_PART_BYTES });
        } catch (error) {
          throw damaged("is damaged", error);
        }
        if (zlib.crc32(content) !== step.crc32) throw damaged("is damaged");
      } else throw damaged(`is packed by ${step.kind}`);
    }
    return new TextDecoder("utf-8").decode(content);
  };
}

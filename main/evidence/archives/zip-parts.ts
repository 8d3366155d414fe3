import zlib from "node:zlib";
import { Refusal } from "../../../shared/base/errors.ts";
import type { Original } from "../../platform/byte-source.ts";
import type { Entry } from "../unpack-steps.ts";

/** Bytes that one part of a workbook may unpack to. */
const MAX_PART_BYTES = 256 << 20;

const pathKey = (path: string): string => path.replace(/^\//u, "").toLowerCase();

/** The entries of a zip by their path, as a workbook's own account names them. */
export function entriesByPath(entries: readonly Entry[]): (path: string) => Entry | undefined {
  const byPath = new Map(entries.map((entry) => [pathKey(entry.path), entry]));
  return (path) => byPath.get(pathKey(path));
}

/**
 * The texts in a zip by their path, each unpacked when it is asked for. @throws Refusal `file-unreadable`, where it is asked for
 * @param maxBytes bytes that one may unpack to
 */
export function zipParts(
  zip: Original,
  entries: readonly Entry[],
  file: string,
  maxBytes = MAX_PART_BYTES,
): (path: string) => string | undefined {
  const find = entriesByPath(entries);
  return (path) => {
    const entry = find(path);
    if (!entry) return undefined;
    const damaged = (why: string, cause?: unknown) =>
      new Refusal("file-unreadable", `${file} cannot be read: its part ${entry.path} ${why}`, "save it anew", {
        cause,
      });
    if ("unread" in entry) throw damaged(`cannot be unpacked (${entry.unread})`);
    let content: Buffer = Buffer.alloc(0);
    for (const step of entry.steps) {
      if (step.kind === "slice") {
        if (step.length > maxBytes) throw damaged("is too large");
        content = zip.read(step.offset, step.length);
      } else if (step.kind === "deflate") {
        if (entry.bytes > maxBytes) throw damaged("is too large");
        try {
          content = zlib.inflateRawSync(content, { maxOutputLength: maxBytes });
        } catch (error) {
          throw damaged("is damaged", error);
        }
        if (zlib.crc32(content) !== step.crc32) throw damaged("is damaged");
      } else throw damaged(`is packed by ${step.kind}`);
    }
    return new TextDecoder("utf-8").decode(content);
  };
}

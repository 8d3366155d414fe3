import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { nameOfBytes } from "../../platform/byte-name.ts";
import type { Original } from "../../platform/byte-source.ts";
import { isTarHeader } from "../packing.ts";
import type { Entry } from "../unpack-steps.ts";

const BLOCK_BYTES = 512;
/** Names and extended headers are read whole up to this size. */
const MAX_HEADER_BYTES = 1 << 20;

const UNREAD_TYPES: Readonly<Record<string, string>> = {
  "1": "it is a link to another file",
  "2": "it is a link to another file",
  "3": "it is a device",
  "4": "it is a device",
  "6": "it is a pipe",
  S: "it is a sparse file",
  M: "it goes on from another volume",
};

/**
 * The entries of a tar (v7, ustar, GNU, pax), with the offsets of their bytes. Libraries give streams without offsets, and
 * a record in evidence is found by its offset.
 * @throws Refusal `file-truncated`, `file-unreadable`
 */
export function* tarEntries(tar: Original, name: string): Generator<Entry> {
  let extended: Record<string, string> = {};
  let common: Record<string, string> = {};
  let longName: string | undefined;
  for (let at = 0; at < tar.bytes; ) {
    const header = tar.read(at, BLOCK_BYTES);
    // Zero blocks end a tar. Where several tars were joined, the next begins after them.
    if (header[0] === 0 && header.every((byte) => byte === 0)) {
      at += BLOCK_BYTES;
      continue;
    }
    if (header.length < BLOCK_BYTES) throw brokenOff(name);
    if (!isTarHeader(header))
      throw new Refusal(
        "file-unreadable",
        `${name} is damaged: ${figure(at)} bytes into it there is no tar header. Nothing of it was imported`,
        "ask for it again",
      );
    const text = (from: number, length: number) => {
      const end = header.indexOf(0, from);
      return nameOfBytes(header.subarray(from, end < 0 ? from + length : Math.min(end, from + length)));
    };
    const type = String.fromCharCode(header[156] as number);
    const ustar = header.toString("latin1", 257, 262) === "ustar";
    const size = extended.size !== undefined ? Number(extended.size) : numberIn(header, 124);
    if (!Number.isSafeInteger(size) || size < 0)
      throw new Refusal(
        "file-unreadable",
        `${name} is damaged: a tar header gives no size. Nothing of it was imported`,
        "ask for it again",
      );
    const data = at + BLOCK_BYTES;
    const isLink = type === "1" || type === "2";
    at = data + Math.ceil((isLink ? 0 : size) / BLOCK_BYTES) * BLOCK_BYTES;
    if (!isLink && data + size > tar.bytes) throw brokenOff(name);
    if (type === "x" || type === "g" || type === "L" || type === "K") {
      const content = tar.read(data, Math.min(size, MAX_HEADER_BYTES));
      if (type === "x") extended = paxRecords(content);
      else if (type === "g") common = { ...common, ...paxRecords(content) };
      else if (type === "L") longName = nameOfBytes(content).replace(/\0.*$/su, "");
      continue;
    }
    const prefix = ustar && header.toString("latin1", 257, 263) === "ustar\0" ? text(345, 155) : "";
    const path =
      extended.path ?? longName ?? common.path ?? (prefix === "" ? text(0, 100) : `${prefix}/${text(0, 100)}`);
    const isSparse = Object.keys(extended).some((key) => key.startsWith("GNU.sparse"));
    const isFolder = type === "5" || type === "D" || type === "V" || (/[\0 0]/u.test(type) && path.endsWith("/"));
    const seconds = extended.mtime === undefined ? numberIn(header, 136) : Number(extended.mtime);
    const written = seconds > 0 ? Math.round(seconds * 1e6) : undefined;
    extended = {};
    longName = undefined;
    if (isFolder) continue;
    const unread = isSparse ? UNREAD_TYPES.S : UNREAD_TYPES[type];
    if (unread !== undefined) yield { path, unread };
    else yield { path, steps: [{ kind: "slice", offset: data, length: size }], bytes: size, written };
  }
}

const brokenOff = (name: string) =>
  new Refusal("file-truncated", `${name} breaks off inside a file. Nothing of it was imported`, "ask for it again");

/** A field of twelve bytes: octal digits, or base 256 where they would not do. */
function numberIn(header: Buffer, at: number): number {
  const first = header[at] as number;
  if (first & 0x80) {
    let number = first & 0x7f;
    for (let i = at + 1; i < at + 12; i++) number = number * 256 + (header[i] as number);
    return number;
  }
  const digits = header
    .toString("latin1", at, at + 12)
    .replace(/[\0 ]+$/u, "")
    .trimStart();
  return /^[0-7]*$/u.test(digits) ? Number.parseInt(digits || "0", 8) : Number.NaN;
}

/** `LENGTH KEY=VALUE\n`, the length counting itself. */
function paxRecords(content: Buffer): Record<string, string> {
  const records: Record<string, string> = {};
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at);
    const length = Number(content.toString("latin1", at, space));
    if (space < 0 || !Number.isSafeInteger(length) || length < 4 || at + length > content.length) break;
    const record = nameOfBytes(content.subarray(space + 1, at + length - 1));
    const equals = record.indexOf("=");
    if (equals > 0) records[record.slice(0, equals)] = record.slice(equals + 1);
    at += length;
  }
  return records;
}

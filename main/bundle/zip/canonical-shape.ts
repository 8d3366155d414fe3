import { printable } from "../../platform/printable-name.ts";
import type { RandomReader } from "./random-reader.ts";
import type { ZipDirectory } from "./read-directory.ts";
import { centralHeader, DEFLATED, endRecords, localHeader, methodOf } from "./zip-records.ts";

/** Compares every byte that is not content with what the writer would have written there. */
export async function checkShape(
  file: RandomReader,
  directory: ZipDirectory,
  note: (sentence: string) => void,
): Promise<void> {
  let at = 0;
  const lowered = new Set<string>();
  const isCompact = directory.members.some(({ method }) => method === DEFLATED);
  for (const member of directory.members) {
    const name = printable(member.name);
    const method = methodOf(isCompact, member.size);
    const expected = { ...member, method, packed: method === DEFLATED ? member.packed : member.size };
    if (!/^[A-Za-z0-9._/-]+$/.test(member.name)) note(`entry ${name} has a name a bundle's files do not have`);
    if (member.name.endsWith("/")) note(`entry ${name} is a folder`);
    if (lowered.has(member.name.toLowerCase())) note(`entry ${name} differs from another only by capital letters`);
    lowered.add(member.name.toLowerCase());
    if (member.offset !== at)
      note(`entry ${name} does not begin where the one before it ends: ${gap(at, member.offset)}`);
    const local = localHeader(expected);
    const found = await file.read(member.offset, local.length);
    if (!found.equals(local)) note(`entry ${name}: its local header ${difference(found, local, LOCAL_FIELDS)}`);
    at = member.offset + local.length + member.packed;
    if (directory.start === undefined) continue;
    const central = centralHeader(expected);
    if (!member.header.equals(central))
      note(`entry ${name}: its header in the directory ${difference(member.header, central, CENTRAL_FIELDS)}`);
  }
  if (directory.start === undefined) return;
  if (directory.start !== at)
    note(`the zip's directory does not begin where its last entry ends: ${gap(at, directory.start)}`);
  const end = endRecords(directory.members.length, directory.end - directory.start, directory.start);
  const found = await file.read(directory.end, Math.min(file.size - directory.end, end.length));
  const after = file.size - directory.end - end.length;
  if (!found.equals(end)) note("the zip's end record is not as a bundle's is");
  else if (after > 0) note(`${after} bytes follow the zip's end`);
}

const gap = (from: number, to: number) => (to > from ? `${to - from} bytes lie between` : "they overlap");

/** First byte after each field, and its name (APPNOTE 4.3.7 and 4.3.12). */
const SHARED_FIELDS = [
  "version",
  "flags",
  "method",
  "time",
  "date",
  "checksum",
  "packed size",
  "size",
  "name length",
  "extra field",
];
const LOCAL_FIELDS = fieldEnds(["signature", ...SHARED_FIELDS], [4, 6, 8, 10, 12, 14, 18, 22, 26, 28, 30]);
const CENTRAL_FIELDS = fieldEnds(
  ["signature", "maker", ...SHARED_FIELDS, "comment", "disk", "internal attributes", "attributes", "offset"],
  [4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 30, 32, 34, 36, 38, 42, 46],
);

function fieldEnds(names: string[], ends: number[]): [string, number][] {
  return names.map((name, at) => [name, ends[at] as number]);
}

function difference(found: Buffer, expected: Buffer, fields: [string, number][]): string {
  let at = 0;
  while (at < found.length && found[at] === expected[at]) at += 1;
  const field = fields.find(([, end]) => at < end)?.[0] ?? "name or extra field";
  return `deviates in its ${field}`;
}

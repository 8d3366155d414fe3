import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { ReportDocument } from "../document/tree.ts";

/** Bytes kept: a bundle's documents take less than one megabyte each. */
const ROOM = 16 * 1024 ** 2;

const kept = new LRUCache<string, Uint8Array>({ maxSize: ROOM, sizeCalculation: (bytes) => bytes.length });

/**
 * What `print` makes of a document, once for equal documents: a bundle is checked where it was written, and a person verifies the
 * same bundle more than once. Printing depends on nothing but the document, which tests hold in other processes, zones and folders.
 */
export async function printedOnce(
  form: "pdf" | "docx",
  document: ReportDocument,
  print: (document: ReportDocument) => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array> {
  const key = `${form} ${createHash("sha256").update(JSON.stringify(document)).digest("hex")}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const bytes = await print(document);
  kept.set(key, bytes);
  return bytes;
}

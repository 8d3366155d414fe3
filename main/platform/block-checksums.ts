import { crc32 } from "node:zlib";

/** Bytes that have a checksum of their own. */
const CHECKED_BYTES = 1 << 20;

/**
 * CRC-32 of each block of bytes. They tell what a disk, a cable or a power cut did to a file; against whoever changes a file
 * on purpose there are the SHA-256 of evidence.
 */
export function checksumsOf(bytes: Uint8Array, blockBytes = CHECKED_BYTES): number[] {
  const checksums: number[] = [];
  for (let at = 0; at < bytes.length; at += blockBytes) checksums.push(crc32(bytes.subarray(at, at + blockBytes)));
  return checksums;
}

/** Whether the bytes are those that the checksums were made of. */
export function fitChecksums(bytes: Uint8Array, checksums: readonly number[], blockBytes = CHECKED_BYTES): boolean {
  if (checksums.length !== Math.ceil(bytes.length / blockBytes)) return false;
  for (const [index, checksum] of checksums.entries())
    if (crc32(bytes.subarray(index * blockBytes, (index + 1) * blockBytes)) !== checksum) return false;
  return true;
}

/** A document as JSON text that carries its own checksum. */
export function withChecksum(document: unknown): string {
  const text = JSON.stringify(document);
  return `{"crc32":${crc32(text)},"document":${text}}`;
}

/** The document of such a text; undefined where a single byte of it is another. */
export function checkedDocument(text: string): unknown {
  const parts = /^\{"crc32":(\d+),"document":(.*)\}$/su.exec(text);
  if (!parts || crc32(parts[2] as string) !== Number(parts[1])) return undefined;
  return JSON.parse(parts[2] as string);
}

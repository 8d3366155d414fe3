import { createHash } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { Refusal } from "../../../shared/base/errors.ts";
import { faultOf } from "../../platform/system-errors.ts";
import { PinnedDeflate } from "./pinned-deflate.ts";
import { centralHeader, DEFLATED, endRecords, localHeader, methodOf, type PlacedRecord } from "./zip-records.ts";

export interface ZipEntry {
  /** ASCII, `/` between folders, no folder entries. */
  readonly name: string;
  readonly size: number;
  /** Hex. The content must have this digest, so that the zip cannot differ from the manifest. */
  readonly sha256: string;
  /** Of the content that had this digest: then the content is known again by it, and not digested once more. */
  readonly crc?: number;
  /** The content, from its beginning. */
  read(): AsyncIterable<Uint8Array>;
}

const FLUSH_AT_BYTES = 1 << 20;

interface ZipOptions {
  readonly isCompact?: boolean;
}

/**
 * Writes a zip of entries in the given order, stored or deflated, the same bytes for the same entries, and flushes it to the disk.
 * Refuses with `out-exists`, `out-unwritable`, `disk-full`, or `file-changed` if an entry is not what it was announced
 * as; nothing is left behind then.
 */
export async function writeZip(
  out: string,
  entries: Iterable<ZipEntry>,
  options: ZipOptions = {},
): Promise<{ readonly bytes: number }> {
  const file = await create(out);
  try {
    const bytes = await fill(file, entries, options);
    await file.sync();
    await file.close();
    return { bytes };
  } catch (error) {
    await file.close().catch(() => {});
    await rm(out, { force: true });
    throw faultOf(error, out) ?? error;
  }
}

async function create(out: string): Promise<FileHandle> {
  try {
    return await open(out, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw new Refusal("out-exists", `${out} is already there`, "choose another name or remove it", { cause: error });
    }
    throw new Refusal("out-unwritable", `${out} cannot be written`, "choose a folder that can be written", {
      cause: error,
    });
  }
}

async function fill(file: FileHandle, entries: Iterable<ZipEntry>, options: ZipOptions): Promise<number> {
  const output = new Output(file);
  try {
    return await fillWith(output, entries, options);
  } finally {
    await output.settle();
  }
}

async function fillWith(
  output: Output,
  entries: Iterable<ZipEntry>,
  { isCompact = false }: ZipOptions,
): Promise<number> {
  const records: PlacedRecord[] = [];
  for (const entry of entries) {
    const offset = output.position;
    // The header comes before the content but holds its CRC: it is written blank first, and overwritten afterwards.
    const method = methodOf(isCompact, entry.size);
    const blank = localHeader({ ...entry, method, packed: 0, crc: 0 });
    await output.write(blank);
    const hash = entry.crc === undefined ? createHash("sha256") : undefined;
    const deflate = method === DEFLATED ? new PinnedDeflate() : undefined;
    let crc = 0;
    let size = 0;
    for await (const chunk of entry.read()) {
      crc = crc32(chunk, crc);
      size += chunk.length;
      hash?.update(chunk);
      for (const piece of deflate?.add(chunk) ?? [chunk]) await output.write(piece);
    }
    for (const piece of deflate?.end() ?? []) await output.write(piece);
    const packed = output.position - offset - blank.length;
    const header = localHeader({ ...entry, method, packed, crc });
    const isAsDigested = hash ? hash.digest("hex") === entry.sha256 : crc === entry.crc;
    if (size !== entry.size || !isAsDigested) throw changed(entry);
    await output.rewrite(header, offset);
    records.push({ name: entry.name, size: entry.size, method, packed, crc, offset });
  }
  const directory = output.position;
  for (const record of records) await output.write(centralHeader(record));
  await output.write(endRecords(records.length, output.position - directory, directory));
  await output.flush();
  return output.position;
}

const changed = ({ name }: ZipEntry) =>
  new Refusal("file-changed", `${name} changed while the bundle was written`, "make the bundle again");

/**
 * Buffers small writes, and overwrites earlier bytes whether they are on the disk already or still buffered. One buffer is
 * filled while the other is written.
 */
class Output {
  readonly #file: FileHandle;
  #buffer: Buffer = Buffer.alloc(2 * FLUSH_AT_BYTES);
  #other: Buffer = Buffer.alloc(2 * FLUSH_AT_BYTES);
  #flushed = 0;
  #filled = 0;
  #written: Promise<void> = Promise.resolve();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  get position(): number {
    return this.#flushed + this.#filled;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#buffer.length - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled >= FLUSH_AT_BYTES) await this.#begin();
    }
  }

  async rewrite(bytes: Uint8Array, position: number): Promise<void> {
    if (position < this.#flushed) await this.flush();
    if (position >= this.#flushed) this.#buffer.set(bytes, position - this.#flushed);
    else await writeAll(this.#file, bytes, position);
  }

  /** Everything is with the system when this returns, or has failed. */
  async flush(): Promise<void> {
    await this.#begin();
    await this.#written;
  }

  /** Begins to write what was filled, once what was filled before is written. */
  async #begin(): Promise<void> {
    await this.#written;
    this.#written = writeAll(this.#file, this.#buffer.subarray(0, this.#filled), this.#flushed);
    // A failure is thrown where it is awaited, before the next write: until then it must not end the program.
    this.#written.catch(() => {});
    this.#flushed += this.#filled;
    this.#filled = 0;
    [this.#buffer, this.#other] = [this.#other, this.#buffer];
  }

  /** A write that is under way ends before the file is closed. */
  async settle(): Promise<void> {
    await this.#written.catch(() => {});
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}

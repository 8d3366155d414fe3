import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { Refusal } from "../../shared/base/errors.ts";
import { figure } from "../../shared/base/figure.ts";
import { bomLength } from "../platform/encodings/encoding.ts";
import type { Encoding } from "../platform/encodings/transcoder.ts";
import { damaged, unreadable } from "../platform/system-errors.ts";
import { BlockDigests, type Digests } from "./block-digests.ts";
import { COPY_PIECE_BYTES, EvidenceCopy } from "./evidence-copy.ts";
import type { Reference } from "./reference.ts";

/** Bytes of an uncompressed file read at once. */
const BLOCK_BYTES = COPY_PIECE_BYTES;
/** Compressed bytes given to gzip at once. What comes out of them must fit in memory, even for a bomb. */
const GZIP_BLOCK_BYTES = 1 << 16;

/** The file's own bytes up to a commit, to tell a changed file from the one begun. */
export interface Prefix {
  readonly bytes: number;
  readonly sha256: string;
}

/** Receives the uncompressed original, piece by piece, from `offset` on. */
export interface ByteSink {
  push(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Lines so far, for saying where a file breaks off. */
  readonly lines: number;
}

export interface ReadFileOrder {
  readonly file: string;
  readonly compression: "gzip" | undefined;
  readonly encoding: Encoding;
  /** Where the copy goes until its digest, and so its name, is known. Absent: no copy is made. */
  readonly copy: string | undefined;
  /** The file itself is the evidence and stays where it is. */
  readonly isReference: boolean;
  /** The evidence is read piece by piece later on: it is not packed, or it stays where it is. */
  readonly isReadInPieces: boolean;
  /** A resumed import: the bytes that must be as they were, and how much of the content is done already. */
  readonly prefix: Prefix | undefined;
  readonly offset: number;
}

export interface EvidenceFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly contentBytes: number;
  /** Of a file that stays where it is. */
  readonly reference?: Reference;
  /** Of a copy in evidence that is read piece by piece later on. */
  readonly digests?: Digests;
}

/**
 * Reads a file once: hash, evidence copy and content from the same buffer. `position()` names the bytes read so far and their digest.
 * @throws Refusal `file-changed`, `file-truncated`, `file-unreadable`
 */
export class EvidenceReader {
  #hash: Hash = createHash("sha256");
  #bytes = 0;

  /** Bytes of the file read so far and their digest, without disturbing it. */
  position(): Prefix {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest("hex") };
  }

  async run(order: ReadFileOrder, sink: ByteSink): Promise<EvidenceFile> {
    const name = path.basename(order.file);
    let input = -1;
    let copy: EvidenceCopy | undefined;
    try {
      input = fs.openSync(order.file, "r");
      const before = fs.fstatSync(input);
      if (order.copy !== undefined) copy = new EvidenceCopy(order.copy, before.size);
      const blocks = order.isReadInPieces ? new BlockDigests() : undefined;
      const content = new Content(order, sink);
      const gunzip = order.compression ? new Gunzip(name, content) : undefined;
      const size = gunzip ? GZIP_BLOCK_BYTES : BLOCK_BYTES;
      const own = copy ? undefined : Buffer.allocUnsafe(size);
      for (;;) {
        const block = copy ? (await copy.piece()).subarray(0, size) : (own as Buffer);
        // A block ends where the prefix of a resumed import does, so that its digest can be compared.
        const missing =
          order.prefix && this.#bytes < order.prefix.bytes ? order.prefix.bytes - this.#bytes : block.length;
        const got = fs.readSync(input, block, 0, Math.min(block.length, missing), null);
        const piece = block.subarray(0, got);
        if (got === 0) break;
        this.#hash.update(piece);
        this.#bytes += got;
        blocks?.update(piece);
        copy?.write(got);
        if (order.prefix?.bytes === this.#bytes && this.position().sha256 !== order.prefix.sha256) throw changed(name);
        await (gunzip ? gunzip.write(piece) : content.push(piece));
      }
      if (order.prefix && this.#bytes < order.prefix.bytes) throw changed(name);
      const after = fs.fstatSync(input);
      if (after.size !== this.#bytes || before.mtimeMs !== after.mtimeMs) throw changing(name);
      await gunzip?.end();
      await content.end();
      await sink.end();
      // The file's own date says in which year times without one are.
      await copy?.end(after);
      const digests = blocks && { bytes: this.#bytes, block_bytes: blocks.blockBytes, digests: blocks.end() };
      const modified = String(fs.fstatSync(input, { bigint: true }).mtimeNs);
      return {
        sha256: this.#hash.digest("hex"),
        bytes: this.#bytes,
        contentBytes: content.bytes,
        ...(digests && (order.isReference ? { reference: { ...digests, modified } } : { digests })),
      };
    } catch (error) {
      throw error instanceof Refusal ? error : unreadable(error, order.file);
    } finally {
      if (input >= 0) fs.closeSync(input);
      await copy?.close();
    }
  }
}

const changed = (name: string) =>
  new Refusal(
    "file-changed",
    `${name} is not the file that was begun: what was read of it has changed since`,
    "give the file as it was, and resume again",
  );
const changing = (name: string) =>
  new Refusal("file-changed", `${name} changed while it was read`, "wait until it is no longer written to, and resume");

/** The uncompressed bytes: passes on what follows the byte order mark and what a resumed import has not read yet. */
class Content {
  bytes = 0;
  readonly #sink: ByteSink;
  readonly #encoding: Encoding;
  #skip: number;
  #first: Uint8Array | undefined = new Uint8Array(0);

  constructor(order: ReadFileOrder, sink: ByteSink) {
    this.#sink = sink;
    this.#encoding = order.encoding;
    this.#skip = order.offset;
  }

  async push(bytes: Uint8Array): Promise<void> {
    let piece = bytes;
    if (this.#first) {
      // The byte order mark may come in pieces. No batch begins before it is known.
      piece = Buffer.concat([this.#first, bytes]);
      if (piece.length < 4) {
        this.#first = piece;
        return;
      }
      this.#first = undefined;
      this.#skip = Math.max(this.#skip, bomLength(piece, this.#encoding));
    }
    const from = Math.min(piece.length, Math.max(0, this.#skip - this.bytes));
    this.bytes += piece.length;
    if (from < piece.length) await this.#sink.push(piece.subarray(from));
  }

  /** A content of under four bytes. */
  async end(): Promise<void> {
    const rest = this.#first;
    this.#first = undefined;
    if (!rest) return;
    this.bytes = rest.length;
    await this.#sink.push(rest.subarray(Math.max(this.#skip, bomLength(rest, this.#encoding))));
  }

  get lines(): number {
    return this.#sink.lines;
  }
}

/**
 * gzip, also of several members, with zero bytes behind any of them, as tapes and block devices leave them. Inflates on the
 * system's own threads. Node's stream ends at a zero byte behind a member, so what follows the zeros gets a new one.
 */
class Gunzip {
  /** Absent between a member and the next, where only zeros came so far. */
  #stream: zlib.Gunzip | undefined;
  /** Bytes given to the stream. */
  #given = 0;
  readonly #name: string;
  readonly #content: Content;
  #pieces: Buffer[] = [];
  #failure: unknown;
  #resume: (() => void) | undefined;

  constructor(name: string, content: Content) {
    this.#name = name;
    this.#content = content;
    this.#stream = this.#begin();
  }

  #begin(): zlib.Gunzip {
    const stream = zlib.createGunzip({ chunkSize: 1 << 20 });
    stream.on("data", (piece: Buffer) => this.#pieces.push(piece));
    stream.on("error", (error) => {
      this.#failure = error;
      this.#resume?.();
    });
    this.#given = 0;
    return stream;
  }

  async write(piece: Uint8Array): Promise<void> {
    for (let rest = piece; rest.length > 0; ) {
      if (!this.#stream) {
        const start = rest.findIndex((byte) => byte !== 0);
        if (start < 0) return;
        rest = rest.subarray(start);
        this.#stream = this.#begin();
      }
      rest = await this.#inflate(this.#stream, rest);
    }
  }

  /** Gives what the stream leaves of the piece: it ends behind a member that a zero byte follows. */
  async #inflate(stream: zlib.Gunzip, piece: Uint8Array): Promise<Uint8Array> {
    this.#given += piece.length;
    // The caller reuses the buffer, so this waits until the stream is done with it. A stream that fails never calls
    // back: its error event ends the wait.
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
      stream.write(piece, () => resolve());
    });
    await this.#drain();
    if (this.#failure) await this.#fail();
    const left = this.#given - stream.bytesWritten;
    if (left > 0) {
      stream.destroy();
      this.#stream = undefined;
    }
    return piece.subarray(piece.length - left);
  }

  async end(): Promise<void> {
    if (!this.#stream) return;
    const ended = once(this.#stream, "end").catch(() => undefined);
    this.#stream.end();
    await ended;
    await this.#drain();
    if (this.#failure) await this.#fail();
  }

  async #drain(): Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) await this.#content.push(piece);
  }

  async #fail(): Promise<never> {
    await this.#drain();
    const lines = figure(this.#content.lines);
    const isShort = (this.#failure as { code?: string }).code === "Z_BUF_ERROR";
    if (isShort)
      throw new Refusal(
        "file-truncated",
        `${this.#name} breaks off after ${lines} lines. Nothing was imported`,
        "ask for it again",
        { cause: this.#failure },
      );
    throw this.#content.bytes === 0
      ? damaged(this.#name, this.#failure)
      : new Refusal(
          "file-unreadable",
          `${this.#name} is damaged after ${lines} lines. Nothing was imported`,
          "ask for it again",
          { cause: this.#failure },
        );
  }
}

import { originalLength, transcoderOf } from "../../platform/encodings/encoding.ts";
import type { Encoding, Transcoder } from "../../platform/encodings/transcoder.ts";
import type { Plan } from "../mapping/plan.ts";
import {
  Batch,
  type BatchInfo,
  BROKEN,
  END,
  LENGTH,
  MAX_RECORD_BYTES,
  OFFSET,
  PART,
  RECORD_INTS,
  type Reader,
  type Slot,
  START,
  tooLong,
} from "./batch.ts";
import type { Position } from "./checkpoint.ts";
import { countLines } from "./lines.ts";
import { readerOf } from "./reader-for.ts";
import { CallSplitter } from "./split-calls.ts";

const LF = 10;
const CR = 13;

/** A full batch leaves through `emit`. `emptySlot` waits until a slot is free. */
export interface Slots {
  emptySlot(): Promise<Slot>;
  emit(slot: Slot, info: BatchInfo, position: Position): void;
}

/** A record longer than the limit. `shared`: its last line goes on behind it, as in a JSON document. */
interface OversizedRecord {
  length: number;
  lines: number;
  shared: boolean;
  reason: string;
}

/** Original bytes in, batches of records out. Decodes, carries incomplete records over, and counts lines and offsets. */
export class Batcher {
  readonly #plan: Plan;
  readonly #slots: Slots;
  readonly #reader: Reader;
  readonly #calls: CallSplitter | undefined;
  readonly #encoding: Encoding;
  readonly #transcoder: Transcoder | undefined;
  /** Bytes of the longest record that is taken. */
  readonly #limit: number;
  #batch: Batch | undefined;
  #offset: number;
  #line: number;
  /** A record over the limit that is being skipped: its bytes and lines so far. */
  #oversized: OversizedRecord | undefined;
  #unopened: Uint8Array | undefined;

  constructor(plan: Plan, slots: Slots, from: Position, limit = MAX_RECORD_BYTES) {
    this.#plan = plan;
    this.#slots = slots;
    this.#reader = readerOf(plan, from.reader);
    this.#calls = plan.calls && new CallSplitter(plan);
    this.#encoding = plan.encoding;
    this.#transcoder = transcoderOf(plan.encoding);
    this.#offset = from.offset;
    this.#line = from.line;
    this.#limit = limit;
  }

  /** Physical lines so far, those that wait in a batch included. */
  get lines(): number {
    const batch = this.#batch;
    return this.#line - 1 + (this.#oversized?.lines ?? 0) + (batch ? countLines(batch.bytes, 0, batch.to) : 0);
  }

  async #openBatch(): Promise<Batch> {
    this.#batch ??= this.#newBatch(await this.#slots.emptySlot());
    return this.#batch;
  }

  #newBatch(slot: Slot): Batch {
    return new Batch(slot, this.#plan.inputs.length, this.#limit, this.#calls);
  }

  /** Adds the next original bytes, those after the byte order mark. */
  async push(bytes: Uint8Array): Promise<void> {
    const growth = this.#transcoder?.growth ?? 1;
    for (let at = 0; at < bytes.length; ) {
      const batch = await this.#openBatch();
      const room = Math.floor((batch.capacity - batch.to - 16) / growth);
      if (room <= 0) {
        await this.#flush(batch, false);
        continue;
      }
      const piece = bytes.subarray(at, at + room);
      at += piece.length;
      if (this.#transcoder) batch.to += this.#transcoder.write(piece, batch.bytes, batch.to, batch.broken);
      else {
        batch.bytes.set(piece, batch.to);
        batch.to += piece.length;
      }
    }
  }

  async end(): Promise<void> {
    let batch = await this.#openBatch();
    if (this.#transcoder) batch.to += this.#transcoder.end(batch.bytes, batch.to, batch.broken);
    while (batch.from < batch.to) {
      await this.#flush(batch, true);
      batch = await this.#openBatch();
    }
    if (!this.#oversized) this.#reader.end?.(batch);
    if (this.#oversized || batch.rows > 0) await this.#send(batch);
  }

  /** Splits the bytes into records and sends them. The incomplete rest moves to the next slot. */
  async #flush(batch: Batch, last: boolean): Promise<void> {
    if (this.#oversized) return this.#skipOversized(batch, this.#oversized, last);
    // Wrapped records are opened in place. How long they were in the original, only the bytes as they came can tell.
    if (this.#transcoder && this.#plan.wrapped) this.#unopened = batch.bytes.slice(0, batch.to);
    this.#reader.scan(batch, last);
    if (batch.from === 0 && batch.rows === 0) {
      if (batch.to > this.#limit) {
        this.#oversized = { length: 0, lines: 0, shared: false, reason: tooLong };
        return this.#skipOversized(batch, this.#oversized, last);
      }
      if (!last) return batch.grow();
      batch.addRejected(0, batch.to, countLines(batch.bytes, 0, batch.to) || 1, "the end of the file is no record");
      batch.from = batch.to;
    }
    await this.#send(batch);
  }

  /** Goes on through a record that is too long, keeping none of it. */
  async #skipOversized(batch: Batch, oversized: OversizedRecord, last: boolean): Promise<void> {
    const { bytes, to } = batch;
    const { at, ends, reason = tooLong } = this.#reader.skipOversized(bytes, 0, to, last);
    oversized.reason = reason;
    let end = at;
    // A CR on the last byte may be half of a line end.
    const torn = !last && bytes[to - 1] === CR && at === (ends ? to - 1 : to);
    if (torn) end = to - 1;
    else if (ends && at < to && (bytes[at] === CR || bytes[at] === LF))
      end += bytes[at] === CR && bytes[at + 1] === LF && at + 1 < to ? 2 : 1;
    else if (ends) oversized.shared = true;
    oversized.lines += countLines(bytes, 0, end);
    oversized.length += this.#originalLength(batch, 0, end);
    batch.from = end;
    if (ends && !torn) return this.#send(batch);
    bytes.copyWithin(0, end, to);
    batch.to = to - end;
    batch.from = 0;
    batch.broken = [];
    if (last && batch.to === 0 && to > 0 && bytes[to - 1] !== LF && bytes[to - 1] !== CR) oversized.lines++;
  }

  async #send(batch: Batch): Promise<void> {
    this.#batch = undefined;
    const rest = batch.bytes.subarray(batch.from, batch.to);
    if (rest.length > 0) {
      const next = this.#newBatch(await this.#slots.emptySlot());
      next.to = 0;
      if (next.capacity < rest.length + 16) next.grow(rest.length + 16);
      next.bytes.set(rest);
      next.to = rest.length;
      next.broken = batch.broken.filter((at) => at >= batch.from).map((at) => at - batch.from);
      this.#batch = next;
    }
    const oversized = this.#oversized;
    this.#oversized = undefined;
    let length: number;
    if (oversized) {
      batch.lines = 0;
      batch.addRejected(0, 0, oversized.lines + (oversized.shared ? 1 : 0), oversized.reason);
      if (oversized.shared) batch.lines--;
      batch.records[LENGTH] = Math.min(oversized.length, 0x7fffffff);
      length = oversized.length;
    } else length = this.#transcoder ? this.#measure(batch) : batch.from;
    const info: BatchInfo = {
      rows: batch.rows,
      used: oversized ? 0 : batch.from,
      offset: this.#offset,
      line: this.#line,
      skipped: batch.skipped,
      reasons: batch.reasons,
      days: batch.days,
      headers: batch.headers.map(({ start, end, line, columns, unread }) => ({
        line: this.#line + line,
        offset: this.#offset + this.#originalLength(batch, 0, start),
        length: this.#originalLength(batch, start, end),
        columns,
        unread,
      })),
    };
    this.#offset += length;
    this.#line += batch.lines;
    this.#slots.emit(batch.slot, info, { offset: this.#offset, line: this.#line, reader: this.#reader.state() });
  }

  #originalLength(batch: Batch, from: number, to: number): number {
    return this.#transcoder ? originalLength(this.#encoding, batch.bytes, from, to) : to - from;
  }

  /** Offsets and lengths of decoded records in the original, and which of them were broken. Returns the batch's original length. */
  #measure(batch: Batch): number {
    const { records } = batch;
    const bytes = this.#unopened ?? batch.bytes;
    let at = 0;
    let original = 0;
    let broken = 0;
    for (let row = 0; row < batch.rows; row++) {
      const r = row * RECORD_INTS;
      if ((records[r + PART] as number) > 1) {
        // Calls of one record are where it is.
        for (const column of [OFFSET, LENGTH, BROKEN])
          records[r + column] = records[r - RECORD_INTS + column] as number;
        continue;
      }
      const start = records[r + START] as number;
      const end = records[r + END] as number;
      original += originalLength(this.#encoding, bytes, at, start);
      records[r + OFFSET] = original;
      const length = originalLength(this.#encoding, bytes, start, end);
      records[r + LENGTH] = length;
      original += length;
      at = end;
      while (broken < batch.broken.length && (batch.broken[broken] as number) < start) broken++;
      if (broken < batch.broken.length && (batch.broken[broken] as number) < end) records[r + BROKEN] = 1;
    }
    return original + originalLength(this.#encoding, bytes, at, batch.from);
  }
}

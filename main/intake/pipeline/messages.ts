import type { MessagePort } from "node:worker_threads";
import type { EncodedColumn } from "../../../shared/model/event.ts";
import type { EvidenceFile, ReadFileOrder } from "../../evidence/read-file.ts";
import type { ReadMemberOrder } from "../../evidence/read-member.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import type { EncoderStart } from "../encode/encoder.ts";
import type { KnownTexts } from "../encode/text-column.ts";
import type { Plan } from "../mapping/plan.ts";
import type { BatchInfo, Sizes, Slot } from "../read/batch.ts";
import type { Checkpoint, Position } from "../read/checkpoint.ts";

/** What the threads of an import say to one another. Every message is one of these, told apart by `kind`. */

/** Main → either thread, for each import: what to do, and where the other thread is. */
export interface Started<Order> {
  readonly order: Order;
  readonly port: MessagePort;
}

/** Main → reading thread, as an import starts. */
export interface ReadOrder {
  readonly plan: Plan;
  readonly what: ReadFileOrder | ReadMemberOrder;
  readonly from: Position;
  readonly sizes: Sizes;
  readonly slots: number;
}

/** Main → encoding thread, as an import starts. */
export interface EncodeOrder {
  readonly plan: Plan;
  readonly start: Omit<EncoderStart, "columns">;
  /** What the case's dictionaries hold; `kept`: what the thread has from the import before. */
  readonly known: Readonly<Record<EncodedColumn, KnownTexts>> | "kept";
}

/** Reading → encoding. A slot comes back as `free` with its number. */
export type ReadMessage =
  | {
      readonly kind: "batch";
      readonly id: number;
      readonly slot: Slot;
      readonly info: BatchInfo;
      readonly checkpoint: Checkpoint;
    }
  | { readonly kind: "end"; readonly file: EvidenceFile; readonly lines: number };

/** Encoding → reading: the slot with its memory, which may have grown. */
export interface FreeMessage {
  readonly kind: "free";
  readonly id: number;
}

/** Main → encoding: an encoded batch has left the queue. */
export interface LoadedMessage {
  readonly kind: "loaded";
}

/** Main → encoding: a batch is in the case, and its memory can be used again. */
export interface StoredMessage {
  readonly kind: "stored";
  readonly memory: SharedArrayBuffer;
}

/** Encoding → main. */
export type EncodeMessage =
  | {
      readonly kind: "encoded";
      readonly encoded: EncodedBatch;
      /** What most or all of its arrays lie in. */
      readonly memory: SharedArrayBuffer;
      readonly info: Pick<BatchInfo, "skipped" | "headers">;
      readonly checkpoint: Checkpoint;
    }
  | { readonly kind: "end"; readonly file: EvidenceFile; readonly lines: number };

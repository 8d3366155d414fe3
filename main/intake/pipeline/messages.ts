import type { MessagePort } from "node:worker_threads";
import type { TakenFile, TakeOrder } from "../../evidence/read-file.ts";
import type { MemberOrder } from "../../evidence/read-member.ts";
import type { CodedBatch } from "../encode/encoded-batch.ts";
import type { CoderStart } from "../encode/encoder.ts";
import type { Plan } from "../mapping/plan.ts";
import type { BatchInfo, Sizes, Slot } from "../read/batch.ts";
import type { Mark, Position } from "../read/checkpoint.ts";

/** What the threads of an import say to one another. Every message is one of these, told apart by `kind`. */

/** Main → either thread, for each import: what to do, and where the other thread is. */
export interface Started<Order> {
  readonly order: Order;
  readonly port: MessagePort;
}

/** Main → reading thread, as an import starts. */
export interface ReadOrder {
  readonly plan: Plan;
  readonly take: TakeOrder | MemberOrder;
  readonly from: Position;
  readonly sizes: Sizes;
  readonly slots: number;
}

/** Main → coding thread, as an import starts. */
export interface CodeOrder {
  readonly plan: Plan;
  readonly start: CoderStart;
}

/** Reading → coding. A slot comes back as `free` with its number. */
export type ReadMessage =
  | { readonly kind: "batch"; readonly id: number; readonly slot: Slot; readonly info: BatchInfo; readonly mark: Mark }
  | { readonly kind: "end"; readonly file: TakenFile; readonly lines: number };

/** Coding → reading: the slot with its memory, which may have grown. */
export interface FreeMessage {
  readonly kind: "free";
  readonly id: number;
}

/** Main → coding: a coded batch has left the queue. */
export interface LoadedMessage {
  readonly kind: "loaded";
}

/** Coding → main. */
export type CodeMessage =
  | {
      readonly kind: "coded";
      readonly coded: CodedBatch;
      readonly info: Pick<BatchInfo, "skipped" | "endLine" | "endOffset">;
      readonly mark: Mark;
    }
  | { readonly kind: "end"; readonly file: TakenFile; readonly lines: number };

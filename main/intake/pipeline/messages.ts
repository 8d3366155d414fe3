import type { MessagePort } from "node:worker_threads";
import { type ErrorCode, Refusal } from "../../../shared/base/errors.ts";
import type { Prefix, TakenFile, TakeOrder } from "../../evidence/read-file.ts";
import type { MemberOrder } from "../../evidence/read-member.ts";
import type { CodedBatch } from "../encode/encoded-batch.ts";
import type { CoderStart } from "../encode/encoder.ts";
import type { Plan } from "../mapping/compile-plan.ts";
import type { BatchInfo, Sizes, Slot } from "../read/batch.ts";
import type { Position } from "../read/batcher.ts";

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

/** Where a commit after this batch would stand. */
export interface Mark {
  readonly position: Position;
  readonly prefix: Prefix;
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

/** Either thread → main, when it cannot go on. A Refusal crosses as its parts. */
export interface FailureMessage {
  readonly kind: "failure";
  readonly refusal?: { code: ErrorCode; what: string; todo: string };
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
}

export function failureOf(error: unknown): FailureMessage {
  const known = error as {
    name?: string;
    code?: string;
    what?: string;
    todo?: string;
    message?: string;
    stack?: string;
  };
  const message = known.message ?? String(error);
  if (known.name === "Refusal")
    return {
      kind: "failure",
      message,
      refusal: { code: known.code as ErrorCode, what: known.what ?? "", todo: known.todo ?? "" },
    };
  return {
    kind: "failure",
    message,
    ...(known.code && { code: known.code }),
    ...(known.stack && { stack: known.stack }),
  };
}

/** The error that a thread could not go on with, as it was thrown there. */
export function errorOf({ refusal, message, code, stack }: FailureMessage): Error {
  if (refusal) return new Refusal(refusal.code, refusal.what, refusal.todo);
  const error = new Error(message);
  if (stack) error.stack = stack;
  return code ? Object.assign(error, { code }) : error;
}

import { type MessagePort, parentPort } from "node:worker_threads";
import { ArrayBlock } from "../../platform/array-block.ts";
import { failureOf } from "../../platform/worker-errors.ts";
import { Kernel } from "../encode/dictionary/kernel.ts";
import { Encoder } from "../encode/encoder.ts";
import { type TextColumns, textColumns } from "../encode/text-column.ts";
import type {
  EncodeMessage,
  EncodeOrder,
  FreeMessage,
  LoadedMessage,
  ReadMessage,
  Started,
  StoredMessage,
} from "./messages.ts";

/** Second thread of an import: batches of spans → encoded columns. */
parentPort?.on("message", (message: Started<EncodeOrder> | LoadedMessage | StoredMessage) => {
  if ("order" in message) encodeBatches(message.order, message.port);
  else if (message.kind === "loaded") loaded();
  else if (message.memory.byteLength <= MAX_SPARE_BYTES) spare.push(message.memory);
});

/** Encoded batches that may wait for the database. Beyond, slots are given back later, which slows the reading thread down. */
const MAX_WAITING_BATCHES = 5;
/** The dictionaries of the import before: loading a case's anew for each of thousands of small files takes longer than these do. */
let kept: TextColumns | undefined;
const kernel = Kernel.start();
/** Memory of a batch that is not used again: it was made for a record of great length. */
const MAX_SPARE_BYTES = 8 << 20;
/** Memory of encoded batches that are in the case, and how much the largest of them needed. */
const spare: SharedArrayBuffer[] = [];
let wanted = 1 << 20;
/** What is done once a batch has left the queue of the import that is under way. */
let loaded = () => {};

const send = (message: EncodeMessage) => parentPort?.postMessage(message);

function encodeBatches(order: EncodeOrder, port: MessagePort): void {
  let waiting = 0;
  const delayed: number[] = [];
  const release = (id: number) => port.postMessage({ kind: "free", id } satisfies FreeMessage);
  loaded = () => {
    waiting--;
    const id = delayed.shift();
    if (id !== undefined) release(id);
  };
  const columns = order.known === "kept" ? kept : textColumns(order.known, kernel);
  if (!columns) throw new Error("no dictionaries were kept");
  if (kept !== columns) for (const before of Object.values(kept ?? {})) before.close();
  kept = columns;
  const encoder = new Encoder(order.plan, { ...order.start, columns }, kernel);
  port.on("message", (message: ReadMessage) => {
    try {
      if (message.kind === "end") {
        encoder.close();
        send(message);
        port.close();
        return;
      }
      const { id, slot, info, checkpoint } = message;
      const memory = new ArrayBlock(spare.pop() ?? new SharedArrayBuffer(wanted));
      const encoded = encoder.encode(slot, info, memory);
      wanted = Math.min(Math.max(wanted, memory.wanted), MAX_SPARE_BYTES);
      if (++waiting > MAX_WAITING_BATCHES) delayed.push(id);
      else release(id);
      send({
        kind: "encoded",
        encoded,
        memory: memory.memory as SharedArrayBuffer,
        info: { skipped: info.skipped, headers: info.headers },
        checkpoint,
      });
    } catch (error) {
      parentPort?.postMessage(failureOf(error));
      port.close();
    }
  });
}

import { type MessagePort, parentPort } from "node:worker_threads";
import { failureOf } from "../../platform/worker-errors.ts";
import type { EncodedBatch } from "../encode/encoded-batch.ts";
import { Encoder } from "../encode/encoder.ts";
import { type TextColumns, textColumns } from "../encode/text-column.ts";
import type { EncodeMessage, EncodeOrder, FreeMessage, LoadedMessage, ReadMessage, Started } from "./messages.ts";

/** Second thread of an import: batches of spans → encoded columns. */
parentPort?.on("message", (message: Started<EncodeOrder> | LoadedMessage) => {
  if ("order" in message) encodeBatches(message.order, message.port);
  else loaded();
});

/** Encoded batches that may wait for the database. Beyond, slots are given back later, which slows the reading thread down. */
const MAX_WAITING_BATCHES = 5;
/** The dictionaries of the import before: loading a case's anew for each of thousands of small files takes longer than these do. */
let kept: TextColumns | undefined;
/** What is done once a batch has left the queue of the import that is under way. */
let loaded = () => {};

function buffersOf(encoded: EncodedBatch): ArrayBuffer[] {
  const arrays = [
    encoded.line,
    encoded.offset,
    encoded.length,
    ...(encoded.part ? [encoded.part] : []),
    ...(encoded.callPart ? [encoded.callPart] : []),
    encoded.time,
    encoded.outcome,
    encoded.flags,
    ...Object.values(encoded.ids),
    ...Object.values(encoded.numbers),
    ...[encoded.request, encoded.call ?? []].flatMap((ids) => Object.values(ids) as ArrayBufferView[]),
    ...Object.values(encoded.texts).flatMap((texts) => [texts.lengths, texts.bytes]),
  ];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}

const send = (message: EncodeMessage, transfer: ArrayBuffer[]) => parentPort?.postMessage(message, transfer);

function encodeBatches(order: EncodeOrder, port: MessagePort): void {
  let waiting = 0;
  const delayed: number[] = [];
  const release = (id: number) => port.postMessage({ kind: "free", id } satisfies FreeMessage);
  loaded = () => {
    waiting--;
    const id = delayed.shift();
    if (id !== undefined) release(id);
  };
  const columns = order.known === "kept" ? kept : textColumns(order.known);
  if (!columns) throw new Error("no dictionaries were kept");
  kept = columns;
  const encoder = new Encoder(order.plan, { ...order.start, columns });
  port.on("message", (message: ReadMessage) => {
    try {
      if (message.kind === "end") {
        send(message, []);
        port.close();
        return;
      }
      const { id, slot, info, checkpoint } = message;
      const encoded = encoder.encode(slot, info);
      if (++waiting > MAX_WAITING_BATCHES) delayed.push(id);
      else release(id);
      send(
        {
          kind: "encoded",
          encoded,
          info: { skipped: info.skipped, headers: info.headers },
          checkpoint,
        },
        buffersOf(encoded),
      );
    } catch (error) {
      parentPort?.postMessage(failureOf(error));
      port.close();
    }
  });
}

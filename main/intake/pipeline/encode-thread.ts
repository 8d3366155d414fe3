import { type MessagePort, parentPort } from "node:worker_threads";
import { failureOf } from "../../platform/worker-errors.ts";
import type { CodedBatch } from "../encode/encoded-batch.ts";
import { Coder } from "../encode/encoder.ts";
import type { CodeMessage, CodeOrder, FreeMessage, LoadedMessage, ReadMessage, Started } from "./messages.ts";

/** Second thread of an import: batches of spans → coded columns. */
parentPort?.on("message", (message: Started<CodeOrder> | LoadedMessage) => {
  if ("order" in message) code(message.order, message.port);
  else loaded();
});

/** Coded batches that may wait for the database; beyond, slots are held back, and so is the reading thread. */
const MOST_WAITING = 5;
/** What is done once a batch has left the queue of the import that is under way. */
let loaded = () => {};

function buffersOf(coded: CodedBatch): ArrayBuffer[] {
  const arrays = [
    coded.line,
    coded.offset,
    coded.length,
    coded.time,
    coded.outcome,
    coded.flags,
    ...Object.values(coded.codes),
    ...Object.values(coded.numbers),
    coded.request.form,
    coded.request.high,
    coded.request.low,
    coded.request.lengths,
    coded.request.bytes,
    ...Object.values(coded.texts).flatMap((texts) => [texts.lengths, texts.bytes]),
  ];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}

const send = (message: CodeMessage, transfer: ArrayBuffer[]) => parentPort?.postMessage(message, transfer);

function code(order: CodeOrder, port: MessagePort): void {
  let waiting = 0;
  const held: number[] = [];
  const release = (id: number) => port.postMessage({ kind: "free", id } satisfies FreeMessage);
  loaded = () => {
    waiting--;
    const id = held.shift();
    if (id !== undefined) release(id);
  };
  const coder = new Coder(order.plan, order.start);
  port.on("message", (message: ReadMessage) => {
    try {
      if (message.kind === "end") {
        send(message, []);
        port.close();
        return;
      }
      const { id, slot, info, mark } = message;
      const coded = coder.code(slot, info);
      if (++waiting > MOST_WAITING) held.push(id);
      else release(id);
      send(
        {
          kind: "coded",
          coded,
          info: { skipped: info.skipped, endLine: info.endLine, endOffset: info.endOffset },
          mark,
        },
        buffersOf(coded),
      );
    } catch (error) {
      parentPort?.postMessage(failureOf(error));
      port.close();
    }
  });
}

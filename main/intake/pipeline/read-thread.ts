import { type MessagePort, parentPort } from "node:worker_threads";
import { type ByteSink, type EvidenceFile, EvidenceReader, type Prefix } from "../../evidence/read-file.ts";
import { failureOf } from "../../platform/worker-errors.ts";
import { isSlotOf, newSlot, RECORD_INTS, type Slot } from "../read/batch.ts";
import { Batcher } from "../read/batcher.ts";
import type { FreeMessage, ReadMessage, ReadOrder, Started } from "./messages.ts";

/**
 * First thread of an import: file → hash, evidence, content → batches of spans. Slots go round between it and the
 * encoding thread.
 */
parentPort?.on("message", ({ order, port }: Started<ReadOrder>) => void read(order, port));

/** Slots of imports before, whose encoders have ended: thousands of small files would each make theirs. */
let spare: Slot[] = [];

interface Opened {
  position(): Prefix;
  run(sink: ByteSink): Promise<EvidenceFile>;
}

async function open(what: ReadOrder["what"]): Promise<Opened> {
  if (!("steps" in what)) {
    const reader = new EvidenceReader();
    return { position: () => reader.position(), run: (sink) => reader.run(what, sink) };
  }
  // Unpacking takes modules that most imports need not wait for.
  const { MemberReader } = await import("../../evidence/read-member.ts");
  const reader = new MemberReader();
  return { position: () => reader.position(), run: (sink) => reader.run(what, sink) };
}

async function read(order: ReadOrder, port: MessagePort): Promise<void> {
  const inputs = order.plan.inputs.length;
  const all = new Map<number, Slot>();
  const free: number[] = [];
  let waiting: (() => void) | undefined;
  port.on("message", (message: FreeMessage) => {
    free.push(message.id);
    waiting?.();
  });

  const emptySlot = async (): Promise<Slot> => {
    if (free.length === 0 && all.size < order.slots) {
      const id = all.size;
      const kept = spare.pop();
      const isKept = kept !== undefined && isSlotOf(kept, order.sizes, inputs);
      const slot = isKept ? { ...kept, id } : newSlot(order.sizes, inputs, id);
      all.set(id, slot);
      return slot;
    }
    while (free.length === 0) {
      await new Promise<void>((resolve) => {
        waiting = resolve;
      });
    }
    const id = free.pop() as number;
    const slot = all.get(id) as Slot;
    // A slot that grew for one long record, or for its calls, gives the memory back.
    const fresh = () => newSlot(order.sizes, inputs, id);
    if (slot.bytes.byteLength > order.sizes.bytes * 4 || slot.records.byteLength > order.sizes.rows * RECORD_INTS * 16)
      all.set(id, fresh());
    return all.get(id) as Slot;
  };

  const { what } = order;
  const source = await open(what);
  const send = (message: ReadMessage) => port.postMessage(message);
  const batcher = new Batcher(
    order.plan,
    {
      emptySlot,
      emit(slot, info, position) {
        // A grown slot is another object.
        const { id } = slot;
        all.set(id, slot);
        send({ kind: "batch", id, slot, info, checkpoint: { position, prefix: source.position() } });
      },
    },
    order.from,
    order.sizes.record,
  );

  try {
    send({ kind: "end", file: await source.run(batcher), lines: batcher.lines });
    spare = [...all.values()];
  } catch (error) {
    parentPort?.postMessage(failureOf(error));
  }
}

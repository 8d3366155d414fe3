import fs from "node:fs";
import { parentPort } from "node:worker_threads";
import { ArrayBlock } from "../../platform/array-block.ts";
import { failureOf } from "../../platform/worker-errors.ts";
import { type TextColumns, textColumns } from "../encode/text-column.ts";
import type { Prepared, PrepareMessage, PrepareOrder, WrittenMessage } from "./messages.ts";
import { Preparer } from "./preparer.ts";

/** Files of one transaction, bytes of them, and milliseconds that they take: somebody may want to stop or to ask. */
const MAX_GROUP_FILES = 200;
const MAX_GROUP_BYTES = 8 << 20;
const MAX_GROUP_MS = 400;
/** Groups that may wait for the database. */
const MAX_WAITING_GROUPS = 2;
/** Bytes of a group's rows. What does not fit has memory of its own. */
const GROUP_MEMORY_BYTES = 2 << 20;

/** The thread that prepares small files, group by group. One order at a time. */
parentPort?.on("message", (message: PrepareOrder | WrittenMessage) => {
  if (message.kind === "written") {
    spare.push(message.memory);
    waiting -= 1;
    wake?.();
  } else prepare(message).catch((error: unknown) => parentPort?.postMessage(failureOf(error)));
});

/** The dictionaries of the order before. */
let kept: TextColumns | undefined;
const originals = new Set<string>();
const spare: SharedArrayBuffer[] = [];
let waiting = 0;
let wake: (() => void) | undefined;

const send = (message: PrepareMessage) => parentPort?.postMessage(message);

async function prepare(order: PrepareOrder): Promise<void> {
  for (const sha256 of order.originals) originals.add(sha256);
  const columns = order.known === "kept" ? kept : textColumns(order.known);
  if (!columns) throw new Error("no dictionaries were kept");
  kept = columns;
  const preparer = new Preparer(order, columns, originals);
  let sent = Promise.resolve();
  for (let index = 0; index < order.files.length; ) {
    while (waiting >= MAX_WAITING_GROUPS)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    waiting += 1;
    const group = new Group();
    const unfit = await group.fill(preparer, order, index);
    index += group.files.length;
    // The next files are prepared while these come to the disk.
    const before = sent;
    sent = group.synced().then(async () => {
      await before;
      send({ kind: "group", files: group.files, memory: group.memory });
    });
    if (!unfit) continue;
    await sent;
    send({ kind: "unfit", index, isClean: unfit.isClean });
    return;
  }
  await sent;
  send({ kind: "end" });
}

/** Files that come into the case in one transaction. */
class Group {
  readonly files: Prepared[] = [];
  readonly memory = spare.pop() ?? new SharedArrayBuffer(GROUP_MEMORY_BYTES);
  readonly #copies: number[] = [];

  /** Takes files from `from` on. Gives what keeps the next one out, if it is the file itself. */
  async fill(preparer: Preparer, order: PrepareOrder, from: number): Promise<{ isClean: boolean } | undefined> {
    const block = new ArrayBlock(this.memory);
    const until = performance.now() + MAX_GROUP_MS;
    let bytes = 0;
    for (let index = from; index < order.files.length && index - from < MAX_GROUP_FILES; index++) {
      if (bytes > MAX_GROUP_BYTES || performance.now() > until) return undefined;
      const prepared = await preparer.prepare(index, block, (fd) => this.#copies.push(fd));
      if (prepared.kind === "unfit") return prepared;
      if (prepared.kind === "source") bytes += prepared.contentBytes;
      this.files.push(prepared);
    }
    return undefined;
  }

  /** All copies are on the disk. Asked for together, they take the system a few journeys instead of one each. */
  async synced(): Promise<void> {
    const failures: unknown[] = [];
    await Promise.all(
      this.#copies.map(
        (fd) =>
          new Promise<void>((resolve) => {
            fs.fsync(fd, (error) => {
              if (error) failures.push(error);
              resolve();
            });
          }),
      ),
    );
    for (const fd of this.#copies) fs.closeSync(fd);
    if (failures.length > 0) throw failures[0];
  }
}

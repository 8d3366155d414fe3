import fs from "node:fs";
import path from "node:path";
import type { Original } from "../platform/byte-source.ts";
import { openFile, sliceOf } from "../platform/byte-source.ts";
import { sha256Of } from "../platform/sha256.ts";
import { openBlocks, readIndex, wholeBytes, writeBlocks } from "./block-file.ts";
import { makeContent } from "./make-content.ts";
import type { Slice, Step, Unpack } from "./packing.ts";

/** Bytes read at once. */
const PIECE_BYTES = 1 << 20;

/** A file in an archive: how its bytes are reached from the archive's, or why they are not. */
export type Entry =
  | {
      readonly path: string;
      readonly steps: readonly (Slice | Unpack)[];
      readonly bytes: number;
      /** What the archive says of its date: microseconds. */
      readonly written?: number | undefined;
    }
  | { readonly path: string; readonly unread: string };

/** Where unpacked copies of one given file lie: `base` is its digest. */
export interface Store {
  readonly folder: string;
  readonly base: string;
}

/** The seekable copy of what these steps lead to. The last one unpacks. */
export function blocksFile({ folder, base }: Store, steps: readonly Step[]): string {
  // A compressed file has one content, a workbook several sheets.
  const inside =
    steps.length === 1 && steps[0]?.kind !== "sheet" ? "" : `-${sha256Of(JSON.stringify(steps)).slice(0, 24)}`;
  return path.join(folder, `${base}${inside}.blocks`);
}

/** The copies that steps need, in order. */
export const copiesOf = (store: Store, steps: readonly Step[]): string[] =>
  steps.flatMap((step, index) => (step.kind === "slice" ? [] : [blocksFile(store, steps.slice(0, index + 1))]));

export const areCopiesMade = (store: Store, steps: readonly Step[]): boolean =>
  copiesOf(store, steps).every((file) => readIndex(file) !== undefined);
/** What a step that unpacks leads to, from the copy that was made of it. */
export const openCopy = (made: string): Original => openBlocks(made, openFile(made));

/** The content at the end of steps whose copies are all made. */
export function openSteps(file: string, store: Store, steps: readonly Step[]): Original {
  // What lies before the last copy is not needed any more.
  const last = steps.findLastIndex((step) => step.kind !== "slice");
  const opened = last < 0 ? openFile(file) : openCopy(blocksFile(store, steps.slice(0, last + 1)));
  let original = opened;
  for (const step of steps.slice(last + 1)) original = sliceOf(original, step as Slice);
  return { ...original, close: () => opened.close() };
}

/** The same from end to end. */
export async function* chunksOf(file: string, store: Store, steps: readonly Step[]): AsyncGenerator<Buffer> {
  const content = openSteps(file, store, steps);
  try {
    for (let at = 0; at < content.bytes; at += PIECE_BYTES) yield content.read(at, PIECE_BYTES);
  } finally {
    content.close();
  }
}

/** Makes the copies that steps need and that are not there. @throws Refusal as `makeContent` does */
export async function makeCopies(file: string, store: Store, steps: readonly Step[], name: string): Promise<void> {
  fs.mkdirSync(store.folder, { recursive: true });
  for (const [index, step] of steps.entries()) {
    if (step.kind === "slice") continue;
    const target = blocksFile(store, steps.slice(0, index + 1));
    // What is made from a copy is made from a whole one.
    if (wholeBytes(target) !== undefined) continue;
    const packed = openSteps(file, store, steps.slice(0, index));
    try {
      await writeBlocks(
        makeContent(packed, step, name, () => undefined),
        target,
      );
    } finally {
      packed.close();
    }
  }
}

/** A content inside a file that lies in evidence already, every copy on the way to it made. */
export interface Packed {
  readonly evidence: string;
  readonly store: Store;
  readonly steps: readonly Step[];
  /** Of the archive, as it was given. */
  readonly sha256: string;
  readonly bytes: number;
}

import type { EncodedColumn } from "../../../shared/model/event.ts";
import { type ArrayBlock, filledFrom } from "../../platform/array-block.ts";
import { ByteDictionary, type Dictionary } from "./dictionary/byte-dictionary.ts";
import type { Kernel } from "./dictionary/kernel.ts";
import { KernelDictionary } from "./dictionary/kernel-dictionary.ts";
import { eachEncoded, type NewTexts } from "./encoded-batch.ts";

/** Limits of a column's dictionary. Beyond them it is cleared, and values that come again get new ids, so memory is bounded. */
const MAX_VALUES = 500_000;
const MAX_BYTES = 24 << 20;

/** What the case already knows of a column, and the id that the next new value gets. */
export interface KnownTexts {
  readonly ids: readonly number[];
  readonly values: readonly string[];
  readonly next: number;
}

/** A text column's dictionary: values of `text_<column>`, known by number in here and by id in the case. */
export class ValueColumn {
  readonly column: EncodedColumn;
  readonly dictionary: Dictionary;
  /** Ids of the values that the case knew before. Those of all others follow one another, as their numbers do. */
  #knownIds: readonly number[];
  /** What is to be added to any other number for its id. */
  #shift: number;
  #sent: number;

  constructor(column: EncodedColumn, known: KnownTexts, kernel?: Kernel) {
    this.column = column;
    this.dictionary = kernel ? new KernelDictionary(kernel) : new ByteDictionary();
    // A value that was once forgotten is there twice: the first id is the one it keeps.
    this.#knownIds = known.ids.filter((_, at) => {
      const { size } = this.dictionary;
      return this.text(known.values[at] as string) === size;
    });
    this.#sent = this.dictionary.size;
    this.#shift = known.next - this.#sent;
  }

  /** Between batches only. */
  forgetIfFull(): void {
    if (this.dictionary.size <= MAX_VALUES && this.dictionary.bytes <= MAX_BYTES) return;
    this.#shift += this.dictionary.size;
    this.#knownIds = [];
    this.dictionary.clear();
    this.#sent = 0;
  }

  /** Gives the kernel's memory back. */
  close(): void {
    if (this.dictionary instanceof KernelDictionary) this.dictionary.close();
  }

  bytes(u8: Uint8Array, view: DataView, start: number, end: number): number {
    return this.dictionary.add(u8, view, start, end, 0);
  }

  text(value: string): number {
    const bytes = Buffer.from(value, "utf8");
    return this.bytes(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.byteLength);
  }

  textOf(index: number): string {
    return this.dictionary.textOf(index);
  }

  /** Numbers to ids, -1 staying -1, until `out` is full. */
  toIds(indexes: Int32Array, out: Int32Array): Int32Array {
    const known = this.#knownIds;
    const first = known.length;
    const shift = this.#shift;
    for (let k = 0; k < out.length; k++) {
      const index = indexes[k] as number;
      out[k] = index < 0 ? -1 : index < first ? (known[index] as number) : index + shift;
    }
    return out;
  }

  /** The values met since the last call, undefined if there are none. */
  newTexts(memory: ArrayBlock): NewTexts | undefined {
    const from = this.#sent;
    const to = this.dictionary.size;
    if (from === to) return undefined;
    this.#sent = to;
    const lengths = memory.ints(to - from);
    for (let i = from; i < to; i++) lengths[i - from] = this.dictionary.lengthOf(i);
    const run = this.dictionary.run(from, to);
    return { first: from + this.#shift, lengths, bytes: filledFrom(memory.bytes(run.length), run) };
  }
}

/** The dictionaries of all text columns. */
export type TextColumns = Readonly<Record<EncodedColumn, ValueColumn>>;

/** `kernel`: what the dictionaries lie in, if there is one. It must be the encoder's. */
export const textColumns = (known: Readonly<Record<EncodedColumn, KnownTexts>>, kernel?: Kernel): TextColumns =>
  eachEncoded((column) => new ValueColumn(column, known[column], kernel));

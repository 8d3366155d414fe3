import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { BlockDigests } from "../../evidence/block-digests.ts";
import type { ArrayBlock } from "../../platform/array-block.ts";
import { bomLength } from "../../platform/encodings/encoding.ts";
import { writeAll } from "../../platform/files.ts";
import { demandColumns } from "../detect/demand-columns.ts";
import { type Detection, detectFromSample } from "../detect/detect.ts";
import { effectiveMapping } from "../detect/effective-mapping.ts";
import { newStart } from "../detect/preview.ts";
import { asSettled, settleTimes } from "../detect/settle-times.ts";
import { unreadNames } from "../detect/unread-names.ts";
import { Encoder } from "../encode/encoder.ts";
import type { TextColumns } from "../encode/text-column.ts";
import type { Plan } from "../mapping/plan.ts";
import { newSlot, type Sizes, type Slot } from "../read/batch.ts";
import { Batcher } from "../read/batcher.ts";
import { startPosition } from "../read/checkpoint.ts";
import type { NamedFile, Prepared, PreparedSource, PrepareOrder } from "./messages.ts";
import { readSmall, type SmallFile } from "./read-small.ts";

/** Room for a small file's content and its records. */
const SIZES: Sizes = { bytes: 1 << 19, rows: 1 << 12 };

/** A file that must be imported by itself. `isClean`: nothing of it came into the dictionaries. */
export interface Unfit {
  readonly kind: "unfit";
  readonly isClean: boolean;
}

const UNFIT: Unfit = { kind: "unfit", isClean: true };

/**
 * Does with small files, one after another, what an import does with each before its rows come into the case: in the same
 * order, by the same code, with dictionaries that go from file to file.
 */
export class Preparer {
  readonly #order: PrepareOrder;
  readonly #columns: TextColumns;
  /** Digests of originals in the case and prepared so far. */
  readonly #originals: Set<string>;
  readonly #encoders = new WeakMap<Plan, Encoder>();
  readonly #slots = new Map<number, readonly [Slot, Slot]>();
  #nextSource: number;

  constructor(order: PrepareOrder, columns: TextColumns, originals: Set<string>) {
    this.#order = order;
    this.#columns = columns;
    this.#originals = originals;
    this.#nextSource = order.nextSource;
  }

  /**
   * `memory`: what the rows' arrays lie in. `opened`: gets the descriptor of the copy in evidence, which is not yet on the
   * disk for sure. Throws what the file system says of the copy.
   */
  async prepare(index: number, memory: ArrayBlock, opened: (fd: number) => void): Promise<Prepared | Unfit> {
    const named = this.#order.files[index] as NamedFile;
    const file = readSmall(named.file);
    const detection = file && (await this.#detect(file, named));
    if (!detection) return UNFIT;
    const { sha256, bytes } = file;
    if (this.#originals.has(sha256)) return { kind: "known", index, sha256, bytes: bytes.length };
    const read = await this.#encode(detection, memory);
    if (!read) return { kind: "unfit", isClean: false };
    this.#originals.add(sha256);
    const source = this.#nextSource;
    this.#nextSource += 1;
    opened(writeCopy(path.join(this.#order.evidence, `incoming-${source}`), file));
    const { plan, resolved, sample, zoneFrom } = detection;
    return {
      kind: "source",
      ...{ index, source, sha256 },
      bytes: bytes.length,
      contentBytes: sample.bytes.length,
      ...read,
      format: resolved.format,
      encoding: plan.encoding,
      compression: sample.compression,
      timezone: plan.timezone,
      zoneFrom,
      mapping: JSON.stringify(effectiveMapping(detection, this.#order.options.mapping)),
      unread: unreadNames(detection),
      digests: sample.compression ? undefined : digestsOf(bytes),
    };
  }

  /** Undefined where the file is refused, or the whole of it must be read for its times. */
  async #detect({ sample, modified }: SmallFile, { name, file }: NamedFile): Promise<Detection | undefined> {
    const { options, demandsColumns } = this.#order;
    try {
      const detection = detectFromSample(sample, file, options, true);
      const { plan, dateOrder } = detection;
      if (dateOrder.numeric > 0 || dateOrder.yearless > 0) return undefined;
      const content = { name, written: modified.getTime() * 1000, chunks: () => noChunks() };
      if ((await settleTimes({ ...content, plan }, dateOrder)) !== undefined) return undefined;
      if (demandsColumns) demandColumns(detection, options.mapping, name);
      return { ...detection, plan: asSettled(plan) };
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** Undefined where it turned out in the middle that this is no file for it. */
  async #encode(
    { plan, sample }: Detection,
    memory: ArrayBlock,
  ): Promise<Pick<PreparedSource, "batches" | "lines"> | undefined> {
    const batches: PreparedSource["batches"][number][] = [];
    const encoder = this.#encoderFor(plan);
    const slots = this.#slotsFor(plan);
    let turn = 0;
    const offset = bomLength(sample.bytes, plan.encoding);
    const batcher = new Batcher(
      plan,
      {
        emptySlot: async () => slots[turn++ % 2] as Slot,
        emit(slot, info, position) {
          const encoded = encoder.encode(slot, info, memory);
          batches.push({ encoded, info: { skipped: info.skipped, headers: info.headers }, position });
        },
      },
      { ...startPosition, offset },
    );
    try {
      await batcher.push(sample.bytes.subarray(offset));
      await batcher.end();
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
    return { batches, lines: batcher.lines };
  }

  /** What became of values in the files before is known, where they had the same plan. */
  #encoderFor(plan: Plan): Encoder {
    let encoder = this.#encoders.get(plan);
    if (encoder) encoder.again(newStart());
    else {
      encoder = new Encoder(plan, { columns: this.#columns, ...newStart() });
      this.#encoders.set(plan, encoder);
    }
    return encoder;
  }

  #slotsFor({ inputs: { length } }: Plan): readonly [Slot, Slot] {
    let slots = this.#slots.get(length);
    if (!slots) {
      slots = [newSlot(SIZES, length), newSlot(SIZES, length)];
      this.#slots.set(length, slots);
    }
    return slots;
  }
}

/** The whole of it is at hand: what must be read again is not settled here. */
async function* noChunks(): AsyncGenerator<Buffer> {
  yield* [];
  throw new Error("a small file is not read twice");
}

function digestsOf(bytes: Buffer): PreparedSource["digests"] {
  const blocks = new BlockDigests();
  blocks.update(bytes);
  return { bytes: bytes.length, block_bytes: blocks.blockBytes, digests: blocks.end() };
}

/** Gives the descriptor of the copy, with the file's own date, by which times without a year are read. */
function writeCopy(copy: string, { bytes, accessed, modified }: SmallFile): number {
  const fd = fs.openSync(copy, "w", 0o600);
  try {
    writeAll(fd, bytes);
    fs.futimesSync(fd, accessed, modified);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

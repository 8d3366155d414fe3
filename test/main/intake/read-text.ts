import path from "node:path";
import { decodeSpan } from "../../../main/intake/encode/values.ts";
import type { Plan } from "../../../main/intake/mapping/plan.ts";
import {
  BAD,
  END_MASK,
  KIND_SHIFT,
  LENGTH,
  LINE,
  LINES,
  newSlot,
  OFFSET,
  PART,
  RECORD_INTS,
  type Sizes,
} from "../../../main/intake/read/batch.ts";
import { Batcher } from "../../../main/intake/read/batcher.ts";
import { startPosition } from "../../../main/intake/read/checkpoint.ts";

export interface ReadRecord {
  /** What the mapping's inputs hold, in their order; null where absent. */
  readonly values: (string | null)[];
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly lines: number;
  /** Which call of the record; 0: the only one. */
  readonly part: number;
  readonly bad?: string;
}

export interface ReadAll {
  readonly records: ReadRecord[];
  readonly lines: number;
  readonly skipped: number;
}

/** Everything a reader makes of bytes, given to it in pieces of a size and cut in batches of others. */
export async function readAll(plan: Plan, bytes: Uint8Array, sizes: Sizes, piece = 7): Promise<ReadAll> {
  const inputs = plan.inputs.length;
  const records: ReadRecord[] = [];
  let skipped = 0;
  const batcher = new Batcher(
    plan,
    {
      emptySlot: async () => newSlot(sizes, inputs),
      emit(slot, info) {
        const rows = new Int32Array(slot.records);
        const spans = new Int32Array(slot.spans);
        skipped += info.skipped;
        for (let row = 0; row < info.rows; row++) {
          const of = (column: number) => rows[row * RECORD_INTS + column] as number;
          const values = plan.inputs.map((input, index) => {
            const start = spans[(row * inputs + index) * 2] as number;
            if (start < 0) return null;
            const packed = spans[(row * inputs + index) * 2 + 1] as number;
            const raw = Buffer.from(slot.bytes, start, (packed & END_MASK) - start).toString("utf8");
            return decodeSpan(raw, packed >>> KIND_SHIFT, input.kind === "path" ? input.path : [], [])?.text ?? null;
          });
          const bad = of(BAD) > 0 ? { bad: info.reasons[of(BAD) - 1] as string, values: [] } : {};
          records.push({
            values,
            offset: info.offset + of(OFFSET),
            length: of(LENGTH),
            line: info.line + of(LINE),
            lines: of(LINES),
            part: of(PART),
            ...bad,
          });
        }
      },
    },
    startPosition,
    sizes.record,
  );
  for (let at = 0; at < bytes.length; at += piece) await batcher.push(bytes.subarray(at, at + piece));
  await batcher.end();
  return { records, lines: batcher.lines, skipped };
}

/** Lines as an editor counts them, written the slow way. */
export const physicalLines = (text: string): number =>
  text.split(/\r\n|\n|\r/u).length - (/(?:\n|\r)$|^$/u.test(text) ? 1 : 0);

/** Other people's logs, where they are. */
export const samples = process.env.EXHIBIT_SAMPLES ?? path.resolve(import.meta.dirname, "../../../../shared/samples");

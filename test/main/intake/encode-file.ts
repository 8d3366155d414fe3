import fs from "node:fs";
import zlib from "node:zlib";
import { type Detection, type DetectOptions, detectFormat } from "../../../main/intake/detect/detect.ts";
import { newEncoderStart, previewEvents } from "../../../main/intake/detect/preview.ts";
import type { Rejected } from "../../../main/intake/encode/encoded-batch.ts";
import { Encoder } from "../../../main/intake/encode/encoder.ts";
import type { Plan } from "../../../main/intake/mapping/plan.ts";
import { newSlot, type Sizes } from "../../../main/intake/read/batch.ts";
import { Batcher } from "../../../main/intake/read/batcher.ts";
import { startPosition } from "../../../main/intake/read/checkpoint.ts";
import { bomLength } from "../../../main/platform/encodings/encoding.ts";
import type { EventRecord } from "../../../shared/model/event.ts";

export interface Whole {
  readonly events: Omit<EventRecord, "source">[];
  readonly rejects: Rejected[];
  readonly skipped: number;
  readonly lines: number;
  /** Physical lines in a bucket; the rest are skipped. */
  readonly ledger: { readonly events: number; readonly rejected: number };
  /** Bytes of the largest batch. */
  readonly largest: number;
}

/** Bytes as an import reads and codes them, on this thread alone. With small sizes texts are forgotten: use counts only. */
export async function readWhole(plan: Plan, bytes: Uint8Array, sizes?: Sizes): Promise<Whole> {
  const encoder = new Encoder(plan, newEncoderStart());
  const events: Omit<EventRecord, "source">[] = [];
  const rejects: Rejected[] = [];
  const { bytes: size, rows } = sizes ?? { bytes: bytes.length * 3 + 64, rows: Math.min(1 << 16, bytes.length + 2) };
  let skipped = 0;
  let largest = 0;
  let ledger = newEncoderStart().ledger;
  const batcher = new Batcher(
    plan,
    {
      emptySlot: async () => newSlot({ bytes: size, rows }, plan.inputs.length),
      emit(slot, info) {
        const encoded = encoder.encode(slot, info);
        events.push(...previewEvents(encoded));
        rejects.push(...encoded.rejects);
        skipped += info.skipped;
        largest = Math.max(largest, slot.bytes.byteLength);
        ledger = encoded.ledger;
      },
    },
    { ...startPosition, offset: bomLength(bytes, plan.encoding) },
  );
  const body = bytes.subarray(bomLength(bytes, plan.encoding));
  for (let at = 0; at < body.length; at += 1 << 16) await batcher.push(body.subarray(at, at + (1 << 16)));
  await batcher.end();
  return { events, rejects, skipped, lines: batcher.lines, ledger, largest };
}

/** A file recognised as an import does it, and read whole. */
export async function readFile(
  file: string,
  options: DetectOptions = {},
): Promise<Whole & { readonly detection: Detection }> {
  const detection = detectFormat(file, options);
  const raw = fs.readFileSync(file);
  const bytes = detection.sample.compression === "gzip" ? zlib.gunzipSync(raw) : raw;
  return { detection, ...(await readWhole(detection.plan, bytes)) };
}

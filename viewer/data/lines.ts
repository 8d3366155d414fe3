import type { WrittenLines } from "../../shared/viewer/data.ts";
import { unpackLz4 } from "../../shared/viewer/lz4.ts";
import { readSteps } from "../../shared/viewer/steps.ts";
import { bytesOf } from "./base64.ts";
import type { Calls } from "./calls.ts";
import type { Load } from "./load.ts";

/** Original records of one source, in the order of its bytes. */
export interface Lines {
  readonly source: number;
  /** Where each begins in its source. */
  readonly offsets: Float64Array;
  /** Where each ends in `bytes`. */
  readonly ends: Float64Array;
  /** UTF-8. */
  readonly bytes: Uint8Array;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** @param room where its bytes may stand; without it they get their own */
export async function readLines(
  load: Load,
  piece: number,
  room: (size: number) => Uint8Array = (size) => new Uint8Array(size),
): Promise<Lines> {
  const { value, bytes } = await load<WrittenLines>(`lines-${piece}`);
  const { source, records, first, size } = value;
  const text = room(size);
  unpackLz4(bytesOf(bytes[value.text] ?? ""), text);
  return {
    source,
    offsets: readSteps(bytesOf(bytes[value.offsets] ?? ""), first, records),
    ends: readSteps(bytesOf(bytes[value.ends] ?? ""), 0, records),
    bytes: text,
  };
}

export const textsOf = ({ bytes }: Lines): string => utf8.decode(bytes);

export const textAt = ({ bytes, ends }: Lines, record: number): string =>
  utf8.decode(bytes.subarray(ends[record - 1] ?? 0, ends[record]));

/** Pieces of lines that are kept: those around the calls that somebody looks at. */
const KEPT = 8;
const kept = new Map<number, Lines>();

/** The original record of a call as text. */
export async function lineOf(calls: Calls, source: number, offset: number): Promise<string | undefined> {
  const piece = calls.pieceOf(source, offset);
  if (piece === undefined) return undefined;
  let lines = kept.get(piece);
  if (!lines) {
    lines = await readLines(calls.load, piece);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value as number);
    kept.set(piece, lines);
  }
  const record = lines.offsets.indexOf(offset);
  return record < 0 ? undefined : textAt(lines, record);
}

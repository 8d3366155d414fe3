import type { WrittenColumn } from "../../shared/viewer/data.ts";
import { readSteps } from "../../shared/viewer/steps.ts";
import { bytesOf } from "./base64.ts";

type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A code a call: 0 where it has no value, else 1 + the index of its value. */
export interface TextPart {
  readonly kind: "text";
  readonly values: readonly string[];
  readonly codes: Codes;
}
export interface ListPart {
  readonly kind: "list";
  readonly values: readonly (readonly string[])[];
  readonly codes: Codes;
}
/** The members of call `row` are `values[codes[i]]` for i from `starts[row]` up to `starts[row + 1]`. */
export interface MembersPart {
  readonly kind: "members";
  readonly values: readonly string[];
  readonly isThere: Uint8Array;
  readonly starts: Uint32Array;
  readonly codes: Codes;
}
/** NaN where a call has none. */
export interface NumberPart {
  readonly kind: "number";
  readonly numbers: Float64Array | Float32Array;
}
export interface TimePart {
  readonly kind: "time";
  readonly times: Float64Array;
}
export type ColumnPart = TextPart | ListPart | MembersPart | NumberPart | TimePart;

/** Numbers of so many bytes each, little-endian whatever the machine is. */
function unpacked(text: string, width: 1 | 2 | 4): Codes {
  const bytes = bytesOf(text);
  if (width === 1) return bytes;
  const view = new DataView(bytes.buffer);
  const codes = width === 2 ? new Uint16Array(bytes.length / 2) : new Uint32Array(bytes.length / 4);
  for (let at = 0; at < codes.length; at += 1)
    codes[at] = width === 2 ? view.getUint16(at * 2, true) : view.getUint32(at * 4, true);
  return codes;
}

function numbersOf(text: string, width: 1 | 2 | 4 | 8): Float64Array {
  if (width === 8) {
    const view = new DataView(bytesOf(text).buffer);
    return Float64Array.from({ length: view.byteLength / 8 }, (_, at) => view.getFloat64(at * 8, true));
  }
  return Float64Array.from(unpacked(text, width), (code) => (code === 0 ? Number.NaN : code - 1));
}

export function readColumn(written: WrittenColumn, rows: number, bytes: readonly string[]): ColumnPart {
  const at = (number: number) => bytes[number] ?? "";
  switch (written.kind) {
    case "time":
      return { kind: "time", times: readSteps(bytesOf(at(written.bytes)), written.first, rows) };
    case "text":
      return { kind: "text", values: written.values, codes: unpacked(at(written.codes), written.width) };
    case "list":
      return { kind: "list", values: written.values, codes: unpacked(at(written.codes), written.width) };
    case "number":
      return { kind: "number", numbers: numbersOf(at(written.codes), written.width) };
    default: {
      const counts = unpacked(at(written.counts), 4);
      const isThere = new Uint8Array(rows);
      const starts = new Uint32Array(rows + 1);
      for (let row = 0; row < rows; row += 1) {
        const count = counts[row] as number;
        isThere[row] = count === 0 ? 0 : 1;
        starts[row + 1] = (starts[row] as number) + Math.max(0, count - 1);
      }
      const codes = unpacked(at(written.codes), written.width);
      return { kind: "members", values: written.values, isThere, starts, codes };
    }
  }
}

/** The value of a call, as an event has it; undefined where it has none. */
export function valueAt(part: ColumnPart | undefined, row: number): string | number | readonly string[] | undefined {
  switch (part?.kind) {
    case "text":
    case "list": {
      const code = part.codes[row] as number;
      return code === 0 ? undefined : part.values[code - 1];
    }
    case "number": {
      const number = part.numbers[row] as number;
      return Number.isNaN(number) ? undefined : number;
    }
    case "members":
      return part.isThere[row] === 0
        ? undefined
        : Array.from(
            part.codes.subarray(part.starts[row], part.starts[row + 1]),
            (code) => part.values[code] as string,
          );
    case "time":
      return part.times[row];
    default:
      return undefined;
  }
}

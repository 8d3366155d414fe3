import { isoOf } from "../../../../shared/base/time.ts";
import type { WrittenChunk, WrittenColumn, WrittenLines } from "../../../../shared/viewer/data.ts";
import { CHUNK_ROWS } from "../../../../shared/viewer/data.ts";
import { unpackLz4 } from "../../../../shared/viewer/lz4.ts";
import { readSteps } from "../../../../shared/viewer/steps.ts";
import { differences } from "./differences.ts";

/** A file of lines that says that it holds more is not unpacked, only said to be another one. */
const MAX_PIECE_BYTES = 1 << 28;

/** A file of the viewer's data as it stands there; undefined where it is none. */
function read(file: Buffer): { readonly value: unknown; readonly bytes: readonly Buffer[] } | undefined {
  const call = /^[A-Za-z]+\(([\s\S]*)\);\n$/u.exec(file.toString("utf8"))?.[1];
  if (call === undefined) return undefined;
  try {
    const quoted = call.replace(/function\(\)\{\/\*([A-Za-z0-9+/=]*)\*\/\}/gu, '"$1"');
    const [, text = "", ...bytes] = JSON.parse(`[${quoted}]`) as string[];
    return { value: JSON.parse(text), bytes: bytes.map((each) => Buffer.from(each, "base64")) };
  } catch {
    return undefined;
  }
}

/** The first thing in a file of the viewer's data that is not what the extract gives, by the call that it is said of. */
export function viewerDifference(name: string, said: Buffer, made: Buffer): string | undefined {
  const [own, right] = [read(said), read(made)];
  if (!own || !right) return undefined;
  const number = /-(\d+)\.js$/u.exec(name)?.[1];
  if (number === undefined) return differences(own.value, right.value)[0];
  try {
    if (name.includes("lines-"))
      return differences({ texts: textsOf(own as Piece) }, { texts: textsOf(right as Piece) })[0];
    return chunkDifference(own as Chunk, right as Chunk, Number(number) * CHUNK_ROWS);
  } catch {
    return undefined;
  }
}

interface Chunk {
  readonly value: WrittenChunk;
  readonly bytes: readonly Buffer[];
}

interface Piece {
  readonly value: WrittenLines;
  readonly bytes: readonly Buffer[];
}

/** The lines of a piece. @throws Error where they cannot be unpacked */
function textsOf({ value: { size, text, ends, records }, bytes }: Piece): string[] {
  const lines = Buffer.alloc(Math.min(size, MAX_PIECE_BYTES));
  unpackLz4(bytes[text] ?? Buffer.alloc(0), lines);
  const upTo = readSteps(bytes[ends] ?? Buffer.alloc(0), 0, records);
  return Array.from(upTo, (end, at) => lines.toString("utf8", upTo[at - 1] ?? 0, end));
}

function chunkDifference(said: Chunk, made: Chunk, first: number): string | undefined {
  const { rows } = made.value;
  if (said.value.rows !== rows) return `rows is ${said.value.rows}, worked out ${rows}`;
  for (const [column, right] of Object.entries(made.value.columns)) {
    const own = said.value.columns[column as keyof WrittenChunk["columns"]];
    if (!own) return `${column} is absent`;
    const [a, b] = [valuesOf(own, said.bytes, rows), valuesOf(right, made.bytes, rows)];
    for (let row = 0; row < rows; row += 1) {
      const [x, y] = [a(row), b(row)];
      if (x !== y) return `${column} of call ${first + row + 1} is ${shown(x)}, worked out ${shown(y)}`;
    }
  }
  return undefined;
}

const shown = (value: string | undefined): string => (value === undefined ? "absent" : value.slice(0, 80));

const numberAt = (bytes: Buffer, width: number, at: number): number =>
  width === 8 ? bytes.readDoubleLE(at * 8) : bytes.readUIntLE(at * width, width);

/** The value of a call as text, to be compared and shown. Asked for one call after the other. */
function valuesOf(column: WrittenColumn, file: readonly Buffer[], rows: number): (row: number) => string | undefined {
  const bytesOf = (index: number): Buffer => file[index] ?? Buffer.alloc(0);
  switch (column.kind) {
    case "time": {
      const bytes = bytesOf(column.bytes);
      let [time, at] = [column.first, 0];
      return () => {
        for (let unit = 1; ; unit *= 0x80) {
          const byte = bytes[at++] ?? 0;
          time += (byte & 0x7f) * unit;
          if (byte < 0x80) return isoOf(time);
        }
      };
    }
    case "number": {
      const bytes = bytesOf(column.codes);
      return (row) => {
        const number = numberAt(bytes, column.width, row);
        if (column.width === 8) return Number.isNaN(number) ? undefined : String(number);
        return number === 0 ? undefined : String(number - 1);
      };
    }
    case "members": {
      const [counts, codes] = [bytesOf(column.counts), bytesOf(column.codes)];
      let at = 0;
      return (row) => {
        const count = row < rows ? numberAt(counts, 4, row) : 0;
        if (count === 0) return undefined;
        const members = Array.from({ length: count - 1 }, () => column.values[numberAt(codes, column.width, at++)]);
        return JSON.stringify(members);
      };
    }
    default: {
      const bytes = bytesOf(column.codes);
      return (row) => {
        const code = numberAt(bytes, column.width, row);
        return code === 0 ? undefined : JSON.stringify(column.values[code - 1]);
      };
    }
  }
}

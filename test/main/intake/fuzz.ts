import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import fc from "fast-check";
import { expect } from "vitest";
import { detectFormat } from "../../../main/intake/detect/detect.ts";
import { builtInFormats } from "../../../main/intake/mapping/formats.ts";
import { READERS } from "../../../main/intake/mapping/mapping.ts";
import { Refusal } from "../../../shared/base/errors.ts";
import { temporaryFolder } from "../../temporary.ts";
import { readWhole, type Whole } from "./encode-file.ts";
import { physicalLines, samples } from "./read-text.ts";

/** More than this of a real log finds nothing that its beginning does not. */
const MOST = 20_000;

const own = path.resolve(import.meta.dirname, "../../../resources/formats/samples");

/** The formats' own samples, and the beginnings of real logs where they are. */
function seeds(): Buffer[] {
  const folders = fs.existsSync(samples)
    ? fs
        .readdirSync(samples, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/json-conformance/u.test(entry.parentPath))
    : [];
  const files = [
    ...fs.readdirSync(own).map((name) => path.join(own, name)),
    ...folders.map((entry) => path.join(entry.parentPath, entry.name)),
  ];
  return files.sort().flatMap((file) => {
    const raw = fs.readFileSync(file);
    const bytes = file.endsWith(".gz") ? zlib.gunzipSync(raw) : raw;
    // Of a few lines one edit leaves nothing.
    const many = bytes.length < 2000 && /\n$/u.test(bytes.toString("latin1")) ? 5 : 1;
    return bytes.length === 0 ? [] : [Buffer.concat(Array.from({ length: many }, () => bytes.subarray(0, MOST)))];
  });
}

/** Where (a share of the length), how much, and with what. */
type Edit = readonly [
  kind: "truncate" | "cut" | "flip" | "splice" | "repeat" | "put",
  at: number,
  size: number,
  with_: number,
];

const PUT = [
  '"',
  "'",
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\n",
  "\r",
  "\r\n",
  "\0",
  "\t",
  "#",
  "=",
  "\ufeff",
  "\u2028",
  "é",
  "\x1b[2J",
];

function edited(bytes: Buffer, [kind, share, size, pick]: Edit, all: readonly Buffer[]): Buffer {
  const at = Math.floor(share * bytes.length);
  const end = Math.min(bytes.length, at + size);
  const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)];
  switch (kind) {
    case "truncate":
      return bytes.subarray(0, Math.max(at, size));
    case "cut":
      return Buffer.concat([before, after]);
    case "flip":
      return Buffer.concat([
        before,
        piece.map((byte, index) => (index === 0 ? byte ^ ((pick % 255) + 1) : byte)),
        after,
      ]);
    case "splice": {
      const other = all[pick % all.length] as Buffer;
      const from = Math.floor((1 - share) * other.length);
      return Buffer.concat([before, other.subarray(from, from + size * 4), piece, after]);
    }
    case "repeat":
      return Buffer.concat([before, ...Array.from({ length: 1 + (pick % 20) }, () => piece), after]);
    default:
      return Buffer.concat([before, Buffer.from(PUT[pick % PUT.length] as string), piece, after]);
  }
}

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.constantFrom(
    "truncate" as const,
    "cut" as const,
    "flip" as const,
    "splice" as const,
    "repeat" as const,
    "put" as const,
  ),
  fc.noBias(fc.double({ min: 0, max: 1, noNaN: true })),
  fc.integer({ min: 1, max: 300 }),
  fc.nat(10_000),
);

/** Every record once, in the order of the file, on the line it begins on; every line that one touches in one bucket. */
function demandAccount(whole: Whole, bytes: Buffer, encoding: string): void {
  const text = new TextDecoder(encoding).decode(bytes);
  expect(whole.lines).toBe(physicalLines(text));
  expect(Math.min(whole.ledger.events, whole.ledger.rejected)).toBeGreaterThanOrEqual(0);
  expect(whole.ledger.events + whole.ledger.rejected).toBeLessThanOrEqual(whole.lines);
  if (encoding.startsWith("utf-16")) return;
  const starts = [0];
  for (let i = 0; i < bytes.length; i++)
    if (bytes[i] === 10 || (bytes[i] === 13 && bytes[i + 1] !== 10)) starts.push(i + 1);
  const lineOf = (offset: number) => starts.findLastIndex((start) => start <= Math.min(offset, bytes.length - 1)) + 1;
  const touched = new Map<number, boolean>();
  let before = 0;
  const records = [
    ...whole.events.map(({ line, offset, length }) => ({ line, offset, length, isEvent: true })),
    ...whole.rejects.map(({ line, offset, length }) => ({ line, offset, length, isEvent: false })),
  ].sort((a, b) => a.offset - b.offset);
  for (const { line, offset, length, isEvent } of records) {
    expect(offset).toBeGreaterThanOrEqual(before);
    before = offset + length;
    expect(line).toBe(lineOf(offset));
    for (let l = line; l <= lineOf(Math.max(offset, before - 1)); l++)
      touched.set(l, isEvent || (touched.get(l) ?? false));
  }
  expect(before).toBeLessThanOrEqual(bytes.length);
  const events = [...touched.values()].filter(Boolean).length;
  expect(whole.ledger).toMatchObject({ events, rejected: touched.size - events });
}

const counts = ({ events, rejects, skipped, lines, ledger }: Whole) => ({
  events: events.map(({ time, offset, length }) => [time, offset, length]),
  rejects: rejects.map(({ line, lines: many, offset, length, reason }) => [line, many, offset, length, reason]),
  skipped,
  lines,
  ledger,
});

/** Damaged logs, taken for what they look like or for any format there is: the account adds up, or it is refused with a sentence. */
export async function fuzz(runs: number): Promise<void> {
  const all = seeds();
  const file = path.join(temporaryFolder(), "log");
  const formats = [...READERS.filter((name) => name !== "regex"), ...builtInFormats().keys()];
  await fc.assert(
    fc.asyncProperty(
      fc.noBias(fc.nat(all.length - 1)),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...formats) }),
      fc.constantFrom(64, 500, 1 << 14),
      fc.integer({ min: 2, max: 40 }),
      async (pick, edits, format, size, rows) => {
        let bytes = all[pick] as Buffer;
        for (const each of edits) bytes = edited(bytes, each, all);
        if (bytes.length === 0 || (bytes[0] === 0x1f && bytes[1] === 0x8b)) return;
        fs.writeFileSync(file, bytes);
        let plan: ReturnType<typeof detectFormat>["plan"];
        try {
          plan = detectFormat(file, format === null ? {} : { format }).plan;
        } catch (error) {
          if (error instanceof Refusal) return;
          throw error;
        }
        const whole = await readWhole(plan, bytes);
        demandAccount(whole, bytes, plan.encoding);
        const small = await readWhole(plan, bytes, { bytes: size, rows });
        expect(counts(small)).toEqual(counts(whole));
        expect(small.largest, "bytes a batch").toBeLessThanOrEqual(8 * (bytes.length + size) + 64);
      },
    ),
    { numRuns: runs },
  );
}

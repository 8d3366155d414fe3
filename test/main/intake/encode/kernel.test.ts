import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { detectFormat } from "../../../../main/intake/detect/detect.ts";
import { newEncoderStart } from "../../../../main/intake/detect/preview.ts";
import { ByteDictionary } from "../../../../main/intake/encode/dictionary/byte-dictionary.ts";
import { Kernel } from "../../../../main/intake/encode/dictionary/kernel.ts";
import { KernelDictionary } from "../../../../main/intake/encode/dictionary/kernel-dictionary.ts";
import type { EncodedBatch } from "../../../../main/intake/encode/encoded-batch.ts";
import { eachEncoded } from "../../../../main/intake/encode/encoded-batch.ts";
import { Encoder } from "../../../../main/intake/encode/encoder.ts";
import { textColumns } from "../../../../main/intake/encode/text-column.ts";
import type { Plan } from "../../../../main/intake/mapping/plan.ts";
import { newSlot, type Sizes } from "../../../../main/intake/read/batch.ts";
import { Batcher } from "../../../../main/intake/read/batcher.ts";
import { startPosition } from "../../../../main/intake/read/checkpoint.ts";
import { temporaryFolder } from "../../../temporary.ts";

const kernel = Kernel.start() as Kernel;

/** What the columns hold of an id that is no hex number is left over from another batch. */
function cleaned(encoded: EncodedBatch): EncodedBatch {
  for (const ids of [encoded.request, ...(encoded.call ? [encoded.call] : [])])
    for (let k = 0; k < encoded.rows; k++) if (ids.form[k] !== 1) ids.high[k] = ids.low[k] = 0;
  return encoded;
}

/** The batches of a text, each encoded with the kernel and without: the same, or the test fails. */
async function encodeBothWays(plan: Plan, bytes: Uint8Array, sizes: Sizes): Promise<number> {
  // The case knows two texts already, under ids with a gap between them.
  const known = eachEncoded(() => ({ ids: [5, 7], values: ["GET", "192.0.2.1"], next: 9 }));
  const plain = new Encoder(plan, { ...newEncoderStart(), columns: textColumns(known) });
  const columns = textColumns(known, kernel);
  const quick = new Encoder(plan, { ...newEncoderStart(), columns }, kernel);
  let rows = 0;
  const batcher = new Batcher(
    plan,
    {
      emptySlot: async () => newSlot(sizes, plan.inputs.length),
      emit(slot, info) {
        const right = cleaned(plain.encode(slot, info));
        expect(cleaned(quick.encode(slot, info))).toEqual(right);
        rows += right.rows;
      },
    },
    startPosition,
  );
  await batcher.push(bytes);
  await batcher.end();
  quick.close();
  for (const column of Object.values(columns)) column.close();
  return rows;
}

test("the kernel runs here, so that the tests below compare two ways", () => {
  expect(kernel).toBeInstanceOf(Kernel);
});

/** Few letters, so that values come again, and differ in one byte at the beginning, in the middle or at the end. */
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 9 }),
  fc
    .tuple(fc.constantFrom("x", "y"), fc.integer({ min: 0, max: 300 }), fc.constantFrom("x", "y", ""))
    .map(([a, length, b]) => `${a}${"-".repeat(length % 40)}${a}${"-".repeat(length)}${b}`),
);

test("a dictionary in the kernel gives every value the number that the one in JavaScript gives", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, fc.constantFrom(0, 1, 31)), { maxLength: 400 }),
      fc.boolean(),
      (all, again) => {
        const right = new ByteDictionary();
        const quick = new KernelDictionary(kernel);
        for (let round = again ? 2 : 1; round > 0; round--) {
          for (const [text, tag] of all) {
            const u8 = Buffer.from(`#${text}#`);
            const view = new DataView(u8.buffer, u8.byteOffset, u8.length);
            const number = right.add(u8, view, 1, u8.length - 1, tag);
            expect(quick.add(u8, view, 1, u8.length - 1, tag)).toBe(number);
            expect([quick.textOf(number), quick.tagOf(number), quick.lengthOf(number)]).toEqual([
              text,
              tag,
              text.length,
            ]);
          }
          expect([quick.size, quick.bytes]).toEqual([right.size, right.bytes]);
          expect(Buffer.from(quick.run(0, quick.size))).toEqual(Buffer.from(right.run(0, right.size)));
          right.clear();
          quick.clear();
          expect(quick.generation).toBe(right.generation);
        }
        quick.close();
      },
    ),
    { numRuns: 40 },
  );
});

test("a dictionary of a hundred thousand long and short values keeps them all", () => {
  const quick = new KernelDictionary(kernel);
  const put = (n: number) => {
    const u8 = Buffer.from(n % 3 === 0 ? String(n) : `/v2.12/p-${n}/posts/${"long ".repeat(n % 7)}`);
    return quick.add(u8, new DataView(u8.buffer, u8.byteOffset, u8.length), 0, u8.length, 0);
  };
  for (let n = 0; n < 100_000; n++) if (put(n) !== n) expect(put(n)).toBe(n);
  for (let n = 0; n < 100_000; n += 7) expect(put(n)).toBe(n);
  expect(quick.textOf(99_999)).toBe("99999");
  quick.close();
});

test("memory that a closed dictionary gave back is used again", () => {
  const long = Buffer.alloc(1 << 20, 1);
  const fill = () => {
    const dictionary = new KernelDictionary(kernel);
    for (let n = 0; n < 8; n++) {
      long[0] = n;
      dictionary.add(long, new DataView(long.buffer), 0, long.length, 0);
    }
    dictionary.close();
    return kernel.u8.length;
  };
  const first = fill();
  for (let n = 0; n < 5; n++) expect(fill()).toBe(first);
});

const word = fc.constantFrom("NULL", "null", "(null)", "\\N", "None", "nan", "N/A", "-", "na", "nul", "--", "N");
const address = fc.constantFrom(
  "192.0.2.1",
  "192.0.2.1:8080",
  "[2001:db8::1]:443",
  "198.51.100.7, 10.0.0.1",
  "host/1.2.3.4",
  "::1",
);
const route = fc.constantFrom(
  "/v2/users/12345/posts?fields=a,b",
  "/a/6f1c2d3e4b5a697887766554/b#x",
  "/x/0x12ab34cd/",
  "/u/123e4567-e89b-12d3-a456-426614174000",
  "/u/123e4567-e89b-12d3-a456-42661417400g",
  "https://api.example/v2/1?x=1",
  "users/7",
  "/",
  "/?",
  `/${"deep/".repeat(30)}77`,
);
const list = fc.constantFrom(
  "id,name",
  "id;name;",
  "id,None,name",
  "a(b,c),d",
  "né,b",
  "[1,2]",
  "x, y",
  "id,,name",
  "naN",
);
const figure = fc.constantFrom("200", "404", "403.7", "-1", "1e3", "12345678901234567", "", "HTTP/1.1 200", "007");
const id = fc.constantFrom(
  "00112233445566ff",
  "ff112233445566FF",
  "short",
  "0011223344556677",
  "a text, longer than the sixteen",
);
const text = fc.oneof(
  word,
  fc.constantFrom("GET", "post", 'a "b" c', "ä", "\u{1F600}", "back\\slash", "x".repeat(200)),
  value,
);
const COLUMNS = {
  app_id: fc.oneof(text, id),
  method: fc.oneof(fc.constantFrom("GET", "post", "DELETE"), text),
  path: fc.oneof(route, word, text),
  operation: fc.oneof({ weight: 3, arbitrary: fc.constant("") }, route, text),
  status: fc.oneof(figure, word),
  user_id: text,
  fields: fc.oneof(list, word),
  member_ids: fc.oneof(list, word),
  client_ip: fc.oneof(address, word),
  user_agent: text,
  request_id: fc.oneof({ weight: 9, arbitrary: id }, word),
  bytes: fc.oneof(figure, word),
};
const row = fc.record(COLUMNS, { requiredKeys: [] });
type Row = Partial<Record<keyof typeof COLUMNS, string>>;
const TIME = "2024-07-01T00:00:00Z";
/** A plain first row, by which the format is recognised. */
const FIRST: Row = {
  app_id: "1",
  method: "GET",
  path: "/a/1",
  operation: "GET /a",
  status: "200",
  user_id: "u",
  fields: "id,name",
  member_ids: "1;2",
  client_ip: "192.0.2.1",
  user_agent: "x",
  request_id: "00112233445566ff",
  bytes: "1",
};
const cell = (text: string) => (/[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvOf = (rows: readonly Row[]) =>
  [
    ["timestamp", ...Object.keys(COLUMNS)].join(","),
    ...rows.map((each) => [TIME, ...Object.keys(COLUMNS).map((name) => cell(each[name as keyof Row] ?? ""))].join(",")),
    "",
  ].join("\n");
const jsonOf = (rows: readonly Row[]) =>
  rows
    .map(({ member_ids, fields, status, ...more }) => {
      const lists = {
        ...(fields !== undefined && { fields: fields.split(",") }),
        ...(member_ids !== undefined && { member_ids: member_ids.includes(";") ? member_ids.split(";") : member_ids }),
        ...(status !== undefined && { status: Number(status) || status }),
      };
      return `${JSON.stringify({ timestamp: TIME, ...more, ...lists })}\n`;
    })
    .join("");

test.each([
  ["a table", "csv", csvOf],
  ["JSON lines", "jsonl", jsonOf],
] as const)("%s is encoded to the same batches with the kernel and without", async (_, extension, write) => {
  const file = path.join(temporaryFolder(), `log.${extension}`);
  fs.writeFileSync(file, write([FIRST, FIRST]));
  const { plan } = detectFormat(file, {});
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), fc.boolean(), async (rows, isBroken) => {
      const bytes = Buffer.from(write([FIRST, ...rows]));
      // No UTF-8: such batches go through text.
      if (isBroken) bytes[bytes.length - 9] = 0xff;
      expect(await encodeBothWays(plan, bytes, { bytes: 4096, rows: 16 })).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});

const SAMPLES = new URL("../../../../resources/formats/samples/", import.meta.url);

test("a line of every format is", async () => {
  for (const name of fs.readdirSync(SAMPLES)) {
    const file = new URL(name, SAMPLES);
    const { plan } = detectFormat(file.pathname, {});
    await encodeBothWays(plan, fs.readFileSync(file), { bytes: 1 << 16, rows: 256 });
  }
});

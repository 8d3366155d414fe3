import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sniffEncoding } from "../../../../main/intake/detect/sniff-encoding.ts";
import { compilePlan } from "../../../../main/intake/mapping/compile-plan.ts";
import { resolveMapping } from "../../../../main/intake/mapping/formats.ts";
import { decodeText, originalLength, transcoderOf } from "../../../../main/platform/encodings/encoding.ts";
import { tablesOf } from "../../../../main/platform/encodings/multibyte.ts";
import type { Encoding } from "../../../../main/platform/encodings/transcoder.ts";
import { ENCODINGS } from "../../../../main/platform/encodings/transcoder.ts";
import { readAll } from "../../intake/read-text.ts";

/** Text to bytes, by asking TextDecoder for every character once: the reverse of what is tested. */
function encoderOf(encoding: Encoding): (text: string) => Buffer {
  if (encoding === "utf-8") return (text) => Buffer.from(text);
  if (encoding === "iso-8859-1") return (text) => Buffer.from(text, "latin1");
  if (encoding === "utf-16le") return (text) => Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return (text) => Buffer.from(text, "utf16le").swap16();
  const bytesOf = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const learn = (...bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && text !== "\uFFFD" && !bytesOf.has(text)) bytesOf.set(text, bytes);
    } catch {
      // Not a character.
    }
  };
  for (let lead = 0; lead < 0x80; lead++) learn(lead);
  if (encoding !== "windows-1252")
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail);
  for (let lead = 0x80; lead < 0x100; lead++) learn(lead);
  if (encoding === "gb18030")
    for (let lead = 0x81; lead < 0x85; lead++)
      for (let b = 0x30; b < 0x3a; b++)
        for (let c = 0x81; c < 0xff; c++) for (let d = 0x30; d < 0x3a; d++) learn(lead, b, c, d);
  return (text) => Buffer.from([...text].flatMap((char) => bytesOf.get(char) ?? supplementary(char, encoding)));
}

function supplementary(char: string, encoding: Encoding): number[] {
  const code = char.codePointAt(0) as number;
  if (encoding !== "gb18030" || code < 0x10000) return [63];
  const n = code - 0x10000;
  return [
    0x90 + Math.floor(n / 12_600),
    0x30 + (Math.floor(n / 1260) % 10),
    0x81 + (Math.floor(n / 10) % 126),
    0x30 + (n % 10),
  ];
}

/** The system's decoder; the web calls Windows-1252 by the name of Latin-1. */
const decoded = (encoding: Encoding, bytes: Uint8Array): string =>
  encoding === "iso-8859-1"
    ? Buffer.from(bytes).toString("latin1")
    : new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

const encoders = new Map(ENCODINGS.map((encoding) => [encoding, encoderOf(encoding)] as const));
const encode = (encoding: Encoding, text: string) => (encoders.get(encoding) as (text: string) => Buffer)(text);

const cell = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(..."日本語テスト、。ｱｲｳ漢字接続中国用户数据查询é€ßñ\0😀"), maxLength: 12 }),
);
const table = fc.array(fc.tuple(cell, cell, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 12 });

test.each(ENCODINGS)(
  "%s: every record's bytes, read back by offset and length, are its text; values and lines too",
  async (encoding) => {
    const plan = compilePlan(
      resolveMapping({ schema: "exhibit/mapping@1", format: "csv" }),
      { head: 0, headRecords: 0, records: [], csv: { delimiter: 44, quote: 34, header: ["app", "actor"] } },
      encoding,
      "UTC",
    );
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), fc.integer({ min: 1, max: 9 }), async (rows, lastEnd, piece) => {
        const lines = rows.map(([a, b, end]) => [`x${clean(encoding, a)},${clean(encoding, b)}`, end] as const);
        const text = lines.map(([line, end], n) => line + (n === lines.length - 1 && !lastEnd ? "" : end)).join("");
        const bytes = encode(encoding, text);
        const { records } = await readAll(plan, bytes, { bytes: 64, rows: 3 }, piece);
        expect(records.map(({ offset, length }) => decoded(encoding, bytes.subarray(offset, offset + length)))).toEqual(
          lines.map(([line]) => line),
        );
        expect(records.map(({ values }) => values.map((value) => value ?? ""))).toEqual(
          lines.map(([line]) => line.split(",")),
        );
        expect(records.map(({ line }) => line)).toEqual(lines.map((_, n) => n + 1));
      }),
      { numRuns: 60 },
    );
  },
);

/** What the encoding has, and what does not divide a table. */
const clean = (encoding: Encoding, text: string): string =>
  decoded(encoding, encode(encoding, text.replaceAll(/[\x1a\x1c\x7f\uFEFF\uFFFD\uD800-\uDFFF]/gu, ""))).replaceAll(
    /[",\r\n\uFFFD\x1a\x1c\x7f]/gu,
    "",
  );

test.each(ENCODINGS)(
  "%s: any bytes at all come out, marked where they are broken, and measure back to what they were",
  (encoding) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (bytes, piece) => {
        const transcoder = transcoderOf(encoding);
        if (!transcoder) return;
        const out = Buffer.alloc(bytes.length * transcoder.growth + 16);
        const broken: number[] = [];
        let used = 0;
        for (let at = 0; at < bytes.length; at += piece)
          used += transcoder.write(bytes.subarray(at, at + piece), out, used, broken);
        used += transcoder.end(out, used, broken);
        const wide = encoding.startsWith("utf-16");
        expect(originalLength(encoding, out, 0, used)).toBe(wide ? bytes.length - (bytes.length % 2) : bytes.length);
        const text = out.toString("utf8", 0, used);
        if (encoding === "shift_jis" && /[\x1a\x1c\x7f]/u.test(text)) return; // ICU swaps these three
        const expected = decoded(encoding, bytes);
        expect(decodeText(bytes, encoding).replaceAll("\uFFFD", "")).toBe(text.replaceAll("\uFFFD", ""));
        if (broken.length === 0 && !text.includes("\uFFFD")) expect(text).toBe(expected);
        if (broken.length > 0) expect(text.includes("\uFFFD") || wide).toBe(true);
      }),
      { numRuns: 500 },
    );
  },
);

test("no character is written with two lengths", () => {
  for (const encoding of ["shift_jis", "gb18030"] as const) {
    const { single, pairs, fours, lengths } = tablesOf(encoding);
    const of = (codes: Uint16Array, length: number) =>
      codes.every((code) => code === 0xfffd || lengths[code] === length);
    expect([of(single, 1), of(pairs, 2), of(fours, 4)], encoding).toEqual([true, true, true]);
  }
});

const LOGS: [Encoding, string][] = [
  [
    "windows-1252",
    "time,actor,path\n2018-04-04T10:00:00Z,José Müller,/straße/café\n2018-04-04T10:00:01Z,Zoë Ångström,/naïve/señor\n",
  ],
  ["windows-1252", "time,actor,note\n2018-04-04T10:00:00Z,a,it\u2019s \u201cfine\u201d\n"],
  ["shift_jis", "時刻,利用者,操作\n2018-04-04T10:00:00Z,山田太郎,グループのメンバーを取得しました\n"],
  ["gb18030", "时间,用户,操作\n2018-04-04T10:00:00Z,张三,用户查询了群组成员的姓名和头像数据\n"],
  ["utf-8", "時刻,利用者\n2018-04-04T10:00:00Z,山田太郎\n"],
  ["utf-8", "time,actor\n2018-04-04T10:00:00Z,José\n"],
  ["utf-8", "time,actor\n2018-04-04T10:00:00Z,plain\n"],
  ["utf-16le", "time,actor\n2018-04-04T10:00:00Z,用户查询了群组成员的姓名和头像数据\n"],
  ["utf-16be", "time,actor\r\n2018-04-04T10:00:00Z,利用者\r\n"],
];
test.each(LOGS)("%s is known by its content: %j", (encoding, text) => {
  const { value, confidence } = sniffEncoding(encode(encoding, text));
  expect(value).toBe(encoding);
  expect(confidence).toBeGreaterThanOrEqual(0.6);
});

test.each([
  ["two Chinese characters", encode("gb18030", "time,actor\n2018-04-04T10:00:00Z,张三\n")],
  ["two kanji", encode("shift_jis", "time,actor\n2018-04-04T10:00:00Z,山田\n")],
  ["a byte that breaks UTF-8", Buffer.from([116, 105, 109, 101, 10, 0xff, 10])],
  [
    "Cyrillic of another code page",
    Buffer.from("ef f0 e8 e2 e5 f2 20 ec e8 f0 20 fd f2 ee 0a".replaceAll(" ", ""), "hex"),
  ],
  [
    "Greek of another code page",
    Buffer.from("ca e1 eb e7 ec dd f1 e1 20 ea fc f3 ec e5 0a".replaceAll(" ", ""), "hex"),
  ],
])("%s is too little to guess a language by: UTF-8, and not sure", (_name, bytes) => {
  const { value, confidence } = sniffEncoding(bytes);
  expect(value).toBe("utf-8");
  expect(confidence).toBeLessThan(0.6);
});

const iconv = spawnSync("iconv", ["--version"]).error === undefined;
test.skipIf(!iconv)("iconv reads the same text from the same bytes", () => {
  for (const [encoding, text] of LOGS.filter(([encoding]) => encoding !== "utf-8")) {
    const ran = spawnSync("iconv", ["-f", encoding === "shift_jis" ? "CP932" : encoding, "-t", "utf-8"], {
      input: encode(encoding, text),
    });
    expect(ran.stdout.toString(), encoding).toBe(text);
  }
});

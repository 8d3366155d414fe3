import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Gzip } from "../../../../main/sample/files/stable-gzip.ts";

function packed(pieces: Uint8Array[]): Buffer {
  const gzip = new Gzip();
  const parts = [Buffer.from(gzip.begin()), ...pieces.map((piece) => Buffer.from(gzip.piece(piece)))];
  return Buffer.concat([...parts, Buffer.from(gzip.end())]);
}

test("what it packs, zlib unpacks", () => {
  // Few letters and long repeats make matches of every length and distance.
  const text = fc
    .array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 2000 })))
    .map((runs) =>
      Buffer.concat(
        runs.flatMap(([bytes, times]) => [Buffer.concat(Array<Uint8Array>(times).fill(bytes)), Buffer.from(bytes)]),
      ),
    );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3 }), (pieces) => {
      expect(gunzipSync(packed(pieces)).equals(Buffer.concat(pieces))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("what repeats gets smaller", () => {
  const line = Buffer.from(
    Array.from({ length: 2000 }, (_, i) => `{"ts":${1522800000000 + i * 977},"client":{"id":"${i % 37}"}}\n`).join(""),
  );
  expect(packed([line, line]).length).toBeLessThan(line.length / 2);
});

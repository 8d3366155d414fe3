import fc from "fast-check";
import { expect, test } from "vitest";
import { OperationText } from "../../../../main/intake/encode/operation-text.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** The reference: a path with its numbers, hex and UUIDs as `{id}`. Hex: eight digits and more, one of them a figure. */
function routeOf(path: string): string {
  return path
    .split("/")
    .map((part) =>
      /^\d+$/u.test(part) || UUID.test(part) || (/^(?:0x)?[0-9a-f]{8,}$/iu.test(part) && /\d/u.test(part))
        ? "{id}"
        : part,
    )
    .join("/");
}

const hex = fc.stringMatching(/^[0-9a-fA-F-]{0,14}$/u);
const uuid = fc.uuid().map((text) => text.toUpperCase());
const part = fc.oneof(
  fc.constantFrom(
    "",
    "v2.12",
    "me",
    "7",
    "deadbeef",
    "deadbee1",
    "0x12345678",
    "0X1234567",
    "0xdeadbeef",
    "12345678x",
    "é",
    "{id}",
  ),
  fc.nat().map(String),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  hex,
  hex.map((text) => `0x${text}`),
  uuid,
  // Almost a UUID: a dash somewhere else, or a letter that is none.
  fc
    .tuple(uuid, fc.nat(35), fc.constantFrom("-", "g", "0"))
    .map(([text, at, char]) => `${text.slice(0, at)}${char}${text.slice(at + 1)}`),
);
const path = fc.array(part, { maxLength: 8 }).map((parts) => parts.join("/"));

test("a route of bytes is the route of the text, of any path", () => {
  const text = new OperationText();
  fc.assert(
    fc.property(path, fc.constantFrom("", "GET ", "É "), (path, verb) => {
      const bytes = Buffer.from(`?${path}?`);
      const length = text.writeRoute(Buffer.from(verb), bytes, 1, bytes.length - 1);
      expect(Buffer.from(text.bytes.subarray(0, length)).toString()).toBe(verb + routeOf(path));
    }),
    { numRuns: 5000 },
  );
});

test("a path of short ids, which becomes longer than it was, has room", () => {
  const path = "/1".repeat(5000);
  const text = new OperationText();
  const length = text.writeRoute(Buffer.from("DELETE "), Buffer.from(path), 0, path.length);
  expect(Buffer.from(text.bytes.subarray(0, length)).toString()).toBe(`DELETE ${routeOf(path)}`);
});

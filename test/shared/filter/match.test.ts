import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cidrOf } from "../../../shared/filter/cidr.ts";
import { contains, fieldPaths, fold, inCidr, matcher } from "../../../shared/filter/match.ts";

/** Wildcards by the textbook: row i, column j tell whether the first i signs match the first j letters. */
function slowly(signs: readonly (string | "any")[], text: string): boolean {
  let row = [true, ...new Array<boolean>(text.length).fill(false)];
  for (const sign of signs) {
    const below: boolean[] = [sign === "any" && row[0] === true];
    for (let j = 1; j <= text.length; j++) {
      below.push(
        sign === "any" ? row[j] === true || below[j - 1] === true : row[j - 1] === true && text[j - 1] === sign,
      );
    }
    row = below;
  }
  return row[text.length] === true;
}

const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 });

test("wildcards match as the textbook says, whole and as a part", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      letters,
      (segments, text) => {
        const signs = segments.flatMap((segment, i) => (i === 0 ? [...segment] : ["any", ...segment]));
        expect(matcher(segments)(text)).toBe(slowly(signs, text));
        expect(contains(segments)(text)).toBe(slowly(["any", ...signs, "any"], text));
      },
    ),
    { numRuns: 3000 },
  );
});

test("a hostile text costs its length, not a power of it", () => {
  const began = performance.now();
  expect(matcher([...new Array<string>(50).fill("a"), "b"])("a".repeat(1_000_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(2000);
});

test("any case: the fold of a part is a part of the fold", () => {
  const alphabet = fc.string({ unit: fc.constantFrom("Σ", "ς", "σ", "Ä", "İ", "K", "ß", "a", "😀", " ") });
  fc.assert(fc.property(alphabet, alphabet, (a, b) => fold(a + b) === fold(a) + fold(b)));
  expect(matcher(["ΟΔΥΣΣΕΥΣ"])("οδυσσευς")).toBe(true);
  expect(contains(["ς"])("ΟΔΥΣΣΕΥΣ")).toBe(true);
  expect(matcher(["GROUPS"])("groups")).toBe(true);
});

describe("networks", () => {
  test.each([
    ["10.0.0.0/8", "10.255.0.1", true],
    ["10.0.0.0/8", "11.0.0.1", false],
    ["10.1.2.3/8", "10.9.9.9", true],
    ["192.168.1.128/25", "192.168.1.127", false],
    ["192.168.1.128/25", "192.168.1.128", true],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["0.0.0.0/0", "::1", false],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8", "::ffff:a01:203", true],
    ["10.0.0.0/8", "10.1.2", false],
    ["10.0.0.0/8", "010.1.2.3", false],
    ["10.0.0.0/8", "not an address", false],
    ["2001:db8::/32", "2001:DB8:0:1::5", true],
    ["2001:db8::/32", "2001:db9::", false],
    ["fe80::/10", "fe80::1%eth0", true],
    ["::/0", "1.2.3.4", false],
    ["1.2.3.4/32", "1.2.3.4", true],
    ["1.2.3.4/32", "1.2.3.5", false],
  ])("%s %s %s", (block, ip, expected) => {
    const cidr = cidrOf(block);
    if (!cidr) throw new Error("no block");
    expect(inCidr(cidr, ip)).toBe(expected);
  });

  test.each([
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0/8",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "::/129",
    ":::/8",
    "1::2::3/8",
    "1:2:3:4:5:6:7:8:9/8",
    "g::/8",
    "1.2.3.4:/8",
    "/8",
  ])("%s is none", (block) => expect(cidrOf(block)).toBeUndefined());

  test("a block of IPv4 holds what the arithmetic of 32-bit numbers says", () => {
    const address = fc.integer({ min: 0, max: 0xffffffff });
    const dotted = (n: number) => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join(".");
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), fc.boolean(), (a, b, bits, near) => {
        const other = near ? (a ^ (b >>> Math.min(31, bits))) >>> 0 : b;
        const cidr = cidrOf(`${dotted(a)}/${bits}`);
        if (!cidr) throw new Error("no block");
        const size = 2 ** (32 - bits);
        expect(inCidr(cidr, dotted(other))).toBe(Math.floor(a / size) === Math.floor(other / size));
      }),
    );
  });
});

describe("an element of fields", () => {
  test.each([
    ["name", ["name"]],
    ["from{name,picture}", ["from{name,picture}", "from", "from.name", "name", "from.picture", "picture"]],
    ["from.name", ["from.name", "from", "name"]],
    ["a{b{c}}", ["a{b{c}}", "a", "a.b", "b", "a.b.c", "b.c", "c"]],
    ["a{b{c},d}", ["a{b{c},d}", "a", "a.b", "b", "a.b.c", "b.c", "c", "a.d", "d"]],
    ["members.limit(10){name}", ["members.limit(10){name}", "members", "members.name", "name"]],
    ["a{b}.limit(2).order(x,y)", ["a{b}.limit(2).order(x,y)", "a", "a.b", "b"]],
    ["a{b.limit(3),c}", ["a{b.limit(3),c}", "a", "a.b", "b", "a.c", "c"]],
    ["from { name , picture }", ["from { name , picture }", "from", "from.name", "name", "from.picture", "picture"]],
    ["", [""]],
    ["}}a{", ["}}a{", "a"]],
  ])("%s", (element, strings) => {
    expect([...fieldPaths(element)].sort()).toEqual([...strings].sort());
  });

  test("of hostile depth costs its length", () => {
    const began = performance.now();
    expect(fieldPaths("a{".repeat(100_000))).toContain("a.a.a");
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

import { expect, test } from "vitest";
import { Refusal } from "../../../shared/base/errors.ts";
import { inCidr } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { namesDuplicate, resolve } from "../../../shared/filter/resolve.ts";

const DAY = 86_400_000_000;
const times = { cutoff: 10 * DAY, asOf: 100 * DAY };
const test1970 = (filter: string) => {
  const resolved = resolve(parse(filter), times);
  if (resolved.kind !== "field" || resolved.test.kind !== "range") throw new Error("no range");
  const { from, fromInclusive, to, toInclusive } = resolved.test;
  return `${fromInclusive ? "[" : "("}${from}, ${to}${toInclusive ? "]" : ")"}`;
};

test.each([
  ["time:1970-01-02", `[${DAY}, ${2 * DAY})`],
  ["time>=1970-01-02", `[${DAY}, Infinity)`],
  ["time>1970-01-02", `[${2 * DAY}, Infinity)`],
  ["time<1970-01-02", `[-Infinity, ${DAY})`],
  ["time<=1970-01-02", `[-Infinity, ${2 * DAY})`],
  ["time:1970-01-02..1970-01-03", `[${DAY}, ${3 * DAY})`],
  ["time:cutoff..asof", `[${10 * DAY}, ${100 * DAY + 1})`],
  ["time>=cutoff", `[${10 * DAY}, Infinity)`],
  ["time<asof", `[-Infinity, ${100 * DAY})`],
  ["time:LAST60D", `[${40 * DAY}, ${100 * DAY})`],
  ["status:4xx", "[400, 499]"],
  ["status>4xx", "(499, Infinity]"],
  ["status>=4xx", "[400, Infinity]"],
  ["status<4xx", "[-Infinity, 400)"],
  ["bytes:5", "[5, 5]"],
  ["bytes:0.5..", "[0.5, Infinity]"],
])("%s is %s", (filter, range) => {
  expect(test1970(filter)).toBe(range);
});

test("values in parentheses are spelled out", () => {
  expect(resolve(parse("app:(a or not b)"), {})).toEqual({
    kind: "or",
    terms: [
      { kind: "field", field: "app", test: { kind: "pattern", segments: ["a"] } },
      { kind: "not", term: { kind: "field", field: "app", test: { kind: "pattern", segments: ["b"] } } },
    ],
  });
});

test.each([
  ["level:possible", ["possible"]],
  ["level:possible+", ["possible", "obtained"]],
  ["level:entitled+", ["entitled", "attempted", "possible", "obtained"]],
])("%s", (filter, levels) => {
  expect(resolve(parse(filter), {})).toMatchObject({ test: { levels } });
});

test.each([
  ["time>=cutoff", 7],
  ["a time:cutoff..2019", 8],
  ["time:2018..asof", 12],
  ["😀 time:(2018 or last60d)", 17],
])("%s without a policy is refused with its position", (filter, position) => {
  const act = () => resolve(parse(filter), {});
  expect(act).toThrow(Refusal);
  expect(act).toThrow(expect.objectContaining({ code: "policy-missing", position }));
  expect(act).toThrow(`at ${position}: `);
});

test("namesDuplicate looks everywhere", () => {
  const names = (filter: string) => namesDuplicate(resolve(parse(filter), {}));
  expect(["duplicate:no", "a (b or -duplicate:yes)", "duplicate:*"].map(names)).toEqual([true, true, true]);
  expect(["", "a duplicate", 'app:"duplicate:yes"'].map(names)).toEqual([false, false, false]);
});

test.each([
  ["ip:2001:db8:0:0:0:0:0:1", "2001:DB8::1"],
  ['ip:"2001:db8::1"', "2001:db8:0:0:0:0:0:1"],
  ["ip:::ffff:10.1.2.3", "10.1.2.3"],
  ["ip:10.1.2.3", "::ffff:a01:203"],
])("%s is the address %s", (filter, ip) => {
  const resolved = resolve(parse(filter), {});
  if (resolved.kind !== "field" || resolved.test.kind !== "cidr") throw new Error("no address");
  expect(inCidr(resolved.test.cidr, ip)).toBe(true);
  expect(inCidr(resolved.test.cidr, "10.1.2.4")).toBe(false);
});

test.each(["ip:10.1.2.*", "ip:host", "ip:10.1.2.03"])("%s is compared as text", (filter) => {
  expect(resolve(parse(filter), {})).toMatchObject({ test: { kind: "pattern" } });
});

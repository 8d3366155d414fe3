import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Claim, Input, People, Policy, Rule } from "./model.ts";

/** What a case expects: only the keys it is about; null where a key must be absent. `developers` is the whole list, in order. */
interface Expectation {
  as_of?: string;
  developers?: object[];
  totals?: object;
  by_month?: object[];
  claims?: object[];
  people?: People;
  coverage?: object[];
}

export interface Edge extends Input {
  id: string;
  /** The sentence of FORMATS that the case tests. */
  promise: string;
  claims: Claim[];
  expect: Expectation;
}

interface EdgeFile {
  policy: Policy & { rules: [Rule] };
  cases: (Omit<Edge, "policy" | "claims"> & {
    /** Laid over the file's policy; `rule` over its one rule; null: absent. */
    policy?: { as_of?: string | null; rule?: { [K in keyof Rule]?: Rule[K] | null } };
    claims?: Claim[];
  })[];
}

/** The cases of test/edges.json, each with its whole policy. */
export function edges(): Edge[] {
  const file = JSON.parse(readFileSync(new URL("../edges.json", import.meta.url), "utf8")) as EdgeFile;
  return file.cases.map((one) => {
    const { as_of = file.policy.as_of, rule } = one.policy ?? {};
    const whole = Object.entries({ ...file.policy.rules[0], ...rule }).filter(([, value]) => value !== null);
    const policy: Policy = { ...file.policy, rules: [Object.fromEntries(whole) as unknown as Rule] };
    if (as_of === null) delete policy.as_of;
    else if (as_of !== undefined) policy.as_of = as_of;
    return { ...one, policy, claims: one.claims ?? [] };
  });
}

/** What an implementation says of a case. `people` are those of every call: `people ""`. */
export interface Answer {
  as_of?: string;
  rule: { totals: object; by_month: object[]; developers: object[] };
  claims: object[];
  people: People;
  coverage: object[];
}

/** Drops the keys that must be absent, after seeing to it that they are. */
function present(expected: unknown, actual: unknown): unknown {
  if (typeof expected !== "object" || expected === null) return expected;
  const value = (key: string): unknown =>
    typeof actual === "object" && actual !== null ? Reflect.get(actual, key) : undefined;
  if (Array.isArray(expected)) return expected.map((item, index) => present(item, value(String(index))));
  // `value` null is a number of people that is not logged, not an absent key.
  const absent = Object.keys(expected).filter((key) => key !== "value" && Reflect.get(expected, key) === null);
  for (const key of absent) expect(value(key), `${key} is absent`).toBeUndefined();
  const rest = Object.entries(expected).filter(([key]) => !absent.includes(key));
  return Object.fromEntries(rest.map(([key, item]) => [key, present(item, value(key))]));
}

/** Fails unless an answer is what the case expects. */
export function expectAnswer(edge: Edge, answer: Answer): void {
  const actual = { ...answer, ...answer.rule };
  expect(actual).toMatchObject(present(edge.expect, actual) as object);
}

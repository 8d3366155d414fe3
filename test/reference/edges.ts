import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { ClocksGiven } from "./clocks.ts";
import type { Claim, Input, People, Policy, Rule } from "./model.ts";
import type { Entry } from "./remedy.ts";

/** What a case expects: only the keys it is about; null where a key must be absent. `developers` is the whole list, in order. */
interface Expectation {
  as_of?: string;
  /** Of the first rule, as are the three behind it. */
  developers?: object[];
  totals?: object;
  by_month?: object[];
  service_calls?: number | null;
  /** Of each rule, where several hold. */
  rules?: object[];
  claims?: object[];
  people?: People;
  coverage?: object[];
  /** Of each rule, its developers. */
  remedy?: object[];
  /** Of each clock of the case. */
  clocks?: object[];
  /** Of each rule, its shifts and zones. */
  sensitivity?: object[];
}

/** The log that the calls of a case are read from: its lines, and the mapping that says what of them is what. */
export interface EdgeLog {
  name: string;
  mapping: object;
  lines: string[];
}

export interface Edge extends Input {
  id: string;
  /** The sentence of FORMATS that the case tests. */
  promise: string;
  /** How the expected values follow from it. */
  note?: string;
  claims: Claim[];
  /** Steps, asked about at a time. */
  remedy?: { at: string; entries: Omit<Entry, "rule">[] };
  clocks?: ClocksGiven;
  /** The zone in which somebody chose to read the case's source. */
  zone?: { timezone: string; offset_hours: number };
  log?: EdgeLog;
  expect: Expectation;
}

type Laid = { [K in keyof Rule]?: Rule[K] | null };

const laid = (rule: Rule, over: Laid = {}): Rule =>
  Object.fromEntries(Object.entries({ ...rule, ...over }).filter(([, value]) => value !== null)) as unknown as Rule;

interface EdgeFile {
  policy: Policy & { rules: [Rule] };
  cases: (Omit<Edge, "policy" | "claims"> & {
    /** Laid over the file's policy; `rule` over its one rule, `more` each over that: a rule beside it; null: absent. */
    policy?: { as_of?: string | null; recent_days?: number; rule?: Laid; more?: Laid[] };
    claims?: Claim[];
  })[];
}

/** The cases of test/edges.json, each with its whole policy. */
export function edges(): Edge[] {
  const file = JSON.parse(readFileSync(new URL("../edges.json", import.meta.url), "utf8")) as EdgeFile;
  return file.cases.map((one) => {
    const { as_of = file.policy.as_of, recent_days = file.policy.recent_days, rule, more = [] } = one.policy ?? {};
    const first = laid(file.policy.rules[0], rule);
    const policy: Policy = { ...file.policy, recent_days, rules: [first, ...more.map((over) => laid(first, over))] };
    if (as_of === null) delete policy.as_of;
    else if (as_of !== undefined) policy.as_of = as_of;
    return { ...one, policy, claims: one.claims ?? [] };
  });
}

/** What an implementation says of a case. `people` are those of every call: `people ""`. */
export interface Answer {
  as_of?: string;
  rules: { rule: string; totals: object; by_month: object[]; developers: object[]; service_calls?: number }[];
  claims: object[];
  people: People;
  coverage: object[];
  remedy: object[];
  clocks: object[];
  sensitivity: object[];
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
  const actual = { ...answer, ...answer.rules[0] };
  expect(actual).toMatchObject(present(edge.expect, actual) as object);
}

/** Fails unless a log's calls are those of the case, in its order: what a case says of none, none has. */
export function expectCalls(edge: Edge, calls: readonly object[]): void {
  const keys = [...new Set(edge.events.flatMap((call) => Object.keys(call)))];
  const said = (call: object) => keys.map((key) => [key, Reflect.get(call, key)] as const);
  expect(calls.map(said)).toEqual(edge.events.map(said));
}

import { z } from "zod";
import { LEVELS } from "../level.ts";
import { termOf } from "./term.ts";

/** `exhibit/clocks@1`: what is due to whom. Unknown keys are refused by name. */

/** What a number of a clock is counted of: a level, a level and all above it, or what is recent. */
const COUNTED = [...LEVELS, ...LEVELS.map((level) => `${level}+` as const), "recent"] as const;
export type CountedLevel = (typeof COUNTED)[number];

/** Levels of which nobody counts people: a grant is no call, and an attempt got nothing. */
const WITHOUT_PEOPLE: readonly CountedLevel[] = ["entitled", "attempted"];
const WITH_PEOPLE = COUNTED.filter((level) => !WITHOUT_PEOPLE.includes(level));

const PLAIN_SOURCES = ["fields", "span", "containment", "remedy", "policy"] as const;

/** Where a content comes from: a measure of a level, or a word of its own. */
export type ContentSource =
  | { readonly of: "people" | "developers" | "events"; readonly level: CountedLevel }
  | { readonly of: (typeof PLAIN_SOURCES)[number] };

/** Undefined where the case has nothing of that name. */
export function contentSource(text: string): ContentSource | undefined {
  const plain = PLAIN_SOURCES.find((each) => each === text);
  if (plain) return { of: plain };
  const [measure, word, more] = text.split(".");
  const level = COUNTED.find((each) => each === word);
  if (level === undefined || more !== undefined) return undefined;
  if (measure === "developers") return { of: measure, level };
  if (measure === "events" && level !== "entitled") return { of: measure, level };
  return measure === "people" && WITH_PEOPLE.includes(level) ? { of: measure, level } : undefined;
}

const text = z.string({ error: "must be text" });
const name = z
  .string({ error: (issue) => (issue.input === undefined ? "is missing" : "must be text") })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/u, "may hold letters, digits, dots, dashes and underscores");

/** A fact of the case by its name, or the end of a clock: `done:ID`. */
export const FACT_NAME = /^(?:done:)?[A-Za-z0-9][A-Za-z0-9._-]*$/u;

const noTerm = (input: unknown): string =>
  input === undefined
    ? "is missing: PT72H is 72 hours, P30D 30 days"
    : `${JSON.stringify(input)} is no span: P30D is 30 days`;

const term = z
  .string({ error: ({ input }) => noTerm(input) })
  .refine((value) => termOf(value) !== undefined, { error: ({ input }) => noTerm(input) });

const CONTENT = z.strictObject({
  item: text.min(1, "must say what is to be filled in"),
  from: text
    .refine((value) => contentSource(value) !== undefined, {
      error: ({ input }) =>
        `${JSON.stringify(input)} is nothing the case can fill: people.LEVEL (${WITH_PEOPLE.join(", ")}), developers.LEVEL, events.LEVEL, ${PLAIN_SOURCES.join(", ")}`,
    })
    .optional(),
});

const wholeNumber = "must be a whole number of 1 or more";

export const DUE_CLOCK = z.strictObject({
  id: name,
  title: text.optional(),
  authority: text.optional(),
  to: text.optional(),
  /** The fact that starts it. */
  trigger: z
    .string({ error: ({ input }) => (input === undefined ? "is missing: a clock starts with a fact" : "must be text") })
    .regex(FACT_NAME, "must be a fact such as discovered, or done:ID for the end of another clock"),
  within: term,
  repeat: term.refine((value) => termOf(value)?.count !== 0, "must be longer than nothing").optional(),
  /** IANA name or offset in which days begin and end. */
  timezone: text.optional(),
  holidays: z.array(z.iso.date({ error: "must be days such as 2019-11-11" })).optional(),
  threshold: z
    .strictObject({
      people: z.number({ error: wholeNumber }).int(wholeNumber).min(1, wholeNumber),
      level: z.enum(WITH_PEOPLE as [CountedLevel, ...CountedLevel[]], {
        error: `must be one of ${WITH_PEOPLE.join(", ")}`,
      }),
    })
    .optional(),
  rule: text.min(1).optional(),
  contents: z.array(CONTENT).default([]),
  /** What of the clock rests on memory or on a source that is not official. */
  unconfirmed: text.optional(),
});

export const DUE_CLOCKS = z.strictObject({
  schema: z.literal("exhibit/clocks@1", { error: 'must be "exhibit/clocks@1"' }),
  clocks: z.array(DUE_CLOCK, { error: "must be a list of clocks" }).min(1, "must hold at least one clock"),
});

export type DueClock = z.output<typeof DUE_CLOCK>;
export type DueClocks = z.output<typeof DUE_CLOCKS>;

export type ClockState = "not-started" | "running" | "overdue" | "done";

/** A clock as it stands, as `exhibit clocks --json` prints it. */
export interface ClockStatus {
  id: string;
  state: ClockState;
  started?: string;
  due?: string;
  done_on?: string;
  next_due?: string;
  threshold?: "met" | "not-met" | "open";
  contents: { item: string; value?: string; filter?: string }[];
}

/** The JSON of `exhibit clocks`, as FORMATS has it. A fact is a day (2019-11-05) or an instant. */
export interface ClocksReport {
  at: string;
  facts: Record<string, string>;
  clocks: ClockStatus[];
}

/** An entry of the book of facts. `value` absent: the fact is taken back. */
export interface FactEntry {
  fact: string;
  value?: string;
  reason?: string;
  file?: string;
  sha256?: string;
  bytes?: number;
  at: string;
  by: string;
}

/** A regime that Exhibit brings as a template. */
export interface Regime {
  id: string;
  title: string;
  clocks: DueClock[];
}

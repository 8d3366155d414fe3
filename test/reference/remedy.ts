import { countedCalls, entitled, now, referenceFindings, unjudgedCalls } from "./findings.ts";
import type { Input, Rule } from "./model.ts";
import { iso, micros } from "./time.ts";

/*
 * A second, slow and obvious implementation of the remedy, over arrays: FORMATS, "Remedy".
 */

export const STEPS = ["revoked", "notified", "requested", "certified", "audited", "closed"] as const;
type Step = (typeof STEPS)[number];

/** A step as somebody recorded it; its number is its place in the list, from 1. */
export interface Entry {
  rule: string;
  developer_id: string;
  step: Step;
  on?: string;
  due?: string;
  taken_back?: string;
}

const DAY = 86_400_000_000;
const isDay = (when: string): boolean => when.length === 10;
const beginOf = (when: string): number => micros(isDay(when) ? `${when}T00:00:00Z` : when);
/** What comes after it: of a day what begins with the next one, of an instant what begins with itself. */
const after = (when: string): number => (isDay(when) ? beginOf(when) + DAY : beginOf(when));

/** A day is later than another time only if it begins later; an instant is later than a day when the day is over. */
function isLater(one: string, other: string): boolean {
  if (isDay(other)) return beginOf(one) >= after(other);
  return beginOf(one) > beginOf(other);
}

export function referenceRemedy(input: Input, entries: Entry[], at: string) {
  const findings = referenceFindings(input).rules;
  return input.policy.rules.map((rule) => {
    const found = findings.find((one) => one.rule === rule.id)?.developers ?? [];
    const mine = entries
      .map((entry, index) => ({ ...entry, developer_id: now(input.registry, entry.developer_id), n: index + 1 }))
      .filter((entry) => entry.rule === rule.id);
    const others = [...new Set(mine.map((entry) => entry.developer_id))]
      .filter((id) => found.every((row) => row.developer_id !== id))
      .sort();
    const row = (developer: string, level?: string) => ({
      developer_id: developer,
      ...(level === undefined ? {} : { level }),
      ...progress(
        input,
        rule,
        developer,
        mine.filter((entry) => entry.developer_id === developer),
        at,
      ),
    });
    return {
      rule: rule.id,
      developers: [...found.map((one) => row(one.developer_id, one.level)), ...others.map((id) => row(id))],
    };
  });
}

type Numbered = Entry & { n: number };

function progress(input: Input, rule: Rule, developer: string, entries: Numbered[], at: string) {
  const counts = entries.filter((entry) => entry.taken_back === undefined);
  const done = counts.filter((entry) => entry.on !== undefined && !isLater(entry.on, at)) as (Numbered & {
    on: string;
  })[];
  const has = (step: Step) => done.some((entry) => entry.step === step);
  const state = [...STEPS].reverse().find(has);
  const next = STEPS[state === undefined ? 0 : STEPS.indexOf(state) + 1];
  const overdue = STEPS.filter((step) =>
    counts.some(
      (entry) =>
        entry.step === step &&
        entry.due !== undefined &&
        isLater(at, entry.due) &&
        !done.some((other) => other.step === step && other.n >= entry.n),
    ),
  );
  return {
    ...(state === undefined ? {} : { state }),
    ...(next === undefined ? {} : { next }),
    overdue,
    entries: entries.map((entry) => ({
      n: entry.n,
      step: entry.step,
      against: done.some((one) => one.n === entry.n)
        ? against(input, rule, developer, entry as Numbered & { on: string }, done)
        : [],
    })),
  };
}

function against(
  input: Input,
  rule: Rule,
  developer: string,
  entry: Numbered & { on: string },
  done: (Numbered & { on: string })[],
) {
  const found: { kind: string; events?: number; first?: string; last?: string }[] = [];
  const from = after(entry.on);
  const say = (kind: string, times: number[]) => {
    const those = times.filter((time) => time >= from).sort((a, b) => a - b);
    const [first, last] = [those[0], those.at(-1)];
    if (first !== undefined && last !== undefined)
      found.push({ kind, events: those.length, first: iso(first), last: iso(last) });
  };
  if (["revoked", "certified", "audited", "closed"].includes(entry.step)) {
    const counted = countedCalls(input, rule).filter((one) => one.developer === developer && one.level !== "attempted");
    say(
      "calls",
      counted.map((one) => one.time),
    );
    say(
      "later",
      unjudgedCalls(input, rule, developer).map((call) => micros(call.time)),
    );
  }
  if (entry.step === "revoked" && entitled(input, rule, [from, Infinity]).some(([holder]) => holder === developer))
    found.push({ kind: "grant" });
  const place = STEPS.indexOf(entry.step);
  const earlier = STEPS.slice(0, place).reverse();
  const nearest = earlier.find((step) => done.some((other) => other.step === step));
  if (nearest !== undefined) {
    const begins = done.filter((other) => other.step === nearest).map((other) => other.on);
    const earliest = begins.sort((a, b) => beginOf(a) - beginOf(b))[0];
    if (earliest !== undefined && isLater(earliest, entry.on)) found.push({ kind: "order" });
  }
  const before = STEPS[place - 1];
  if (before !== undefined && before !== "notified" && !done.some((other) => other.step === before))
    found.push({ kind: "missing" });
  return found;
}

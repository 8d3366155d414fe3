import { countedCalls, entitled, recentSpan, ruleSpan } from "./findings.ts";
import type { Call, Input, People, Rule } from "./model.ts";
import { consented, peopleOf } from "./people.ts";
import { iso, micros, within } from "./time.ts";

/*
 * A second, slow and obvious implementation of the clocks: FORMATS, "Clocks". Days are looked for by asking the runtime's own
 * zone tables what the calendar shows, a quarter of an hour after another. Contents that are sentences are left out of it.
 */

export interface Clock {
  id: string;
  trigger: string;
  within: string;
  repeat?: string;
  timezone?: string;
  holidays?: string[];
  rule?: string;
  threshold?: { people: number; level: string };
  contents?: { item: string; from?: string }[];
}

export interface ClocksGiven {
  at: string;
  /** Each with its value, or with one for each time that a clock was met. */
  facts: Record<string, string | string[]>;
  clocks: Clock[];
}

const HOUR = 3_600_000_000;
const QUARTER = HOUR / 4;
const DAY = 24 * HOUR;

const calendars = new Map<string, Intl.DateTimeFormat>();

/** The runtime's calendar of a zone. Making one takes longer than asking it many times. */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone });
  calendars.set(timeZone, calendar);
  return calendar;
}

/** The date that a zone's calendar shows at an instant. */
function dateAt(time: number, timezone: string): string {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(timezone);
  const ahead = fixed === null ? 0 : (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000_000 * Number(`${fixed[1]}1`);
  const zone = fixed === null ? timezone : "UTC";
  return calendarOf(zone).format(new Date(Math.floor((time + ahead) / 1000)));
}

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The first instant at which the calendar shows that day or a later one. */
function beginOf(date: string, timezone: string): number {
  let time = micros(`${date}T00:00:00Z`) - DAY - 4 * HOUR;
  while (dateAt(time, timezone) < date) time += QUARTER;
  return time;
}

const endOf = (date: string, timezone: string): number => beginOf(dayAfter(date, 1), timezone) - 1;

function monthsAfter(date: string, months: number): string {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

function workdaysAfter(date: string, count: number, holidays: string[]): string {
  let day = date;
  for (let left = count; left > 0; ) {
    day = dayAfter(day, 1);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(day)) left -= 1;
  }
  return day;
}

function dueAfter(from: number, term: string, { timezone = "UTC", holidays = [] }: Clock): number {
  const [, count, unit] = /^PT?(\d+)([HDBM])$/.exec(term) as unknown as [string, number, string];
  const day = dateAt(from, timezone);
  if (unit === "H") return from + count * HOUR;
  if (unit === "D") return endOf(dayAfter(day, Number(count)), timezone);
  if (unit === "M") return endOf(monthsAfter(day, Number(count)), timezone);
  return endOf(workdaysAfter(day, Number(count), holidays), timezone);
}

function times(clock: Clock, facts: ClocksGiven["facts"], at: number) {
  const instant = (value: string) => (value.includes("T") ? micros(value) : beginOf(value, clock.timezone ?? "UTC"));
  const known = (name: string) => [facts[name] ?? []].flat().filter((value) => instant(value) <= at);
  const trigger = known(clock.trigger).at(-1);
  const met = known(`done:${clock.id}`);
  const done_on = met.at(-1);
  if (trigger === undefined) return done_on === undefined ? { state: "not-started" } : { state: "done", done_on };
  const started = instant(trigger);
  const dues = [dueAfter(started, clock.within, clock)];
  for (let more = 0; more < met.length && clock.repeat !== undefined; more += 1)
    dues.push(dueAfter(dues.at(-1) as number, clock.repeat, clock));
  const first = { started: iso(started), due: iso(dues[0] as number) };
  if (done_on === undefined) return { state: at > (dues[0] as number) ? "overdue" : "running", ...first };
  if (clock.repeat === undefined) return { state: "done", ...first, done_on };
  const next = dues.at(-1) as number;
  return {
    state: at > next ? "overdue" : "done",
    started: first.started,
    due: iso(dues.at(-2) as number),
    done_on: met.sort((a, b) => instant(a) - instant(b)).at(-1),
    next_due: iso(next),
  };
}

const LEVELS = ["entitled", "attempted", "possible", "obtained"];

/** What the rules together say of a level: each call once. */
function counted(input: Input, rules: Rule[], word: string) {
  const from = LEVELS.indexOf(word.replace("+", ""));
  const levels = word === "recent" ? ["possible", "obtained"] : word.endsWith("+") ? LEVELS.slice(from) : [word];
  const byCall = new Map<Call, { time: number; developer: string; allowing: Rule[] }>();
  for (const rule of rules)
    for (const { call, time, level, developer } of countedCalls(input, rule)) {
      if (!levels.includes(level) || (word === "recent" && !within(time, recentSpan(input, rule)))) continue;
      const known = byCall.get(call) ?? { time, developer, allowing: [] };
      byCall.set(call, known);
      if (level !== "attempted") known.allowing.push(rule);
    }
  const calls = [...byCall].sort(([, a], [, b]) => a.time - b.time);
  const held = levels.includes("entitled")
    ? rules.flatMap((rule) => entitled(input, rule, ruleSpan(input, rule)).map(([developer]) => developer))
    : [];
  // Who is left out of a call consented for every rule that lets it count.
  const people = peopleOf(
    calls.filter(([, { allowing }]) => allowing.length > 0).map(([call]) => call),
    input.registry,
    (call, id) => (byCall.get(call)?.allowing ?? []).every((rule) => consented(input.registry, rule, call, id)),
  );
  return {
    events: calls.length,
    developers: new Set([...held, ...calls.map(([, { developer }]) => developer)]).size,
    people,
    times: calls.map(([, { time }]) => time),
  };
}

/** The least and the most that a number of people can be. */
function bounds(people: People): [number, number] {
  if (people.basis === "exact") return [people.value, people.value];
  if (people.basis === "at-most") return [0, people.value];
  return [people.value ?? 0, people.basis === "between" ? people.at_most : Number.POSITIVE_INFINITY];
}

function threshold(input: Input, rules: Rule[], { people, level }: { people: number; level: string }) {
  if (rules.length === 0) return "open";
  const [least, most] = bounds(counted(input, rules, level).people);
  return least >= people ? "met" : most < people ? "not-met" : "open";
}

function words(people: People): string {
  if (people.basis === "not-logged") return "not logged";
  if (people.basis === "between") return `between ${people.value} and ${people.at_most}`;
  return people.basis === "exact" ? String(people.value) : `${people.basis.replace("-", " ")} ${people.value}`;
}

/** The contents that are numbers, a span or a list; undefined: a person's, or a sentence. */
function content(input: Input, rules: Rule[], from: string | undefined): string | undefined {
  if (from === undefined || rules.length === 0) return undefined;
  const [of, level] = from.split(".") as [string, string?];
  if (of === "fields") {
    const got = rules.flatMap((rule) => countedCalls(input, rule).filter((one) => one.level === "obtained"));
    return [...new Set(got.flatMap((one) => one.fields))].sort().join(", ") || "none";
  }
  if (of === "span") {
    const { times: all } = counted(input, rules, "possible+");
    return all.length === 0 ? "no call" : `${iso(all[0] as number)} to ${iso(all.at(-1) as number)}`;
  }
  if (level === undefined) return undefined;
  const found = counted(input, rules, level);
  return of === "people" ? words(found.people) : String(found[of as "events" | "developers"]);
}

/** The `clocks` of `clocks --json`, without filters and without the contents that are sentences. */
export function referenceClocks(input: Input, { at, facts, clocks }: ClocksGiven) {
  return clocks.map((clock) => {
    const rules = input.policy.rules.filter((rule) => clock.rule === undefined || rule.id === clock.rule);
    return {
      id: clock.id,
      ...times(clock, facts, micros(at)),
      ...(clock.threshold === undefined ? {} : { threshold: threshold(input, rules, clock.threshold) }),
      contents: (clock.contents ?? []).map(({ item, from }) => {
        const value = content(input, rules, from);
        return value === undefined ? { item } : { item, value };
      }),
    };
  });
}

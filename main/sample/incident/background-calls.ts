import { type App, type Developer, type Group, holdsGrant, ownerOf } from "./actors.ts";
import { CUTOFF, HOUR, MONTHS, RECENT, SILENCE } from "./calendar.ts";
import {
  ALBUMS,
  ATTENDING,
  FEED,
  type FieldSet,
  GROUP,
  ID_NAME,
  MEMBERS,
  OPEN_FIELDS,
  type Operation,
  POST_FEED,
  POSTS,
  RESTRICTED_FIELDS,
  SEARCH,
  TOKEN,
  UNKNOWN_FIELDS,
} from "./call-kinds.ts";
import { consented } from "./call-levels.ts";
import type { Cast } from "./cast.ts";
import type { Plan } from "./planned-call.ts";
import { Random } from "./random.ts";

/** Calls an hour, by the hour of the day; weekends have three fifths. */
const DAILY = [2, 1, 1, 1, 1, 2, 3, 5, 8, 10, 11, 12, 12, 11, 12, 12, 11, 10, 9, 8, 7, 6, 4, 3];

/** How busy the hour that begins at `time` is; `from` and `to` bound a stream. */
function rhythm(time: number, from: number, to: number, silence: boolean): number {
  if (time < from || time >= to || (silence && time >= SILENCE.from && time < SILENCE.to)) return 0;
  const day = Math.floor(time / (24 * HOUR));
  // 1970-01-01 was a Thursday.
  const weekday = (day + 4) % 7;
  return (DAILY[(time / HOUR) % 24] as number) * (weekday === 0 || weekday === 6 ? 3 : 5);
}

/** Calls in time order: exactly so many a month, spread by the rhythm of the day. */
export class Stream {
  /** Time of the next call, µs in whole ms; Infinity at the end. */
  time = 0;
  readonly #quotas: readonly number[];
  readonly #random: Random;
  readonly #weight: (time: number) => number;
  readonly #make: (time: number, month: number, n: number) => Plan;
  #month = -1;
  #n = 0;
  #sums: number[] = [];
  #hour = 0;

  constructor(
    random: Random,
    quotas: readonly number[],
    bounds: { from: number; to: number; silence: boolean },
    make: (time: number, month: number, n: number) => Plan,
  ) {
    this.#random = random;
    this.#quotas = quotas;
    this.#weight = (time) => rhythm(time, bounds.from, bounds.to, bounds.silence);
    this.#make = make;
    this.#nextMonth();
  }

  next(): Plan {
    const plan = this.#make(this.time, this.#month, this.#n);
    this.#n += 1;
    if (this.#n < (this.#quotas[this.#month] as number)) this.#draw();
    else this.#nextMonth();
    return plan;
  }

  #nextMonth(): void {
    do {
      this.#month += 1;
      if (this.#month >= this.#quotas.length) {
        this.time = Number.POSITIVE_INFINITY;
        return;
      }
    } while (this.#quotas[this.#month] === 0);
    const from = MONTHS[this.#month] as number;
    this.#sums = [0];
    for (let time = from; time < (MONTHS[this.#month + 1] as number); time += HOUR) {
      this.#sums.push((this.#sums.at(-1) as number) + this.#weight(time));
    }
    this.#n = 0;
    this.#hour = 0;
    this.#draw();
  }

  /** One call in each of as many equal parts of the month's rhythm as it has calls. */
  #draw(): void {
    const sums = this.#sums;
    const share = (this.#n + this.#random.next() / 2 ** 32) / (this.#quotas[this.#month] as number);
    const target = share * (sums.at(-1) as number);
    while ((sums[this.#hour + 1] as number) <= target) this.#hour += 1;
    const before = sums[this.#hour] as number;
    const within = (target - before) / ((sums[this.#hour + 1] as number) - before);
    this.time = (MONTHS[this.#month] as number) + this.#hour * HOUR + Math.floor(within * 3_600_000) * 1000;
  }
}

/** Calls a month from 2018-03 on, at the smallest size; strictly falling, so that it stays so when multiplied. */
const OBTAINED_FLOOR = [0, 74, 70, 58, 56, 50, 46, 42, 38, 35, 32, 30, 28, 26, 24, 22, 20, 18, 14, 10, 4];
const POSSIBLE_FLOOR = [0, 12, 11, 9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 3, 2, 2, 0];
const OTHER_FLOOR = [120, 50, 50, 40, 45, 20, 18, 16, 15, 14, 13, 12, 12, 11, 11, 10, 10, 10, 10, 10, 4];
const FLOOR = [...OBTAINED_FLOOR, ...POSSIBLE_FLOOR, ...OTHER_FLOOR].reduce((sum, calls) => sum + calls, 0);

const scaled = (floor: readonly number[], rows: number): number[] => {
  const factor = Math.max(1, (rows * 0.16) / FLOOR);
  return floor.map((calls) => Math.floor(calls * factor));
};

export const obtainedTargets = (rows: number): number[] => scaled(OBTAINED_FLOOR, rows);
export const possibleTargets = (rows: number): number[] => scaled(POSSIBLE_FLOOR, rows);
export const otherTargets = (rows: number): number[] => scaled(OTHER_FLOOR, rows);

/** `total` calls over the months by their length. */
export function spread(total: number): number[] {
  const from = MONTHS[0] as number;
  const all = (MONTHS.at(-1) as number) - from;
  const until = MONTHS.map((month) => Math.floor((total * (month - from)) / all));
  return until.slice(1).map((end, i) => end - (until[i] as number));
}

/** Makes up the calls that are no part of the schedule. */
export class Maker {
  readonly #cast: Cast;
  readonly #random: Random;
  readonly #order: Developer[];
  readonly #callers: Developer[];
  readonly #apps: App[];
  readonly #active = new Map<readonly Developer[], Developer[][]>();

  constructor(cast: Cast, seed: number) {
    this.#cast = cast;
    this.#random = new Random(seed, 1);
    this.#order = this.#random.shuffle(cast.obtaining);
    this.#callers = cast.developers.filter((developer) => developer.registered && developer.role !== "other");
    this.#apps = cast.apps.filter((app) => app !== cast.namedOtherwise && app !== cast.namedById);
  }

  /** The `n`th call of the month that gets a restricted field: first everybody who still does, then anybody of them. */
  obtained = (time: number, month: number, n: number): Plan => {
    const still = this.#still(this.#order, month);
    return this.#use(time, still[n] ?? this.#random.pick(still), this.#random.pick(RESTRICTED_FIELDS));
  };

  /** The `n`th call of the month whose log does not say for which fields. */
  possible = (time: number, month: number, n: number): Plan => {
    const still = this.#still(this.#cast.possible, month);
    // Every other call is of one of those that at other times are logged with their fields.
    const others = n % 2 === 0 && time < RECENT ? this.#still(this.#order, month).slice(0, 5) : still;
    return this.#use(time, still[n] ?? this.#random.pick(others), UNKNOWN_FIELDS);
  };

  /** Those of `list` who still get data in that month. */
  #still(list: readonly Developer[], month: number): Developer[] {
    const known = this.#active.get(list)?.[month];
    if (known !== undefined) return known;
    const still = list.filter((developer) => developer.lastMonth >= month);
    const months = this.#active.get(list) ?? [];
    months[month] = still;
    this.#active.set(list, months);
    return still;
  }

  #use(time: number, developer: Developer, fields: FieldSet): Plan {
    const granted = developer.apps.filter(
      (app) => ownerOf(app, time) === developer && (app.owners.length === 0 || holdsGrant(app, time)),
    );
    const app = this.#random.pick(granted);
    if (app === undefined) throw new Error(`sample: ${developer.id} holds no app at ${time}`);
    const operation = this.#random.pick(
      fields.list[0]?.startsWith("from") ? [FEED] : [MEMBERS, MEMBERS, MEMBERS, SEARCH],
    );
    for (;;) {
      const plan = this.#answered(app, time, operation, fields);
      // Whoever is left when the members who opted in are not counted makes it a call that counts.
      if (app.consents === undefined || plan.people?.some((person) => !consented(app, person, time))) return plan;
    }
  }

  /** A call that returned somebody, told as its gateway tells it. */
  #answered(app: App, time: number, operation: Operation, fields: FieldSet): Plan {
    const random = this.#random;
    const index = random.pick(app.groups);
    const group = this.#cast.groups[index] as Group;
    const plan: Plan = { time, app, operation, fields, status: 200, group: index };
    if (operation === GROUP || operation === POST_FEED) return plan;
    if (app.home === 2) plan.count = 1 + random.below(Math.min(group.people, 100));
    if (app.home === 1 || app.home === 4) {
      const people: number[] = [];
      const start = random.below(group.people);
      for (let n = 1 + random.below(app.home === 1 ? 12 : 20); n > 0; n--)
        people.push(group.base + ((start + n) % group.people));
      plan.people = people;
    }
    return plan;
  }

  /** A call of the Groups API that gets nothing of what was closed, or was made before it was. */
  other = (time: number): Plan => {
    const random = this.#random;
    const developer = random.pick(this.#callers);
    const app = random.pick(developer.apps);
    const roll = random.below(100);
    if (time < CUTOFF || developer.role === "exempt") {
      const fields = roll < 60 ? random.pick(RESTRICTED_FIELDS) : random.pick(OPEN_FIELDS);
      return this.#answered(app, time, random.pick([MEMBERS, FEED, SEARCH]), fields);
    }
    const quiet =
      developer.role === "quiet" ||
      developer.role === "consented" ||
      developer.index === this.#cast.named.neverAsked.index;
    if (roll < 40) return this.#answered(app, time, random.pick([MEMBERS, FEED]), random.pick(OPEN_FIELDS));
    if (roll < 60)
      return this.#answered(app, time, random.pick([GROUP, ALBUMS, POST_FEED]), random.pick([OPEN_FIELDS[0], ID_NAME]));
    const plan: Plan = {
      time,
      app,
      operation: MEMBERS,
      fields: random.pick(RESTRICTED_FIELDS),
      status: 200,
      group: random.pick(app.groups),
    };
    if (roll < 68 || quiet) plan.status = random.pick([500, 502, 503, 404, 429]);
    else if (roll < 72 && app.home !== 3) plan.status = 0;
    else if (roll < 80) this.#empty(plan, app);
    else {
      plan.status = random.pick([403, 403, 401]);
      if (roll % 2 === 0) plan.fields = UNKNOWN_FIELDS;
    }
    return plan;
  };

  /** Allowed, and nobody returned. */
  #empty(plan: Plan, app: App): void {
    if (app.home === 2 || app.home === 4) plan.people = [];
    else plan.status = this.#random.pick([304, 204, 302]);
  }

  /** A call of another API: most of any export. */
  background = (time: number): Plan => {
    const random = this.#random;
    const app = random.pick(this.#apps);
    const operation = random.pick([ATTENDING, ATTENDING, ATTENDING, POSTS, POSTS, POSTS, TOKEN, TOKEN]);
    const roll = random.below(100);
    const status = roll < 92 ? 200 : roll < 94 ? 404 : roll < 96 ? 401 : roll < 98 ? 304 : roll < 99 ? 500 : 403;
    const fields =
      operation === TOKEN ? UNKNOWN_FIELDS : operation === ATTENDING ? ID_NAME : (OPEN_FIELDS[3] as FieldSet);
    const plan: Plan = { time, app, operation, fields, status, group: -1 };
    if (operation === ATTENDING && roll < 92 && (app.home === 2 || app.home === 4)) plan.count = random.below(50);
    return plan;
  };
}

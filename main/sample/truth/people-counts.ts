import { type Developer, PEOPLE, personId } from "../incident/actors.ts";
import { CUTOFF, iso, RECENT } from "../incident/calendar.ts";
import { consented, inSpan, OBTAINED, POSSIBLE } from "../incident/call-levels.ts";
import type { Cast } from "../incident/cast.ts";
import { PeopleSet } from "../incident/people-set.ts";
import type { Row } from "./filter-counts.ts";

type Test = (row: Row) => boolean;

const got = (row: Row): boolean => row.verdict === POSSIBLE || row.verdict === OBTAINED;

/** Filters that `exhibit people` is asked with; none lets in a call that returned nobody without a list. */
function questions(cast: Cast): [filter: string, test: Test][] {
  const { named } = cast;
  const first = named.lastInstant.apps[0]?.id;
  const second = named.justBefore.apps[0]?.id;
  return [
    ["level:obtained", (row) => row.verdict === OBTAINED],
    ["level:possible+", got],
    ["level:possible+ time:last60d", (row) => got(row) && row.call.time >= RECENT],
    ["level:obtained source:1", (row) => row.verdict === OBTAINED && row.source === 1],
    ["level:obtained source:3", (row) => row.verdict === OBTAINED && row.source === 3],
    ["level:obtained source:4", (row) => row.verdict === OBTAINED && row.source === 4],
    ["level:obtained source:5", (row) => row.verdict === OBTAINED && row.source === 5],
    [
      "api:groups fields:name source:1 status:200 time<cutoff",
      ({ call, source }) =>
        call.operation.api === "groups" &&
        call.fields.found.includes("name") &&
        source === 1 &&
        call.status === 200 &&
        call.time < CUTOFF,
    ],
    [`app:${first} level:obtained`, (row) => row.call.app?.id === first && row.verdict === OBTAINED],
    [
      `app:${second} level:obtained time:2018`,
      (row) => row.call.app?.id === second && row.verdict === OBTAINED && row.call.time < 1_546_300_800_000_000,
    ],
    ["api:events status:200", ({ call }) => call.operation.api === "events" && call.status === 200],
    [
      "api:pages status:200 source:1",
      ({ call, source }) => call.operation.api === "pages" && call.status === 200 && source === 1,
    ],
    ["app:none", () => false],
  ];
}

/** How many people each filter's calls returned. */
export class PeopleAsked {
  readonly #all: { filter: string; test: Test; people: PeopleSet }[];

  constructor(cast: Cast) {
    this.#all = questions(cast).map(([filter, test]) => ({ filter, test, people: new PeopleSet(cast) }));
  }

  /** `row` is no duplicate. */
  add(row: Row): void {
    const { call } = row;
    let kept: readonly number[] | undefined;
    for (const each of this.#all) {
      if (!each.test(row)) continue;
      kept ??= keptOf(row);
      each.people.add(call, kept);
    }
  }

  json() {
    return this.#all.map(({ filter, people }) => ({ filter, people: people.result() }));
  }
}

/** The people a call lists, without those whose consent the rule takes in it (docs/decisions/10-people-of-a-filter.md). */
export function keptOf({ call }: Row): readonly number[] {
  const people = call.people ?? [];
  if (call.app?.consents === undefined || !inSpan(call)) return people;
  return people.filter((person) => !consented(call.app, person, call.time));
}

interface Met {
  first: number;
  last: number;
  events: number;
  readonly fields: Set<string>;
}

const SUBJECT_FILTER = "level:possible+";

/** What happened to single people. */
export class Subjects {
  readonly #all = new Map<number, Map<Developer, Met>>();

  constructor(cast: Cast) {
    const { lastInstant } = cast.named;
    const somebody = (cast.groups[lastInstant.apps[0]?.groups[0] ?? 0]?.base ?? 0) + 1;
    for (const person of [...Object.values(PEOPLE), 10, 20, somebody]) this.#all.set(person, new Map());
  }

  /** `row` is no duplicate; `kept`: the people listed who did not consent. */
  add(row: Row, kept: readonly number[]): void {
    if (!got(row)) return;
    const { call, owner } = row;
    for (const person of kept) {
      const developers = this.#all.get(person);
      if (developers === undefined) continue;
      let met = developers.get(owner);
      if (met === undefined) {
        met = { first: call.time, last: call.time, events: 0, fields: new Set() };
        developers.set(owner, met);
      }
      met.first = Math.min(met.first, call.time);
      met.last = Math.max(met.last, call.time);
      met.events += 1;
      for (const field of call.fields.got) met.fields.add(field);
    }
  }

  json() {
    return [...this.#all].map(([person, developers]) => ({
      filter: SUBJECT_FILTER,
      subject: personId(person),
      affected: developers.size > 0,
      developers: [...developers]
        .map(([developer, met]) => ({
          developer_id: developer.id,
          first: iso(met.first),
          last: iso(met.last),
          fields: [...met.fields].sort(),
          events: met.events,
        }))
        .sort((a, b) => (a.developer_id < b.developer_id ? -1 : 1)),
    }));
  }
}

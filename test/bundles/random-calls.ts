import { Random } from "../../main/sample/incident/random.ts";

/** Calls by chance, of few apps, people and instants, so that what names, borders and copies have in common meets often. */
export interface Call {
  /** ISO 8601 UTC, whole seconds. */
  readonly time: string;
  readonly app: string;
  readonly developer: string;
  readonly api: string;
  readonly operation: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly actor: string;
  readonly resource: string;
  readonly fields: readonly string[] | undefined;
  readonly subjects: readonly string[] | undefined;
  readonly subject_count: number | undefined;
  readonly request_id: string;
  /** Several records may tell of one call. */
  readonly call: string;
}

/** Ids in several spellings: UUIDs and addresses are one whatever their case, of all others each character counts. */
export const APPS = [
  "101",
  "102",
  "103",
  "Alpha",
  "alpha",
  "6F9619FF-8B86-D011-B42D-00CF4FC964FF",
  "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
  "Bot@Acme.example",
  "bot@acme.example",
];
export const DEVELOPERS = [
  "D001",
  "D002",
  "Acme Social",
  "ACME social",
  "Nobody Ltd",
  "Dev@x.example",
  "dev@X.example",
];
export const PEOPLE = ["9001", "9002", "9003", "9004", "Kim@Example.org", "kim@example.org", "9005"];
export const RESOURCES = ["g1", "g2", "Group@x.example", "group@x.example", "g4"];
export const APIS = ["groups", "Groups", "events", "pages"];
export const OPERATIONS = ["GET /{id}/members", "GET /{id}/feed", "POST /{id}/posts"];
const FIELDS = ["name", "picture", "id", "from{name,id}"];

export const SECOND = 1000;
export const iso = (ms: number) => new Date(ms).toISOString().replace(".000", "");

/** Where calls are: around a cutoff, the days when clocks change, and the turn of a year. */
export const TIMES = {
  spring: Date.UTC(2018, 2, 24),
  autumn: Date.UTC(2018, 9, 27),
  winter: Date.UTC(2018, 11, 30, 23),
};
const DAYS = 4;
/** From the first of them to the hours before and after a clock changes, or the year. */
const TURN = 24 * 3600 * SECOND;

export class Maker extends Random {
  readonly from: number;
  #number = 0;

  constructor(seed: number) {
    super(seed, 0);
    this.from = this.pick(Object.values(TIMES));
  }

  chance(probability: number): boolean {
    return this.next() < probability * 2 ** 32;
  }

  some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.chance(0.4));
  }

  maybe<T>(probability: number, make: () => T): T | undefined {
    return this.chance(probability) ? make() : undefined;
  }

  /** An instant in the days of the logs: often a whole hour, so that borders meet, or in the hours when clocks change. */
  instant(): string {
    if (this.chance(0.15)) return iso(this.from + TURN + this.below(3 * 3600) * SECOND);
    const seconds = this.below(DAYS * 86_400);
    return iso(this.from + (this.chance(0.3) ? Math.floor(seconds / 3600) * 3600 : seconds) * SECOND);
  }

  call(): Call {
    this.#number += 1;
    return {
      time: this.instant(),
      app: this.chance(0.1) ? "" : this.pick(APPS),
      developer: this.chance(0.4) ? "" : this.pick(DEVELOPERS),
      api: this.chance(0.1) ? "" : this.pick(APIS),
      operation: this.pick(OPERATIONS),
      path: `/v2/${this.#number % 5}/members`,
      status: this.maybe(0.85, () => this.pick([200, 200, 200, 204, 302, 403, 401, 500, 404])),
      actor: this.pick(PEOPLE),
      resource: this.pick(RESOURCES),
      fields: this.maybe(0.6, () => this.some(FIELDS)),
      subjects: this.maybe(0.5, () => this.some(PEOPLE)),
      subject_count: this.maybe(0.4, () => this.below(5)),
      request_id: `r${this.#number}`,
      call: `c${this.below(12)}`,
    };
  }

  /** 3 to 40 calls in the order of time, as logs mostly have them. */
  calls(): Call[] {
    const calls = Array.from({ length: 3 + this.below(38) }, () => this.call());
    return this.chance(0.8) ? calls.sort((a, b) => (a.time < b.time ? -1 : 1)) : calls;
  }
}

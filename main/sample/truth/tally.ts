import type { App, Developer } from "../incident/actors.ts";
import { iso } from "../incident/calendar.ts";
import type { Call } from "../incident/call-kinds.ts";
import type { Cast } from "../incident/cast.ts";
import { type People, PeopleSet } from "../incident/people-set.ts";

/** A set of calls of one level, or of several. */
export class Tally {
  events = 0;
  readonly developers = new Set<Developer>();
  readonly apps = new Set<App>();
  readonly people: PeopleSet;
  readonly fields = new Set<string>();
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  #returned = false;
  #requested = false;

  constructor(cast: Cast) {
    this.people = new PeopleSet(cast);
  }

  /** `kept`: the people listed who did not consent. */
  add(call: Call, owner: Developer, kept: readonly number[]): void {
    this.events += 1;
    this.developers.add(owner);
    if (call.app !== undefined) this.apps.add(call.app);
    if (call.time < this.first) this.first = call.time;
    if (call.time > this.last) this.last = call.time;
    for (const field of call.fields.got) this.fields.add(field);
    if (call.home === 3) this.#requested = true;
    else this.#returned = true;
    this.people.add(call, kept);
  }

  get counts(): { developers: number; apps: number; events: number } {
    return { developers: this.developers.size, apps: this.apps.size, events: this.events };
  }

  get span(): { events: number; first?: string; last?: string } {
    return this.events === 0 ? { events: 0 } : { events: this.events, first: iso(this.first), last: iso(this.last) };
  }

  get withPeople(): { developers: number; apps: number; events: number; people: People } {
    return { ...this.counts, people: this.people.result() };
  }

  get fieldsAre(): { fields_are?: "returned" | "requested" | "both" } {
    if (this.events === 0) return {};
    return { fields_are: this.#returned && this.#requested ? "both" : this.#requested ? "requested" : "returned" };
  }
}

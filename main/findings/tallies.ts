import { type Micros, monthOf } from "../../shared/base/time.ts";
import type { FieldsBasis } from "../../shared/model/finding.ts";
import type { Dataset } from "../query/dataset.ts";
import type { Owner } from "../registry/attribution.ts";
import { PeopleCount } from "./people/people-count.ts";
import { resourceSizes } from "./people/resource-sizes.ts";
import { ATTEMPTED, OBTAINED, POSSIBLE } from "./rules/judge.ts";

/** A set of small whole numbers, of which few are asked for: a byte each. */
class Marks {
  readonly #marks: Uint8Array;
  size = 0;

  constructor(highest: number) {
    this.#marks = new Uint8Array(highest);
  }

  add(value: number): void {
    if (this.#marks[value] === 1) return;
    this.#marks[value] = 1;
    this.size += 1;
  }
}

/** A set of calls as findings show it. */
export class Tally {
  events = 0;
  first = Number.NaN;
  last = Number.NaN;
  requested = false;
  returned = false;
  readonly people: PeopleCount;

  constructor(sizes: (resource: number) => number | undefined) {
    this.people = new PeopleCount(sizes);
  }

  add(time: Micros, isRequested: boolean): void {
    if (this.events === 0) this.first = time;
    this.events += 1;
    this.last = time;
    if (isRequested) this.requested = true;
    else this.returned = true;
  }

  get fieldsAre(): FieldsBasis | undefined {
    if (!this.requested && !this.returned) return undefined;
    return this.requested && this.returned ? "both" : this.requested ? "requested" : "returned";
  }
}

/** A tally of several owners' calls. */
export class SharedTally extends Tally {
  readonly owners: Marks;
  readonly apps: Marks;

  constructor(sizes: (resource: number) => number | undefined, owners: number, apps: number) {
    super(sizes);
    this.owners = new Marks(owners);
    this.apps = new Marks(apps);
  }
}

export type ReachedLevel = typeof ATTEMPTED | typeof POSSIBLE | typeof OBTAINED;
export type SharedTallies = Record<ReachedLevel, SharedTally>;

export interface OwnerTallies extends Record<ReachedLevel, Tally> {
  readonly recent: Tally;
  readonly fields: Set<string>;
  readonly apps: Set<string>;
  afterRevocation: number;
}

/** The tallies of one rule: of all its calls, of each month and of each owner. */
export class RuleTallies {
  readonly totals: SharedTallies;
  readonly recent: SharedTally;
  readonly byMonth = new Map<string, SharedTallies>();
  readonly byOwner = new Map<Owner, OwnerTallies>();
  readonly #sizes: (resource: number) => number | undefined;
  readonly #owners: number;
  readonly #apps: number;
  /** The number of the month that was asked for last. */
  month = 0;
  #monthEnd = Number.NEGATIVE_INFINITY;
  #ofMonth: SharedTallies;

  constructor(dataset: Dataset) {
    this.#sizes = resourceSizes(dataset);
    this.#owners = dataset.owners.list.length;
    this.#apps = dataset.columns.dictionary("app").all().length;
    this.totals = this.#levels();
    this.recent = this.#shared();
    this.#ofMonth = this.#levels();
  }

  ofOwner(owner: Owner): OwnerTallies {
    let tallies = this.byOwner.get(owner);
    if (!tallies) {
      const own = () => new Tally(this.#sizes);
      tallies = {
        ...{ [ATTEMPTED]: own(), [POSSIBLE]: own(), [OBTAINED]: own(), recent: own() },
        ...{ fields: new Set(), apps: new Set(), afterRevocation: 0 },
      };
      this.byOwner.set(owner, tallies);
    }
    return tallies;
  }

  /** Asked in the order of time: a month that has begun is not looked up again. */
  ofMonth(time: Micros): SharedTallies {
    if (time >= this.#monthEnd) {
      this.month += 1;
      this.#ofMonth = this.#levels();
      this.#monthEnd = endOfMonth(time);
      this.byMonth.set(monthOf(time), this.#ofMonth);
    }
    return this.#ofMonth;
  }

  #levels(): SharedTallies {
    return { [ATTEMPTED]: this.#shared(), [POSSIBLE]: this.#shared(), [OBTAINED]: this.#shared() };
  }

  #shared(): SharedTally {
    return new SharedTally(this.#sizes, this.#owners, this.#apps);
  }
}

/** The first instant of the next month, UTC. */
function endOfMonth(time: Micros): Micros {
  const date = new Date(Math.floor(time / 1000));
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) * 1000;
}

/** Lists whose people were counted just so before: for the same owner and level, in the same month, recent or not. */
export class KnownLists {
  readonly #who: Int32Array;
  readonly #month: Int32Array;

  /** @param lists one more than the highest id of a list */
  constructor(lists: number) {
    this.#who = new Int32Array(lists).fill(-1);
    this.#month = new Int32Array(lists);
  }

  /** Whether the list was counted otherwise the last time; it counts as this from now on. */
  isNew(list: number, owner: number, level: ReachedLevel, month: number, isRecent: boolean): boolean {
    const who = owner * 8 + level * 2 + (isRecent ? 1 : 0);
    if (this.#who[list] === who && this.#month[list] === month) return false;
    this.#who[list] = who;
    this.#month[list] = month;
    return true;
  }
}

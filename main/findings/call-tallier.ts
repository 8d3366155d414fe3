import type { Micros } from "../../shared/base/time.ts";
import type { RuleFindings } from "../../shared/model/finding.ts";
import type { Inquiry } from "./inquiry.ts";
import { resourceSizes } from "./people/resource-sizes.ts";
import { ATTEMPTED, asRequested, type Judged } from "./rules/judge.ts";
import { SharedTally } from "./tallies.ts";

/** Counts calls of a judged rule into sets of calls, one by one, in the order of time. */
export class CallTallier {
  readonly #inquiry: Inquiry;
  readonly #judged: Pick<Judged, "verdicts" | "consents">;
  // Looked up once, and not with each call.
  readonly #time: Float64Array;
  readonly #app: ArrayLike<number>;
  readonly #flags: ArrayLike<number>;
  readonly #resource: ArrayLike<number>;
  readonly #owner: ArrayLike<number>;

  constructor(inquiry: Inquiry, judged: Pick<Judged, "verdicts" | "consents">) {
    const { columns, owners } = inquiry.dataset;
    this.#inquiry = inquiry;
    this.#judged = judged;
    this.#time = columns.time;
    this.#app = columns.codes("app");
    this.#flags = columns.codes("flags");
    this.#resource = columns.codes("resource");
    this.#owner = owners.of;
  }

  /** A set with no call in it yet. */
  empty(): SharedTally {
    const { dataset } = this.#inquiry;
    const apps = dataset.columns.dictionary("app").all().length;
    return new SharedTally(resourceSizes(dataset), dataset.owners.list.length, apps);
  }

  /** With its people, unless it got nothing. */
  add(tally: SharedTally, p: number): void {
    const { returned, personIndex } = this.#inquiry;
    const { verdicts, consents } = this.#judged;
    const at = this.#time[p] as Micros;
    const app = this.#app[p] as number;
    tally.add(at, asRequested(this.#flags[p] as number));
    tally.owners.add(this.#owner[p] as number);
    if (app !== 0) tally.apps.add(app);
    if (verdicts[p] === ATTEMPTED) return;
    const list = returned.listOf(p);
    if (list === 0) {
      tally.people.addUnlisted(this.#resource[p] as number, returned.countOf(p));
      return;
    }
    const mayConsent = consents.concern(app);
    for (const person of personIndex.of(list))
      if (!mayConsent || !consents.covers(person, app, at)) tally.people.addPerson(person);
  }
}

/** As totals of findings have it. */
export const reachedTotal = (tally: SharedTally): RuleFindings["totals"]["obtained"] => ({
  developers: tally.owners.size,
  apps: tally.apps.size,
  events: tally.events,
  people: tally.people.result(),
});

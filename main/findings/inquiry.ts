import { Refusal } from "../../shared/base/errors.ts";
import { instant, type Moment } from "../../shared/base/moment.ts";
import { endOf, isoOf, type Micros } from "../../shared/base/time.ts";
import type { Coverage, Findings, RuleFindings } from "../../shared/model/finding.ts";
import type { Policy } from "../../shared/model/policy.ts";
import { recentDaysOf } from "../../shared/model/recent-days.ts";
import type { Case } from "../case/case.ts";
import { EventSet } from "../query/columns/event-set.ts";
import { Dataset } from "../query/dataset.ts";
import { select } from "../query/results/selection.ts";
import type { Owner } from "../registry/attribution.ts";
import { doneSteps } from "../remedy/steps/done-steps.ts";
import { type StepEntry, stepsNow } from "../remedy/steps/entries.ts";
import { coverageOf, hasEvents, type Lane, recordLanesOf } from "./coverage/coverage.ts";
import { dispositions } from "./dispositions.ts";
import { PeopleCount } from "./people/people-count.ts";
import { PersonIndex } from "./people/person-index.ts";
import { resourceSizes } from "./people/resource-sizes.ts";
import { APART_FAILED, APART_UNKNOWN, type Judged, judge, NONE, OBTAINED, ReturnedPeople } from "./rules/judge.ts";
import { cutoffOf, loadPolicy } from "./rules/policy.ts";
import { summarise } from "./summary.ts";

/** A case with its policy applied to every call. Answers, claims and bundle are read from it. */
export class Inquiry {
  readonly dataset: Dataset;
  readonly policy: Policy | undefined;
  /** Where the policy names none, the last event's time. */
  readonly asOf: Micros | undefined;
  /** Another inquiry into the same calls, whose work on people is shared. */
  readonly #beside: Inquiry | undefined;
  #personIndex: PersonIndex | undefined;
  #returned: ReturnedPeople | undefined;
  #judged: readonly Judged[] | undefined;
  #levels: Uint8Array | undefined;
  #coverage: Coverage[] | undefined;
  #lanes: readonly Lane[] | undefined;
  readonly #summaries = new Map<string, RuleFindings>();

  /** Whose calls and grants are summed up. */
  readonly #isMeant: (owner: Owner) => boolean;

  /**
   * `known`: what a bundle says of the whole case that it comes from, or a policy that is not set. Without it the case itself is
   * asked. `only`: the developer, by id, whose calls and grants alone are summed up.
   * `beside`: another inquiry into the same calls and registry, whose work on them is shared. `asItWas`: the case's tables, its
   * registry among them, are those of an earlier act.
   */
  constructor(
    caseFile: Case,
    known: {
      asOf?: Micros;
      lanes?: readonly Lane[];
      only?: string;
      policy?: Policy;
      beside?: Inquiry;
      asItWas?: boolean;
    } = {},
  ) {
    this.#lanes = known.lanes ?? known.beside?.recordLanes;
    const { only } = known;
    this.#isMeant = only === undefined ? () => true : (owner) => owner.id === only;
    this.dataset = new Dataset(caseFile, known.beside?.dataset, known.asItWas);
    this.policy = known.policy ?? loadPolicy(caseFile);
    const { columns } = this.dataset;
    const last = columns.rows > 0 ? columns.time[columns.rows - 1] : undefined;
    this.asOf = known.asOf ?? (this.policy?.as_of === undefined ? last : endOf(this.policy.as_of));
    this.#beside = known.beside;
    if (this.policy) {
      const cutoff = Math.min(...this.policy.rules.map(cutoffOf));
      this.dataset.times = this.asOf === undefined ? { cutoff } : { cutoff, asOf: this.asOf };
      this.dataset.judgement = { levels: () => this.#levelBits(), findings: (passes) => this.#findingSet(passes) };
    }
  }

  /** Made when people are first asked for: most questions do without, and all lists of people are many bytes. */
  get personIndex(): PersonIndex {
    this.#personIndex ??= this.#beside?.personIndex ?? new PersonIndex(this.dataset.columns);
    return this.#personIndex;
  }

  get returned(): ReturnedPeople {
    this.#returned ??= this.#beside?.returned ?? new ReturnedPeople(this.dataset, this.personIndex);
    return this.#returned;
  }

  /** Every rule of the policy, judged; none without a policy. */
  get judged(): readonly Judged[] {
    this.#judged ??= (this.policy?.rules ?? []).map((rule) =>
      judge(this.dataset, this.personIndex, this.returned, rule, cutoffOf(rule), this.asOf ?? Number.POSITIVE_INFINITY),
    );
    return this.#judged;
  }

  /** Whether the rules have been applied already. */
  get isJudged(): boolean {
    return this.#judged !== undefined;
  }

  get coverage(): Coverage[] {
    this.#coverage ??= coverageOf(this.lanes);
    return this.#coverage;
  }

  /** Events by hour of every source and API. */
  get lanes(): readonly Lane[] {
    return this.recordLanes.filter(hasEvents);
  }

  /** Those of nothing but duplicates too. */
  get recordLanes(): readonly Lane[] {
    this.#lanes ??= recordLanesOf(this.dataset);
    return this.#lanes;
  }

  #levelBits(): Uint8Array {
    if (!this.#levels) {
      this.#levels = new Uint8Array(this.dataset.columns.rows);
      for (const { verdicts, from, to } of this.judged) {
        for (let p = from; p < to; p += 1) {
          const verdict = verdicts[p] as number;
          if (verdict !== NONE && verdict <= OBTAINED)
            this.#levels[p] = (this.#levels[p] as number) | (1 << (verdict - 1));
        }
      }
    }
    return this.#levels;
  }

  #findingSet(passes: (word: string) => boolean): EventSet {
    const { owners, columns } = this.dataset;
    const set = EventSet.none(columns.rows);
    for (const { rule, verdicts, from, to } of this.judged) {
      const statusOf = dispositions(this.dataset.caseFile, rule.id);
      const table = owners.list.map((owner) => passes(rule.id) || passes(owner.id) || passes(statusOf(owner.id)));
      for (let p = from; p < to; p += 1) {
        const verdict = verdicts[p] as number;
        if (verdict !== NONE && verdict <= OBTAINED && table[owners.of[p] as number]) set.put(p);
      }
    }
    return set;
  }

  summaryOf(judged: Judged): RuleFindings {
    const { id } = judged.rule;
    let summary = this.#summaries.get(id);
    if (!summary) {
      summary = this.#summarise(judged, this.#isMeant);
      this.#summaries.set(id, summary);
    }
    return summary;
  }

  /** The totals of those alone whom `isMeant` holds. */
  totalsOf(judged: Judged, isMeant: (owner: Owner) => boolean): RuleFindings["totals"] {
    return this.#summarise(judged, (owner) => this.#isMeant(owner) && isMeant(owner)).totals;
  }

  #summarise(judged: Judged, isMeant: (owner: Owner) => boolean): RuleFindings {
    const statusOf = dispositions(this.dataset.caseFile, judged.rule.id);
    const { dataset, personIndex, returned } = this;
    return summarise(dataset, personIndex, returned, judged, recentDaysOf(this.policy), statusOf, isMeant);
  }

  /** A decision was made: the statuses are read anew. */
  forgetDecisions(): void {
    this.#summaries.clear();
  }

  /** Calls in a rule's scope and span that count nowhere: they failed, or nothing says how they ended. */
  apartOf(judged: Judged): { failed: number; unknown: number } {
    const { owners } = this.dataset;
    const meant = owners.list.map(this.#isMeant);
    let failed = 0;
    let unknown = 0;
    for (let p = judged.from; p < judged.to; p += 1) {
      if (!meant[owners.of[p] as number]) continue;
      if (judged.verdicts[p] === APART_FAILED) failed += 1;
      else if (judged.verdicts[p] === APART_UNKNOWN) unknown += 1;
    }
    return { failed, unknown };
  }

  /** The calls that rules speak of, duplicates left out, ascending. */
  *inScope(): Generator<number> {
    const { originals, rows } = this.dataset.columns;
    for (let p = 0; p < rows; p += 1)
      if (originals.has(p) && this.judged.some(({ inside }) => inside[p] === 1)) yield p;
  }

  /** What `exhibit findings --json` prints, with the steps of remedy done `at` a time, without it now. @throws Refusal `rule-unknown`, `developer-unknown` for names the case does not know */
  findings(options: { rule?: string; developer?: string; at?: Moment } = {}): Findings {
    const wanted = this.judged.filter((judged) => options.rule === undefined || judged.rule.id === options.rule);
    if (options.rule !== undefined && wanted.length === 0) {
      const rules = this.judged.map((judged) => judged.rule.id).join(", ");
      throw new Refusal(
        "rule-unknown",
        `The policy has no rule "${options.rule}"`,
        rules ? `choose one of ${rules}` : "import a policy first",
      );
    }
    const { attribution, caseFile } = this.dataset;
    const entries = stepsNow(caseFile.db, (id) => attribution.idNow(id));
    const at = options.at ?? instant(Date.now() * 1000);
    const rules = wanted.map((judged) => withSteps(this.summaryOf(judged), entries, at));
    return {
      ...(this.asOf === undefined ? {} : { as_of: isoOf(this.asOf) }),
      rules: options.developer === undefined ? rules : onlyDeveloper(rules, options.developer),
      coverage: this.coverage,
    };
  }

  /** How many people the calls that match a filter returned (docs/decisions/10-people-of-a-filter.md). */
  people(filter: string): { filter: string; people: ReturnType<PeopleCount["result"]> } {
    return { filter, people: this.peopleAt(select(this.dataset, filter).positions) };
  }

  peopleAt(positions: Uint32Array): ReturnType<PeopleCount["result"]> {
    const counter = new PeopleCount(resourceSizes(this.dataset));
    for (const position of positions) this.addPeople(counter, position);
    return counter.result();
  }

  /** The people of one call. */
  addPeople(counter: PeopleCount, position: number): void {
    if (this.returned.listOf(position) !== 0) {
      for (const person of this.affected(position)) counter.addPerson(person);
      return;
    }
    const resource = this.dataset.columns.codes("resource")[position] as number;
    counter.addUnlisted(resource, this.returned.countOfAny(position));
  }

  /** The people a call lists, without those whose consent covers it under every rule that holds the call. */
  affected(position: number): Uint32Array {
    const list = this.returned.listOf(position);
    if (list === 0) return new Uint32Array();
    const people = this.personIndex.of(list);
    const holding = this.judged.filter((judged) => judged.inside[position] === 1);
    const app = this.dataset.columns.codes("app")[position] as number;
    if (holding.length === 0 || !holding.every((judged) => judged.consents.concern(app))) return people;
    const time = this.dataset.columns.time[position] as number;
    return people.filter((person) => !holding.every((judged) => judged.consents.covers(person, app, time)));
  }

  /** The distinct ids that a filter's calls list, as they first spell them, sorted; consented ones left out. */
  peopleList(filter: string): string[] {
    const met = new Map<number, string>();
    for (const position of select(this.dataset, filter).positions) {
      const people = this.affected(position);
      if (people.every((person) => met.has(person))) continue;
      const spelt = new Map<number, string>();
      for (const id of this.personIndex.spelt(this.returned.listOf(position))) {
        const person = this.personIndex.code(id);
        if (!spelt.has(person)) spelt.set(person, id);
      }
      for (const person of people) if (!met.has(person)) met.set(person, spelt.get(person) as string);
    }
    return [...met.values()].sort();
  }
}

/** The steps by which it is put right stand beside what each developer did. */
function withSteps(rule: RuleFindings, entries: readonly StepEntry[], at: Moment): RuleFindings {
  if (entries.length === 0) return rule;
  const done = doneSteps(entries, rule.rule, at);
  const developers = rule.developers.map((row) => {
    const remedy = done.get(row.developer_id);
    return remedy === undefined ? row : { ...row, remedy };
  });
  return { ...rule, developers };
}

function onlyDeveloper(rules: RuleFindings[], wanted: string): RuleFindings[] {
  const fold = (text: string) => text.toLowerCase();
  const narrowed = rules.map((rule) => ({
    ...rule,
    developers: rule.developers.filter((row) => row.developer_id === wanted || fold(row.developer) === fold(wanted)),
  }));
  if (narrowed.every((rule) => rule.developers.length === 0)) {
    throw new Refusal(
      "developer-unknown",
      `No finding speaks of a developer "${wanted}"`,
      "give an id or name as `exhibit findings` lists it",
    );
  }
  return narrowed;
}

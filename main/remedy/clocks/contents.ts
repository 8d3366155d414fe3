import { figure } from "../../../shared/base/figure.ts";
import { isoOf } from "../../../shared/base/time.ts";
import {
  type ContentSource,
  type CountedLevel,
  contentSource,
  type DueClock,
} from "../../../shared/model/accountability/due-clock.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { afterRevocation, grantsOf } from "../../findings/answers/answer.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { type Judged, OBTAINED } from "../../findings/rules/judge.ts";
import { select } from "../../query/results/selection.ts";
import { countLevel, type LevelCount } from "./level-counts.ts";

/** What the case fills in of a notice: the words, and the filter of the calls they rest on. */
export interface Filled {
  readonly value?: string;
  readonly filter?: string;
}

/** The numbers of one case that clocks ask for, each counted once. */
export class CaseContents {
  readonly #inquiry: Inquiry;
  readonly #counts = new Map<string, LevelCount>();

  constructor(inquiry: Inquiry) {
    this.#inquiry = inquiry;
  }

  /** The rules that a clock speaks of; undefined where the case cannot say: it has no policy, or not that rule. */
  #rulesOf({ rule }: DueClock): readonly Judged[] | undefined {
    const rules = this.#inquiry.judged.filter((judged) => rule === undefined || judged.rule.id === rule);
    return rules.length === 0 ? undefined : rules;
  }

  #count(clock: DueClock, rules: readonly Judged[], level: CountedLevel): LevelCount {
    const key = `${level} ${clock.rule ?? ""}`;
    const known = this.#counts.get(key);
    if (known) return known;
    const made = countLevel(this.#inquiry, rules, level);
    this.#counts.set(key, made);
    return made;
  }

  /** Whether so many people are reached. What the bounds of their number leave undecided is open. */
  threshold(clock: DueClock): "met" | "not-met" | "open" | undefined {
    if (!clock.threshold) return undefined;
    const rules = this.#rulesOf(clock);
    if (!rules) return "open";
    const { people: wanted, level } = clock.threshold;
    const { people } = this.#count(clock, rules, level);
    const least = people.basis === "at-most" ? 0 : (people.value ?? 0);
    const most =
      people.basis === "between"
        ? people.at_most
        : people.basis === "exact" || people.basis === "at-most"
          ? people.value
          : Number.POSITIVE_INFINITY;
    return least >= wanted ? "met" : most < wanted ? "not-met" : "open";
  }

  /** What the case says of an item; nothing where a person must. */
  fill(clock: DueClock, from: string | undefined): Filled {
    const source = from === undefined ? undefined : contentSource(from);
    const rules = this.#rulesOf(clock);
    if (!source || !rules) return {};
    return this.#fill(clock, rules, source);
  }

  #fill(clock: DueClock, rules: readonly Judged[], source: ContentSource): Filled {
    switch (source.of) {
      case "people":
        return {
          value: peopleText(this.#count(clock, rules, source.level).people),
          ...this.#rows(clock, source.level),
        };
      case "developers":
      case "events":
        return {
          value: figure(this.#count(clock, rules, source.level)[source.of]),
          ...this.#rows(clock, source.level),
        };
      case "fields":
        return { value: fieldsOf(this.#inquiry, rules).join(", ") || "none", ...this.#rows(clock, "obtained") };
      case "span": {
        const { first, last } = this.#count(clock, rules, "possible+");
        if (first === undefined || last === undefined) return { value: "no call" };
        return { value: `${isoOf(first)} to ${isoOf(last)}`, ...this.#rows(clock, "possible+") };
      }
      case "containment":
        return containment(this.#inquiry, rules);
      case "remedy":
        return { value: revokedText(this.#inquiry, rules) };
      case "policy":
        return { value: policyText(this.#inquiry, rules) };
    }
  }

  /** The filter for the calls of a level; none for what rests on grants. */
  #rows({ rule }: DueClock, level: CountedLevel): { filter?: string } {
    if (level.startsWith("entitled")) return {};
    const days = recentDaysOf(this.#inquiry.policy);
    const term = level === "recent" ? `level:possible+ time:last${days}d` : `level:${level}`;
    return { filter: rule === undefined ? term : `finding:${rule} ${term}` };
  }
}

/** The restricted fields that were got, under any of the rules. */
function fieldsOf({ dataset: { columns } }: Inquiry, rules: readonly Judged[]): string[] {
  const lists = columns.codes("fields");
  const got = new Set<string>();
  for (const { from, to, verdicts, fields } of rules) {
    const met = new Set<number>();
    for (let p = from; p < to; p += 1) if (verdicts[p] === OBTAINED) met.add(lists[p] as number);
    for (const list of met) for (const field of fields.got[list] ?? []) got.add(field);
  }
  return [...got].sort();
}

/** The calls of apps whose access had ended. One that several rules hold counts once. */
function containment(inquiry: Inquiry, rules: readonly Judged[]): Filled {
  const named = rules.filter(({ rule }) => rule.permission !== undefined);
  if (named.length === 0) return {};
  const after = named.map((judged) => afterRevocation(inquiry, judged, grantsOf(inquiry, judged)));
  const filters = after.flatMap(({ filter }) => (filter === "" ? [] : [filter]));
  const calls = filters.length === 1 ? after.reduce((sum, { events }) => sum + events, 0) : callsOf(inquiry, filters);
  const value = `${figure(calls)} ${calls === 1 ? "call" : "calls"} after access had ended`;
  return filters.length === 0 ? { value } : { value, filter: either(filters) };
}

const either = (filters: readonly string[]): string =>
  filters.length === 1 ? (filters[0] as string) : filters.map((filter) => `(${filter})`).join(" or ");

const callsOf = ({ dataset }: Inquiry, filters: readonly string[]): number =>
  filters.length === 0 ? 0 : select(dataset, either(filters)).count;

/** How many of those that held access hold none any more, by the registry. */
function revokedText(inquiry: Inquiry, rules: readonly Judged[]): string {
  const held = new Set<string>();
  const holding = new Set<string>();
  for (const judged of rules) {
    const grants = grantsOf(inquiry, judged);
    for (const { id } of grants.entitled(judged.cutoff, judged.asOf).keys()) held.add(id);
    const ended = grants.revocations(judged.asOf);
    for (const { id } of grants.entitled(judged.cutoff, judged.asOf).keys()) if (!ended.has(id)) holding.add(id);
  }
  return `access of ${figure(held.size - holding.size)} of ${figure(held.size)} developers that held it has ended`;
}

function policyText({ policy }: Inquiry, rules: readonly Judged[]): string {
  const named = rules.map(({ rule, cutoff }) => `${rule.title ?? rule.id}, from ${isoOf(cutoff)} on`).join("; ");
  return [policy?.title, policy?.authority, named].filter((part) => part !== undefined && part !== "").join(": ");
}

import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import { DAY, isoOf, type Micros } from "../../../shared/base/time.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import type { Stack, StackOrder, StackRow } from "../../../shared/model/accountability/stack.ts";
import type { Dataset } from "../../query/dataset.ts";
import { evaluate } from "../../query/filter/evaluate.ts";
import { select } from "../../query/results/selection.ts";
import type { Inquiry } from "../inquiry.ts";
import { PeopleCount } from "../people/people-count.ts";
import { resourceSizes } from "../people/resource-sizes.ts";
import { type StackValues, stackValues } from "./stack-values.ts";

export interface StackAsked {
  readonly filter: string;
  readonly by: readonly string[];
  readonly order?: StackOrder | undefined;
  readonly sum?: "bytes" | "duration_ms" | undefined;
  readonly distinct?: string | undefined;
  readonly people?: boolean | undefined;
  readonly against?: string | undefined;
}

/** @throws Refusal `usage`, `column-unknown`, `filter-wrong` */
export function stackOf(inquiry: Inquiry, asked: StackAsked): Stack {
  const { dataset } = inquiry;
  const { filter, by, against } = asked;
  if (by.length < 1 || by.length > 2 || by[0] === by[1])
    throw new Refusal(
      "usage",
      "Calls are stacked by one field or by two different ones",
      "give --by FIELD or --by FIELD,FIELD",
    );
  const order = asked.order ?? "count";
  if (against === undefined && (order === "rose" || order === "fell"))
    throw new Refusal("usage", `The order ${order} compares two filters`, "give the other one with --against");
  const groups = new Groups(by.map((field) => stackValues(dataset, field)));
  const positions = select(dataset, filter).positions;
  const counts = countIn(inquiry, groups, positions, asked);
  const days = daysWithLogs(dataset, filter);
  const others =
    against === undefined
      ? undefined
      : { counts: tally(groups, select(dataset, against).positions), days: daysWithLogs(dataset, against) };
  const rows = groups.rows().map((values, group): StackRow => {
    const count = counts[group];
    const other = others?.counts[group] ?? 0;
    const ratio = others && other > 0 && days > 0 ? (count?.count ?? 0) / days / (other / others.days) : undefined;
    return {
      values,
      ...(count ? count.said(asked) : { count: 0 }),
      ...(others ? { against: other } : {}),
      ...(ratio === undefined ? {} : { ratio }),
    };
  });
  return {
    filter,
    by: [...by],
    values: rows.length,
    events: positions.length,
    rows: rows.sort((a, b) => compareBy[order](a, b) || byValues(a, b)),
    days,
    ...(others ? { against_days: others.days } : {}),
  };
}

/** The combinations of values that calls have, each with a number. */
class Groups {
  readonly #fields: readonly StackValues[];
  readonly #numbers = new Map<string | number, number>();
  readonly #values: (readonly number[])[] = [];

  constructor(fields: readonly StackValues[]) {
    this.#fields = fields;
  }

  *of(position: number): Generator<number> {
    const [one, two] = this.#fields as [StackValues, StackValues?];
    for (const first of one.at(position)) {
      if (!two) yield this.#number(first, [first]);
      else for (const second of two.at(position)) yield this.#number(`${first} ${second}`, [first, second]);
    }
  }

  #number(key: string | number, values: readonly number[]): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#values.push(values) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  rows(): (string | null)[][] {
    return this.#values.map((values) => values.map((value, field) => this.#fields[field]?.texts[value] ?? null));
  }
}

/** The calls of one group, in the order of time. */
class Count {
  count = 0;
  /** Of the calls whose log says it; undefined as long as none does. */
  sum: number | undefined;
  readonly distinct = new Set<number>();
  readonly people: PeopleCount | undefined;
  #first = 0;
  #last = 0;

  constructor(people: PeopleCount | undefined) {
    this.people = people;
  }

  add(time: Micros): void {
    if (this.count === 0) this.#first = time;
    this.#last = time;
    this.count += 1;
  }

  said({ sum, distinct }: StackAsked): Omit<StackRow, "values"> {
    return {
      count: this.count,
      first: isoOf(this.#first),
      last: isoOf(this.#last),
      ...(this.people ? { people: this.people.result() } : {}),
      ...(sum === undefined ? {} : given({ sum: this.sum })),
      ...(distinct === undefined ? {} : { distinct: this.distinct.size }),
    };
  }
}

function countIn(inquiry: Inquiry, groups: Groups, positions: Uint32Array, asked: StackAsked): Count[] {
  const { dataset } = inquiry;
  const { columns } = dataset;
  const sizes = asked.people ? resourceSizes(dataset) : undefined;
  const numbers = asked.sum === undefined ? undefined : columns.numbers(asked.sum);
  const different = asked.distinct === undefined ? undefined : stackValues(dataset, asked.distinct);
  const counts: Count[] = [];
  for (const position of positions) {
    const number = numbers?.[position] ?? Number.NaN;
    for (const group of groups.of(position)) {
      const count = counts[group] ?? new Count(sizes && new PeopleCount(sizes));
      counts[group] = count;
      count.add(columns.time[position] as Micros);
      if (!Number.isNaN(number)) count.sum = (count.sum ?? 0) + number;
      for (const value of different?.at(position) ?? [])
        if (different?.texts[value] !== undefined) count.distinct.add(value);
      if (count.people) inquiry.addPeople(count.people, position);
    }
  }
  return counts;
}

function tally(groups: Groups, positions: Uint32Array): number[] {
  const counts: number[] = [];
  for (const position of positions) for (const group of groups.of(position)) counts[group] = (counts[group] ?? 0) + 1;
  return counts;
}

/** UTC days with logs in the time that a filter speaks of. What else it asks for does not matter. */
function daysWithLogs(dataset: Dataset, filter: string): number {
  const { columns } = dataset;
  const times = timeOnly(parse(filter));
  const set = times === undefined ? columns.originals : evaluate(resolve(times, dataset.times), dataset);
  let days = 0;
  let last = Number.NaN;
  for (let p = set.next(0); p >= 0; p = set.next(p + 1)) {
    const day = Math.floor((columns.time[p] as number) / DAY);
    if (day !== last) days += 1;
    last = day;
  }
  return days;
}

/** A filter without its terms on anything but time; undefined: it says nothing of time. */
function timeOnly(filter: Filter): Filter | undefined {
  if (filter.kind === "and") {
    const terms = filter.terms.map(timeOnly).filter((term) => term !== undefined);
    return terms.length === 0 ? undefined : { ...filter, terms };
  }
  if (filter.kind === "or") {
    const terms = filter.terms.map(timeOnly);
    return terms.some((term) => term === undefined) ? undefined : { ...filter, terms: terms as Filter[] };
  }
  if (filter.kind === "not") return isOfTime(filter.term) ? filter : undefined;
  return isOfTime(filter) ? filter : undefined;
}

function isOfTime(filter: Filter): boolean {
  if (filter.kind === "and" || filter.kind === "or") return filter.terms.length > 0 && filter.terms.every(isOfTime);
  if (filter.kind === "not") return isOfTime(filter.term);
  return filter.kind === "field" && filter.field === "time";
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byValues = (a: StackRow, b: StackRow): number =>
  a.values.reduce<number>((order, value, index) => order || compare(value ?? "", b.values[index] ?? ""), 0);

/** Rows that only the other filter has come last where time orders. */
const LAST = "\uffff";

const compareBy: Readonly<Record<StackOrder, (a: StackRow, b: StackRow) => number>> = {
  count: (a, b) => b.count - a.count,
  rare: (a, b) => a.count - b.count || compare(b.last ?? "", a.last ?? ""),
  value: () => 0,
  first: (a, b) => compare(a.first ?? LAST, b.first ?? LAST),
  last: (a, b) => compare(b.last ?? "", a.last ?? ""),
  // What is new has no ratio, and what stopped has 0: those come first.
  rose: (a, b) => (b.ratio ?? Number.MAX_VALUE) - (a.ratio ?? Number.MAX_VALUE) || b.count - a.count,
  fell: (a, b) => (a.ratio ?? Number.MAX_VALUE) - (b.ratio ?? Number.MAX_VALUE) || (b.against ?? 0) - (a.against ?? 0),
};

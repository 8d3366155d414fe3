import { DAY } from "../../../shared/base/time.ts";
import type { CountedLevel } from "../../../shared/model/accountability/due-clock.ts";
import type { People } from "../../../shared/model/finding.ts";
import { LEVELS, type Level } from "../../../shared/model/level.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { grantsOf } from "../../findings/answers/answer.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { PeopleCount } from "../../findings/people/people-count.ts";
import { resourceSizes } from "../../findings/people/resource-sizes.ts";
import { type Judged, OBTAINED, POSSIBLE } from "../../findings/rules/judge.ts";

/** What some rules together say of a level: each call counts once, whichever of them it falls under. */
export interface LevelCount {
  readonly developers: number;
  readonly events: number;
  readonly people: People;
  /** Times of the first and the last call, µs. */
  readonly first?: number;
  readonly last?: number;
}

/** Bits of verdicts, attempted the lowest, that a level stands for. Entitled needs no call. */
function verdictsOf(level: CountedLevel): number {
  if (level === "recent") return bit(POSSIBLE) | bit(OBTAINED);
  const index = LEVELS.indexOf(level.replace("+", "") as Level);
  const indexes = level.endsWith("+") ? LEVELS.map((_, at) => at).slice(index) : [index];
  return indexes.filter((at) => at > 0).reduce((bits, at) => bits | bit(at), 0);
}

const bit = (verdict: number): number => 1 << verdict;

export function countLevel(inquiry: Inquiry, rules: readonly Judged[], level: CountedLevel): LevelCount {
  const { dataset, returned, personIndex } = inquiry;
  const { columns, owners } = dataset;
  const appOf = columns.codes("app");
  const resourceOf = columns.codes("resource");
  const bits = verdictsOf(level);
  const recentFrom = (judged: Judged) =>
    level === "recent" ? judged.asOf - recentDaysOf(inquiry.policy) * DAY : Number.NEGATIVE_INFINITY;
  const spans = rules.map((judged) => ({ judged, from: recentFrom(judged) }));
  const developers = new Set<string>();
  if (level.startsWith("entitled"))
    for (const judged of rules)
      for (const owner of grantsOf(inquiry, judged).entitled(judged.cutoff, judged.asOf).keys())
        developers.add(owner.id);
  const callers = new Set<number>();
  const counter = new PeopleCount(resourceSizes(dataset));
  let events = 0;
  let first: number | undefined;
  let last: number | undefined;
  const from = Math.min(columns.rows, ...rules.map((judged) => judged.from));
  const to = Math.max(0, ...rules.map((judged) => judged.to));
  for (let p = from; p < to; p += 1) {
    const time = columns.time[p] as number;
    const holding = spans.filter(
      ({ judged, from: since }) => (bits & bit(judged.verdicts[p] as number)) !== 0 && time >= since,
    );
    if (holding.length === 0) continue;
    events += 1;
    first ??= time;
    last = time;
    callers.add(owners.of[p] as number);
    const allowed = holding.filter(({ judged }) => (judged.verdicts[p] as number) >= POSSIBLE);
    if (allowed.length === 0) continue;
    const list = returned.listOf(p);
    if (list === 0) counter.addUnlisted(resourceOf[p] as number, returned.countOf(p));
    else
      for (const person of personIndex.of(list))
        if (allowed.some(({ judged }) => !judged.consents.covers(person, appOf[p] as number, time)))
          counter.addPerson(person);
  }
  for (const owner of callers) developers.add(owners.list[owner]?.id ?? "unknown");
  return {
    developers: developers.size,
    events,
    people: counter.result(),
    ...(first === undefined || last === undefined ? {} : { first, last }),
  };
}

import { isoOf, type Micros } from "../../shared/base/time.ts";
import { quote } from "../../shared/filter/print.ts";
import type { Against } from "../../shared/model/accountability/remedy.ts";
import type { Rule } from "../../shared/model/policy.ts";
import type { Inquiry } from "../findings/inquiry.ts";
import { type Judged, OBTAINED, POSSIBLE } from "../findings/rules/judge.ts";
import { scopeOf } from "../findings/rules/rule-scope.ts";
import { scopeTerms } from "../findings/rules/scope-text.ts";

/** From when on a developer's calls speak against a step of it. */
export interface Since {
  readonly developer_id: string;
  readonly from: Micros;
}

class Count {
  events = 0;
  first = 0;
  last = 0;

  /** In the order of time. */
  add(time: Micros): void {
    if (this.events === 0) this.first = time;
    this.last = time;
    this.events += 1;
  }
}

/** The calls that speak against steps of one rule: those it judges, and those that no level judges any more. */
interface CallsAfter {
  readonly judged: ReadonlyMap<Since, Against>;
  readonly later: ReadonlyMap<Since, Against>;
}

/** Two passes for all steps together, from the earliest on. */
export function callsAfter(inquiry: Inquiry, judged: Judged, all: readonly Since[]): CallsAfter {
  const { rule, asOf } = judged;
  const { verdicts } = judged;
  const isCounted = (p: number) => verdicts[p] === POSSIBLE || verdicts[p] === OBTAINED;
  const scope = scopeOf(inquiry.dataset, rule, judged.cutoff, asOf);
  const afterAsOf = (since: Since) => Math.max(since.from, asOf);
  return {
    judged: counted(inquiry, all, {
      kind: "calls",
      fromOf: (since) => since.from,
      to: judged.to,
      isCounted,
      filterOf: (since, from) => judgedFilter(rule, since.developer_id, from),
    }),
    later: counted(inquiry, Number.isFinite(asOf) ? all : [], {
      kind: "later",
      fromOf: afterAsOf,
      to: inquiry.dataset.columns.rows,
      isCounted: (p) => scope.inside(p) && scope.counts(p),
      filterOf: (since, from) => laterFilter(rule, since.developer_id, from),
    }),
  };
}

interface Asked {
  readonly kind: "calls" | "later";
  fromOf(since: Since): Micros;
  /** Position behind the last that is looked at. */
  readonly to: number;
  isCounted(position: number): boolean;
  filterOf(since: Since, from: Micros): string;
}

function counted(
  { dataset: { columns, owners } }: Inquiry,
  all: readonly Since[],
  { kind, fromOf, to, isCounted, filterOf }: Asked,
): Map<Since, Against> {
  const byDeveloper = Map.groupBy(all, ({ developer_id }) => developer_id);
  const counts = new Map(all.map((since) => [since, new Count()]));
  const mine = owners.list.map(({ id }) => byDeveloper.get(id));
  const { time } = columns;
  const begin = Math.min(...all.map(fromOf));
  for (let p = all.length === 0 ? to : columns.lowerBound(begin); p < to; p += 1) {
    const those = mine[owners.of[p] as number];
    if (those === undefined || !isCounted(p)) continue;
    const at = time[p] as Micros;
    for (const since of those) if (at >= fromOf(since)) counts.get(since)?.add(at);
  }
  return new Map(
    [...counts]
      .filter(([, { events }]) => events > 0)
      .map(([since, { events, first, last }]) => [
        since,
        { kind, events, first: isoOf(first), last: isoOf(last), filter: filterOf(since, fromOf(since)) },
      ]),
  );
}

/** By the id alone: a name may be another's too, and which names calls bear differs between a case and its bundle. */
const judgedFilter = ({ id }: Rule, developer: string, from: Micros): string =>
  `finding:${quote(id)} finding:${quote(developer)} level:possible+ time>=${isoOf(from)}`;

/** The rule's calls whatever came of them. No finding names them, since no level judges them. */
function laterFilter(rule: Rule, developer: string, from: Micros): string {
  const services = rule.applies_to.caller === undefined ? ["not caller:service"] : [];
  const exempt = rule.exempt_apps.length > 0 ? [`not app:(${rule.exempt_apps.map(quote).join(" or ")})`] : [];
  return [ownerTerm(developer), ...scopeTerms(rule), ...services, ...exempt, `time>=${isoOf(from)}`].join(" ");
}

/** The calls of an owner, as a filter. Events name no developer where only the app, or not even that, is known. */
function ownerTerm(id: string): string {
  if (id === "unknown") return "not app:* not developer:*";
  if (id.startsWith("app:")) return `app:${quote(id.slice("app:".length))} not developer:*`;
  return `developer:${quote(id)}`;
}

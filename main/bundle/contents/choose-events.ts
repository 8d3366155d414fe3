import { knownMoment } from "../../../shared/base/moment.ts";
import { isoOf, type Micros } from "../../../shared/base/time.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { print } from "../../../shared/filter/print.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Remedy } from "../../../shared/model/accountability/remedy.ts";
import type { Claim } from "../../../shared/model/claims.ts";
import { DISPOSITIONS, type Disposition } from "../../../shared/model/finding.ts";
import { asIfAllowed, asksHowItEnded } from "../../findings/answers/as-if-allowed.ts";
import { namedValues } from "../../findings/answers/claim-values.ts";
import { claimResult } from "../../findings/answers/claims.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import type { Judged } from "../../findings/rules/judge.ts";
import { loadClaims } from "../../findings/rules/policy.ts";
import { scopeTerms } from "../../findings/rules/scope-text.ts";
import { namingCalls } from "../../findings/rules/unregistered-owner.ts";
import { EventSet } from "../../query/columns/event-set.ts";
import type { Dataset } from "../../query/dataset.ts";
import { evaluate } from "../../query/filter/evaluate.ts";
import type { Dossier } from "./dossier.ts";
import { addSameRecords } from "./same-records.ts";

/** One reason why events are in a bundle, word for word, and how many it brings. */
export interface Reason {
  readonly why: string;
  readonly filter: string;
  readonly events: number;
}

export interface Choice {
  /** Ascending positions. */
  readonly positions: Uint32Array;
  readonly reasons: readonly Reason[];
}

/** By what every bundle selects. */
export const ALWAYS = ["outcome:denied", "tag:*", "note:*"] as const;
/** By what every bundle of a case with a policy does: of the findings in these states, or of all. */
export const foundBy = (states?: readonly Disposition[]): string =>
  states === undefined ? "level:attempted+" : `level:attempted+ finding:(${states.join(" or ")})`;

/** The states that somebody chose in one order; all of them are no choice. */
export function statesOf(chosen: readonly Disposition[] | undefined): Disposition[] | undefined {
  const states = DISPOSITIONS.filter((state) => chosen?.includes(state));
  return chosen === undefined || states.length === DISPOSITIONS.length ? undefined : states;
}

interface Wanted {
  readonly filter?: string | undefined;
  readonly findings?: readonly Disposition[] | undefined;
  readonly dossier?: Dossier | undefined;
}

/**
 * Every event that a finding, a claim, a remedy entry or a tag rests on, and the denied calls; `filter` adds to them. In a
 * dossier those of one developer; claims speak of all developers, and are none of its reasons. `findings`: of those in these
 * states alone; a claim then rests on the calls of others, which are left out.
 */
export function chooseEvents(inquiry: Inquiry, remedy: Remedy, { filter, findings, dossier }: Wanted = {}): Choice {
  const { dataset } = inquiry;
  const wanted: [why: string, filter: string][] = [
    ["denied calls", ALWAYS[0]],
    ["tagged", ALWAYS[1]],
    ["noted", ALWAYS[2]],
  ];
  if (inquiry.policy)
    wanted.unshift(
      findings === undefined
        ? ["findings rest on them, dismissed ones too", foundBy()]
        : [`findings rest on them that are ${findings.join(" or ")}`, foundBy(findings)],
    );
  wanted.push(...serviceReasons(inquiry));
  wanted.push(...namingReasons(inquiry, remedy));
  wanted.push(...remedyReasons(remedy));
  if (!dossier)
    for (const claim of loadClaims(dataset.caseFile)?.claims ?? []) wanted.push(...claimReasons(inquiry, claim));
  if (filter !== undefined) wanted.push(["asked for", filter]);
  const chosen = EventSet.none(dataset.columns.rows);
  const reasons = wanted.map(([why, asked]) => {
    const text = dossier ? dossier.filter(asked) : asked;
    const set = evaluate(resolve(parse(text), dataset.times), dataset);
    dossier?.narrow(set);
    chosen.unite(set);
    return { why, filter: text, events: set.count };
  });
  // A record that is added may be of a call, or a copy, itself.
  for (let before = -1; chosen.count !== before; ) {
    before = chosen.count;
    addSameRecords(dataset, chosen);
    addSameCalls(dataset, chosen);
    dossier?.narrow(chosen);
  }
  return { positions: chosen.positions(), reasons };
}

/** Chosen rows whose calls are looked up at once. */
const AT_ONCE = 1 << 13;

/** Adds the other records of the calls that chosen ones tell of: without them nobody could see which counts, and since when. */
function addSameCalls({ caseFile: { db }, columns }: Dataset, chosen: EventSet): void {
  if (db.prepare("select 1 from event_call limit 1").get() === undefined) return;
  const ids = columns.codes("id");
  const others = db
    .prepare(
      `select distinct c.id from json_each(?) j join event_call o on o.id = j.value join event_call c on c.call = o.call
         join event_row a on a.id = o.id join event_row b on b.id = c.id join source s on s.id = a.source join source t on t.id = b.source
       where c.id <> o.id and s.format = t.format and t.state = 'complete' and t.withdrawn is null`,
    )
    .pluck();
  const positions = chosen.positions();
  for (let from = 0; from < positions.length; from += AT_ONCE) {
    const some = Array.from(positions.subarray(from, from + AT_ONCE), (position) => ids[position] as number);
    for (const id of others.all(JSON.stringify(some)) as number[]) chosen.put(columns.positionOf(id));
  }
}

/** An app that called nothing a rule speaks of may still be entitled, and only another call of it may say whose it is. A filter a source. */
function namingReasons({ dataset, judged }: Inquiry, remedy: Remedy): [why: string, filter: string][] {
  const { columns } = dataset;
  const sources = columns.codes("source");
  const offsets = columns.numbers("offset");
  const bySource = Map.groupBy(
    namingCalls(dataset, judged, revokedSince(remedy)),
    (position) => sources[position] as number,
  );
  return [...bySource]
    .sort((a, b) => a[0] - b[0])
    .map(([source, positions]) => {
      const places = positions.map((position) => offsets[position] as number).sort((a, b) => a - b);
      return ["they name whose an app with a grant is", `source:${source} offset:(${places.join(" or ")})`];
    });
}

/** By rule: from when on it matters who holds a grant, since a step says that it was revoked. */
function revokedSince({ rules }: Remedy): Map<string, Micros> {
  const since = new Map<string, Micros>();
  for (const { rule, developers } of rules)
    for (const { step, on } of developers.flatMap(({ entries }) => entries))
      if (step === "revoked" && on !== undefined)
        since.set(rule, Math.min(knownMoment(on).after, since.get(rule) ?? Number.POSITIVE_INFINITY));
  return since;
}

/** Calls that speak against a step and that no level judges: no finding brings them. */
function remedyReasons({ rules }: Remedy): [why: string, filter: string][] {
  const reasons = new Map<string, string>();
  for (const { n, against } of rules.flatMap(({ developers }) => developers.flatMap(({ entries }) => entries)))
    for (const each of against)
      if (each.kind === "later" && !reasons.has(each.filter))
        reasons.set(each.filter, `they speak against remedy entry ${n}, and no level judges them`);
  return Array.from(reasons, ([filter, why]) => [why, filter]);
}

/**
 * What a claim's verdict rests on beside findings: its own calls where no rule has found them, the calls of its rule that
 * leave it open because nothing says how they ended, and for each value that it names one call that has it.
 */
function claimReasons(inquiry: Inquiry, claim: Claim): [why: string, filter: string][] {
  const { dataset } = inquiry;
  if (claim.measure === undefined || !reads(claim.filter)) return [];
  const reasons: [string, string][] = [];
  const asked = parse(claim.filter);
  // Calls of unknown outcome that a filter for allowed ones leaves out may leave the claim open.
  const own = asksHowItEnded(asked) ? print(asIfAllowed(asked)) : claim.filter;
  if (claim.rule === undefined && claim.level === undefined) {
    reasons.push([`claim ${claim.id} rests on them`, claim.filter]);
    if (asksHowItEnded(asked) && claimResult(inquiry, claim).verdict === "undetermined")
      reasons.push([`nothing says how they ended, which leaves claim ${claim.id} open`, `outcome:unknown (${own})`]);
  } else if (claimResult(inquiry, claim).verdict === "undetermined")
    for (const judged of inquiry.judged)
      if ((claim.rule ?? judged.rule.id) === judged.rule.id && Number.isFinite(judged.asOf)) {
        const filter = `outcome:unknown ${scopeText(judged)}${own.trim() === "" ? "" : ` (${own})`}`;
        reasons.push([`nothing says how they ended, which leaves claim ${claim.id} open`, filter]);
      }
  for (const { term, first } of namedValues(dataset, claim.filter)) {
    if (first === undefined) continue;
    const { columns } = dataset;
    const place = `source:${columns.codes("source")[first]} line:${columns.numbers("line")[first]}`;
    reasons.push([`the logs have ${term}, which claim ${claim.id} names`, place]);
  }
  return reasons;
}

/** A claim that a version before this one took may hold what is refused now; it is undetermined then. */
function reads(filter: string): boolean {
  try {
    parse(filter);
    return true;
  } catch {
    return false;
  }
}

/** The calls of the platform's own services that the rules leave out, so that their number can be counted again. */
function serviceReasons(inquiry: Inquiry): [why: string, filter: string][] {
  return inquiry.judged.flatMap((judged): [string, string][] => {
    if (inquiry.summaryOf(judged).service_calls === undefined) return [];
    const why = `services of the platform made them, and rule ${judged.rule.id} leaves them out`;
    return [[why, `caller:service ${scopeText(judged)}`]];
  });
}

/** The calls a rule speaks of, services of the platform included, as a filter. */
const scopeText = ({ rule, cutoff, asOf }: Judged): string =>
  [`time>=${isoOf(cutoff)} time<${isoOf(asOf)}`, ...scopeTerms(rule)].join(" ");

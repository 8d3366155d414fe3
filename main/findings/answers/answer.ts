import { DAY, HOUR, isoOf, type Micros, monthOf } from "../../../shared/base/time.ts";
import { fold } from "../../../shared/filter/match.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import type { HeldGrant } from "../../../shared/model/dossier.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { countedSources } from "../../case/sources.ts";
import { gapText, type HourRun, silencesOfApi } from "../coverage/coverage.ts";
import type { Inquiry } from "../inquiry.ts";
import { Grants } from "../rules/grants.ts";
import { ATTEMPTED, type Judged, OBTAINED, POSSIBLE, type ReturnedPeople } from "../rules/judge.ts";
import { ruleNamed } from "../rules/policy.ts";
import { unregisteredOwner } from "../rules/unregistered-owner.ts";

/** The judged rule of that id, without one the policy's first. @throws Refusal `policy-missing`, `rule-unknown` */
export function judgedBy(inquiry: Inquiry, rule: string | undefined): Judged {
  const id = ruleNamed(inquiry.policy, rule ?? inquiry.policy?.rules[0]?.id ?? "").id;
  return inquiry.judged.find((judged) => judged.rule.id === id) as Judged;
}

export const grantsOf = ({ dataset }: Inquiry, { rule }: Judged): Grants =>
  new Grants(dataset, rule, unregisteredOwner(dataset));

/** `as_of` and the start of the recent window. Neither where no call and no policy gives an end. */
export function spanOf(inquiry: Inquiry, judged: Judged): { cutoff: string; as_of?: string; recent_from?: string } {
  const cutoff = isoOf(judged.cutoff);
  if (!Number.isFinite(judged.asOf)) return { cutoff };
  const recentFrom = judged.asOf - recentDaysOf(inquiry.policy) * DAY;
  return { cutoff, as_of: isoOf(judged.asOf), recent_from: isoOf(recentFrom) };
}

/** @throws Refusal `policy-missing`, `rule-unknown` */
export function answerDetail(inquiry: Inquiry, rule?: string): AnswerDetail {
  const { dataset } = inquiry;
  const judged = judgedBy(inquiry, rule);
  const grants = grantsOf(inquiry, judged);
  const apis = apisOf(inquiry, judged);
  const last = lastCall(inquiry, judged, apis);
  return {
    rule: judged.rule.id,
    ...spanOf(inquiry, judged),
    granted: dataset.registry.grants.filter((grant) => grant.permission === judged.rule.permission).length,
    sources: countedSources(dataset.caseFile.db),
    months: months(inquiry, judged, grants),
    after_revocation: afterRevocation(inquiry, judged, grants),
    ...(last === undefined ? {} : { logged_until: isoOf(last) }),
    ...listing(inquiry, judged),
    ...silencesIn(inquiry, judged, Number.isFinite(judged.asOf) ? apis : []),
  };
}

function silencesIn(
  inquiry: Inquiry,
  { cutoff, asOf }: Judged,
  apis: readonly string[],
): Pick<AnswerDetail, "gaps" | "untold"> {
  const isInside = (run: HourRun) => run.to * HOUR > cutoff && run.from * HOUR < asOf;
  const found = apis.map((api) => ({
    api,
    ...silencesOfApi(
      inquiry.lanes.filter((lane) => lane.api === api),
      cutoff,
      asOf,
    ),
  }));
  return {
    gaps: found.flatMap(({ api, gaps }) => gaps.filter(isInside).map((gap) => ({ api, ...gapText(gap) }))),
    untold: found.reduce((sum, { untold }) => sum + untold.filter(isInside).length, 0),
  };
}

function lastCall({ dataset }: Inquiry, { rule, to }: Judged, names: readonly string[]): Micros | undefined {
  const { columns } = dataset;
  const isEvery = rule.applies_to.api === undefined;
  const passes = columns.dictionary("api").table((text) => names.includes(text), isEvery);
  const api = columns.codes("api");
  for (let p = to - 1; p >= 0; p -= 1) if (passes[api[p] as number] === 1) return columns.time[p];
  return undefined;
}

/** How far the calls that got data say whose it was. */
function listing({ dataset, returned }: Inquiry, judged: Judged): Pick<AnswerDetail, "listing" | "unlisted"> {
  const { columns, owners } = dataset;
  const lists = columns.codes("subjects");
  const all = { listed: 0, counted: 0, silent: 0, contrary: 0 };
  const rows = new Map<number, AnswerDetail["unlisted"][number]>();
  for (let p = judged.from; p < judged.to; p += 1) {
    if (judged.verdicts[p] !== OBTAINED) continue;
    const says = saysOf(returned, p);
    all[says] += 1;
    if (says === "listed") continue;
    const index = owners.of[p] as number;
    const { id, name } = owners.list[index] as { id: string; name: string };
    const row = rows.get(index) ?? { developer_id: id, developer: name, counted: 0, silent: 0, contrary: 0 };
    const isContrary = lists[p] !== 0 ? 1 : 0;
    row[says] += 1;
    row.contrary += isContrary;
    all.contrary += isContrary;
    rows.set(index, row);
  }
  const weight = (row: { counted: number; silent: number }) => row.counted + row.silent;
  const unlisted = [...rows.values()].sort((a, b) => weight(b) - weight(a) || compare(a.developer_id, b.developer_id));
  return { listing: all, unlisted };
}

/** Whether a call that returned people lists their ids, gives only their number, or neither. */
export function saysOf(returned: ReturnedPeople, p: number): "listed" | "counted" | "silent" {
  if (returned.listOf(p) !== 0) return "listed";
  return Number.isNaN(returned.countOf(p)) ? "silent" : "counted";
}

/** The APIs that a rule names, as the logs spell them. An API that no log has is spelled as in the rule. */
function apisOf({ dataset }: Inquiry, { rule }: Judged): string[] {
  const logged = dataset.columns
    .dictionary("api")
    .all()
    .filter((text) => text !== undefined);
  if (rule.applies_to.api === undefined) return [...new Set(logged)];
  return rule.applies_to.api.flatMap((name) => {
    const same = logged.filter((text) => fold(text) === fold(name));
    return same.length > 0 ? same : [name];
  });
}

const [KEPT, TRIED, MAY, GOT] = [0, 1, 2, 3] as const;

/** Every month of the span, each developer under the most it did in it. */
function months({ dataset }: Inquiry, judged: Judged, grants: Grants): AnswerDetail["months"] {
  const { columns, owners } = dataset;
  const most = new Map<string, Map<string, number>>();
  const raise = (month: string, owner: string, to: number) => {
    let row = most.get(month);
    if (!row) {
      row = new Map();
      most.set(month, row);
    }
    row.set(owner, Math.max(to, row.get(owner) ?? KEPT));
  };
  for (let p = judged.from; p < judged.to; p += 1) {
    const verdict = judged.verdicts[p] as number;
    if (verdict < ATTEMPTED || verdict > OBTAINED) continue;
    const did = verdict === OBTAINED ? GOT : verdict === POSSIBLE ? MAY : TRIED;
    raise(monthOf(columns.time[p] as number), (owners.list[owners.of[p] as number] as { id: string }).id, did);
  }
  const rows: AnswerDetail["months"] = [];
  for (const { name, from, until } of monthsIn(judged.cutoff, judged.asOf)) {
    for (const owner of grants.entitled(from, until).keys()) raise(name, owner.id, KEPT);
    const did = [...(most.get(name)?.values() ?? [])];
    const number = (of: number) => did.filter((each) => each === of).length;
    rows.push({ month: name, kept: number(KEPT), tried: number(TRIED), may: number(MAY), got: number(GOT) });
  }
  return rows;
}

/** The months of the UTC calendar that [from, until) touches, each cut to it. */
function* monthsIn(from: Micros, until: Micros): Generator<{ name: string; from: Micros; until: Micros }> {
  if (!Number.isFinite(until)) return;
  for (let begin = from; begin < until; ) {
    const name = monthOf(begin);
    const [year, month] = name.split("-").map(Number) as [number, number];
    const end = Math.min(Date.UTC(year, month, 1) * 1000, until);
    yield { name, from: begin, until: end };
    begin = end;
  }
}

/** The filter for the calls that containment counts, of all developers or of one, and their number. */
export function afterRevocation(
  { dataset }: Inquiry,
  judged: Judged,
  grants: Grants,
  only?: { owner: string; term: string },
): { filter: string; events: number } {
  const { columns, owners } = dataset;
  const apps = columns.dictionary("app").all();
  const met = new Set<string>();
  let events = 0;
  for (let p = judged.from; p < judged.to; p += 1) {
    const verdict = judged.verdicts[p] as number;
    if (verdict !== POSSIBLE && verdict !== OBTAINED) continue;
    const app = apps[columns.codes("app")[p] as number];
    if (app === undefined || !grants.ended(app, columns.time[p] as number)) continue;
    if (only && owners.list[owners.of[p] as number]?.id !== only.owner) continue;
    met.add(app);
    events += 1;
  }
  const spans = [...met].sort().map((app) => {
    const times = grants.endedSpans(app).map(({ from, until }) => {
      const end = Number.isFinite(until) ? ` time<${isoOf(until)}` : "";
      return `time>=${isoOf(from)}${end}`;
    });
    return `app:${quote(app)} ${times.length === 1 ? times[0] : `(${times.join(" or ")})`}`;
  });
  const where = spans.length === 1 ? spans[0] : `(${spans.join(" or ")})`;
  const own = only ? ` ${only.term}` : "";
  return { filter: events === 0 ? "" : `finding:${judged.rule.id} level:possible+${own} ${where}`, events };
}

/** Who kept access, grant by grant: every grant of the rule's permission in force between cutoff and `as_of`. */
export function heldGrants(inquiry: Inquiry, judged: Judged, from = judged.cutoff, until = judged.asOf): HeldGrant[] {
  const names = appNames(inquiry);
  const permission = judged.rule.permission ?? "";
  return Array.from(grantsOf(inquiry, judged).holders(from, until), ({ owner, app, ...granted }) => {
    const name = names.get(app);
    return {
      developer_id: owner.id,
      developer: owner.name,
      app,
      ...(name === undefined ? {} : { app_name: name }),
      permission,
      ...(Number.isFinite(granted.from) ? { from: isoOf(granted.from) } : {}),
      ...(Number.isFinite(granted.until) ? { until: isoOf(granted.until) } : {}),
    };
  }).sort(
    (a, b) =>
      compare(a.developer, b.developer) ||
      compare(a.developer_id, b.developer_id) ||
      compare(a.app, b.app) ||
      compare(a.from ?? "", b.from ?? ""),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first name the registry has of each app. */
export function appNames({ dataset }: Pick<Inquiry, "dataset">): Map<string, string> {
  const names = new Map<string, string>();
  for (const { app, app_name } of dataset.registry.apps) if (app_name && !names.has(app)) names.set(app, app_name);
  return names;
}

import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import { DAY, isoOf } from "../../../shared/base/time.ts";
import { fieldPaths, fold } from "../../../shared/filter/match.ts";
import type { CallCounts, Dossier } from "../../../shared/model/dossier.ts";
import { decisions } from "../dispositions.ts";
import type { Inquiry } from "../inquiry.ts";
import { ATTEMPTED, type Judged, OBTAINED, POSSIBLE } from "../rules/judge.ts";
import { afterRevocation, appNames, grantsOf, heldGrants, judgedBy, saysOf, spanOf } from "./answer.ts";
import { termsOf } from "./developer-term.ts";
import { appSpan, callsOf } from "./owner-calls.ts";

const KINDS: Readonly<Record<number, keyof CallCounts>> = {
  [ATTEMPTED]: "tried",
  [POSSIBLE]: "may",
  [OBTAINED]: "got",
};
const none = (): CallCounts => ({ got: 0, may: 0, tried: 0, other: 0 });

/** One developer under one rule. */
interface Subject {
  readonly inquiry: Inquiry;
  readonly judged: Judged;
  readonly id: string;
  /** Positions of its calls, duplicates left out. */
  readonly calls: readonly number[];
}

/**
 * All that the record says of one developer under one rule.
 * @throws Refusal `developer-unknown`, `policy-missing`, `rule-unknown`
 */
export function dossier(inquiry: Inquiry, input: { developer_id: string; rule?: string }): Dossier {
  const { attribution, owners, registry, caseFile } = inquiry.dataset;
  const judged = judgedBy(inquiry, input.rule);
  const id = attribution.idNow(input.developer_id);
  const index = owners.list.findIndex((owner) => owner.id === id);
  const registered = registry.developers.find((developer) => developer.developer_id === id);
  const finding = inquiry.summaryOf(judged).developers.find((row) => row.developer_id === id);
  const name = owners.list[index]?.name ?? finding?.developer ?? registered?.developer ?? (registered && id);
  if (name === undefined)
    throw new Refusal(
      "developer-unknown",
      `The case knows no developer of the id "${id}"`,
      "choose one from the list of developers",
    );
  const term = termsOf(inquiry.dataset)(id, name);
  const calls = callsOf(inquiry.dataset, index);
  const subject: Subject = { inquiry, judged, id, calls };
  return {
    rule: judged.rule.id,
    developer_id: id,
    developer: name,
    ...(registered?.contact === undefined ? {} : { contact: registered.contact }),
    ...(registered?.country === undefined ? {} : { country: registered.country }),
    term,
    ...spanOf(inquiry, judged),
    ...(finding ? { finding } : {}),
    grants: heldGrants(inquiry, judged, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).filter(
      (grant) => grant.developer_id === id,
    ),
    apps: appsOf(subject, finding?.apps ?? []),
    ...(calls.length > 0
      ? { first: isoOf(timeOf(subject, calls[0] as number)), last: isoOf(timeOf(subject, calls.at(-1) as number)) }
      : {}),
    calls: dailyCalls(subject),
    fields: fieldsGot(subject),
    listing: listingOf(subject),
    after_revocation: afterRevocation(inquiry, judged, grantsOf(inquiry, judged), { owner: id, term }),
    decisions: decisions(caseFile)
      .filter((each) => each.rule === judged.rule.id && each.developer_id === id)
      .map(({ disposition, reason, at, by }) => ({ disposition, reason, at, by })),
  };
}

const timeOf = ({ inquiry }: Subject, position: number): number => inquiry.dataset.columns.time[position] as number;

const kindOf = ({ judged }: Subject, position: number): keyof CallCounts =>
  KINDS[judged.verdicts[position] as number] ?? "other";

/** Every app it owned by the registry or called with, and those that its finding names. */
function appsOf(subject: Subject, found: readonly string[]): Dossier["apps"] {
  const { inquiry, id } = subject;
  const { columns, registry } = inquiry.dataset;
  const texts = columns.dictionary("app").all();
  const appOf = columns.codes("app");
  const names = appNames(inquiry);
  const counts = new Map<string, CallCounts>();
  for (const row of registry.apps) if (row.developer_id === id) counts.set(row.app, none());
  for (const app of found) if (!counts.has(app)) counts.set(app, none());
  for (const p of subject.calls) {
    const app = texts[appOf[p] as number];
    if (app === undefined) continue;
    const row = counts.get(app) ?? none();
    row[kindOf(subject, p)] += 1;
    counts.set(app, row);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([app, row]) => {
      return { app, ...given({ app_name: names.get(app) }), ...appSpan(inquiry.dataset, id, app), ...row };
    });
}

function dailyCalls(subject: Subject): Dossier["calls"] {
  const { judged, calls } = subject;
  const [first, last] = [calls[0], calls.at(-1)];
  const start = Math.floor((first === undefined ? judged.cutoff : timeOf(subject, first)) / DAY);
  const length = last === undefined ? 0 : Math.floor(timeOf(subject, last) / DAY) - start + 1;
  const zeros = () => new Array<number>(length).fill(0);
  const counts = { got: zeros(), may: zeros(), tried: zeros(), other: zeros() };
  for (const p of calls) {
    const day = Math.floor(timeOf(subject, p) / DAY) - start;
    const kind = counts[kindOf(subject, p)];
    kind[day] = (kind[day] as number) + 1;
  }
  return { from: isoOf(start * DAY), ...counts };
}

/** Fields of the rule that were returned to it, each with the number of calls. */
function fieldsGot({ inquiry, judged, calls }: Subject): Dossier["fields"] {
  const { columns } = inquiry.dataset;
  const fieldsOf = columns.codes("fields");
  const callsOfList = new Map<number, number>();
  for (const p of calls) {
    const list = fieldsOf[p] as number;
    if (judged.verdicts[p] === OBTAINED) callsOfList.set(list, (callsOfList.get(list) ?? 0) + 1);
  }
  const events = new Map<string, number>();
  const got = (list: number) => judged.fields.got[list] ?? [];
  const names = new Set([...callsOfList.keys()].flatMap(got));
  const texts = columns.dictionary("fields");
  for (const [list, number] of callsOfList) {
    // A rule without fields of its own gets the log's, and a call answers to each of them in any case and by each path.
    const paths = judged.rule.restricted_fields === undefined ? pathsIn(texts.get(list)) : undefined;
    const answered = paths === undefined ? got(list) : [...names].filter((name) => paths.has(fold(name)));
    for (const field of answered.length > 0 ? answered : got(list))
      events.set(field, (events.get(field) ?? 0) + number);
  }
  return [...events].sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, number]) => ({ field, events: number }));
}

/** What a list of fields answers to, folded. */
const pathsIn = (list: string | undefined): ReadonlySet<string> =>
  new Set((JSON.parse(list ?? "[]") as string[]).flatMap((field) => fieldPaths(field).map(fold)));

/** Whether the calls that got something list whom it was about, count them, or say nothing. */
function listingOf({ inquiry, judged, calls }: Subject): Dossier["listing"] {
  const listing = { listed: 0, counted: 0, silent: 0 };
  for (const p of calls) {
    if (judged.verdicts[p] === OBTAINED) listing[saysOf(inquiry.returned, p)] += 1;
  }
  return listing;
}

import type { Findings, RuleFindings } from "../../../../shared/model/finding.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleContents } from "./bundle-contents.ts";
import { differences } from "./differences.ts";
import { readExtract, readJson } from "./read-extract.ts";

interface Side {
  readonly bag: Bag;
  readonly contents: BundleContents;
}

/** Of each kind so many are named, and the rest counted. */
const NAMED = 10;

/** What of sources, findings, decisions, policy and counts is otherwise than in an older bundle, as one sentence. */
export async function whatChanged(old: Side, now: Side): Promise<string> {
  const before = await readJson<Findings>(old.bag, "findings.json");
  const after = await readJson<Findings>(now.bag, "findings.json");
  const changes = [
    ...sourceChanges(old.contents, now.contents),
    ...(await documentChanges(old, now)),
    ...findingChanges(before, after),
    ...decisionChanges(old.contents, now.contents),
    ...countChanges(old.contents, now.contents, before, after),
  ];
  return changes.length === 0 ? "nothing in sources, findings, decisions, policy and counts" : changes.join("; ");
}

const say = (value: unknown): string => printable(String(value).slice(0, 80));

const listed = (what: string, items: readonly string[]): string[] =>
  items.length === 0
    ? []
    : [`${what} ${items.slice(0, NAMED).join(", ")}${items.length > NAMED ? ` and ${items.length - NAMED} more` : ""}`];

function sourceChanges({ sources: old }: BundleContents, { sources: now }: BundleContents): string[] {
  const before = new Map(old.map((source) => [source.source, source]));
  const after = new Map(now.map((source) => [source.source, source]));
  const named = ({ source, file }: { source: number; file: string }) => `${source} (${say(file)})`;
  const both = now.flatMap((source) => {
    const was = before.get(source.source);
    return was === undefined ? [] : [{ was, source }];
  });
  return [
    ...listed(
      "sources added:",
      now.filter(({ source }) => !before.has(source)).map((source) => `${named(source)}, ${source.events} events`),
    ),
    ...listed("sources gone:", old.filter(({ source }) => !after.has(source)).map(named)),
    ...listed(
      "sources withdrawn:",
      both.filter(({ was, source }) => !was.withdrawn && source.withdrawn).map(({ source }) => named(source)),
    ),
    ...listed(
      "sources restored:",
      both.filter(({ was, source }) => was.withdrawn && !source.withdrawn).map(({ source }) => named(source)),
    ),
    ...listed(
      "sources read otherwise:",
      both.flatMap(({ was: { withdrawn: _, ...was }, source: { withdrawn: __, ...source } }) =>
        differences(was, source)
          .slice(0, 1)
          .map((fault) => `${named(source)}: ${fault.replace(", worked out ", ", now ")}`),
      ),
    ),
  ];
}

async function documentChanges(old: Side, now: Side): Promise<string[]> {
  const changed: string[] = [];
  for (const name of ["policy.json", "registry.json"])
    if ((await readExtract(old.bag, name)) !== (await readExtract(now.bag, name))) changed.push(name);
  if (JSON.stringify(old.contents.about.claims) !== JSON.stringify(now.contents.about.claims))
    changed.push("the claims");
  return changed.length === 0 ? [] : [`${changed.join(", ")} changed`];
}

function findingChanges(before: Findings, after: Findings): string[] {
  const rules = new Map(before.rules.map((rule) => [rule.rule, rule]));
  const now = new Map(after.rules.map((rule) => [rule.rule, rule]));
  return [
    ...listed(
      "rules added:",
      after.rules.filter(({ rule }) => !rules.has(rule)).map(({ rule }) => say(rule)),
    ),
    ...listed(
      "rules gone:",
      before.rules.filter(({ rule }) => !now.has(rule)).map(({ rule }) => say(rule)),
    ),
    ...after.rules.flatMap((rule) => {
      const was = rules.get(rule.rule);
      return was === undefined ? [] : listed(`findings of ${say(rule.rule)}:`, developerChanges(was, rule));
    }),
  ];
}

function developerChanges(was: RuleFindings, now: RuleFindings): string[] {
  const before = new Map(was.developers.map((row) => [row.developer_id, row]));
  const after = new Set(now.developers.map(({ developer_id: id }) => id));
  return [
    ...now.developers.flatMap((row) => {
      const own = before.get(row.developer_id);
      const name = say(row.developer_id);
      if (own === undefined) return [`${name} is new, ${row.level}`];
      const steps = [
        own.level === row.level ? undefined : `${own.level} → ${row.level}`,
        own.status === row.status ? undefined : `${own.status} → ${row.status}`,
      ].filter((step) => step !== undefined);
      return steps.length === 0 ? [] : [`${name} ${steps.join(", ")}`];
    }),
    ...was.developers
      .filter(({ developer_id: id }) => !after.has(id))
      .map(({ developer_id: id, level }) => `${say(id)} (${level}) is no longer there`),
  ];
}

/** Decisions are added, never changed: of those after the ones that both have, each side has its own. */
function decisionChanges({ about: old }: BundleContents, { about: now }: BundleContents): string[] {
  const [was, is] = [
    old.decisions.map((each) => JSON.stringify(each)),
    now.decisions.map((each) => JSON.stringify(each)),
  ];
  let same = 0;
  while (same < was.length && was[same] === is[same]) same += 1;
  const named = ({ rule, developer_id: id, disposition, reason }: (typeof now.decisions)[number]) =>
    `${say(id)} (${say(rule)}) ${disposition}: ${say(reason)}`;
  return [
    ...listed("decisions added:", now.decisions.slice(same).map(named)),
    ...listed("decisions gone:", old.decisions.slice(same).map(named)),
  ];
}

function countChanges(old: BundleContents, now: BundleContents, before: Findings, after: Findings): string[] {
  const totals = new Map(before.rules.map((rule) => [rule.rule, rule.totals]));
  const counts = (contents: BundleContents) => ({ events: contents.about.events, left_out: contents.about.left_out });
  const told = [
    ...differences(counts(old), counts(now)),
    ...after.rules.flatMap(({ rule, totals: own }) =>
      totals.has(rule) ? differences(totals.get(rule), own, say(rule)) : [],
    ),
  ];
  return listed(
    "counts:",
    told.map((fault) => fault.replace(" is ", " ").replace(", worked out ", " → ")),
  );
}

import type {
  CaseState,
  FindingChange,
  FindingPart,
  RuleChange,
  StateChanges,
  StepChange,
} from "../../shared/model/accountability/changes.ts";
import type { Against, DeveloperRemedy, RemedyEntry } from "../../shared/model/accountability/remedy.ts";
import type { DeveloperFinding, RuleFindings } from "../../shared/model/finding.ts";
import { membersOf, movedBetween } from "../findings/answers/plain-totals.ts";

/** What is otherwise in a later state: rule by rule, finding by finding, claim by claim, step by step. */
export function compareStates(before: CaseState, after: CaseState): StateChanges {
  const pairs = rulePairs(before, after);
  const verdicts = new Map(before.claims.map(({ id, verdict }) => [id, verdict]));
  return {
    rules: pairs.map(ruleChange),
    findings: pairs.flatMap(findingChanges),
    no_longer_hold: noLongerHold(pairs, after),
    claims: after.claims.flatMap(({ id, verdict }) => {
      const was = verdicts.get(id);
      return was === undefined || was === verdict ? [] : [{ id, before: was, after: verdict }];
    }),
    remedy: stepChanges(before, after),
  };
}

interface RulePair {
  readonly rule: string;
  readonly was: RuleFindings | undefined;
  readonly is: RuleFindings | undefined;
}

/** The later state's rules in their order, then those that it has no more. */
function rulePairs(before: CaseState, after: CaseState): RulePair[] {
  const [old, now] = [before, after].map(({ rules }) => new Map(rules.map((each) => [each.rule, each]))) as [
    Map<string, RuleFindings>,
    Map<string, RuleFindings>,
  ];
  const ids = [...now.keys(), ...[...old.keys()].filter((id) => !now.has(id))];
  return ids.map((rule) => ({ rule, was: old.get(rule), is: now.get(rule) }));
}

const ruleChange = ({ rule, was, is }: RulePair): RuleChange => ({
  rule,
  ...(was ? { before: was.totals } : {}),
  ...(is ? { after: is.totals } : {}),
  ...movedBetween(membersOf(was), membersOf(is)),
});

/** Those of the later state in its order, then those that are gone. */
function findingChanges({ rule, was, is }: RulePair): FindingChange[] {
  const old = new Map(was?.developers.map((row) => [row.developer_id, row]));
  const now = new Map(is?.developers.map((row) => [row.developer_id, row]));
  const rows = [...(is?.developers ?? []), ...(was?.developers ?? []).filter((row) => !now.has(row.developer_id))];
  return rows.flatMap(({ developer_id, developer }): FindingChange[] => {
    const before = old.get(developer_id);
    const after = now.get(developer_id);
    const about = { rule, developer_id, developer };
    if (before === undefined) return [{ ...about, change: "new", differs: [], ...(after && { after }) }];
    if (after === undefined) return [{ ...about, change: "gone", differs: [], before }];
    const differs = differingParts(before, after);
    return differs.length === 0 ? [] : [{ ...about, change: kindOf(differs), differs, before, after }];
  });
}

function kindOf(differs: readonly FindingPart[]): FindingChange["change"] {
  if (differs.includes("level")) return "level";
  return differs.every((part) => part === "status") ? "decision" : "numbers";
}

function differingParts(was: DeveloperFinding, is: DeveloperFinding): FindingPart[] {
  const calls = ({ people: _, ...rest }: DeveloperFinding["possible"]) => rest;
  const got = ({ people: _, fields: __, fields_are: ___, ...rest }: DeveloperFinding["obtained"]) => rest;
  const parts: Readonly<Record<FindingPart, (row: DeveloperFinding) => unknown>> = {
    level: ({ level }) => level,
    recent: ({ recent }) => recent,
    entitled: ({ entitled }) => entitled,
    apps: ({ apps }) => apps,
    attempted: ({ attempted }) => attempted,
    possible: ({ possible }) => calls(possible),
    obtained: ({ obtained }) => got(obtained),
    people: ({ possible, obtained }) => [possible.people, obtained.people],
    fields: ({ obtained }) => [obtained.fields, obtained.fields_are],
    revoked_at: ({ revoked_at }) => revoked_at,
    allowed_after_revocation: (row) => row.allowed_after_revocation,
    status: ({ status }) => status,
  };
  const isOther = (of: (row: DeveloperFinding) => unknown) => JSON.stringify(of(was)) !== JSON.stringify(of(is));
  return (Object.keys(parts) as FindingPart[]).filter((part) => isOther(parts[part]));
}

/** What was confirmed by the later state, stood in the earlier one, and stands no more. */
function noLongerHold(pairs: readonly RulePair[], after: CaseState): StateChanges["no_longer_hold"] {
  const confirmed = new Set(
    after.decisions
      .filter(({ disposition }) => disposition === "confirmed")
      .map(({ rule, developer_id }) => `${rule} ${developer_id}`),
  );
  return pairs.flatMap(({ rule, was, is }) => {
    const holding = new Set(is?.developers.map((row) => row.developer_id));
    return (was?.developers ?? [])
      .filter(({ developer_id: id }) => confirmed.has(`${rule} ${id}`) && !holding.has(id))
      .map(({ developer_id, developer }) => ({ rule, developer_id, developer }));
  });
}

type Stepped = { readonly rule: string; readonly row: DeveloperRemedy; readonly entry: RemedyEntry };

const stepsOf = ({ remedy }: CaseState): Stepped[] =>
  remedy.flatMap(({ rule, developers }) =>
    developers.flatMap((row) => row.entries.map((entry) => ({ rule, row, entry }))),
  );

function stepChanges(before: CaseState, after: CaseState): StepChange[] {
  const old = new Map(stepsOf(before).map((each) => [each.entry.n, each.entry]));
  return stepsOf(after).flatMap(({ rule, row, entry }): StepChange[] => {
    const was = old.get(entry.n);
    if (was === undefined || was.taken_back !== entry.taken_back) return [];
    if (JSON.stringify(was.against) === JSON.stringify(entry.against)) return [];
    const { n, step, on, against } = entry;
    return [
      {
        rule,
        developer_id: row.developer_id,
        developer: row.developer,
        n,
        step,
        ...(on === undefined ? {} : { on }),
        before: was.against,
        after: against,
        is_worse: against.some((each) => isMoreThan(each, was.against)),
      },
    ];
  });
}

function isMoreThan(now: Against, before: readonly Against[]): boolean {
  const was = before.find(({ kind }) => kind === now.kind);
  return was === undefined || ("events" in now && "events" in was && now.events > was.events);
}

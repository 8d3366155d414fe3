import type { DeveloperFinding, RuleFindings } from "../../../../shared/model/finding.ts";
import type { Policy, Rule } from "../../../../shared/model/policy.ts";
import { recentDaysOf } from "../../../../shared/model/recent-days.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { Origin } from "./tree.ts";

/** What the report says of one rule, looked up once. */
export interface RuleFacts {
  readonly found: RuleFindings;
  readonly rule: Rule | undefined;
  readonly title: string;
  readonly cutoff: string;
  readonly recentDays: number;
  readonly policy: Policy | undefined;
  /** Calls in its scope that count nowhere. */
  readonly failed: number;
  readonly unknown: number;
  /** Who held the permission, of those: who lost it, and who still has it. */
  readonly held: readonly DeveloperFinding[];
  readonly revoked: readonly DeveloperFinding[];
  readonly holding: readonly DeveloperFinding[];
  /** Neither: what they held went to another owner with the app. */
  readonly passedOn: readonly DeveloperFinding[];
  readonly after: readonly DeveloperFinding[];
  readonly recent: readonly DeveloperFinding[];
  /** Restricted fields and how many developers got them. */
  readonly fields: readonly (readonly [field: string, developers: number])[];
  /** Where a number of this rule stands in findings.json. */
  origin(key: string, level?: string): Origin;
}

export function ruleFacts({ about, findings, policy }: PageInput): RuleFacts[] {
  return findings.rules.map((found, index) => {
    const rule = policy?.rules.find(({ id }) => id === found.rule);
    const apart = about.apart.find((each) => each.rule === found.rule);
    const got = found.developers.filter(({ obtained }) => obtained.events > 0);
    const names = rule?.restricted_fields ?? [...new Set(got.flatMap(({ obtained }) => obtained.fields))].sort();
    const holding = about.holding.find((each) => each.rule === found.rule);
    const holds = holding && new Set(holding.developers);
    const held = found.developers.filter(({ entitled }) => entitled);
    return {
      found,
      rule,
      policy,
      title: rule?.title ?? found.rule,
      cutoff: rule?.effective_from ?? "the cutoff",
      recentDays: recentDaysOf(policy),
      failed: apart?.failed ?? 0,
      unknown: apart?.unknown ?? 0,
      held,
      revoked: held.filter(({ revoked_at: at }) => at !== undefined),
      holding: held.filter(({ developer_id: id }) => holds?.has(id)),
      passedOn: held.filter(({ developer_id: id, revoked_at: at }) => at === undefined && !holds?.has(id)),
      after: found.developers.filter(({ allowed_after_revocation: calls }) => calls > 0),
      recent: found.developers.filter(({ recent }) => recent),
      fields: names
        .map((field) => [field, got.filter(({ obtained }) => obtained.fields.includes(field)).length] as const)
        .filter(([, count]) => count > 0),
      origin: (key, level) => ({
        file: "extract/findings.json",
        key: `rules[${index}].${key}`,
        // Where several rules hold, a level is of any of them.
        filter: level === undefined || findings.rules.length > 1 ? undefined : `level:${level}`,
      }),
    };
  });
}

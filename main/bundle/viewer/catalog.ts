import { given } from "../../../shared/base/given.ts";
import { instantOf } from "../../../shared/base/time.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import type { Catalog } from "../../../shared/viewer/data.ts";
import { cutoffOf } from "../../findings/rules/policy.ts";
import type { PageInput } from "../contents/page-input.ts";

/** The tables of registry.json that the viewer shows. */
export type RegistryOfViewer = Pick<Catalog, "developers" | "apps" | "grants">;

/** What of a bundle its catalog tells. */
export type CatalogInput = Pick<PageInput, "about" | "findings" | "remedy" | "policy" | "sources">;

/** What the viewer's page reads first. */
export function catalogOf(
  { about, findings, remedy, policy, sources }: CatalogInput,
  { developers, apps, grants }: RegistryOfViewer,
  lines: Catalog["lines"],
): Catalog {
  return {
    name: about.name,
    title: about.title,
    rows: about.events,
    left_out: about.left_out,
    times: policy
      ? {
          cutoff: Math.min(...policy.rules.map(cutoffOf)),
          ...(about.as_of !== undefined && { asOf: instantOf(about.as_of) }),
        }
      : {},
    recent_days: recentDaysOf(policy),
    sources: sources.map(({ source, file, member, timezone, timezone_from }) =>
      given({ source, file, member, timezone, timezone_from }),
    ),
    rules: findings.rules.map(({ rule: id, developers: found }) => {
      const rule = policy?.rules.find((each) => each.id === id);
      return {
        rule: id,
        title: rule?.title ?? id,
        ...(rule && given({ ...rule, id: undefined, title: undefined, applies_to: undefined })),
        developers: found,
        holding: about.holding.find((each) => each.rule === id)?.developers ?? [],
        remedy: remedy?.rules.find((each) => each.rule === id)?.developers ?? [],
      };
    }),
    decisions: about.decisions.map(({ rule, developer_id, disposition, reason, at, by }) => ({
      rule,
      developer_id,
      disposition,
      reason,
      at,
      by,
    })),
    developers,
    apps,
    grants,
    lines,
  };
}

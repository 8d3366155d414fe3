import type { RuleFindings } from "../../../shared/model/finding.ts";
import { dispositions } from "../../findings/dispositions.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { Grants } from "../../findings/rules/grants.ts";
import { type Holder, holdersOf, unregisteredOwner } from "../../findings/rules/unregistered-owner.ts";
import { type FindingSources, findingSources } from "./bates.ts";
import type { Contradiction } from "./contradictions.ts";
import type { Dossier } from "./dossier.ts";

/** What bundle.json says beside the selection, so that its numbers can be worked out, and read, by others. */
export interface BundleFacts {
  /** Whom a grant of an app counts for while the registry has no owner of it. */
  readonly holders: readonly Holder[];
  /** Of each rule the developers, by id, who own an app at `as_of` that holds its permission then. */
  readonly holding: readonly { readonly rule: string; readonly developers: readonly string[] }[];
  /** Of rules with a dismissed finding: the totals without the calls and grants of those developers. */
  readonly without_dismissed: readonly { readonly rule: string; readonly totals: RuleFindings["totals"] }[];
  /** In which sources the calls of each finding lie. Absent in bundles of versions that had no load file. */
  readonly finding_sources?: readonly FindingSources[];
  /** Among the counted calls of the bundle. */
  readonly contradictions: readonly Contradiction[];
}

export function factsOf(inquiry: Inquiry, dossier?: Dossier): Omit<BundleFacts, "contradictions"> {
  const { dataset, judged } = inquiry;
  return {
    holders: holdersOf(dataset, judged).filter(({ app }) => !dossier || dossier.has(app)),
    holding: judged.map(({ rule, asOf }) => ({
      rule: rule.id,
      developers: [...new Grants(dataset, rule, unregisteredOwner(dataset)).holding(asOf)]
        .filter((id) => !dossier || id === dossier.developer)
        .sort(),
    })),
    finding_sources: findingSources(inquiry).filter(({ developer_id: id }) => !dossier || id === dossier.developer),
    without_dismissed: judged.flatMap((each) => {
      const statusOf = dispositions(dataset.caseFile, each.rule.id);
      const isDismissed = ({ id }: { readonly id: string }) => statusOf(id) === "dismissed";
      return inquiry.summaryOf(each).developers.some(({ status }) => status === "dismissed")
        ? [{ rule: each.rule.id, totals: inquiry.totalsOf(each, (owner) => !isDismissed(owner)) }]
        : [];
    }),
  };
}

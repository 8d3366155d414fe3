import { figure } from "../../../../shared/base/figure.ts";
import type { RuleFindings } from "../../../../shared/model/finding.ts";
import { measuredText } from "../../../../shared/model/people-text.ts";
import { callsPlace } from "../../../../shared/viewer/places.ts";
import { silencesOfLane } from "../../../findings/coverage/coverage.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { plural } from "../document/words.ts";
import { type Html, html } from "./html.ts";
import { callsLink, findingLink } from "./links.ts";

interface Objections {
  readonly dismissed: readonly {
    readonly rule: string;
    readonly developer_id: string;
    readonly developer: string;
    readonly status: string;
    readonly reason: string;
  }[];
  readonly attempted: number;
  readonly contradicted: number;
  readonly undetermined: number;
  readonly gaps: number;
  readonly untold: number;
  readonly rejected: number;
  readonly withdrawn: number;
}

function objections({ findings, about, sources, lanes, claims }: PageInput): Objections {
  const counted = sources.filter((source) => source.withdrawn === undefined);
  return {
    dismissed: findings.rules.flatMap(({ rule, developers }) =>
      developers
        .filter(({ status }) => status === "dismissed" || status === "disputed")
        .map(({ developer_id, developer, status }) => ({
          rule,
          developer_id,
          developer,
          status,
          reason:
            about.decisions.findLast((each) => each.rule === rule && each.developer_id === developer_id)?.reason ??
            "no reason",
        })),
    ),
    attempted: findings.rules.reduce((sum, rule) => sum + rule.totals.attempted.events, 0),
    contradicted: claims.filter(({ verdict }) => verdict === "contradicted").length,
    undetermined: claims.filter(({ verdict }) => verdict === "undetermined").length,
    gaps: findings.coverage.reduce((sum, { gaps }) => sum + gaps.length, 0),
    untold: lanes.reduce((sum, lane) => sum + silencesOfLane(lane).untold.length, 0),
    rejected: counted.reduce((sum, { rejected }) => sum + rejected, 0),
    withdrawn: sources.length - counted.length,
  };
}

/** Its first lines, for the first screen. */
export function againstInBrief(input: PageInput): Html {
  const of = objections(input);
  return html`<section class="panel" aria-label="What speaks against it in brief"><h3>What speaks against it <a class="m" href="#against">all of it</a></h3>
<ul class="lines">
<li>${of.dismissed.length === 0 ? "No finding was dismissed or disputed." : html`<a href="#against">${plural(of.dismissed.length, "finding")}</a> dismissed or disputed, with reasons.`}</li>
<li>${input.claims.length === 0 ? "No claim was made." : html`<a href="#claims">${figure(of.contradicted)} of ${plural(input.claims.length, "claim")}</a> contradicted, ${figure(of.undetermined)} undetermined.`}</li>
<li>${callsLink(of.attempted, "level:attempted")} calls tried and got nothing; <a href="#coverage">${of.gaps === 0 ? "no gap" : plural(of.gaps, "gap")}</a> in the logs${of.untold === 0 ? "" : `, of ${figure(of.untold)} more it cannot be told`}.</li>
<li>${of.rejected === 0 ? "No record" : html`<a href="#sources">${plural(of.rejected, "record")}</a>`} could not be read as calls; ${of.withdrawn === 0 ? "no source is withdrawn" : `${plural(of.withdrawn, "source")} withdrawn`}.</li>
</ul></section>`;
}

/** What an opposing expert would ask for. */
export function againstScreen(input: PageInput): Html {
  const of = objections(input);
  const { about } = input;
  return html`<ul>
<li>${of.dismissed.length === 0 ? "No finding was dismissed or disputed." : html`${plural(of.dismissed.length, "finding")} dismissed or disputed, with the reasons given:<ul>${of.dismissed.map((row) => html`<li>${findingLink(row.rule, row)}, ${row.status}: ${row.reason}</li>`)}</ul>`}</li>
${withoutDismissed(input)}
<li>${callsLink(of.attempted, "level:attempted")} calls asked and got nothing.</li>
<li>Calls that were denied are <a href="${callsPlace("outcome:denied")}">in this bundle</a>, whatever a rule says of them.</li>
<li><a href="#claims">${plural(of.contradicted, "claim")}</a> contradicted by the record, ${figure(of.undetermined)} undetermined.</li>
<li>${plural(of.rejected, "record")} could not be read as calls; <a href="#sources">each source's</a> are listed with their reasons.</li>
<li>${of.withdrawn === 0 ? "No source is withdrawn." : `${plural(of.withdrawn, "source")} withdrawn, and not counted; each is listed under Sources with the reason.`}</li>
<li>${about.unfinished.length === 0 ? "No import is unfinished." : `Imports not finished, and not counted: ${about.unfinished.join(", ")}.`}</li>
<li>${of.gaps === 0 ? `${of.untold === 0 ? "No gaps" : "No gaps where that can be told"}: no run of hours without calls in which 20 or more were to be expected.` : html`<a href="#coverage">${plural(of.gaps, "gap")}</a> in the logs.`}${of.untold === 0 ? "" : ` Of ${figure(of.untold)} more runs of hours without calls it cannot be told: no other week in the logs says what is usual.`}</li>
<li>What another cutoff or another zone would change: see <a href="#sensitivity">Sensitivity</a>.</li>
</ul>`;
}

/** The totals once more, without the developers whose findings are dismissed. */
function withoutDismissed({ findings, about }: PageInput): Html {
  const text = ({ obtained, possible }: RuleFindings["totals"]) =>
    `${plural(obtained.developers, "developer")} got data in ${plural(obtained.events, "call")}, of ${measuredText(obtained.people)}; ${plural(possible.developers, "developer")} may have`;
  return html`${about.without_dismissed.map(({ rule, totals }) => {
    const all = findings.rules.find((each) => each.rule === rule)?.totals;
    return html`<li>Rule ${rule}, with dismissed findings: ${all ? text(all) : ""}. Without them: ${text(totals)}.</li>`;
  })}`;
}

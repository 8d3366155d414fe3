import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { useNoCalls } from "../../parts/finding-lists/no-calls.tsx";
import { ANSWER_COLUMNS } from "../../parts/finding-table/columns.tsx";
import { useDecide, useDecideKeys } from "../../parts/finding-table/decide.tsx";
import { FindingTable } from "../../parts/finding-table/finding-table.tsx";
import { joinRequests } from "../../parts/finding-table/join-requests.ts";
import { levelFilter } from "../../parts/finding-table/links.ts";
import { RuleSelect, useRule } from "../../parts/finding-table/rule.tsx";
import { ServiceCalls } from "../../parts/finding-table/service-calls.tsx";
import { orderOf, sorted } from "../../parts/finding-table/sort.ts";
import { MonthChart, MonthLegend } from "../../parts/month-chart/month-chart.tsx";
import { Page } from "../../parts/page.tsx";
import { ChartFigure } from "../../parts/time-axis/chart-figure.tsx";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useSession, useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, day } from "../../text/format.ts";
import { AsOf } from "./as-of.tsx";
import { Calculated } from "./calculated.tsx";
import { Cards } from "./cards.tsx";
import { Contradictions } from "./contradictions.tsx";
import { Firm } from "./firm.tsx";
import { MonthTable } from "./month-table.tsx";
import { WithoutPolicy } from "./without-policy.tsx";
import "./answer.css";

const FIRST_DEVELOPERS = 20;

/** What the investigation is for: five questions, five sentences, and who is behind them. */
export function Answer(): ReactNode {
  const rule = useRule();
  const noCalls = useNoCalls("Answer");
  return noCalls ?? (rule ? <Answers key={rule.id} rule={rule} /> : <WithoutPolicy />);
}

function Answers({ rule }: { rule: Rule }): ReactNode {
  const session = useSession();
  const recentDays = useShared((state) => recentDaysOf(state.policy));
  const findings = useAsk("findings", { rule: rule.id });
  const detail = useAsk("answer", { rule: rule.id });
  const asked = joinRequests(findings, detail);
  const openMonth = (month: string) =>
    session.go({ screen: "explore", text: levelFilter(rule.id, "attempted+", `time:${month}`) });
  return (
    <Page
      title="Answer"
      isNarrow
      beside={<RuleSelect rule={rule} />}
      actions={
        <span className="muted answer-asof">
          {detail.reply?.as_of && <>as of {day(detail.reply.as_of)}, </>}
          <Calculated reply={findings.reply} isCurrent={asked.isCurrent} />
          {detail.reply && (
            <>
              {" from "}
              <button type="button" className="link" onClick={() => session.go({ screen: "sources" })}>
                {counted(detail.reply.sources, "source")}
              </button>
            </>
          )}
        </span>
      }
    >
      <Updating asked={asked}>
        {({ a: { rules }, b: about }) =>
          rules.map((found) => (
            <div key={found.rule} className="answer">
              <Cards rule={rule} found={found} detail={about} recentDays={recentDays} />
              <ServiceCalls found={found} />
              {about.months.length > 0 && (
                <ChartFigure
                  title="Developers by month, each under the most it did"
                  legend={<MonthLegend />}
                  chart={<MonthChart months={about.months} onOpen={openMonth} />}
                  table={<MonthTable rule={found} detail={about} />}
                />
              )}
              <AsOf rule={rule.id} recentDays={recentDays} />
              <Firm rule={rule.id} found={found} />
              <Table found={found} />
              <Contradictions />
            </div>
          ))
        }
      </Updating>
    </Page>
  );
}

/** The gravest first; all of them on Developers. */
function Table({ found }: { found: RuleFindings }): ReactNode {
  const session = useSession();
  const place = usePlace();
  const decide = useDecide();
  const order = orderOf(place.sort);
  const rows = sorted(found.developers, order).slice(0, FIRST_DEVELOPERS);
  const current = place.row === undefined ? undefined : rows[place.row];
  useDecideKeys(decide, current ? [{ rule: found.rule, ...current }] : []);
  if (found.developers.length === 0) return null;
  return (
    <section className="answer-table" aria-label="Developers">
      <FindingTable
        label="Developers with a finding"
        columns={ANSWER_COLUMNS}
        rows={rows}
        order={order}
        onSort={(sort) => session.amend({ sort, row: undefined })}
        current={place.row}
        onCurrent={(row) => session.amend({ row })}
        context={{
          rule: found.rule,
          rows: found.developers,
          decide,
          open: (row) => session.go({ screen: "developer", of: row.developer_id }),
          show: (text) => session.go({ screen: "explore", text }),
        }}
      />
      {found.developers.length > FIRST_DEVELOPERS && (
        <button type="button" className="link" onClick={() => session.go({ screen: "developers", of: "all" })}>
          All {figure(found.developers.length)} developers
        </button>
      )}
      {decide.dialog}
    </section>
  );
}

import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { DeveloperRecord } from "../../../shared/model/activity.ts";
import { CountLink } from "../../parts/activity/count-link.tsx";
import { NoPolicy } from "../../parts/activity/no-policy.tsx";
import { fieldTerm } from "../../parts/finding-table/links.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { FilterLink, NumberLink, PeopleLink } from "../../parts/number-link.tsx";
import { Section } from "../../parts/page.tsx";
import { axisOfRecord } from "../../parts/time-axis/axis.ts";
import { CallTable } from "../../parts/time-axis/call-table.tsx";
import { ChartFigure } from "../../parts/time-axis/chart-figure.tsx";
import { TimeAxis } from "../../parts/time-axis/time-axis.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, instant } from "../../text/format.ts";
import { AppHeading } from "./app-heading.tsx";
import { DeveloperFacts } from "./facts.tsx";
import { owned } from "./owned.ts";

const FACETS = ["api", "operation", "fields", "ip"] as const;
const TITLES = { api: "APIs", operation: "Operations", fields: "Fields", ip: "Addresses" } as const;
const TOP = 8;

/** One developer where no rule says what counts: what it held and what it did. */
export function Record({ id }: { id: string }): ReactNode {
  const asked = useAsk("developerRecord", { developer_id: id });
  return (
    <div className="page developer" data-region>
      <div className="developer-inside">
        <Updating asked={asked}>{(record) => <Shown record={record} />}</Updating>
      </div>
    </div>
  );
}

function Shown({ record }: { record: DeveloperRecord }): ReactNode {
  const axis = axisOfRecord(record);
  return (
    <>
      <header className="developer-head">
        <h1 tabIndex={-1} className="cut" title={inertText(record.developer)}>
          <Inert text={record.developer} most={300} />
        </h1>
      </header>
      <DeveloperFacts of={record} />
      <NoPolicy>No rule yet: nothing here is judged.</NoPolicy>
      {(record.events > 0 || record.grants.length > 0) && (
        <ChartFigure
          title="Grants and calls by how they ended, UTC"
          legend={<OutcomeLegend />}
          chart={<TimeAxis data={axis} />}
          table={<CallTable data={axis} />}
        />
      )}
      {record.events === 0 ? (
        <p className="muted">No call of this developer is in the logs.</p>
      ) : (
        <Counted record={record} />
      )}
    </>
  );
}

function OutcomeLegend(): ReactNode {
  return (
    <span className="chart-legend">
      {(["allowed", "denied", "failed", "unknown"] as const).map((kind) => (
        <span key={kind} className="level-mark">
          <span className={`level-swatch outcome-${kind}`} aria-hidden />
          {kind === "unknown" ? "Not logged" : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`}
        </span>
      ))}
      <span className="level-mark">
        <span className="level-swatch level-entitled" aria-hidden />
        Grant held
      </span>
    </span>
  );
}

function Counted({ record }: { record: DeveloperRecord }): ReactNode {
  const { term } = record;
  const facets = useAsk("query", { filter: term, facets: [...FACETS] });
  const people = useAsk("people", { filter: term });
  return (
    <div className="developer-columns">
      <div>
        <Section title="Calls">
          <p>
            <NumberLink value={record.events} filter={term} words={counted(record.events, "call")} />, first{" "}
            <span className="mono nowrap">{instant(record.first ?? "")}</span>, last{" "}
            <span className="mono nowrap">{instant(record.last ?? "")}</span>.
          </p>
        </Section>
        <Section title="People">
          <Updating asked={people}>
            {(reply) => (
              <p>
                <PeopleLink value={reply.people} filter={term} />
                {reply.people.basis === "exact" ? " people, exact." : " in all its calls."}
              </p>
            )}
          </Updating>
        </Section>
        <Apps record={record} />
      </div>
      <div>
        <Updating asked={facets}>
          {({ facets: counts }) => (
            <>
              {FACETS.map((field) => (
                <Facet key={field} field={field} term={term} counts={counts?.[field] ?? []} />
              ))}
            </>
          )}
        </Updating>
      </div>
    </div>
  );
}

function Facet({
  field,
  term,
  counts,
}: {
  field: (typeof FACETS)[number];
  term: string;
  counts: readonly { readonly value?: string; readonly count: number }[];
}): ReactNode {
  const named = counts.filter((each) => each.value !== undefined);
  const filterOf = (value: string | undefined) =>
    `${term} ${value === undefined ? `-${field}:*` : field === "fields" ? fieldTerm(value) : `${field}:${quote(value)}`}`;
  const shown = counts.slice(0, TOP);
  return (
    <Section title={`${TITLES[field]} ${figure(named.length)}`}>
      {named.length === 0 ? (
        <p className="muted">Not logged.</p>
      ) : (
        <table className="plain-table">
          <tbody>
            {shown.map(({ value }) => (
              <tr key={value ?? ""}>
                <th scope="row" className={field === "operation" || field === "ip" ? "mono" : ""}>
                  {value === undefined ? <span className="muted">not logged</span> : <Inert text={value} most={200} />}
                </th>
                <td className="right">
                  <CountLink filter={filterOf(value)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {counts.length > shown.length && (
        <p className="muted">
          {figure(counts.length - shown.length)} more: <FilterLink filter={term}>see them among the facets</FilterLink>
        </p>
      )}
    </Section>
  );
}

function Apps({ record }: { record: DeveloperRecord }): ReactNode {
  if (record.apps.length === 0) return null;
  return (
    <Section title={counted(record.apps.length, "app")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">App</th>
            <th scope="col">Owned (UTC)</th>
            <th scope="col" className="right">
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {record.apps.map((app) => (
            <tr key={app.app}>
              <AppHeading app={app} />
              <td className="mono">{owned(app.owned_from, app.owned_until)}</td>
              <td className="right">
                {app.events === 0 ? (
                  "0"
                ) : (
                  <NumberLink value={app.events} filter={`${record.term} app:${quote(app.app)}`} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { quote } from "../../../shared/filter/print.ts";
import type { Dossier } from "../../../shared/model/dossier.ts";
import type { Disposition } from "../../../shared/model/finding.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { Empty } from "../../parts/empty.tsx";
import { useNoCalls } from "../../parts/finding-lists/no-calls.tsx";
import { DECISIONS, type Decide, type Subject, useDecide, useDecideKeys } from "../../parts/finding-table/decide.tsx";
import { LevelMark, LevelSwatch } from "../../parts/finding-table/level.tsx";
import { fieldTerm, levelFilter } from "../../parts/finding-table/links.ts";
import { Review } from "../../parts/finding-table/review.tsx";
import { RuleSelect, useRule } from "../../parts/finding-table/rule.tsx";
import { Status } from "../../parts/finding-table/status.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { FilterLink, NumberLink } from "../../parts/number-link.tsx";
import { Section } from "../../parts/page.tsx";
import { axisOfDossier } from "../../parts/time-axis/axis.ts";
import { CallTable } from "../../parts/time-axis/call-table.tsx";
import { ChartFigure } from "../../parts/time-axis/chart-figure.tsx";
import { TimeAxis } from "../../parts/time-axis/time-axis.tsx";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, instant, minute } from "../../text/format.ts";
import { AppHeading } from "./app-heading.tsx";
import { DeveloperFacts } from "./facts.tsx";
import { owned } from "./owned.ts";
import { Record } from "./record.tsx";
import { RemedySteps } from "./remedy-steps.tsx";
import { callsInAll, peopleSentences, whySentences } from "./why.ts";
import "./developer.css";

const DISPOSITIONS: readonly Disposition[] = ["confirmed", "dismissed", "disputed", "open"];

/** One developer under one rule: what it held, what it did, how that is known, what was decided. Without a policy, what it did. */
export function Developer(): ReactNode {
  const rule = useRule();
  const { of } = usePlace();
  const session = useSession();
  const noCalls = useNoCalls("Developer");
  if (noCalls) return noCalls;
  if (of === undefined || of === "")
    return (
      <Empty
        why="No developer is chosen."
        action={
          <Button intent="primary" text="Show the developers" onClick={() => session.go({ screen: "developers" })} />
        }
      />
    );
  return rule ? <One key={`${rule.id} ${of}`} rule={rule} id={of} /> : <Record key={of} id={of} />;
}

function One({ rule, id }: { rule: Rule; id: string }): ReactNode {
  const asked = useAsk("developer", { developer_id: id, rule: rule.id });
  return (
    <div className="page developer" data-region>
      <div className="developer-inside">
        <Updating asked={asked}>{(dossier) => <Shown dossier={dossier} rule={rule} />}</Updating>
      </div>
    </div>
  );
}

function Shown({ dossier, rule }: { dossier: Dossier; rule: Rule }): ReactNode {
  const decide = useDecide();
  const { finding } = dossier;
  const axis = axisOfDossier(dossier);
  const subject = finding && {
    rule: dossier.rule,
    developer_id: dossier.developer_id,
    developer: dossier.developer,
    status: finding.status,
  };
  useDecideKeys(decide, subject ? [subject] : []);
  return (
    <>
      <header className="developer-head">
        <h1 tabIndex={-1} className="cut" title={inertText(dossier.developer)}>
          <Inert text={dossier.developer} most={300} />
        </h1>
        {finding ? (
          <>
            <LevelMark level={finding.level} recent={finding.recent} />
            <span>
              <span className="muted">finding</span> <Status status={finding.status} />
            </span>
          </>
        ) : (
          <span className="muted">no finding</span>
        )}
        <span className="gap" />
        {subject && <Actions subject={subject} decide={decide} />}
      </header>
      <DeveloperFacts of={dossier}>
        <RuleSelect rule={rule} />
      </DeveloperFacts>
      <ChartFigure
        title={axisTitle(dossier)}
        legend={<Legend />}
        chart={<TimeAxis data={axis} />}
        table={<CallTable data={axis} />}
      />
      <div className="developer-columns">
        <div>
          <Why dossier={dossier} rule={rule} />
          <Decisions dossier={dossier} />
          <RemedySteps dossier={dossier} />
        </div>
        <div>
          <Calls dossier={dossier} />
          <People dossier={dossier} />
          <Fields dossier={dossier} />
          <Apps dossier={dossier} />
        </div>
      </div>
      {decide.dialog}
    </>
  );
}

function axisTitle({ first, last, cutoff, as_of }: Dossier): string {
  const from = [first, cutoff].filter((time) => time !== undefined).sort()[0] as string;
  const to = [last, as_of, cutoff]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1) as string;
  return `Grants and calls, ${from.slice(0, 7)} to ${to.slice(0, 7)}, UTC`;
}

function Actions({ subject, decide }: { subject: Subject; decide: Decide }): ReactNode {
  return (
    <div className="row-of-buttons">
      {DISPOSITIONS.filter((to) => to !== subject.status).map((to) => (
        <Button
          key={to}
          size="small"
          text={DECISIONS[to].verb}
          disabled={decide.why !== undefined}
          title={decide.why ?? ""}
          onClick={() => decide.ask([subject], to)}
        />
      ))}
      <Review subjects={[subject]} why={decide.why} />
    </div>
  );
}

function Legend(): ReactNode {
  return (
    <span className="chart-legend">
      <span className="level-mark">
        <LevelSwatch level="obtained" /> Got data
      </span>
      <span className="level-mark">
        <LevelSwatch level="possible" /> May have
      </span>
      <span className="level-mark">
        <LevelSwatch level="attempted" /> Tried
      </span>
      <span className="level-mark">
        <span className="level-swatch stack-other-swatch" aria-hidden /> Other calls
      </span>
      <span className="level-mark">
        <LevelSwatch level="entitled" /> Grant held
      </span>
    </span>
  );
}

function Why({ dossier, rule }: { dossier: Dossier; rule: Rule }): ReactNode {
  return (
    <Section title="Why">
      <ul className="developer-why">
        {whySentences(dossier, rule).map(({ text, filter }) => (
          <li key={text}>
            <Reason text={text} filter={filter} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

const CALLS_AT_FIRST = /^[\d,]+ calls?/u;

/** A sentence whose number of calls opens just so many rows. */
function Reason({ text, filter }: { text: string; filter: string | undefined }): ReactNode {
  const [calls] = CALLS_AT_FIRST.exec(text) ?? [];
  if (filter === undefined || filter === "") return <Timed text={text} />;
  if (calls === undefined)
    return (
      <>
        <Timed text={text} />{" "}
        <span className="nowrap">
          <FilterLink filter={filter}>Show the rows</FilterLink>
        </span>
      </>
    );
  return (
    <>
      <FilterLink filter={filter}>{calls}</FilterLink>
      <Timed text={text.slice(calls.length)} />
    </>
  );
}

const TIMES_IN_TEXT = /(\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?(?: UTC)?)?)/;

/** A sentence whose dates and times are never broken across lines. */
function Timed({ text }: { text: string }): ReactNode {
  return text.split(TIMES_IN_TEXT).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
      <span key={index} className="nowrap">
        {part}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
      <Inert key={index} text={part} />
    ),
  );
}

function Calls({ dossier }: { dossier: Dossier }): ReactNode {
  const { first, last, term } = dossier;
  const { all, other } = callsInAll(dossier);
  return (
    <Section title="Calls">
      {first === undefined || last === undefined ? (
        <p>No call is logged.</p>
      ) : (
        <p>
          <NumberLink value={all} filter={term} words={counted(all, "call")} /> in all,{" "}
          {other === 0 ? "0" : <NumberLink value={other} filter={`${term} -finding:${quote(dossier.rule)}`} />} of them
          outside the rule. First <span className="mono nowrap">{instant(first)}</span>, last{" "}
          <span className="mono nowrap">{instant(last)}</span>.
        </p>
      )}
    </Section>
  );
}

function People({ dossier }: { dossier: Dossier }): ReactNode {
  const level = dossier.finding?.level;
  return (
    <Section title="People">
      <p>
        {peopleSentences(dossier).join(" ")}{" "}
        {(level === "obtained" || level === "possible") && (
          <FilterLink filter={levelFilter(dossier.rule, level, dossier.term)}>Show the rows</FilterLink>
        )}
      </p>
    </Section>
  );
}

function Fields({ dossier }: { dossier: Dossier }): ReactNode {
  if (dossier.fields.length === 0) return null;
  return (
    <Section title="Fields">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Restricted field</th>
            <th scope="col" className="right">
              Calls that got it
            </th>
          </tr>
        </thead>
        <tbody>
          {dossier.fields.map(({ field, events }) => (
            <tr key={field}>
              <th scope="row">
                <Inert text={field} />
              </th>
              <td className="right">
                <NumberLink
                  value={events}
                  filter={levelFilter(dossier.rule, "obtained", dossier.term, fieldTerm(field))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Apps({ dossier }: { dossier: Dossier }): ReactNode {
  if (dossier.apps.length === 0) return null;
  const number = (value: number, app: string, level: string) =>
    value === 0 ? (
      "0"
    ) : (
      <NumberLink value={value} filter={levelFilter(dossier.rule, level, dossier.term, `app:${quote(app)}`)} />
    );
  return (
    <Section title={counted(dossier.apps.length, "app")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">App</th>
            <th scope="col">Owned (UTC)</th>
            <th scope="col" className="right">
              Got
            </th>
            <th scope="col" className="right">
              May
            </th>
            <th scope="col" className="right">
              Tried
            </th>
            <th scope="col" className="right">
              Other
            </th>
          </tr>
        </thead>
        <tbody>
          {dossier.apps.map((app) => (
            <tr key={app.app}>
              <AppHeading app={app} />
              <td className="mono">{owned(app.owned_from, app.owned_until)}</td>
              <td className="right">{number(app.got, app.app, "obtained")}</td>
              <td className="right">{number(app.may, app.app, "possible")}</td>
              <td className="right">{number(app.tried, app.app, "attempted")}</td>
              <td className="right">
                {app.other === 0 ? (
                  "0"
                ) : (
                  <NumberLink
                    value={app.other}
                    filter={`${dossier.term} app:${quote(app.app)} -finding:${quote(dossier.rule)}`}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

const STANCES = {
  agrees: { word: "Agrees", tone: "good" },
  objects: { word: "Objects", tone: "danger" },
  comments: { word: "Comments", tone: "muted" },
} as const;

function Decisions({ dossier }: { dossier: Dossier }): ReactNode {
  const asked = useAsk("reviews", {});
  const said = (asked.reply?.reviews ?? []).filter(
    (each) => each.rule === dossier.rule && each.developer_id === dossier.developer_id,
  );
  return (
    <Section title="Decisions">
      {dossier.decisions.length === 0 ? (
        <p className="muted">
          {dossier.finding ? "None yet: the finding is open." : "Nothing to decide: there is no finding."}
        </p>
      ) : (
        <ol className="developer-decisions">
          {dossier.decisions.toReversed().map((decision) => (
            <li key={`${decision.at} ${decision.disposition} ${decision.reason}`}>
              <Status status={decision.disposition} />{" "}
              <span className="muted">
                {minute(decision.at)}, <Inert text={decision.by} most={200} />
              </span>
              <p>
                <Inert text={decision.reason} />
              </p>
            </li>
          ))}
        </ol>
      )}
      {said.length > 0 && (
        <ol className="developer-decisions" aria-label="Second examiners">
          {said.toReversed().map((each) => (
            <li key={`${each.at} ${each.by} ${each.reason}`}>
              <strong className={STANCES[each.stance].tone}>{STANCES[each.stance].word}</strong>{" "}
              <span className="muted">
                {minute(each.at)}, <Inert text={each.by} most={200} />
              </span>
              <p>
                <Inert text={each.reason} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

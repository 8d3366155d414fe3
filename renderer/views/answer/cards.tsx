import { type ReactNode, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import type { DeveloperFinding, FieldsBasis, RuleFindings } from "../../../shared/model/finding.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { ListLink } from "../../parts/finding-lists/list-link.tsx";
import { type DeveloperList, developerLists, type ListName } from "../../parts/finding-lists/lists.ts";
import { fieldTerm, levelFilter, recentFilter } from "../../parts/finding-table/links.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink, PeopleLink } from "../../parts/number-link.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useCommandState } from "../../session/use-command.ts";
import { counted, day, instant } from "../../text/format.ts";
import { Card, Figure } from "./card.tsx";
import { PeopleList } from "./people-list.tsx";
import { hasSteps, PutRightCard } from "./put-right.tsx";
import { logsSince } from "./revoked.ts";
import { WhyNotExact } from "./why-not-exact.tsx";

const FIELDS_BASIS_WORDS: Readonly<Record<FieldsBasis, string>> = {
  returned: "As returned.",
  requested: "As requested: the log does not say what was returned.",
  both: "As returned, or requested where that is all the log has.",
};

const PEOPLE_BASIS_WORDS = {
  exact: "",
  "at-least": "At least ",
  "at-most": "At most ",
  between: "Between ",
  "not-logged": "",
} as const;

/** Fields that stand out: a rule that restricts everything has dozens. */
const MAIN_FIELDS = 3;

interface Props {
  readonly rule: Rule;
  readonly found: RuleFindings;
  readonly detail: AnswerDetail;
  readonly recentDays: number;
}

/** The five questions. */
export function Cards(props: Props): ReactNode {
  const { rule, found, detail, recentDays } = props;
  const { reply: remedy } = useAsk("remedy", { rule: rule.id });
  const rows = found.developers;
  const lists = developerLists(rows, { recentDays, loggedUntil: detail.logged_until });
  const list = (name: ListName) => lists.find((each) => each.name === name) as DeveloperList;
  const number = (name: ListName) => rows.filter((row) => list(name).passes(row)).length;
  const linked = (name: ListName, words = figure(number(name))) => <ListLink list={list(name)}>{words}</ListLink>;
  return (
    <div className="answer-cards">
      <KeptCard {...props} linked={linked} />
      <UsedCard {...props} linked={linked} number={number} />
      <FieldsCard rule={rule.id} found={found} linked={linked} />
      <PeopleCard found={found} detail={detail} />
      {remedy && hasSteps(remedy, rule.id) ? (
        <PutRightCard found={found} remedy={remedy} />
      ) : (
        <RevokedCard rule={rule} detail={detail} rows={rows} list={list} linked={linked} number={number} />
      )}
    </div>
  );
}

type Linked = (name: ListName, words?: string) => ReactNode;

function KeptCard({ rule, found, detail, linked }: Props & { linked: Linked }): ReactNode {
  const session = useSession();
  const registry = useCommandState("registry.import");
  const held = found.totals.entitled.developers;
  const after = midnight(detail.cutoff);
  const links =
    held > 0 ? (
      <button type="button" className="link" onClick={() => session.go({ screen: "developers", of: "grants" })}>
        Show the grants
      </button>
    ) : (
      <button
        type="button"
        className="link"
        disabled={!registry.isEnabled}
        title={registry.why ?? ""}
        onClick={registry.run}
      >
        Import a registry
      </button>
    );
  return (
    <Card number={1} question="Who kept access?" links={rule.permission === undefined ? null : links}>
      {rule.permission === undefined ? (
        <>The rule names no permission, so nothing says who held it.</>
      ) : held === 0 ? (
        detail.granted === 0 ? (
          <>No grant of the rule's permission is in the registry, so nothing says who kept access.</>
        ) : (
          <>No finding: nobody held the permission after {after}.</>
        )
      ) : (
        <>
          <Figure isMain>{linked("kept")}</Figure> {held === 1 ? "developer" : "developers"} held the permission after{" "}
          {after}. <span className="muted">Exact, from grants.</span>
        </>
      )}
    </Card>
  );
}

function UsedCard({
  found,
  detail,
  recentDays,
  linked,
  number,
}: Props & { linked: Linked; number: (name: ListName) => number }): ReactNode {
  const session = useSession();
  const { obtained, possible, recent } = found.totals;
  const isNone = obtained.events + possible.events === 0;
  return (
    <Card
      number={2}
      question="Who used it?"
      links={
        <>
          {recent.events > 0 && (
            <FilterLink filter={recentFilter(found.rule, recentDays)}>
              {counted(recent.events, "recent call")}
            </FilterLink>
          )}
          {obtained.events > 0 && (
            <FilterLink filter={levelFilter(found.rule, "obtained")}>
              Show the {counted(obtained.events, "call")}
            </FilterLink>
          )}
        </>
      }
    >
      {isNone ? (
        <>No finding: no logged call got data after {midnight(detail.cutoff)}.</>
      ) : (
        <>
          <Figure isMain>{linked("got")}</Figure> got data
          {number("may") > 0 && (
            <>
              , <Figure>{linked("may")}</Figure> more may have
            </>
          )}
          ; <Figure>{linked("recent")}</Figure> of them in the last {figure(recentDays)} days.
        </>
      )}{" "}
      <span className="muted">
        {detail.gaps.length > 0
          ? "Exact for what is logged: "
          : detail.untold > 0
            ? "Exact for what is logged; whether calls are missing cannot be told."
            : "Exact."}
        {detail.gaps.length > 0 && (
          <span className="nowrap">
            <button type="button" className="link" onClick={() => session.go({ screen: "coverage" })}>
              {counted(detail.gaps.length, "gap")}
            </button>
            .
          </span>
        )}
      </span>
    </Card>
  );
}

function FieldsCard({ rule, found, linked }: { rule: string; found: RuleFindings; linked: Linked }): ReactNode {
  const { obtained } = found.totals;
  const fields = [...new Set(found.developers.flatMap((row) => row.obtained.fields))].sort();
  const holders = (field: string) => found.developers.filter((row) => row.obtained.fields.includes(field)).length;
  return (
    <Card
      number={3}
      question="What did they get?"
      links={
        obtained.events > 0 && (
          <FilterLink filter={levelFilter(rule, "obtained")}>Show the {counted(obtained.events, "call")}</FilterLink>
        )
      }
    >
      {fields.length === 0
        ? "No restricted field, as far as the logs say."
        : fields.map((field, index) => (
            <span key={field}>
              {index > 0 && ", "}
              <Figure isMain={index < MAIN_FIELDS}>
                <FilterLink filter={levelFilter(rule, "obtained", fieldTerm(field))}>
                  <Inert text={field} />
                </FilterLink>
              </Figure>{" "}
              ({linked(`field:${field}`, index === 0 ? counted(holders(field), "developer") : figure(holders(field)))})
            </span>
          ))}
      {fields.length > 0 && "."}{" "}
      <span className="muted">{obtained.fields_are && FIELDS_BASIS_WORDS[obtained.fields_are]}</span>
    </Card>
  );
}

function PeopleCard({ found, detail }: { found: RuleFindings; detail: AnswerDetail }): ReactNode {
  const [isWhy, setIsWhy] = useState(false);
  const [isList, setIsList] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const closeList = () => {
    setIsList(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const filter = levelFilter(found.rule, "obtained");
  const both = levelFilter(found.rule, "possible+");
  const { obtained, possible } = found.totals;
  const wider = useAsk("people", possible.events > 0 ? { filter: both } : undefined);
  const known = obtained.people;
  const isExact = known.basis === "exact";
  return (
    <Card
      number={4}
      question="From how many people?"
      links={
        <>
          {!isExact && (
            <button type="button" className="link" aria-expanded={isWhy} onClick={() => setIsWhy(!isWhy)}>
              Why not exact?
            </button>
          )}
          <button ref={opener} type="button" className="link" onClick={() => setIsList(true)}>
            Show the list
          </button>
        </>
      }
      more={
        <>
          {isWhy && !isExact && <WhyNotExact detail={detail} rows={found.developers} />}
          {isList && <PeopleList rule={found.rule} filter={filter} onClose={closeList} />}
        </>
      }
    >
      {known.basis === "not-logged" ? (
        <>
          The logs do not say: <Figure>not logged</Figure>.
        </>
      ) : (
        <>
          {PEOPLE_BASIS_WORDS[known.basis]}
          <Figure isMain>
            <FilterLink filter={filter}>
              {known.basis === "between" ? `${figure(known.value)} and ${figure(known.at_most)}` : figure(known.value)}
            </FilterLink>
          </Figure>
          {isExact ? (known.value === 1 ? " person." : " people.") : "."}
        </>
      )}{" "}
      <span className="muted">
        {isExact
          ? "Exact."
          : `${counted(detail.unlisted.length, "developer's", "developers'")} logs hold no ids for some calls.`}
        {wider.reply && (
          <>
            {" "}
            With those that may have: <PeopleLink value={wider.reply.people} filter={both} />.
          </>
        )}
      </span>
    </Card>
  );
}

interface RevokedProps {
  readonly rule: Rule;
  readonly detail: AnswerDetail;
  readonly rows: readonly DeveloperFinding[];
  readonly list: (name: ListName) => DeveloperList;
  readonly linked: Linked;
  readonly number: (name: ListName) => number;
}

function RevokedCard({ rule, detail, rows, list, linked, number }: RevokedProps): ReactNode {
  const { filter, events } = detail.after_revocation;
  const logs = logsSince(
    rows.filter((row) => list("quiet").passes(row)),
    detail,
  );
  const hasNone = number("quiet") + number("again") + number("unseen") + number("holding") === 0;
  return (
    <Card
      number={5}
      question="Is it put right?"
      links={events > 0 && <FilterLink filter={filter}>Show the {counted(events, "call")}</FilterLink>}
    >
      {rule.permission === undefined ? (
        "The rule names no permission, so nothing says when it was revoked."
      ) : hasNone ? (
        "No grant to revoke is in the registry."
      ) : (
        <>
          <Figure isMain>{linked("quiet")}</Figure> quiet since revoked
          {", "}
          {number("again") > 0 ? (
            <Figure>
              <span className="answer-bad">{linked("again", `${figure(number("again"))} called again`)}</span>
            </Figure>
          ) : (
            "nobody called again"
          )}
          . <span className="muted">{logs ? `${logs}. ` : ""}</span>
          <span className="muted">
            {number("unseen") > 0 && (
              <>
                {linked("unseen")} with no log since{number("holding") > 0 ? "; " : "."}
              </>
            )}
            {number("holding") > 0 && (
              <>
                {linked("holding")} still {number("holding") === 1 ? "holds" : "hold"} it.
              </>
            )}
          </span>
        </>
      )}
    </Card>
  );
}

/** A day where the instant is its midnight, else the instant. */
function midnight(time: string): string {
  return time.endsWith("T00:00:00Z") ? day(time) : instant(time);
}

import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { Activity } from "../../../shared/model/activity.ts";
import { ActivityTable } from "../../parts/activity/activity-table.tsx";
import { CountLink } from "../../parts/activity/count-link.tsx";
import { apiList, CALLERS_LIST, EVERYONE } from "../../parts/activity/lists.ts";
import { nameWords } from "../../parts/activity/name-words.ts";
import { NoPolicy } from "../../parts/activity/no-policy.tsx";
import { activityOrder, activitySorted } from "../../parts/activity/order.ts";
import { CommandButton } from "../../parts/finding-lists/command-button.tsx";
import { fieldTerm } from "../../parts/finding-table/links.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { Page } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { Card, Figure } from "./card.tsx";
import "./answer.css";

const FIRST_DEVELOPERS = 20;
const FIELDS_NAMED = 3;

/** The five questions where no rule says what counts: what logs and registry hold, without a word that judges. */
export function WithoutPolicy(): ReactNode {
  const asked = useAsk("activity", {});
  return (
    <Page title="Answer" isNarrow>
      <div className="answer">
        <NoPolicy>No policy yet: what each developer did stands here; a rule says what of it counts.</NoPolicy>
        <Updating asked={asked}>
          {(activity) => (
            <div className="answer">
              <div className="answer-cards">
                <HeldCard activity={activity} />
                <CalledCard activity={activity} />
                <FieldsCard activity={activity} />
                <PeopleCard />
                <EndedCard activity={activity} />
              </div>
              <Table activity={activity} />
            </div>
          )}
        </Updating>
      </div>
    </Page>
  );
}

function HeldCard({ activity: { grants } }: { activity: Activity }): ReactNode {
  const session = useSession();
  const show = () => session.go({ screen: "registry", of: "grants" });
  return (
    <Card
      number={1}
      question="Who kept access?"
      links={
        grants.grants > 0 && (
          <button type="button" className="link" onClick={show}>
            Show the {counted(grants.grants, "grant")}
          </button>
        )
      }
    >
      {grants.grants === 0 ? (
        <>
          No grant is in the registry. <CommandButton id="registry.import" text="Import registry" isSmall />
        </>
      ) : (
        <>
          <Figure isMain>{figure(grants.developers)}</Figure>{" "}
          {grants.developers === 1 ? "developer holds or held" : "developers hold or held"} a permission, by{" "}
          {counted(grants.grants, "grant")}. <span className="muted">A rule names the permission and the day.</span>
        </>
      )}
    </Card>
  );
}

/** A number of developers that opens the list of them. */
function ListNumber({ value, of }: { value: number; of: string }): ReactNode {
  const session = useSession();
  return (
    <button
      type="button"
      className="link"
      title="Show the developers"
      onClick={() => session.go({ screen: "developers", of })}
    >
      {figure(value)}
    </button>
  );
}

function CalledCard({ activity }: { activity: Activity }): ReactNode {
  const apis = useAsk("query", { filter: "", facets: ["api"] });
  const most = apis.reply?.facets?.api?.find((each) => each.value !== undefined);
  const callers = activity.developers.filter((row) => row.events > 0).length;
  const ofMost = most && activity.developers.filter((row) => row.apis.includes(most.value ?? "")).length;
  return (
    <Card number={2} question="Who used it?" links={<FilterLink filter="">Show every call</FilterLink>}>
      <Figure isMain>
        <ListNumber value={callers} of={CALLERS_LIST} />
      </Figure>{" "}
      made any call
      {most?.value !== undefined && ofMost !== undefined && (
        <>
          ;{" "}
          <Figure>
            <ListNumber value={ofMost} of={apiList(most.value)} />
          </Figure>{" "}
          of them made <CountLink filter={`api:${quote(most.value)}`} isWords /> to{" "}
          <Inert text={most.value} most={60} />, the API called most
        </>
      )}
      .
    </Card>
  );
}

function FieldsCard({ activity }: { activity: Activity }): ReactNode {
  const asked = useAsk("query", { filter: "", facets: ["fields"] });
  const named = (asked.reply?.facets?.fields ?? []).filter((each) => each.value !== undefined);
  return (
    <Card
      number={3}
      question="What did they get?"
      links={named.length > 0 && <FilterLink filter="fields:*">Show the rows</FilterLink>}
    >
      {asked.reply === undefined ? (
        <span className="muted">counting</span>
      ) : named.length === 0 ? (
        "The logs name no field."
      ) : (
        <>
          <Figure isMain>{figure(named.length)}</Figure> {named.length === 1 ? "field" : "fields"}:{" "}
          {named.slice(0, FIELDS_NAMED).map(({ value }, index) => (
            <span key={value}>
              {index > 0 && ", "}
              <Inert text={value ?? ""} most={40} /> in <CountLink filter={fieldTerm(value ?? "")} isWords />
            </span>
          ))}
          .{" "}
          <span className="muted">
            {activity.requested === 0 ? "As returned." : "Returned, or requested where that is all."}
          </span>
        </>
      )}
    </Card>
  );
}

function PeopleCard(): ReactNode {
  const asked = useAsk("people", { filter: "" });
  const people = asked.reply?.people;
  return (
    <Card
      number={4}
      question="From how many people?"
      links={people && <FilterLink filter="subjects:*">Calls that list them</FilterLink>}
    >
      {people === undefined ? (
        <span className="muted">counting</span>
      ) : people.basis === "not-logged" ? (
        <>
          The logs do not say: <Figure>not logged</Figure>.
        </>
      ) : (
        <>
          {people.basis === "at-least"
            ? "At least "
            : people.basis === "at-most"
              ? "At most "
              : people.basis === "between"
                ? "Between "
                : ""}
          <Figure isMain>
            <FilterLink filter="">
              {people.basis === "between"
                ? `${figure(people.value)} and ${figure(people.at_most)}`
                : figure(people.value)}
            </FilterLink>
          </Figure>{" "}
          {people.value === 1 ? "person" : "people"} in all calls.
        </>
      )}
    </Card>
  );
}

function EndedCard({ activity: { grants } }: { activity: Activity }): ReactNode {
  return (
    <Card
      number={5}
      question="Is it put right?"
      links={
        grants.events > 0 &&
        grants.filter !== "" && (
          <FilterLink filter={grants.filter}>Show the {counted(grants.events, "call")}</FilterLink>
        )
      }
    >
      {grants.grants === 0 ? (
        "No grant is in the registry, so nothing says which have ended."
      ) : (
        <>
          <Figure isMain>{figure(grants.ended)}</Figure> of {counted(grants.grants, "grant")}{" "}
          {grants.ended === 1 ? "has" : "have"} ended;{" "}
          {grants.apps_after === 0
            ? "no app called after its grants had ended."
            : `${counted(grants.apps_after, "app")} called after all ${grants.apps_after === 1 ? "its" : "their"} grants had ended.`}
        </>
      )}
    </Card>
  );
}

function Table({ activity }: { activity: Activity }): ReactNode {
  const session = useSession();
  const place = usePlace();
  const people = useAsk("activityPeople", {});
  const order = activityOrder(place.sort);
  const rows = activitySorted(activity.developers, order, people.reply?.people).slice(0, FIRST_DEVELOPERS);
  const names = nameWords(activity.developers);
  return (
    <section className="answer-table" aria-label="Developers">
      {names !== undefined && <p className="muted">{names}</p>}
      <ActivityTable
        label="Developers"
        activity={activity}
        rows={rows}
        people={people.reply?.people}
        order={order}
        onSort={(sort) => session.amend({ sort, row: undefined })}
        current={place.row}
        onCurrent={(row) => session.amend({ row })}
      />
      {activity.developers.length > FIRST_DEVELOPERS && (
        <button type="button" className="link" onClick={() => session.go({ screen: "developers", of: EVERYONE })}>
          All {figure(activity.developers.length)} developers
        </button>
      )}
    </section>
  );
}

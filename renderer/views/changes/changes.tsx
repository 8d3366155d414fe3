import { Button, HTMLSelect } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { CaseChanges, ChangingAct } from "../../../shared/model/accountability/changes.ts";
import { ChangesPanel } from "../../parts/changes/changes-panel.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { levelFilter } from "../../parts/finding-table/links.ts";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink, NumberLink } from "../../parts/number-link.tsx";
import { Page } from "../../parts/page.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { Updating } from "../../parts/updating.tsx";
import { ask } from "../../session/client.ts";
import { refusalOf } from "../../session/refusal.ts";
import { usePlace, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, minute, personName } from "../../text/format.ts";
import { actsOf, ofActs } from "./acts.ts";
import "./changes.css";

/** Acts that the two choices list. */
const MAX_ACTS = 1_000;

/** What was done to the case, and what it changed: two states of it, each behind an act, held against each other. */
export function Changes(): ReactNode {
  const place = usePlace();
  const asked = actsOf(place.of);
  const found = useAsk("changes", asked);
  const acts = useAsk("changingActs", {});
  return (
    <Page
      title="What changed"
      beside="Findings, claims and remedy steps before and now, worked out from the case as it was and as it is."
    >
      <Updating asked={acts}>
        {({ acts: all }) => <Ends acts={all} asked={asked} before={found.reply?.before} />}
      </Updating>
      <Updating asked={found}>
        {(reply) => <Found key={JSON.stringify(asked)} reply={reply} after={asked.after} />}
      </Updating>
    </Page>
  );
}

interface EndsProps {
  readonly acts: readonly ChangingAct[];
  readonly asked: { readonly before?: number; readonly after?: number };
  readonly before: number | undefined;
}

/** Behind which act the case is looked at, before and after. */
function Ends({ acts, asked, before }: EndsProps): ReactNode {
  const session = useSession();
  const go = (change: EndsProps["asked"]) => session.go({ screen: "changes", of: ofActs({ ...asked, ...change }) });
  const first = asked.before ?? before;
  const listed = acts.slice(0, MAX_ACTS);
  const options = listed.map((act) => ({ value: String(act.seq), label: `behind ${actWords(act)}` }));
  // The state before an act is the one behind the act before it, which need not be listed.
  const isListed = first === undefined || listed.some(({ seq }) => seq === first);
  const earlier = { value: String(first), label: first === 0 ? "before anything was done" : beforeWords(acts, first) };
  return (
    <div className="row-of-buttons changes-ends">
      <label>
        The case as it was{" "}
        <HTMLSelect
          aria-label="The case before"
          value={first === undefined ? "" : String(first)}
          options={[
            ...(isListed ? [] : [earlier]),
            ...options,
            ...(first === 0 ? [] : [{ value: "0", label: "before anything was done" }]),
          ]}
          onChange={({ currentTarget }) => go({ before: Number(currentTarget.value) })}
        />
      </label>
      <label>
        against{" "}
        <HTMLSelect
          aria-label="The case after"
          value={asked.after === undefined ? "" : String(asked.after)}
          options={[{ value: "", label: "the case as it is" }, ...options]}
          onChange={({ currentTarget }) =>
            session.go({
              screen: "changes",
              of: ofActs({
                ...(first === undefined ? {} : { before: first }),
                ...(currentTarget.value === "" ? {} : { after: Number(currentTarget.value) }),
              }),
            })
          }
        />
      </label>
    </div>
  );
}

/** An act that is not listed, such as a tag: the state before the first listed one behind it. */
function beforeWords(acts: readonly ChangingAct[], act: number | undefined): string {
  const next = acts.findLast(({ seq }) => act !== undefined && seq > act);
  return next === undefined ? `behind act ${act}` : `before ${actWords(next)}`;
}

const actWords = ({ seq, at, act, about }: ChangingAct): string =>
  `${seq}: ${act}${about === undefined ? "" : ` ${about.slice(0, 60)}`}, ${minute(at)}`;

function Found({ reply, after }: { reply: Reply<"changes">; after: number | undefined }): ReactNode {
  const session = useSession();
  const [again, setAgain] = useState<CaseChanges>();
  const [error, setError] = useState<RefusalData>();
  const { before, changes = again } = reply;
  if (before === undefined) return <Empty why="Nothing has been done to this case yet that could change a finding." />;
  if (changes) return <Shown changes={changes} after={after} />;
  const readAgain = async () => {
    setError(undefined);
    try {
      const asked = { before, ...(after === undefined ? {} : { after }) };
      setAgain(
        await session.work("Reading the case as it was", "Cancel", (hooks) => ask("changesReadAgain", asked, hooks)),
      );
    } catch (fault) {
      setError(refusalOf(fault));
    }
  };
  return (
    <>
      {error && error.code !== "cancelled" && <ErrorPanel error={error} />}
      <Empty
        why="Between the two, logs came or went or were read anew. A copy of the case is made and its logs are counted as they were then: about as long as an import. The case itself is not touched."
        action={<Button intent="primary" text="Read the case as it was" onClick={() => void readAgain()} />}
      />
    </>
  );
}

function Shown({ changes, after }: { changes: CaseChanges; after: number | undefined }): ReactNode {
  const session = useSession();
  const [confirming, setConfirming] = useState<{ rule: string; developer_id: string; developer: string }>();
  return (
    <>
      <p className="muted">
        {changes.acts.length === 0
          ? "Nothing was done between the two that could change a finding."
          : `Between the two: ${counted(changes.acts.length, "act")}.`}
      </p>
      <ul className="changes-acts">
        {changes.acts.slice(0, 20).map((act) => (
          <li key={act.seq}>
            <Inert text={actWords(act)} most={160} />, by <Inert text={personName(act.by)} most={60} />
          </li>
        ))}
        {changes.acts.length > 20 && <li>and {changes.acts.length - 20} more, in Custody</li>}
      </ul>
      <ChangesPanel
        changes={changes}
        named={(id, developer) => (
          <DeveloperLink id={id}>
            <Inert text={developer} most={60} />
          </DeveloperLink>
        )}
        got={(rule, { developer_id, obtained: { events } }) =>
          // What was found up to an earlier act is not what Explore would count now.
          events === 0 || after !== undefined ? (
            figure(events)
          ) : (
            <NumberLink value={events} filter={levelFilter(rule, "obtained", `finding:${quote(developer_id)}`)} />
          )
        }
        stepsOf={(id, words) => (
          <button
            type="button"
            className="link"
            onClick={() => session.go({ screen: "remedy", of: ["board", "all", "", id].join("\n") })}
          >
            <Inert text={words} most={60} />
          </button>
        )}
        confirmAgain={(rule, developer_id, developer) => (
          <button type="button" className="link" onClick={() => setConfirming({ rule, developer_id, developer })}>
            Confirm again
          </button>
        )}
      />
      {confirming && (
        <ReasonDialog
          title={`Confirm again: ${confirming.developer}`}
          about={`${confirming.rule} ${confirming.developer_id}`}
          verb="Confirm"
          onReason={async (reason) => {
            const { developer: _, ...finding } = confirming;
            await session.act("decide", { findings: [finding], disposition: "confirmed", reason });
            session.say(`Confirmed again: ${confirming.developer}.`);
          }}
          onClose={() => setConfirming(undefined)}
        >
          <p>The finding was confirmed with other numbers. Confirmed again, it is so with those of now.</p>
        </ReasonDialog>
      )}
    </>
  );
}

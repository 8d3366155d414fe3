import { Button } from "@blueprintjs/core";
import { Error as Wrong } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { knownMoment } from "../../../shared/base/moment.ts";
import { DAY, instantOf } from "../../../shared/base/time.ts";
import { type RemedyEntry, STEPS, type Step } from "../../../shared/model/accountability/remedy.ts";
import { againstText } from "../../../shared/model/accountability/remedy-text.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { LevelMark } from "../../parts/finding-table/level.tsx";
import { Hash } from "../../parts/hash.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { useSession } from "../../session/session.tsx";
import { counted, day } from "../../text/format.ts";
import { STEP_WORDS } from "../../text/step-words.ts";
import { type Card, callsAgainst, contradicted, daysOverdue, lateText } from "./cards.ts";

interface Props {
  readonly card: Card;
  readonly rule: Rule;
  readonly at: string;
  readonly loggedUntil: string | undefined;
  /** Why nothing may be written. */
  readonly why: string | undefined;
  onRecord(step?: Step): void;
  onLetters(): void;
  onBack(): void;
}

/** One developer: what it held, and each step with what speaks against it, under the board's own columns. */
export function Strip({ card, rule, at, loggedUntil, why, onRecord, onLetters, onBack }: Props): ReactNode {
  const session = useSession();
  const { row, finding } = card;
  const against = contradicted(row);
  const isRecorded = row.entries.some(({ taken_back }) => taken_back === undefined);
  return (
    <section className="remedy-strip" aria-label={`Steps of ${inertText(row.developer)}`} data-region tabIndex={-1}>
      <div className="remedy-strip-head">
        <h2 className="cut">
          <Inert text={row.developer} most={200} />
        </h2>
        {row.level && <LevelMark level={row.level} />}
        <span className="muted">
          <span className="mono">
            <Inert text={row.developer_id} most={80} />
          </span>
          {finding && <>, finding {finding.status}</>}
        </span>
        {against.length > 0 && (
          <span className="remedy-bad">
            <Wrong size={14} aria-hidden /> {counted(against.length, "step")} contradicted
          </span>
        )}
        <span className="gap" />
        <Button small text="Record a step" disabled={why !== undefined} title={why ?? "r"} onClick={() => onRecord()} />
        <Button small text="Draft a letter" onClick={onLetters} />
        <Button
          small
          text="Take back"
          disabled={why !== undefined || !isRecorded}
          title={why ?? "Shift+R"}
          onClick={onBack}
        />
        <Button
          small
          text="Open its page"
          title="p"
          onClick={() => session.go({ screen: "developer", of: row.developer_id })}
        />
      </div>
      <div className="remedy-steps">
        <div className="remedy-step">
          <h3>Grants</h3>
          {rule.permission === undefined ? (
            <p className="muted">The rule names no permission.</p>
          ) : finding?.entitled ? (
            <>
              <p className="muted">
                <Inert text={rule.permission} most={80} />
              </p>
              <p className="muted">
                {finding.revoked_at === undefined ? (
                  "goes on"
                ) : (
                  <>
                    ended <span className="mono">{day(finding.revoked_at)}</span>
                  </>
                )}
              </p>
            </>
          ) : (
            <p className="muted">None after the cutoff.</p>
          )}
        </div>
        {STEPS.map((step) => (
          <StepCell
            key={step}
            step={step}
            card={card}
            at={at}
            loggedUntil={loggedUntil}
            why={why}
            onRecord={onRecord}
          />
        ))}
      </div>
    </section>
  );
}

interface CellProps extends Pick<Props, "card" | "at" | "loggedUntil" | "why" | "onRecord"> {
  readonly step: Step;
}

function StepCell({ step, card, at, loggedUntil, why, onRecord }: CellProps): ReactNode {
  const { row } = card;
  const entries = row.entries.filter((entry) => entry.step === step);
  const isOverdue = row.overdue.includes(step);
  const isDone = entries.some(({ on, taken_back }) => on !== undefined && taken_back === undefined);
  const isAgainst = entries.some(({ against }) => against.length > 0);
  const state = isAgainst ? "against" : isOverdue ? "overdue" : isDone ? "done" : "open";
  const days = isOverdue ? daysOverdue({ ...row, overdue: [step] }, at) : undefined;
  return (
    <div className={`remedy-step is-${state}`}>
      <h3>{STEP_WORDS[step]}</h3>
      {days !== undefined && <p className="remedy-late">{lateText(days)}</p>}
      {entries.map((entry) => (
        <Entry key={entry.n} entry={entry} loggedUntil={loggedUntil} />
      ))}
      {!isDone && (step === row.next || isOverdue) && (
        <button
          type="button"
          className="link"
          disabled={why !== undefined}
          title={why ?? ""}
          onClick={() => onRecord(step)}
        >
          Record it
        </button>
      )}
    </div>
  );
}

function Entry({ entry, loggedUntil }: { entry: RemedyEntry; loggedUntil: string | undefined }): ReactNode {
  const { n, on, due, by, result, note, files, against, taken_back } = entry;
  const calls = callsAgainst(entry);
  return (
    <div className={taken_back === undefined ? "remedy-entry" : "remedy-entry taken-back"}>
      <p>
        {on !== undefined && <span className="mono">{on}</span>}
        {on === undefined && due !== undefined && (
          <>
            due <span className="mono">{due}</span>
          </>
        )}
        {by !== undefined && (
          <>
            {" "}
            by <Inert text={by} most={80} />
          </>
        )}
      </p>
      {result !== undefined && <p>{result}</p>}
      {files.map(({ name, sha256 }) => (
        <p key={sha256} className="cut">
          <Inert text={name} most={80} /> <Hash sha256={sha256} />
        </p>
      ))}
      {note !== undefined && (
        <p className="muted">
          <Inert text={note} most={200} />
        </p>
      )}
      {against.map((each) =>
        "filter" in each ? (
          <p key={each.kind} className="remedy-bad">
            {againstText(each)}, <span className="mono">{day(each.first)}</span>
            {each.events > 1 && <> and later</>}{" "}
            <FilterLink filter={each.filter}>Show the {counted(each.events, "call")}</FilterLink>
          </p>
        ) : (
          <p key={each.kind} className="remedy-bad">
            {againstText(each)}
          </p>
        ),
      )}
      {taken_back !== undefined && (
        <p className="muted">
          entry {n} taken back: <Inert text={taken_back} most={200} />
        </p>
      )}
      {taken_back === undefined && on !== undefined && (calls > 0 || entry.step === "revoked") && (
        <p className="muted">{logsSince(on, loggedUntil)}</p>
      )}
    </div>
  );
}

/** How long logs watch what was done: without them nothing can speak against it. */
function logsSince(on: string, loggedUntil: string | undefined): string {
  const days = loggedUntil === undefined ? 0 : Math.floor((instantOf(loggedUntil) - knownMoment(on).after) / DAY);
  return days > 0 ? `${counted(days, "day")} of logs since` : "no logs since";
}

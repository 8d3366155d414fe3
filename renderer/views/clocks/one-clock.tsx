import { Button } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { ClockStatus, ClocksReport, DueClock, FactEntry } from "../../../shared/model/accountability/due-clock.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { minute, personName } from "../../text/format.ts";
import { DoneDialog } from "./done-dialog.tsx";
import { FactDialog } from "./fact-dialog.tsx";
import { away, dueNow, factWords, givesText, momentText } from "./words.ts";

interface OneClockProps {
  readonly clock: DueClock;
  readonly status: ClockStatus;
  readonly report: ClocksReport;
  readonly facts: readonly FactEntry[];
}

/** One clock: the facts it rests on, when it is due, what is to be said, and what of it is unconfirmed. */
export function OneClock({ clock, status, report, facts }: OneClockProps): ReactNode {
  const readOnly = useReadOnly();
  const [open, setOpen] = useState<"fact" | "done" | "back">();
  const value = report.facts[clock.trigger];
  const isFact = !clock.trigger.startsWith("done:");
  const close = () => setOpen(undefined);
  return (
    <section className="clock-panel" aria-label="One clock" data-region tabIndex={-1}>
      <div className="clock-head">
        <h2>
          <Inert text={clock.title ?? clock.id} />
        </h2>
        <p className="muted">
          {clock.to !== undefined && (
            <>
              To <Inert text={clock.to} />,{" "}
            </>
          )}
          <Inert text={givesText(clock)} />
          {clock.authority !== undefined && (
            <>
              {" "}
              (<Inert text={clock.authority} />)
            </>
          )}
        </p>
      </div>
      <dl className="facts clock-facts">
        <dt>Facts</dt>
        <dd>
          {value === undefined ? (
            <>
              <Inert text={factWords(clock.trigger)} /> is not known.{" "}
              {isFact && (
                <Button
                  size="small"
                  text={`Set ${clock.trigger}`}
                  disabled={readOnly !== undefined}
                  title={readOnly ?? ""}
                  onClick={() => setOpen("fact")}
                />
              )}
            </>
          ) : (
            <FactLines fact={clock.trigger} facts={facts} />
          )}
          {value !== undefined && isFact && (
            <span className="row-of-buttons">
              <Button size="small" text="Change" disabled={readOnly !== undefined} onClick={() => setOpen("fact")} />
              <Button size="small" text="Take back" disabled={readOnly !== undefined} onClick={() => setOpen("back")} />
            </span>
          )}
        </dd>
        <dt>Due</dt>
        <dd>
          <DueText clock={clock} status={status} at={report.at} />{" "}
          <Button
            size="small"
            text={status.done_on === undefined || clock.repeat !== undefined ? "Done" : "Correct"}
            disabled={readOnly !== undefined}
            title={readOnly ?? ""}
            onClick={() => setOpen("done")}
          />
        </dd>
        {clock.threshold && status.threshold !== undefined && (
          <>
            <dt>Threshold</dt>
            <dd>
              {figure(clock.threshold.people)} people ({clock.threshold.level}):{" "}
              <strong>{THRESHOLD[status.threshold]}</strong>
            </dd>
          </>
        )}
        {clock.unconfirmed !== undefined && (
          <>
            <dt>Unconfirmed</dt>
            <dd>
              <Inert text={clock.unconfirmed} most={1000} />
            </dd>
          </>
        )}
      </dl>
      <Contents status={status} />
      {open === "fact" && <FactDialog fact={clock.trigger} onClose={close} />}
      {open === "done" && <DoneDialog clock={clock} onClose={close} />}
      {open === "back" && <TakeBack fact={clock.trigger} onClose={close} />}
    </section>
  );
}

const THRESHOLD = {
  met: "met",
  "not-met": "not met",
  open: "open: the bounds of the number leave it undecided",
} as const;

function TakeBack({ fact, onClose }: { fact: string; onClose(): void }): ReactNode {
  const session = useSession();
  return (
    <ReasonDialog
      title={`Take ${fact} back`}
      about={fact}
      verb="Take back"
      onReason={async (reason) => {
        await session.act("takeBackFact", { fact, reason });
        session.say(`${fact} holds no more.`);
      }}
      onClose={onClose}
    >
      <p>Clocks that start with it stop. What was entered stays in the record.</p>
    </ReasonDialog>
  );
}

/** Every entry of a fact: the last one holds. */
function FactLines({ fact, facts }: { fact: string; facts: readonly FactEntry[] }): ReactNode {
  const entries = facts.filter((each) => each.fact === fact);
  return (
    <ul className="clock-entries">
      {entries.map((entry, index) => (
        <li key={`${entry.at} ${entry.value}`} className={index === entries.length - 1 ? undefined : "muted"}>
          {entry.value === undefined ? "taken back" : <strong>{momentText(entry.value)}</strong>},{" "}
          {personName(entry.by)}, {minute(entry.at)}
          {entry.reason !== undefined && (
            <>
              : <Inert text={entry.reason} most={300} />
            </>
          )}
          {entry.file !== undefined && (
            <>
              {" "}
              <Inert text={entry.file} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function DueText({ clock, status, at }: { clock: DueClock; status: ClockStatus; at: string }): ReactNode {
  const due = dueNow(status);
  const zone = clock.timezone ?? "UTC";
  return (
    <>
      {status.done_on !== undefined && <>Done {momentText(status.done_on)}. </>}
      {due === undefined ? (
        status.done_on === undefined && <span className="muted">Not before the fact is known.</span>
      ) : (
        <>
          <span className={status.state === "overdue" ? "danger" : undefined}>
            {status.done_on === undefined ? "" : "Next: "}
            {momentText(due)}, {away(due, at)}
          </span>{" "}
          <span className="muted">days of {zone}</span>
        </>
      )}
    </>
  );
}

function Contents({ status }: { status: ClockStatus }): ReactNode {
  if (status.contents.length === 0) return null;
  return (
    <table className="table clock-contents" aria-label="What is to be said">
      <thead>
        <tr>
          <th scope="col">To be said</th>
          <th scope="col">By the case</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {status.contents.map(({ item, value, filter }) => (
          <tr key={item}>
            <td>
              <Inert text={item} most={200} />
            </td>
            <td>
              {value === undefined ? <span className="muted">for a person</span> : <Inert text={value} most={300} />}
            </td>
            <td>{filter !== undefined && <FilterLink filter={filter}>Show the rows</FilterLink>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Button } from "@blueprintjs/core";
import { Time } from "@blueprintjs/icons";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import type { Reply } from "../../../shared/contract/contract.ts";
import type { ClockStatus, ClocksReport, DueClock } from "../../../shared/model/accountability/due-clock.ts";
import { Empty } from "../../parts/empty.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { joinRequests } from "../../parts/finding-table/join-requests.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { Page } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import { usePlace, useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { minute } from "../../text/format.ts";
import { OneClock } from "./one-clock.tsx";
import { RegimesDialog } from "./regimes-dialog.tsx";
import { useClockFiles } from "./use-clock-files.ts";
import { away, dueNow, factWords, STATE_WORDS } from "./words.ts";
import "./clocks.css";

/** The gravest first. */
const ORDER = ["overdue", "running", "not-started", "done"] as const;

/** What is due to whom, and when, by the facts of the case. */
export function Clocks(): ReactNode {
  const report = useAsk("dueClocks", {});
  const inForce = useAsk("clocksInForce", {});
  const session = useSession();
  const [isChoosing, setIsChoosing] = useState(false);
  const files = useClockFiles();
  const readOnly = useReadOnly();
  const choose = (
    <Button
      text="Add a regime"
      disabled={readOnly !== undefined}
      title={readOnly ?? ""}
      onClick={() => setIsChoosing(true)}
    />
  );
  return (
    <Page
      title="Clocks"
      beside={report.reply && <Standing report={report.reply} />}
      actions={
        <>
          <Button variant="minimal" text="Steps of remedy" onClick={() => session.go({ screen: "remedy" })} />
          {choose}
          <Button text="Import clocks" disabled={readOnly !== undefined} title={readOnly ?? ""} onClick={files.take} />
          <Button
            text="Calendar file"
            disabled={(report.reply?.clocks ?? []).every((status) => dueNow(status) === undefined)}
            title="The due dates as an .ics file"
            onClick={files.calendar}
          />
        </>
      }
    >
      {files.error && <ErrorPanel error={files.error} />}
      <Updating asked={joinRequests(report, inForce)}>
        {({ a, b }) =>
          a.clocks.length === 0 ? (
            <Empty
              icon={<Time size={32} aria-hidden />}
              why="No clocks yet. A regime says what is due to whom once a fact of the case is known; each says what of it is unconfirmed."
              action={choose}
            />
          ) : (
            <Board report={a} inForce={b} />
          )
        }
      </Updating>
      {isChoosing && <RegimesDialog onClose={() => setIsChoosing(false)} />}
    </Page>
  );
}

function Standing({ report: { at, clocks } }: { report: ClocksReport }): ReactNode {
  const parts = ORDER.flatMap((state) => {
    const count = clocks.filter((clock) => clock.state === state).length;
    return count === 0 ? [] : [`${count} ${STATE_WORDS[state]}`];
  });
  return (
    <span>
      {parts.length === 0 ? "" : `${parts.join(", ")}; `}at {minute(at)}
    </span>
  );
}

interface Row {
  readonly status: ClockStatus;
  readonly clock: DueClock;
}

function Board({ report, inForce }: { report: ClocksReport; inForce: Reply<"clocksInForce"> }): ReactNode {
  const session = useSession();
  const { of } = usePlace();
  const rows = report.clocks
    .flatMap((status): Row[] => {
      const clock = inForce.clocks.find(({ id }) => id === status.id);
      return clock ? [{ status, clock }] : [];
    })
    .sort((a, b) => ORDER.indexOf(a.status.state) - ORDER.indexOf(b.status.state));
  const at = Math.max(
    0,
    rows.findIndex(({ clock }) => clock.id === of),
  );
  const current = rows[at];
  const choose = (index: number) => session.amend({ of: rows[index]?.clock.id });
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const to = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(rows.length - 1, to));
    choose(index);
    (event.currentTarget.children[index] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="clocks-body">
      <div className="clocks-list" role="listbox" aria-label="Clocks" onKeyDown={onKeyDown}>
        {rows.map(({ status, clock }, index) => (
          <div
            key={clock.id}
            role="option"
            aria-selected={index === at}
            tabIndex={index === at ? 0 : -1}
            className={index === at ? "clock-item current" : "clock-item"}
            onClick={() => choose(index)}
            onKeyDown={undefined}
          >
            <span className={`clock-state ${status.state}`}>{STATE_WORDS[status.state]}</span>
            <span className="clock-title cut" title={inertText(clock.title ?? clock.id)}>
              <Inert text={clock.title ?? clock.id} />
            </span>
            <Due status={status} clock={clock} at={report.at} />
          </div>
        ))}
      </div>
      {current && <OneClock key={current.clock.id} {...current} report={report} facts={inForce.facts} />}
    </div>
  );
}

function Due({ status, clock, at }: Row & { at: string }): ReactNode {
  const due = dueNow(status);
  if (due !== undefined)
    return (
      <span className={status.state === "overdue" ? "clock-due danger" : "clock-due"}>
        {due.slice(0, 10)}, {away(due, at)}
      </span>
    );
  return status.state === "done" ? (
    <span className="clock-due muted">
      {status.done_on === undefined ? "done" : `on ${status.done_on.slice(0, 10)}`}
    </span>
  ) : (
    <span className="clock-due muted">
      needs: <Inert text={factWords(clock.trigger)} />
    </span>
  );
}

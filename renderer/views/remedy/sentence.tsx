import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { DeveloperRemedy } from "../../../shared/model/accountability/remedy.ts";
import type { RemedySummary } from "../../../shared/model/accountability/remedy-summary.ts";
import { day } from "../../text/format.ts";
import type { ListName, Shown } from "./place.ts";

interface Props {
  readonly summary: RemedySummary;
  readonly shown: Shown;
  readonly at: string;
  readonly loggedUntil: string | undefined;
  onList(list: ListName): void;
}

/** The fifth answer in one line. Each number narrows the board to those it counts; again, or Esc, shows all. */
export function Sentence({ summary, shown, at, loggedUntil, onList }: Props): ReactNode {
  const number = (list: ListName, rows: readonly DeveloperRemedy[], words = figure(rows.length), tone = "") =>
    rows.length === 0 ? (
      <span>{words}</span>
    ) : (
      <button
        type="button"
        className={`link remedy-number ${tone}`}
        aria-pressed={shown.list === list}
        onClick={() => onList(shown.list === list ? "all" : list)}
      >
        {words}
      </button>
    );
  const { held, revoked, holding, calledAfter, certifiedAgainst, overdue, overdueSteps } = summary;
  const overdueWords = `${figure(overdueSteps)} ${overdueSteps === 1 ? "step" : "steps"} overdue`;
  return (
    <p
      className="remedy-sentence"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || shown.list === "all") return;
        event.preventDefault();
        onList("all");
      }}
    >
      <span>
        {number("revoked", revoked)} of {number("held", held)} that held it {revoked.length === 1 ? "is" : "are"}{" "}
        revoked;{" "}
        {number(
          "holding",
          holding,
          `${figure(holding.length)} still ${holding.length === 1 ? "holds" : "hold"} it`,
          "remedy-bad",
        )}
        .
      </span>
      <span>
        {number("after", calledAfter, `${figure(calledAfter.length)} called after`, "remedy-bad")} being revoked.
      </span>
      <span>
        {number("certified", certifiedAgainst, `${figure(certifiedAgainst.length)} certified`, "remedy-bad")} against
        the log.
      </span>
      <span>{number("overdue", overdue, overdueWords, "remedy-late")}</span>
      <span className="gap" />
      <span className="muted">
        at {at.slice(0, 10)}
        {loggedUntil !== undefined && <>; logs reach {day(loggedUntil)}</>}
      </span>
    </p>
  );
}

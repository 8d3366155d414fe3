import { Button, Popover } from "@blueprintjs/core";
import { CaretDown } from "@blueprintjs/icons";
import { memo, type ReactNode, useState } from "react";
import { DAY } from "../../../../shared/base/time.ts";
import type { ResolveContext } from "../../../../shared/filter/resolve.ts";
import { shownTime } from "../../../../shared/filter/shown.ts";
import { clear, setTime } from "../../../../shared/filter/splice.ts";
import { recentDaysOf } from "../../../../shared/model/recent-days.ts";
import { useShared } from "../../../session/session.tsx";
import { day } from "../../../text/format.ts";
import type { ControlProps } from "./control-props.ts";
import { DateChoice } from "./date-choice.tsx";
import { monthsOf } from "./dates.ts";

interface DateControlProps extends ControlProps {
  readonly times: ResolveContext;
  readonly span: { readonly from: number; readonly to: number } | undefined;
}

/** Days of the UTC calendar, and spans that stay words in the text. */
export const DateControl = memo(function DateControl({
  text,
  isWaiting,
  onText,
  times,
  span,
}: DateControlProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const recent = useShared((state) => recentDaysOf(state.policy));
  const time = shownTime(text, times);
  const from = time.from ?? span?.from;
  const to = time.to ?? (span ? span.to + 1 : undefined);
  const dates = from === undefined || to === undefined ? "" : `${day(from)} to ${day(Math.max(from, to - 1))}`;
  const words = time.inText ? "set in the text" : time.terms.length === 0 ? "all" : nameOf(time.terms);
  const set = (when: Parameters<typeof setTime>[1]) => {
    if (!isWaiting) onText(setTime(text, when));
  };
  const months = span ? monthsOf(span.from, span.to) : [];
  return (
    <div className="choice">
      <span className="muted" id="control-date">
        Date
      </span>
      <Popover
        minimal
        placement="bottom-start"
        transitionDuration={0}
        isOpen={isOpen}
        shouldReturnFocusOnClose
        onInteraction={setIsOpen}
        content={
          <div className="dates">
            <Presets
              months={months}
              recent={recent}
              times={times}
              current={time.terms.join()}
              onAll={() => onText(clear(text, "time"))}
              onSet={set}
            />
            <DateChoice
              key={dates}
              from={from}
              to={to}
              span={span}
              onRange={(first, last) => set({ from: first, to: last + DAY })}
            />
          </div>
        }
      >
        <Button
          size="small"
          aria-labelledby="control-date control-date-value"
          disabled={isWaiting}
          endIcon={<CaretDown size={12} aria-hidden />}
        >
          <span id="control-date-value" className="choice-words">
            {words} <span className="muted">{dates}</span>
          </span>
        </Button>
      </Popover>
    </div>
  );
});

interface PresetsProps {
  readonly months: readonly string[];
  /** Days that count as recent. */
  readonly recent: number;
  readonly times: ResolveContext;
  /** The `time` terms that hold. */
  readonly current: string;
  onAll(): void;
  onSet(words: string): void;
}

/** Spans by name: from the policy, and the months that have calls. */
function Presets({ months, recent, times, current, onAll, onSet }: PresetsProps): ReactNode {
  return (
    <div className="dates-presets">
      <Button variant="minimal" size="small" alignText="start" text="All of the time" onClick={onAll} />
      <Button
        variant="minimal"
        size="small"
        alignText="start"
        text="Since the cutoff"
        disabled={times.cutoff === undefined}
        onClick={() => onSet(">=cutoff")}
      />
      <Button
        variant="minimal"
        size="small"
        alignText="start"
        text={`Last ${recent} days`}
        disabled={times.asOf === undefined || times.cutoff === undefined}
        onClick={() => onSet(`last${recent}d`)}
      />
      <div className="dates-months" role="group" aria-label="Months">
        {months.map((month) => (
          <Button
            key={month}
            variant="minimal"
            size="small"
            text={month}
            active={current === `time:${month}`}
            onClick={() => onSet(month)}
          />
        ))}
      </div>
    </div>
  );
}

function nameOf(terms: readonly string[]): string {
  const all = terms.join(" ");
  if (all === "time>=cutoff") return "since the cutoff";
  const last = /^time:last(\d+)d$/u.exec(all);
  if (last) return `last ${last[1]} days`;
  const month = /^time:(\d{4}-\d{2})$/u.exec(all);
  return month ? (month[1] as string) : "";
}

import { Button } from "@blueprintjs/core";
import { DateRangePicker } from "@blueprintjs/datetime";
import { type ReactNode, useState } from "react";
import { day } from "../../../text/format.ts";
import { dayOf, localDate, wordsOfDate } from "./dates.ts";

interface DateChoiceProps {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly span: { readonly from: number; readonly to: number } | undefined;
  /** Midnights, UTC, in µs; the last day is included. */
  onRange(first: number, last: number): void;
}

/** Two days to write or to choose from a calendar, both included. */
export function DateChoice({ from, to, span, onRange }: DateChoiceProps): ReactNode {
  const [first, setFirst] = useState(from === undefined ? "" : day(from));
  const [last, setLast] = useState(to === undefined ? "" : day(Math.max(from ?? 0, to - 1)));
  const begin = dayOf(first);
  const end = dayOf(last);
  const isBackward = begin !== undefined && end !== undefined && begin > end;
  const apply = () => {
    if (begin !== undefined && end !== undefined && !isBackward) onRange(begin, end);
  };
  const field = (label: string, value: string, set: (value: string) => void) => (
    <label className="dates-field">
      <span className="muted">{label}</span>
      <input
        className="bp6-input mono"
        value={value}
        placeholder="2018-04-04"
        aria-invalid={dayOf(value) === undefined || isBackward}
        onChange={(event) => set(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") apply();
        }}
      />
    </label>
  );
  return (
    <div className="dates-choice">
      <div className="dates-fields">
        {field("From", first, setFirst)}
        {field("To and including", last, setLast)}
        <Button
          intent="primary"
          text="Apply"
          disabled={begin === undefined || end === undefined || isBackward}
          onClick={apply}
        />
      </div>
      {isBackward && <p className="warning">The last day lies before the first.</p>}
      <DateRangePicker
        value={[localDate(first) ?? null, localDate(last) ?? null]}
        onChange={([one, other]) => {
          setFirst(one ? wordsOfDate(one) : "");
          setLast(other ? wordsOfDate(other) : "");
          const [start, stop] = [one && dayOf(wordsOfDate(one)), other && dayOf(wordsOfDate(other))];
          if (start !== undefined && start !== null && stop !== undefined && stop !== null) onRange(start, stop);
        }}
        allowSingleDayRange
        shortcuts={false}
        dateFnsLocaleLoader={noLocale}
        dayPickerProps={{ weekStartsOn: 1 }}
        singleMonthOnly
        minDate={span ? (localDate(day(span.from)) as Date) : new Date(1990, 0, 1)}
        maxDate={span ? (localDate(day(Math.max(span.to, to ?? 0))) as Date) : new Date(2100, 0, 1)}
      />
    </div>
  );
}

/** English is what the calendar has by itself; the library would fetch it by a name that no bundler follows. */
const noLocale = () => Promise.resolve(undefined);

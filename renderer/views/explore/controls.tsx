import { Button, MenuItem, Popover } from "@blueprintjs/core";
import { DateRangePicker } from "@blueprintjs/datetime";
import { CaretDown } from "@blueprintjs/icons";
import { MultiSelect } from "@blueprintjs/select";
import { memo, type ReactNode, useMemo, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { DAY } from "../../../shared/base/time.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { fold } from "../../../shared/filter/match.ts";
import type { ResolveContext } from "../../../shared/filter/resolve.ts";
import { type Shown, shown, shownTime } from "../../../shared/filter/shown.ts";
import { absent, clear, include, setTime } from "../../../shared/filter/splice.ts";
import type { ValueCount } from "../../../shared/model/explore.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { Inert, inertText } from "../../parts/inert.tsx";
import { useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { useSteady } from "../../session/use-steady.ts";
import { day } from "../../text/format.ts";
import { dayOf, localDate, monthsOf } from "./dates.ts";

interface ControlProps {
  readonly text: string;
  readonly isWaiting: boolean;
  onText(text: string): void;
}

/** One field's values, with their counts without this field: a click takes one in or out of the text. */
export const ValueControl = memo(function ValueControl({
  text,
  isWaiting,
  onText,
  field,
  title,
}: ControlProps & { field: FieldName; title: string }): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const [query, setQuery] = useState("");
  const asked = useAsk("values", isOpen ? { filter: text, field, contains: query, limit: 100 } : undefined);
  const state = useMemo(() => shown(text, field), [text, field]);
  const values = asked.reply?.values ?? NO_VALUES;
  const chosen = useMemo(
    () =>
      values.filter(({ value }) =>
        value === undefined ? state.absent : state.included.some((one) => fold(one) === fold(value)),
      ),
    [values, state],
  );
  const onTake = useSteady(({ value }: ValueCount) => {
    if (!isWaiting) onText(value === undefined ? absent(text, field) : include(text, field, value));
  });
  return (
    <ValueChoice
      field={field}
      title={title}
      words={wordsOf(state)}
      values={values}
      chosen={chosen.length === 0 ? NO_VALUES : chosen}
      query={query}
      isRead={asked.reply !== undefined}
      isWaiting={isWaiting}
      onQuery={setQuery}
      onOpen={setIsOpen}
      onTake={onTake}
    />
  );
});

const NO_VALUES: ValueCount[] = [];

interface ValueChoiceProps {
  readonly field: FieldName;
  readonly title: string;
  /** What is chosen, in words. */
  readonly words: string;
  readonly values: ValueCount[];
  readonly chosen: ValueCount[];
  readonly query: string;
  readonly isRead: boolean;
  readonly isWaiting: boolean;
  onQuery(query: string): void;
  onOpen(isOpen: boolean): void;
  onTake(value: ValueCount): void;
}

/** The library's menu takes a while to draw: only when what it shows is another. */
const ValueChoice = memo(function ValueChoice({
  field,
  title,
  words,
  values,
  chosen,
  query,
  isRead,
  isWaiting,
  onQuery,
  onOpen,
  onTake,
}: ValueChoiceProps): ReactNode {
  return (
    <div className="choice">
      <span className="muted" id={`control-${field}`}>
        {title}
      </span>
      <MultiSelect<ValueCount>
        items={values}
        selectedItems={chosen}
        disabled={isWaiting}
        query={query}
        onQueryChange={onQuery}
        itemListPredicate={(_, items) => items}
        resetOnSelect={false}
        onItemSelect={onTake}
        tagRenderer={({ value }) => (value === undefined ? "no value" : inertText(value))}
        tagInputProps={{ inputProps: { "aria-label": `Find in ${title}` }, placeholder: "Find" }}
        popoverTargetProps={{ "aria-labelledby": `control-${field} control-${field}-value` }}
        menuProps={{ "aria-label": title, className: "choice-menu" }}
        popoverProps={{
          minimal: true,
          placement: "bottom-start",
          onOpened: () => onOpen(true),
          onClosed: () => onOpen(false),
          transitionDuration: 0,
        }}
        noResults={<MenuItem disabled text={isRead ? "No value holds that" : "reading"} roleStructure="listoption" />}
        itemRenderer={(each, { handleClick, handleFocus, modifiers, ref }) => (
          <MenuItem
            key={each.value ?? ""}
            {...(ref ? { ref } : {})}
            text={
              each.value === undefined ? <span className="muted">no value</span> : <Inert text={each.value} most={80} />
            }
            label={figure(each.count)}
            roleStructure="listoption"
            selected={chosen.includes(each)}
            active={modifiers.active}
            onClick={handleClick}
            {...(handleFocus ? { onFocus: handleFocus } : {})}
            shouldDismissPopover={false}
          />
        )}
        customTarget={(_, isShown) => (
          <Button
            size="small"
            aria-labelledby={`control-${field} control-${field}-value`}
            aria-expanded={isShown}
            disabled={isWaiting}
            endIcon={<CaretDown size={12} aria-hidden />}
          >
            <span id={`control-${field}-value`} className="choice-words cut">
              <Inert text={words} most={60} />
            </span>
          </Button>
        )}
      />
    </div>
  );
});

function wordsOf({ included, excluded, absent, present, inText }: Shown): string {
  const isNamed = included.length + excluded.length > 0;
  if (inText || (absent && present) || ((absent || present) && isNamed)) return "set in the text";
  if (absent) return "no value";
  if (present) return "any value";
  if (included.length === 1 && excluded.length === 0) return included[0] as string;
  if (included.length > 1) return `${figure(included.length)} chosen`;
  if (excluded.length > 0) return excluded.length === 1 ? `not ${excluded[0]}` : `all but ${figure(excluded.length)}`;
  return "all";
}

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
            <div className="dates-presets">
              <Button
                variant="minimal"
                size="small"
                alignText="start"
                text="All of the time"
                onClick={() => onText(clear(text, "time"))}
              />
              <Button
                variant="minimal"
                size="small"
                alignText="start"
                text="Since the cutoff"
                disabled={times.cutoff === undefined}
                onClick={() => set(">=cutoff")}
              />
              <Button
                variant="minimal"
                size="small"
                alignText="start"
                text={`Last ${recent} days`}
                disabled={times.asOf === undefined || times.cutoff === undefined}
                onClick={() => set(`last${recent}d`)}
              />
              <div className="dates-months" role="group" aria-label="Months">
                {months.map((month) => (
                  <Button
                    key={month}
                    variant="minimal"
                    size="small"
                    text={month}
                    active={time.terms.join() === `time:${month}`}
                    onClick={() => set(month)}
                  />
                ))}
              </div>
            </div>
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

function nameOf(terms: readonly string[]): string {
  const all = terms.join(" ");
  if (all === "time>=cutoff") return "since the cutoff";
  const last = /^time:last(\d+)d$/u.exec(all);
  if (last) return `last ${last[1]} days`;
  const month = /^time:(\d{4}-\d{2})$/u.exec(all);
  return month ? (month[1] as string) : "";
}

interface DateChoiceProps {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly span: DateControlProps["span"];
  /** Midnights, UTC, in µs; the last day is included. */
  onRange(first: number, last: number): void;
}

/** Two days to write or to choose from a calendar, both included. */
function DateChoice({ from, to, span, onRange }: DateChoiceProps): ReactNode {
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

const wordsOfDate = (date: Date): string =>
  `${String(date.getFullYear()).padStart(4, "0")}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;

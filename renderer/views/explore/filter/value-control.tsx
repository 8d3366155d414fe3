import { Button, MenuItem } from "@blueprintjs/core";
import { CaretDown } from "@blueprintjs/icons";
import { MultiSelect } from "@blueprintjs/select";
import { memo, type ReactNode, useMemo, useState } from "react";
import { figure } from "../../../../shared/base/figure.ts";
import type { FieldName } from "../../../../shared/filter/fields.ts";
import { fold } from "../../../../shared/filter/match.ts";
import { type Shown, shown } from "../../../../shared/filter/shown.ts";
import { absent, include } from "../../../../shared/filter/splice.ts";
import type { ValueCount } from "../../../../shared/model/explore.ts";
import { Inert, inertText } from "../../../parts/inert.tsx";
import { useAsk } from "../../../session/use-ask.ts";
import { useSteady } from "../../../session/use-steady.ts";
import type { ControlProps } from "./control-props.ts";

const MAX_VALUES = 100;

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
  const asked = useAsk("values", isOpen ? { filter: text, field, contains: query, limit: MAX_VALUES } : undefined);
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

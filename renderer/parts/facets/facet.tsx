import { InputGroup } from "@blueprintjs/core";
import { ChevronDown, ChevronRight } from "@blueprintjs/icons";
import { memo, type ReactNode, useMemo, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { fold } from "../../../shared/filter/match.ts";
import type { Shown } from "../../../shared/filter/shown.ts";
import { clear } from "../../../shared/filter/splice.ts";
import type { FacetValues } from "../../../shared/model/explore.ts";
import { useAsk } from "../../session/use-ask.ts";
import { useSteady } from "../../session/use-steady.ts";
import { isNamed, safely, shownOf, spliced } from "./facet-filter.ts";
import { FacetValue, type ValueAct } from "./facet-value.tsx";
import { walkValues } from "./walk-values.ts";

/** How many values a facet shows at first, and after *more*. */
const FIRST_VALUES = 5;
const MORE_VALUES = 50;

interface FacetProps {
  readonly field: FieldName;
  readonly title: string;
  readonly text: string;
  readonly answer: FacetValues | undefined;
  /** How many values it shows; absent: closed. */
  readonly limit: number | undefined;
  readonly isWithin: boolean;
  readonly isWaiting: boolean;
  onText(text: string): void;
  onOpen(field: string, limit: number | undefined): void;
}

/** One field: its values with their counts, most used first, and a search among them. */
export const Facet = memo(function Facet({
  field,
  title,
  text,
  answer: given,
  limit,
  isWithin,
  isWaiting,
  onText,
  onOpen,
}: FacetProps): ReactNode {
  const [find, setFind] = useState<string>();
  const isOpen = limit !== undefined;
  const state = useMemo(() => shownOf(text, field), [text, field]);
  const found = useAsk(
    "values",
    isOpen && find ? { filter: text, field, contains: find, limit: MORE_VALUES, within: isWithin } : undefined,
  );
  const answer = find ? found.reply : given;
  const values = answer?.values ?? [];
  const splice = (change: () => string) => {
    const next = safely(change);
    if (next !== undefined && !isWaiting) onText(next);
  };
  const onAct = useSteady((act: ValueAct, value: string | undefined) => splice(() => spliced(text, field, act, value)));
  return (
    <section className={values.length > FIRST_VALUES ? "facet facet-long" : "facet"} aria-label={title}>
      <Head
        title={title}
        distinct={answer?.distinct}
        isOpen={isOpen}
        isNamed={state !== undefined && isNamed(state)}
        isFinding={find !== undefined}
        isWaiting={isWaiting}
        onToggle={() => onOpen(field, isOpen ? undefined : FIRST_VALUES)}
        onClear={() => splice(() => clear(text, field))}
        onFind={() => setFind(find === undefined ? "" : undefined)}
      />
      {isOpen && find !== undefined && <FindField title={title} find={find} onFind={setFind} />}
      {isOpen && state?.inText && <p className="facet-note muted">{`${title} is also set in the text`}</p>}
      {isOpen && <Values values={values} state={state} isWaiting={isWaiting} onAct={onAct} />}
      {isOpen && find !== undefined && answer !== undefined && values.length === 0 && (
        <p className="facet-note muted">No value holds that.</p>
      )}
      {isOpen && !find && answer !== undefined && (
        <More
          left={answer.distinct - values.length}
          isLong={limit > FIRST_VALUES}
          isFinding={find !== undefined}
          onLimit={(next) => onOpen(field, next)}
          onFind={() => setFind("")}
        />
      )}
    </section>
  );
});

interface HeadProps {
  readonly title: string;
  /** How many values there are; absent: not known yet. */
  readonly distinct: number | undefined;
  readonly isOpen: boolean;
  /** The filter says something of the field. */
  readonly isNamed: boolean;
  readonly isFinding: boolean;
  readonly isWaiting: boolean;
  onToggle(): void;
  onClear(): void;
  onFind(): void;
}

function Head({ title, distinct, isOpen, isWaiting, ...props }: HeadProps): ReactNode {
  return (
    <div className="facet-head">
      <button type="button" className="facet-title" aria-expanded={isOpen} onClick={props.onToggle}>
        {isOpen ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
        {title} {isOpen && distinct !== undefined && <span className="muted facet-distinct">{figure(distinct)}</span>}
      </button>
      <span className="gap" />
      {props.isNamed && (
        <button type="button" className="link facet-act" disabled={isWaiting} onClick={props.onClear}>
          clear
        </button>
      )}
      {isOpen && (distinct ?? 0) > FIRST_VALUES && (
        <button type="button" className="link facet-act" aria-expanded={props.isFinding} onClick={props.onFind}>
          find
        </button>
      )}
    </div>
  );
}

interface FindFieldProps {
  readonly title: string;
  readonly find: string;
  onFind(find: string | undefined): void;
}

function FindField({ title, find, onFind }: FindFieldProps): ReactNode {
  return (
    <InputGroup
      size="small"
      autoFocus
      value={find}
      placeholder={`Find in ${title.toLowerCase()}`}
      aria-label={`Find in ${title}`}
      onValueChange={onFind}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        // the field goes with its search
        event.currentTarget.closest(".facet")?.querySelector<HTMLElement>(".facet-title")?.focus();
        onFind(undefined);
      }}
    />
  );
}

interface ValuesProps {
  readonly values: FacetValues["values"];
  /** What the filter says of the field; absent: it does not parse. */
  readonly state: Shown | undefined;
  readonly isWaiting: boolean;
  onAct(act: ValueAct, value: string | undefined): void;
}

function Values({ values, state, isWaiting, onAct }: ValuesProps): ReactNode {
  const most = Math.max(1, ...values.map(({ count }) => count));
  const holds = (list: readonly string[] | undefined, value: string) =>
    (list ?? []).some((one) => fold(one) === fold(value));
  return (
    <ul className="facet-values" onKeyDown={walkValues}>
      {values.map((each) => (
        <FacetValue
          key={each.value ?? ""}
          value={each.value}
          count={each.count}
          part={each.count / most}
          isIn={each.value === undefined ? (state?.absent ?? false) : holds(state?.included, each.value)}
          isOut={each.value === undefined ? (state?.present ?? false) : holds(state?.excluded, each.value)}
          isWaiting={isWaiting}
          onAct={onAct}
        />
      ))}
    </ul>
  );
}

interface MoreProps {
  /** How many values are not listed. */
  readonly left: number;
  readonly isLong: boolean;
  readonly isFinding: boolean;
  onLimit(limit: number): void;
  onFind(): void;
}

/** The way to more values, to a search for those beyond, and back to a few. */
function More({ left, isLong, isFinding, onLimit, onFind }: MoreProps): ReactNode {
  if (left <= 0 && !isLong) return null;
  const [words, run] = !isLong
    ? [`${figure(left)} more`, () => onLimit(MORE_VALUES)]
    : left > 0 && !isFinding
      ? [`${figure(left)} more: find them`, onFind]
      : ["fewer", () => onLimit(FIRST_VALUES)];
  return (
    <button type="button" className="link facet-more" onClick={run}>
      {words}
    </button>
  );
}

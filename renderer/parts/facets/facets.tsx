import { Button, ButtonGroup, InputGroup } from "@blueprintjs/core";
import { ChevronDown, ChevronRight } from "@blueprintjs/icons";
import { type KeyboardEvent, memo, type ReactNode, useMemo, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { fold } from "../../../shared/filter/match.ts";
import { shown } from "../../../shared/filter/shown.ts";
import { absent, clear, exclude, include, only, present } from "../../../shared/filter/splice.ts";
import type { FacetValues } from "../../../shared/model/explore.ts";
import { useAsk } from "../../session/use-ask.ts";
import { useSteady } from "../../session/use-steady.ts";
import { Inert, inertText } from "../inert.tsx";
import "./facets.css";

/** Every field whose values the engine counts, most used first. */
export const FACET_FIELDS: readonly { field: FieldName; title: string; needsPolicy?: true }[] = [
  { field: "developer", title: "Developer" },
  { field: "api", title: "API" },
  { field: "outcome", title: "Outcome" },
  { field: "fields", title: "Fields" },
  { field: "tag", title: "Tag" },
  { field: "level", title: "Level", needsPolicy: true },
  { field: "operation", title: "Operation" },
  { field: "status", title: "Status" },
  { field: "app", title: "App" },
  { field: "source", title: "Source" },
  { field: "method", title: "Method" },
  { field: "duplicate", title: "Duplicate" },
  { field: "ip", title: "IP address" },
  { field: "actor", title: "Actor" },
  { field: "resource", title: "Resource" },
  { field: "user_agent", title: "User agent" },
];

/** What a facet shows at first, and after [more]. */
export const FEW = 5;
export const MANY = 50;

interface FacetsProps {
  readonly text: string;
  readonly facets: Readonly<Record<string, FacetValues>>;
  /** Field → how many values are asked for; absent: closed. */
  readonly open: Readonly<Record<string, number>>;
  readonly isWithin: boolean;
  /** The text that is written does not parse: controls wait. */
  readonly isWaiting: boolean;
  readonly hasPolicy: boolean;
  onText(text: string): void;
  onOpen(field: string, limit: number | undefined): void;
  onWithin(isWithin: boolean): void;
}

/** Fields with their values and counts; each click is a splice of the filter's text. */
export const Facets = memo(function Facets({
  text,
  facets,
  open,
  isWithin,
  isWaiting,
  hasPolicy,
  onText,
  onOpen,
  onWithin,
}: FacetsProps): ReactNode {
  return (
    <nav className="facets" aria-label="Facets" data-region>
      {FACET_FIELDS.filter(({ needsPolicy }) => !needsPolicy || hasPolicy).map(({ field, title }) => (
        <Facet
          key={field}
          field={field}
          title={title}
          text={text}
          answer={facets[field]}
          limit={open[field]}
          isWithin={isWithin}
          isWaiting={isWaiting}
          onText={onText}
          onOpen={onOpen}
        />
      ))}
      <Foot isWithin={isWithin} onWithin={onWithin} />
    </nav>
  );
});

const Foot = memo(function Foot({ isWithin, onWithin }: Pick<FacetsProps, "isWithin" | "onWithin">): ReactNode {
  return (
    <div className="facets-foot">
      <span className="muted">Count</span>
      <ButtonGroup variant="outlined">
        <Button
          size="small"
          text="without own field"
          active={!isWithin}
          onClick={() => onWithin(false)}
          title="Each field is counted without its own terms, so that the other values stay in sight"
        />
        <Button
          size="small"
          text="in filter"
          active={isWithin}
          onClick={() => onWithin(true)}
          title="Every field is counted within the whole filter"
        />
      </ButtonGroup>
    </div>
  );
});

interface FacetProps extends Pick<FacetsProps, "text" | "isWithin" | "isWaiting" | "onText" | "onOpen"> {
  readonly field: FieldName;
  readonly title: string;
  readonly answer: FacetValues | undefined;
  /** Absent: closed. */
  readonly limit: number | undefined;
}

/** What a click on a value does to the filter. */
type Act = "include" | "only" | "not";

const Facet = memo(function Facet({
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
  const state = useMemo(() => safely(() => shown(text, field)), [text, field]);
  const isNamed =
    state !== undefined &&
    (state.included.length > 0 || state.excluded.length > 0 || state.absent || state.present || state.inText);
  const found = useAsk(
    "values",
    isOpen && find ? { filter: text, field, contains: find, limit: MANY, within: isWithin } : undefined,
  );
  const answer = find ? found.reply : given;
  const values = answer?.values ?? [];
  const most = Math.max(1, ...values.map(({ count }) => count));
  const splice = (change: () => string) => {
    const next = safely(change);
    if (next !== undefined && !isWaiting) onText(next);
  };
  const onAct = useSteady((act: Act, value: string | undefined) =>
    splice(() => {
      if (act === "only") return only(text, field, value as string);
      if (act === "include") return value === undefined ? absent(text, field) : include(text, field, value);
      return value === undefined ? present(text, field) : exclude(text, field, value);
    }),
  );
  const holds = (list: readonly string[] | undefined, value: string) =>
    (list ?? []).some((one) => fold(one) === fold(value));
  return (
    <section className={values.length > FEW ? "facet facet-long" : "facet"} aria-label={title}>
      <div className="facet-head">
        <button
          type="button"
          className="facet-title"
          aria-expanded={isOpen}
          onClick={() => onOpen(field, isOpen ? undefined : FEW)}
        >
          {isOpen ? <ChevronDown size={12} aria-hidden /> : <ChevronRight size={12} aria-hidden />}
          {title}{" "}
          {isOpen && answer !== undefined && <span className="muted facet-distinct">{figure(answer.distinct)}</span>}
        </button>
        <span className="gap" />
        {isNamed && (
          <button
            type="button"
            className="link facet-act"
            disabled={isWaiting}
            onClick={() => splice(() => clear(text, field))}
          >
            clear
          </button>
        )}
        {isOpen && (answer?.distinct ?? 0) > FEW && (
          <button
            type="button"
            className="link facet-act"
            aria-expanded={find !== undefined}
            onClick={() => setFind(find === undefined ? "" : undefined)}
          >
            find
          </button>
        )}
      </div>
      {isOpen && find !== undefined && (
        <InputGroup
          size="small"
          autoFocus
          value={find}
          placeholder={`Find in ${title.toLowerCase()}`}
          aria-label={`Find in ${title}`}
          onValueChange={setFind}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            setFind(undefined);
          }}
        />
      )}
      {isOpen && state?.inText && <p className="facet-note muted">{`${title} is also set in the text`}</p>}
      {isOpen && (
        <ul className="facet-values" onKeyDown={arrows}>
          {values.map((each) => (
            <Value
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
      )}
      {isOpen && find !== undefined && answer !== undefined && values.length === 0 && (
        <p className="facet-note muted">No value holds that.</p>
      )}
      {isOpen && !find && answer !== undefined && (answer.distinct > values.length || limit > FEW) && (
        <button type="button" className="link facet-more" onClick={() => onOpen(field, limit > FEW ? FEW : MANY)}>
          {limit > FEW
            ? answer.distinct > values.length
              ? `${figure(answer.distinct - values.length)} more: find them`
              : "fewer"
            : `${figure(answer.distinct - values.length)} more`}
        </button>
      )}
    </section>
  );
});

interface ValueProps {
  /** Absent: calls without the field. */
  readonly value: string | undefined;
  readonly count: number;
  /** Of the longest bar. */
  readonly part: number;
  readonly isIn: boolean;
  readonly isOut: boolean;
  readonly isWaiting: boolean;
  onAct(act: Act, value: string | undefined): void;
}

const Value = memo(function Value({ value, count, part, isIn, isOut, isWaiting, onAct }: ValueProps): ReactNode {
  const name = value === undefined ? "no value" : inertText(value).slice(0, 300);
  return (
    <li className={isOut ? "facet-value facet-out" : "facet-value"}>
      <label className="facet-label" title={`${name}: ${figure(count)}`}>
        <input
          type="checkbox"
          className="facet-box"
          checked={isIn}
          disabled={isWaiting}
          aria-label={`${name}, ${figure(count)} calls${isOut ? ", left out" : ""}`}
          onChange={() => onAct("include", value)}
        />
        <span className="facet-name">
          {value === undefined ? <span className="muted">no value</span> : <Inert text={value} most={120} />}
        </span>
        <span className="facet-count">{figure(count)}</span>
        <span className="facet-bar" style={{ width: `${part * 100}%` }} />
      </label>
      <span className="facet-acts">
        {value !== undefined && (
          <button
            type="button"
            className="link"
            tabIndex={-1}
            disabled={isWaiting}
            aria-label={`Only ${name}`}
            onClick={() => onAct("only", value)}
          >
            only
          </button>
        )}
        <button
          type="button"
          className="link"
          tabIndex={-1}
          disabled={isWaiting}
          aria-label={`Not ${name}`}
          aria-pressed={isOut}
          onClick={() => onAct("not", value)}
        >
          not
        </button>
      </span>
    </li>
  );
});

/** Up and down between the values, right and left between a value, *only* and *not*. */
function arrows(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = event.target as HTMLElement;
  const item = target.closest("li");
  if (!item) return;
  const sideways = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const along = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (sideways !== 0) {
    const all = [...item.querySelectorAll<HTMLElement>("input, button")];
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(target) + sideways))]?.focus();
  } else if (along !== 0) {
    const boxes = [...(item.closest(".facets")?.querySelectorAll<HTMLElement>("input.facet-box, .facet-title") ?? [])];
    const at = boxes.indexOf(item.querySelector("input.facet-box") as HTMLElement);
    boxes[Math.max(0, Math.min(boxes.length - 1, at + along))]?.focus();
  } else return;
  event.preventDefault();
}

/** The splices throw where the text does not parse; the controls then wait. */
function safely<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

import { memo, type ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { Inert, inertText } from "../inert.tsx";

/** What a click on a value does to the filter. */
export type ValueAct = "include" | "only" | "not";

interface FacetValueProps {
  /** Absent: calls without the field. */
  readonly value: string | undefined;
  readonly count: number;
  /** Of the longest bar. */
  readonly part: number;
  readonly isIn: boolean;
  readonly isOut: boolean;
  readonly isWaiting: boolean;
  onAct(act: ValueAct, value: string | undefined): void;
}

/** One value: its box takes it in or out; *only* and *not* stand beside it. */
export const FacetValue = memo(function FacetValue({
  value,
  count,
  part,
  isIn,
  isOut,
  isWaiting,
  onAct,
}: FacetValueProps): ReactNode {
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

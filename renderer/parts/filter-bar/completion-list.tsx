import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { type FieldName, fieldRow } from "../../../shared/filter/fields.ts";
import type { Suggestion } from "../../../shared/filter/typed/suggest.ts";
import { Inert } from "../inert.tsx";

interface CompletionListProps {
  readonly id: string;
  readonly found: readonly Suggestion[];
  readonly active: number;
  /** The field at the caret; absent: there is none. */
  readonly field: FieldName | undefined;
  onTake(chosen: Suggestion): void;
}

/** What may be written at the caret; under it, what its field means. */
export function CompletionList({ id, found, active, field, onTake }: CompletionListProps): ReactNode {
  return (
    <ul id={id} className="bp6-menu filter-menu" role="listbox" aria-label="Completions">
      {found.map((each, index) => (
        <li
          key={each.label}
          id={`${id}-${index}`}
          className={index === active ? "bp6-menu-item bp6-active" : "bp6-menu-item"}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(each);
          }}
        >
          <span className="mono cut">
            <Inert text={each.label} most={120} />
          </span>
          <span className="muted cut filter-detail">
            {each.count === undefined ? (each.detail ?? "") : figure(each.count)}
          </span>
        </li>
      ))}
      {field !== undefined && (
        <li className="filter-hint muted" role="presentation">
          {fieldRow(field).description.replaceAll("`", "")}, for example{" "}
          <span className="mono">{fieldRow(field).example}</span>
        </li>
      )}
    </ul>
  );
}

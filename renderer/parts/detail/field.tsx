import type { ReactNode } from "react";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { Inert } from "../inert.tsx";

interface FieldProps {
  readonly title: string;
  /** Where the value was read from, as the mapping names it. */
  readonly origin?: string | undefined;
  readonly children: ReactNode;
}

/** One field of a call, with the place that it was read from. */
export function Field({ title, origin, children }: FieldProps): ReactNode {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {children}
        {origin !== undefined && (
          <span className="detail-origin mono" title={`Read from ${origin}`}>
            <Inert text={origin} most={60} />
          </span>
        )}
      </dd>
    </>
  );
}

interface ValueLinkProps {
  readonly field: FieldName;
  readonly value: string;
  readonly isMono?: boolean;
  onInclude(field: FieldName, value: string): void;
}

/** A value that a click includes in the filter. */
export function ValueLink({ field, value, isMono = true, onInclude }: ValueLinkProps): ReactNode {
  return (
    <button
      type="button"
      className={isMono ? "link mono detail-value" : "link detail-value"}
      title="Include this value in the filter"
      onClick={() => onInclude(field, value)}
    >
      <Inert text={value} most={400} />
    </button>
  );
}

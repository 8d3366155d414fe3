import type { ReactNode } from "react";
import { Inert } from "../../parts/inert.tsx";

interface Props {
  readonly of: { readonly developer_id: string; readonly country?: string; readonly contact?: string };
  /** At the right end of the line. */
  readonly children?: ReactNode;
}

/** What registry and log say of a developer itself. */
export function DeveloperFacts({ of, children }: Props): ReactNode {
  return (
    <div className="developer-facts muted">
      <span>
        id{" "}
        <span className="mono">
          <Inert text={of.developer_id} most={120} />
        </span>
      </span>
      {of.country && (
        <span>
          <Inert text={of.country} most={60} />
        </span>
      )}
      {of.contact && (
        <span>
          <Inert text={of.contact} most={120} />
        </span>
      )}
      <span className="gap" />
      {children}
    </div>
  );
}

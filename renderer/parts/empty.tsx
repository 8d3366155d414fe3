import { NonIdealState } from "@blueprintjs/core";
import type { ReactElement, ReactNode } from "react";

/** Why there is nothing, and the one button that changes it. */
export function Empty({
  icon,
  why,
  action,
}: {
  icon?: ReactElement;
  why: ReactNode;
  action?: ReactElement;
}): ReactNode {
  return (
    <NonIdealState
      className="empty"
      iconMuted={false}
      layout="vertical"
      description={<p>{why}</p>}
      {...(icon ? { icon } : {})}
      {...(action ? { action } : {})}
    />
  );
}

import type { ReactNode } from "react";
import { Inert } from "../../parts/inert.tsx";

/** An app as the heading of its row: its name, its id, its status in the registry. */
export function AppHeading({
  app,
}: {
  app: { readonly app: string; readonly app_name?: string; readonly status?: string };
}): ReactNode {
  return (
    <th scope="row">
      {app.app_name !== undefined && (
        <>
          <Inert text={app.app_name} most={120} />{" "}
        </>
      )}
      <span className="mono">
        <Inert text={app.app} most={120} />
      </span>
      {app.status !== undefined && (
        <span className="muted">
          {" "}
          <Inert text={app.status} most={40} />
        </span>
      )}
    </th>
  );
}

import { facet } from "../../query/results/facets.ts";
import type { LoggedApp } from "../../registry/list-conflicts.ts";
import type { Session } from "../session/session.ts";

/** Every app that a call names, with its calls. */
export const loggedApps = (session: Session): LoggedApp[] =>
  facet(session.inquiry.dataset, "app", session.selection("")).flatMap(({ value, count: events }) =>
    value === undefined ? [] : [{ app: value, events }],
  );

import type { RefusalData } from "../base/errors.ts";
import type { PageInput, Reply, RequestName } from "./contract.ts";
import type { DesktopEvents, DesktopName, DesktopReply, PageDesktopInput } from "./desktop.ts";

/** How page, preload and main process find each other. Names only, so that the preload carries no schema with it. */

export const CHANNEL = {
  ask: "ask",
  desktop: "desktop",
  cancel: "cancel",
  event: "event",
  dropped: "dropped",
} as const;

/**
 * Replies that may be large: they go as the body of a `fetch` on the app's own scheme, where a copy costs least. `explore` is not among
 * them: a screen of rows is there sooner by the shorter way.
 */
export const BULK: ReadonlySet<string> = new Set([
  "query",
  "overview",
  "rows",
  "values",
  "rejects",
  "call",
  "findings",
  "coverage",
  "claims",
  "sources",
  "custodyRows",
  "subject",
  "peopleIds",
  "coverageLanes",
  "grants",
  "developer",
  "remedy",
  "sensitivity",
  "asOfCurve",
  "stack",
  "subjects",
  "changes",
  "changesReadAgain",
  "changingActs",
] satisfies RequestName[]);

/** Header of a large reply that is a refusal instead. */
export const REFUSED = "x-exhibit-refused";

/** Errors cross as data; a rejected promise would reach the page as Electron's own sentence about it. */
export type Answer<Reply> = { readonly reply: Reply } | { readonly refused: RefusalData };

export type EventMessage = {
  readonly [Name in keyof DesktopEvents]: { readonly name: Name; readonly detail: DesktopEvents[Name] };
}[keyof DesktopEvents];

/** What the preload gives the page as `window.exhibit`: these verbs and nothing else. */
export interface Bridge {
  readonly platform: string;
  ask<Name extends RequestName>(id: string, name: Name, input: PageInput<Name>): Promise<Answer<Reply<Name>>>;
  desktop<Name extends DesktopName>(
    id: string,
    name: Name,
    input: PageDesktopInput<Name>,
  ): Promise<Answer<DesktopReply<Name>>>;
  cancel(id: string): void;
  /** Called once; every event of the main process comes here. */
  listen(listener: (message: EventMessage) => void): void;
}

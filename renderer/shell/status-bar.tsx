import { Button } from "@blueprintjs/core";
import { type ReactNode, useEffect } from "react";
import { ErrorPanel } from "../parts/error-panel.tsx";
import { type Decide, useDecide } from "../parts/finding-table/decide.tsx";
import type { Screen } from "../session/places.ts";
import { usePlace, usePolicyTimes, useSession, useShared } from "../session/session.tsx";
import { type Notice, withoutNotice } from "../session/state.ts";
import { day } from "../text/format.ts";

/** Milliseconds that a notice stays. */
const NOTICE_MS = 10_000;

/** The three keys that help most, screen by screen. */
const KEYS: Partial<Record<Screen, readonly (readonly [keys: string, what: string])[]>> = {
  explore: [
    ["Space", "select"],
    ["=", "include"],
  ],
  answer: [
    ["c", "confirm"],
    ["x", "dispute"],
  ],
  developers: [
    ["c", "confirm"],
    ["x", "dispute"],
  ],
  developer: [
    ["c", "confirm"],
    ["x", "dispute"],
  ],
  remedy: [
    ["r", "record a step"],
    ["p", "its page"],
  ],
};

/** The button beside what was just done. A decision is not undone: it is reopened, with a reason of its own. */
function Offer({ offers, decide }: { offers: NonNullable<Notice["offers"]>; decide: Decide }): ReactNode {
  const session = useSession();
  if (typeof offers === "string")
    return (
      <button type="button" className="link" onClick={() => session.commands.run(offers)}>
        {offers === "undo" ? "Undo" : "Redo"}
      </button>
    );
  return (
    <button type="button" className="link" onClick={() => decide.ask(offers.reopen, "open")}>
      Reopen
    </button>
  );
}

/** As-of, cutoff, zone, keys; for ten seconds the sentence on what was just done. */
export function StatusBar(): ReactNode {
  const session = useSession();
  const { screen } = usePlace();
  const notice = useShared((state) => state.notice);
  const singleKeys = useShared((state) => state.settings.singleKeys);
  const isOpen = useShared((state) => state.info !== undefined);
  const { cutoff, asOf } = usePolicyTimes();
  // here, not beside the button: that goes with its message while the reason is being written
  const decide = useDecide();

  useEffect(() => {
    if (!notice || notice.error) return;
    const timer = setTimeout(() => session.store.update((state) => withoutNotice(state, notice.id)), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice, session]);

  // an error belongs to what was done on the screen before
  // biome-ignore lint/correctness/useExhaustiveDependencies: the screen is what is waited for
  useEffect(
    () => session.store.update((state) => (state.notice?.error ? withoutNotice(state, state.notice.id) : state)),
    [screen, session],
  );

  const forget = () => session.store.update((state) => (state.notice ? withoutNotice(state, state.notice.id) : state));
  return (
    <footer className="status-bar" aria-label="Status" data-region tabIndex={-1}>
      {isOpen && <span>{asOf ? `as-of ${day(asOf)}` : "no as-of: no policy"}</span>}
      {isOpen && cutoff && <span>cutoff {day(cutoff)}</span>}
      <span>UTC</span>
      <span className="notice" role="status">
        {notice && !notice.error && (
          <span className="cut" title={notice.text}>
            {notice.text}
          </span>
        )}
        {notice?.offers !== undefined && <Offer offers={notice.offers} decide={decide} />}
      </span>
      {decide.dialog}
      {notice?.error && (
        <div className="refused">
          <ErrorPanel
            error={notice.error}
            actions={<Button size="small" variant="outlined" text="Close" onClick={forget} />}
          />
        </div>
      )}
      <span className="gap" />
      {singleKeys &&
        (KEYS[screen] ?? []).map(([keys, what]) => (
          <span key={keys}>
            <kbd>{keys}</kbd> {what}
          </span>
        ))}
      <span>
        <kbd>{singleKeys ? "?" : "F1"}</kbd> {singleKeys ? "keys" : "help"}
      </span>
    </footer>
  );
}

import { useEffect, useRef } from "react";
import { CLOSING_OVERLAY } from "./keyboard.ts";

/** Parts of the window that take the focus of what was in them. */
const FOCUS_KEEPERS = '[role="dialog"], [data-region]';
/** What lies above the screen: dialogs, menus, drawers. */
const OVERLAYS = ".bp6-portal";

interface Held {
  readonly element: HTMLElement;
  /** Innermost first: what is taken away no longer knows what it was in. */
  readonly keepers: readonly HTMLElement[];
  readonly isAbove: boolean;
}

/**
 * The focus is never lost. Where the focused element is disabled or taken away, its dialog or region has the focus; where a
 * dialog or menu is gone, what had it before. Else the next key, Esc above all, would go to nobody. The library gives the focus
 * back by itself only the first time that a dialog with a field of its own opens. A new screen that nothing on it takes the focus of
 * begins at its heading.
 */
export function useKeptFocus(screen: string): void {
  const arrived = useRef("");
  const current = useRef(screen);
  current.current = screen;
  useEffect(() => {
    let last: Held | undefined;
    let below: Held | undefined;
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target === document.body) return;
      const now = held(target);
      if (!now.isAbove) below = undefined;
      else if (last && !last.isAbove) below = last;
      last = now;
      size.disconnect();
      size.observe(target);
    };
    const begin = () => {
      if (arrived.current === current.current) return;
      const heading = document.querySelector<HTMLElement>("main h1[tabindex]");
      const isFree = document.activeElement === document.body;
      if (isFree) heading?.focus({ preventScroll: true });
      if (heading || !isFree) arrived.current = current.current;
    };
    const keep = () => {
      begin();
      if (!last || isThere(last.element)) return;
      const { activeElement } = document;
      if (activeElement !== document.body && activeElement !== last.element) return;
      const heirs = [
        ...last.keepers,
        ...(last.isAbove && below && isThere(below.element) ? [below.element] : []),
        ...(last.isAbove ? (below?.keepers ?? []) : []),
      ];
      last = undefined;
      const heir = heirs.find(isThere);
      const target = heir?.matches("[tabindex], button, input, textarea, select")
        ? heir
        : heir?.querySelector<HTMLElement>("h1[tabindex]");
      target?.focus({ preventScroll: true });
    };
    // hidden with what it is in, it is neither disabled nor taken away: its size tells, once the page has been laid out
    const size = new ResizeObserver(keep);
    const observer = new MutationObserver(() => {
      if (last && document.activeElement === last.element && mayBeThere(last.element)) begin();
      else keep();
    });
    document.addEventListener("focusin", note);
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
    return () => {
      document.removeEventListener("focusin", note);
      observer.disconnect();
      size.disconnect();
    };
  }, []);
}

function held(element: HTMLElement): Held {
  const keepers: HTMLElement[] = [];
  for (
    let at = element.parentElement?.closest<HTMLElement>(FOCUS_KEEPERS);
    at;
    at = at.parentElement?.closest(FOCUS_KEEPERS)
  )
    keepers.push(at);
  return { element, keepers, isAbove: element.closest(OVERLAYS) !== null };
}

/** All but whether it is seen: asking for that makes the browser lay out the page. */
const mayBeThere = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(":disabled") && !element.closest(CLOSING_OVERLAY);

const isThere = (element: HTMLElement): boolean => mayBeThere(element) && element.getClientRects().length > 0;

import { useEffect } from "react";

/** Parts of the window that take the focus of what was in them. */
const KEEPERS = '[role="dialog"], [data-region]';

/**
 * The focus is never lost: where the focused element is disabled or taken away, its dialog or region has the focus. Else the next
 * key, Esc above all, would go to nobody.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | undefined;
    let keepers: readonly HTMLElement[] = [];
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target === document.body) return;
      last = target;
      keepers = keepersOf(target);
    };
    const keep = () => {
      if (!last || (last.isConnected && !last.matches(":disabled"))) return;
      const { activeElement } = document;
      if (activeElement !== document.body && activeElement !== last) return;
      last = undefined;
      const keeper = keepers.find((each) => each.isConnected && each.getClientRects().length > 0);
      const target = keeper?.hasAttribute("tabindex") ? keeper : keeper?.querySelector<HTMLElement>("h1[tabindex]");
      target?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(keep);
    document.addEventListener("focusin", note);
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
    return () => {
      document.removeEventListener("focusin", note);
      observer.disconnect();
    };
  }, []);
}

/** Innermost first: what is taken away no longer knows what it was in. */
function keepersOf(element: Element): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at = element.parentElement?.closest<HTMLElement>(KEEPERS); at; at = at.parentElement?.closest(KEEPERS))
    found.push(at);
  return found;
}

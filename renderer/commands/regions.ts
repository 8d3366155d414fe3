const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])';

/** F6: the focus to the next (or previous) part of the screen marked `data-region`, in the order of the page. */
export function moveRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.getClientRects().length > 0,
  );
  if (regions.length === 0) return;
  const focus = document.activeElement;
  const at = regions.findIndex((region) => region.contains(focus));
  const region = regions[(at + by + regions.length + (at < 0 && by < 0 ? 1 : 0)) % regions.length];
  if (!region) return;
  const inside = region.matches(FOCUSABLE) ? region : region.querySelector<HTMLElement>(FOCUSABLE);
  (inside ?? region).focus();
}

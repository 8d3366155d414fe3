/** To what is typed in or chosen, else to the heading or button: the library would leave the focus on a strip of its own. */
export function focusInside(overlay: HTMLElement): void {
  for (const kind of ["input:checked, input:not([type=radio])", "h2[tabindex]", ".bp6-dialog-footer button"]) {
    const found = overlay.querySelector<HTMLElement>(kind);
    if (!found) continue;
    found.focus();
    return;
  }
}

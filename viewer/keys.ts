import type { CallsScreen } from "./calls/calls-screen.ts";
import { byId } from "./parts/dom.ts";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select") !== null;

/** `/`, `?`, j, k, n and Esc; Enter follows what has the focus. By the sign that is typed, whatever the keyboard is. */
export function keys(callsScreen: () => Promise<CallsScreen | undefined>, section: () => string | undefined): void {
  const help = byId("keys") as HTMLDialogElement;
  byId("keys-open").addEventListener("click", () => help.showModal());
  byId("keys-close").addEventListener("click", () => help.close());
  byId("print").addEventListener("click", () => print());
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help.open) return;
    if (event.key === "Escape" && section() === "calls") {
      void callsScreen().then((screen) => {
        if (isTyping(event.target)) (event.target as HTMLElement).blur();
        else screen?.escape();
      });
      return;
    }
    if (isTyping(event.target)) return;
    if (event.key === "?") help.showModal();
    else if (event.key === "n")
      byId(section() ?? "main")
        .querySelector("textarea")
        ?.focus();
    else if (event.key === "/") {
      if (section() === "calls") void callsScreen().then((screen) => screen?.filterInput.focus());
      else byId("find").focus();
    } else if (event.key === "j" || event.key === "k") {
      const by = event.key === "j" ? 1 : -1;
      if (section() === "calls") void callsScreen().then((screen) => screen?.step(by));
      else stepLinks(section(), by);
    } else return;
    event.preventDefault();
  });
}

/** The first links of the rows of a table, one after the other. */
function stepLinks(section: string | undefined, by: 1 | -1): void {
  if (section === undefined) return;
  const links = Array.from(byId(section).querySelectorAll<HTMLElement>("tbody tr")).flatMap((row) =>
    Array.from(row.querySelectorAll<HTMLElement>("a")).slice(0, 1),
  );
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[at < 0 ? 0 : at + by]?.focus();
}

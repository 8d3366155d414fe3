import type { Found } from "../filter/evaluate.ts";
import { h } from "../parts/dom.ts";
import { counted } from "../parts/words.ts";

type Sought = NonNullable<Found["sought"]>;

export const shareOf = ({ done, all }: Sought): string => `${Math.floor((100 * done) / Math.max(1, all))} %`;

/** How far words were sought in the lines, and a button that stops it, or goes on with it. */
export function searchNote(toggle: () => void): {
  readonly node: HTMLElement;
  show(found: Found, isStopped: boolean): void;
} {
  const words = h("span");
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Lines that were searched" });
  const button = h("button", { type: "button", onclick: toggle }, "Cancel");
  const node = h("span", { class: "search-note screen-only", hidden: true }, bar, words, button);
  return {
    node,
    show({ sought, count }, isStopped) {
      node.hidden = sought === undefined;
      if (!sought) return;
      bar.value = sought.done / Math.max(1, sought.all);
      bar.hidden = isStopped;
      words.textContent = `searched ${shareOf(sought)} of the lines${count > 0 && !isStopped ? `, at least ${counted(count, "call")} found` : ""}`;
      button.textContent = isStopped ? "Go on" : "Cancel";
    },
  };
}

import { figure } from "../../shared/base/figure.ts";
import { eventPlace } from "../../shared/viewer/places.ts";
import type { Calls } from "../data/calls.ts";
import { type Child, h } from "../parts/dom.ts";
import { fieldOf, isNumber, shownOf, titleOf } from "./columns.ts";
import type { View } from "./view.ts";

type Go = (change: Partial<View>) => void;

/** The rows of one page, with heads that sort. */
export function callTable(calls: Calls, rows: Uint32Array, view: View, go: Go): HTMLElement {
  const { sort, isDown, columns } = view;
  const head = columns.map((column) => {
    const isSorted = column === sort;
    return h(
      "th",
      {
        scope: "col",
        class: isNumber(column) ? "n" : undefined,
        "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : undefined,
      },
      h(
        "button",
        { type: "button", onclick: () => go({ sort: column, isDown: isSorted && !isDown, page: 1 }) },
        `${titleOf(column)}${isSorted ? (isDown ? " \u2193" : " \u2191") : ""}`,
      ),
    );
  });
  const body = Array.from(rows, (row) =>
    h(
      "tr",
      { "data-row": row },
      ...columns.map((column) => {
        const text = shownOf(calls, column, row);
        const kind = isNumber(column) ? "n" : column === "time" || fieldOf(column) === undefined ? "mono" : undefined;
        return h(
          "td",
          { class: kind, title: text.length > 24 ? text : undefined },
          column === "event" ? h("a", { href: eventPlace(row + 1) }, text) : text,
        );
      }),
    ),
  );
  return h("table", { class: "grid" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body));
}

export function pagerOf(page: number, pages: number, go: Go): Child[] {
  const to = (words: string, target: number) =>
    h(
      "button",
      {
        type: "button",
        disabled: target === page || target < 1 || target > pages,
        onclick: () => go({ page: target }),
      },
      words,
    );
  return [
    to("First", 1),
    to("Before", page - 1),
    `page ${figure(page)} of ${figure(pages)}`,
    to("Next", page + 1),
    to("Last", pages),
  ];
}

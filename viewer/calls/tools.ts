import type { Found } from "../filter/evaluate.ts";
import { type Child, h } from "../parts/dom.ts";
import { counted } from "../parts/words.ts";
import { COLUMNS, type ColumnName, titleOf } from "./columns.ts";

interface Acts {
  choose(columns: readonly ColumnName[]): void;
  /** Exports the calls. */
  write(): void;
}

/** Which columns there are, and the way out of the page for what is shown. */
export function toolsOf(found: Found, columns: readonly ColumnName[], isOpen: boolean, { choose, write }: Acts): Child {
  const chosen = new Set<ColumnName>(columns);
  const boxes = COLUMNS.map((column) =>
    h(
      "label",
      {},
      h("input", {
        type: "checkbox",
        checked: chosen.has(column),
        disabled: column === "event",
        onchange: () => {
          if (!chosen.delete(column)) chosen.add(column);
          choose(COLUMNS.filter((each) => chosen.has(each)));
        },
      }),
      titleOf(column),
    ),
  );
  return [
    h("details", { class: "columns", open: isOpen }, h("summary", {}, "Columns"), h("div", {}, ...boxes)),
    h(
      "button",
      {
        type: "button",
        disabled: found.count === 0 || found.sought !== undefined,
        title: found.sought && "Once all lines are searched",
        onclick: write,
      },
      `Export these ${counted(found.count, "call")} as CSV`,
    ),
  ];
}

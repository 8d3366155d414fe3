import type { Layout } from "./layout.ts";
import type { Pages } from "./pages.ts";
import type { Ranges } from "./ranges.ts";

export interface GridProps {
  readonly label: string;
  /** The rows of one answer; another object is another answer. */
  readonly pages: Pages;
  /** Rows of another filter or order begin at the current row; those of the same stay where they are. */
  readonly listKey: string;
  readonly row: number;
  readonly ranges: Ranges;
  readonly sort: string | undefined;
  readonly tags: readonly string[];
  readonly layout: Layout;
  onRow(row: number): void;
  onRanges(ranges: Ranges): void;
  onSort(sort: string | undefined): void;
  onOpen(): void;
  onMenu(at: { left: number; top: number }): void;
  onLayout(layout: Layout): void;
  /** The first row seen, and how many are. */
  onView(top: number, fit: number): void;
}

export interface GridHandle {
  /** The column that keys act on. */
  column(): string;
  focus(): void;
  showColumns(visible: ReadonlySet<string>): void;
  shownColumns(): string[];
  /** Extends the selection from where it was begun to the current row. */
  extend(): void;
  /** Where a menu of the current cell belongs. */
  place(): { left: number; top: number };
}

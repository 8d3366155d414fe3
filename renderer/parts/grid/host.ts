import {
  CellStyleModule,
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  createGrid,
  type GridApi,
  type GridOptions,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
} from "ag-grid-community";
import { styleNonce } from "../../session/client.ts";
import { type Cell, cellOf } from "./cells.ts";
import { type CallColumn, COLUMNS } from "./columns.ts";
import { HeaderCell } from "./header-cell.ts";
import type { Pages } from "./pages.ts";
import { has, NONE, type Ranges } from "./ranges.ts";
import { gridTheme } from "./theme.ts";

ModuleRegistry.registerModules([
  ClientSideRowModelModule,
  RowSelectionModule,
  CellStyleModule,
  RowApiModule,
  ColumnApiModule,
  RenderApiModule,
]);

export const ROW = 24;
/** The heading, with its line. */
const HEADER = 29;
/** Rows loaded beyond each end of what is seen before it is shown. */
const AROUND = 10;
/** Rows fetched ahead of a scroll. */
const AHEAD = 300;
/** Milliseconds after an answer before more of its rows are fetched: what stands around them comes first. */
const LATER = 1000;

export interface HostEvents {
  /** A cell was pressed. */
  onPress(row: number, column: string, event: MouseEvent): void;
  onOpen(row: number): void;
  onMenu(row: number, column: string, at: { left: number; top: number }): void;
  onSort(sort: string | undefined): void;
  /** Columns were moved, sized, shown or hidden by hand. */
  onLayout(layout: Layout): void;
  /** The first row seen, and how many fit. */
  onView(top: number, fit: number): void;
}

/** Columns in their order, with their width where a hand set it. */
export type Layout = readonly { readonly id: string; readonly width?: number; readonly isHidden?: boolean }[];

/**
 * AG Grid as a frame of as many places as fit; which row stands in which is ours. A scroll changes what is written in the
 * places, not the places: the grid's own scrolling makes new elements, loses rows beyond 32 million pixels, and shows blank
 * ones until an answer comes. What is shown has always been loaded before.
 */
export class GridHost {
  /** Absent for the first moments, and in the end. */
  #api: GridApi<object> | undefined;
  readonly #element: HTMLElement;
  readonly #events: HostEvents;
  readonly #cells = new Set<Cell>();
  #pages: Pages | undefined;
  #ranges: Ranges = NONE;
  #current = 0;
  #tags: readonly string[] = [];
  /** The first row that is seen whole. */
  #top = 0;
  /** The row in the first place; above `#top` where the last row stands whole at the foot. */
  #first = 0;
  #wanted: { top: number } | undefined;
  #isMoving = false;
  #isMirrored = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #fit = 20;
  #places = 0;
  #sort: string | undefined;
  #isShifted = false;
  /** Where the focus was last. */
  #column = "time";
  /** What is to have the focus once it is there. */
  #due: { row: number; column: string } | undefined;
  #isOpen = false;
  #isGone = false;

  constructor(element: HTMLElement, label: string, layout: Layout, events: HostEvents) {
    this.#element = element;
    this.#events = events;
    void this.#open(label, layout);
  }

  /** The grid's code takes its time when it runs first: frame, columns and places are made in tasks of their own. */
  async #open(label: string, layout: Layout): Promise<void> {
    await nextTask();
    if (this.#isGone) return;
    const api = createGrid(this.#element, this.#options());
    this.#api = api;
    api.setGridAriaProperty("label", label);
    await nextTask();
    if (this.#isGone) return;
    api.setGridOption("columnDefs", this.#columns(layout));
    await nextTask();
    if (this.#isGone) return;
    this.#isOpen = true;
    this.#measure();
    const due = this.#due;
    this.#due = undefined;
    if (due && this.#mayFocus) this.focusCell(due.row, due.column);
  }

  destroy(): void {
    this.#isGone = true;
    clearTimeout(this.#later);
    this.#pages = undefined;
    this.#api?.destroy();
    this.#api = undefined;
  }

  #options(): GridOptions<object> {
    return {
      theme: gridTheme,
      styleNonce: styleNonce(),
      rowData: [],
      suppressRowVirtualisation: true,
      rowHeight: ROW,
      headerHeight: HEADER - 1,
      animateRows: false,
      suppressRowTransform: true,
      suppressColumnMoveAnimation: true,
      suppressDragLeaveHidesColumns: true,
      suppressScrollOnNewData: true,
      suppressMultiSort: true,
      suppressContextMenu: true,
      preventDefaultOnContextMenu: true,
      suppressNoRowsOverlay: true,
      suppressLoadingOverlay: true,
      rowSelection: { mode: "multiRow", checkboxes: false, headerCheckbox: false, enableClickSelection: false },
      tabToNextCell: () => false,
      defaultColDef: { resizable: true, suppressKeyboardEvent: () => true, headerComponent: HeaderCell, minWidth: 32 },
      onCellMouseDown: ({ rowIndex, column, event }) => {
        if (rowIndex !== null && event instanceof MouseEvent && event.button === 0)
          this.#events.onPress(this.#first + rowIndex, column.getColId(), event);
      },
      onCellDoubleClicked: ({ rowIndex }) => {
        if (rowIndex !== null) this.#events.onOpen(this.#first + rowIndex);
      },
      onCellContextMenu: ({ rowIndex, column, event }) => {
        if (rowIndex !== null && event instanceof MouseEvent)
          this.#events.onMenu(this.#first + rowIndex, column.getColId(), { left: event.clientX, top: event.clientY });
      },
      onColumnMoved: ({ finished, source }) => {
        if (finished && source !== "api") this.#tellLayout();
      },
      onColumnResized: ({ finished, source }) => {
        if (finished && source === "uiColumnResized") this.#tellLayout();
      },
      onGridSizeChanged: () => this.#measure(),
      // the grid numbers its places, when it makes them
      onModelUpdated: () => this.#number(),
    };
  }

  #columns(layout: Layout): ColDef<object>[] {
    const byLayout = [...COLUMNS].sort((a, b) => rank(layout, a) - rank(layout, b));
    return byLayout.map((column) => {
      const kept = layout.find(({ id }) => id === column.id);
      return {
        colId: column.id,
        headerName: column.title,
        width: kept?.width ?? column.width,
        ...(kept?.width === undefined && FLEX[column.id]
          ? { flex: FLEX[column.id] as number, minWidth: column.width }
          : {}),
        hide: kept?.isHidden ?? column.isHidden ?? false,
        cellClass: [column.isFigure ? "cell-figure" : "", column.isMono ? "mono" : ""],
        headerClass: column.isFigure ? "cell-figure" : "",
        cellRenderer: cellOf(column, {
          rowIn: (place) => this.#pages?.row(this.#first + place),
          tags: () => this.#tags,
          cells: this.#cells,
        }),
        headerComponentParams: {
          ...(column.sort === undefined ? {} : { field: column.sort }),
          sort: () => this.#sort,
          onSort: (sort: string | undefined) => this.#events.onSort(sort),
        },
      };
    });
  }

  /**
   * Another answer, drawn before this returns: the rows that came with it replace those that are seen, the others are
   * fetched. `top`: the first row to be seen; absent: as it was.
   */
  show(pages: Pages, top?: number): void {
    this.#pages = pages;
    this.#wanted = undefined;
    this.#top = this.#inside(top ?? this.#top);
    this.#tellView();
    this.#fill();
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      pages.load(this.#top - AROUND, this.#top + this.fit + AHEAD / 3).catch(() => undefined);
    }, LATER);
  }

  #inside(top: number): number {
    return Math.round(Math.max(0, Math.min(top, (this.#pages?.count ?? 0) - this.fit)));
  }

  set tags(tags: readonly string[]) {
    this.#tags = tags;
  }

  set sort(sort: string | undefined) {
    if (sort === this.#sort) return;
    this.#sort = sort;
    this.#api?.refreshHeader();
  }

  set ranges(ranges: Ranges) {
    if (ranges === this.#ranges) return;
    this.#ranges = ranges;
    this.#mirror();
  }

  /** `aria-selected` of the places follows our ranges. */
  #mirror(): void {
    if (this.#ranges.length === 0 && !this.#isMirrored) return;
    this.#api?.forEachNode((node) => {
      const isChosen = has(this.#ranges, this.#first + (node.rowIndex ?? 0));
      if (node.isSelected() !== isChosen) node.setSelected(isChosen);
    });
    this.#isMirrored = this.#ranges.length > 0;
  }

  /** Writes into each place the row that stands there now. */
  #fill(): void {
    const count = this.#pages?.count ?? 0;
    const isAtEnd = this.#top > 0 && this.#top + this.fit >= count;
    this.#first = isAtEnd ? Math.max(0, count - this.#places) : this.#top;
    for (const cell of this.#cells) cell.write();
    this.#number();
    this.#mirror();
    this.#fetch();
    const viewport = this.#viewport;
    // the last place is seen in part, but for the last row
    const shift = isAtEnd ? this.#places * ROW : 0;
    if (viewport && this.#isShifted !== isAtEnd) viewport.scrollTop = shift;
    this.#isShifted = isAtEnd;
  }

  /** Rows that did not come with the answer, as after a taller window, stand there once they are loaded. */
  #fetch(): void {
    const pages = this.#pages;
    const [from, to] = [this.#first, this.#first + this.#places];
    if (!pages || pages.has(from, to)) return;
    pages.load(from, to).then(
      () => {
        if (this.#pages === pages) for (const cell of this.#cells) cell.write();
      },
      () => undefined,
    );
  }

  /** What the grid says of its places is said of the rows in them; one without a row is not there. */
  #number(): void {
    const count = this.#pages?.count ?? 0;
    this.#viewport?.setAttribute("aria-rowcount", String(count + 1));
    for (const element of this.#element.querySelectorAll<HTMLElement>(".ag-row")) {
      const row = this.#first + Number(element.getAttribute("row-index"));
      element.setAttribute("aria-rowindex", String(row + 2));
      element.classList.toggle("row-current", row === this.#current);
      element.classList.toggle("row-none", row >= count);
    }
  }

  get #viewport(): Element | null {
    return this.#element.querySelector(".ag-grid-viewport");
  }

  get top(): number {
    return this.#top;
  }

  /** Rows that are seen whole. */
  get fit(): number {
    return this.#fit;
  }

  /** Measured when the grid changes its size, not with every scroll: measuring makes the browser lay out the page. */
  #measure(): void {
    if (!this.#isOpen) return;
    const height = (this.#viewport?.clientHeight ?? 0) - HEADER;
    const wasSeen = this.#current >= this.#top && this.#current < this.#top + this.fit;
    this.#fit = Math.max(1, Math.floor(height / ROW));
    if (this.#places !== this.#fit + 1) {
      this.#places = this.#fit + 1;
      this.#api?.setGridOption(
        "rowData",
        Array.from({ length: this.#places }, () => ({})),
      );
      if (this.#viewport) this.#viewport.scrollTop = 0;
      this.#isShifted = false;
    }
    // the current row stays in sight
    if (this.#pages) this.#top = this.#inside(wasSeen ? Math.max(this.#top, this.#current - this.fit + 1) : this.#top);
    this.#tellView();
    this.#fill();
    this.#keepFocus();
  }

  /** The current row; scrolls only as far as it takes to see it. */
  async moveTo(row: number, column: string, hasFocus: boolean): Promise<void> {
    this.#current = row;
    if (row < this.#top) await this.scrollTo(row);
    else if (row >= this.#top + this.fit) await this.scrollTo(row - this.fit + 1);
    else this.#number();
    if (hasFocus && this.#current === row && this.#mayFocus) this.focusCell(row, column);
  }

  /** Loads, then moves; of several wishes the latest counts. */
  async scrollTo(top: number): Promise<void> {
    const pages = this.#pages;
    if (!pages) return;
    this.#wanted = { top: this.#inside(top) };
    if (this.#isMoving) return;
    this.#isMoving = true;
    try {
      while (this.#wanted) {
        const next: number = this.#wanted.top;
        const [from, to] = [next - AROUND, next + this.fit + AROUND + 1];
        if (!pages.has(from, to)) await pages.load(from, to);
        if (this.#pages !== pages) return;
        if (this.#wanted?.top === next) this.#wanted = undefined;
        const isDown = next >= this.#top;
        this.#top = next;
        // before the rows change: what is told of it scrolls a bar, which lays out whatever has changed by then
        this.#tellView();
        this.#fill();
        this.#keepFocus();
        pages.load(next - (isDown ? 0 : AHEAD), next + this.fit + (isDown ? AHEAD : 0)).catch(() => undefined);
      }
    } catch {
      // the answer's own error says why there are no rows
      this.#wanted = undefined;
    } finally {
      this.#isMoving = false;
    }
  }

  /** What was written is laid out before this returns, and not with the frame that shows it. */
  layOut(): void {
    void this.#element.offsetHeight;
  }

  /** The focus goes with its row; while that is out of sight the grid itself has it. */
  #keepFocus(): void {
    if (!this.#element.contains(document.activeElement)) return;
    const focused = this.#api?.getFocusedCell();
    const place = this.#current - this.#first;
    if (focused && focused.rowIndex === place) return;
    if (place >= 0 && place < this.#places)
      this.#api?.setFocusedCell(place, focused?.column.getColId() ?? this.#column);
    else if (focused) {
      this.#column = focused.column.getColId();
      this.#element.focus({ preventScroll: true });
      this.#api?.clearFocusedCell();
    }
  }

  #tellView(): void {
    if (this.#isOpen) this.#events.onView(this.#top, this.fit);
  }

  showColumns(visible: ReadonlySet<string>): void {
    if (!this.#isOpen) return;
    for (const { id } of COLUMNS) this.#api?.setColumnsVisible([id], visible.has(id));
    this.#tellLayout();
  }

  /** The row comes into sight first. */
  focusCell(row: number, column: string): void {
    if (!this.#isOpen) {
      this.#due = { row, column };
      return;
    }
    const focus = () => {
      const place = row - this.#first;
      if (place >= 0 && place < this.#places) this.#api?.setFocusedCell(place, column);
    };
    if (row >= this.#top && row < this.#top + this.fit) focus();
    else
      void this.scrollTo(row < this.#top ? row : row - this.fit + 1).then(() => {
        if (this.#mayFocus) focus();
      });
  }

  /** Nothing else took the focus while rows were on their way. */
  get #mayFocus(): boolean {
    const { activeElement } = document;
    return activeElement === document.body || this.#element.contains(activeElement);
  }

  /** Ids of the columns that are seen, in their order. */
  shownColumns(): string[] {
    return this.#api?.getAllDisplayedColumns().map((column) => column.getColId()) ?? [];
  }

  #tellLayout(): void {
    const columns = this.#api?.getAllGridColumns() ?? [];
    this.#events.onLayout(
      columns.map((column) => ({
        id: column.getColId(),
        ...(column.getFlex() ? {} : { width: Math.round(column.getActualWidth()) }),
        isHidden: !column.isVisible(),
      })),
    );
  }
}

const FLEX: Readonly<Record<string, number>> = { developer: 1, operation: 1.65 };

function rank(layout: Layout, column: CallColumn): number {
  const at = layout.findIndex(({ id }) => id === column.id);
  return at < 0 ? COLUMNS.indexOf(column) + 100 : at;
}

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

import type { GridApi } from "ag-grid-community";
import type { Cell, Places } from "./cells.ts";
import { columnDefs } from "./column-defs.ts";
import { COLUMNS } from "./columns.ts";
import { type Layout, layoutOf } from "./layout.ts";
import type { Pages } from "./pages.ts";
import { has, NONE, type Ranges } from "./ranges.ts";
import { Scroll } from "./scroll.ts";
import { Sight } from "./sight.ts";
import { HEADING_PX, ROW_PX } from "./theme.ts";

export interface HostEvents {
  /** A cell was pressed. */
  onPress(row: number, column: string, event: MouseEvent): void;
  onOpen(row: number): void;
  onMenu(row: number, column: string, at: { left: number; top: number }): void;
  onSort(sort: string | undefined): void;
  /** Columns were moved, sized, shown or hidden by hand. */
  onLayout(layout: Layout): void;
}

/** Hears of the first row seen, and how many fit. */
type Watcher = (top: number, fit: number) => void;

/**
 * AG Grid as a frame of as many places as fit; which row stands in which is ours. A scroll changes what is written in the
 * places, not the places: the grid's own scrolling makes new elements, loses rows beyond 32 million pixels, and shows blank
 * ones until an answer comes. What is shown has always been loaded before.
 */
export class GridHost {
  readonly events: HostEvents;
  readonly #layout: Layout;
  readonly #sight = new Sight();
  readonly #scroll = new Scroll(this.#sight, () => this.#onMoved());
  readonly #cells = new Set<Cell>();
  readonly #watchers = new Set<Watcher>();
  /** Absent until the grid stands on the page, and in the end. */
  #api: GridApi<object> | undefined;
  #element: HTMLElement | undefined;
  #isOpen = false;
  #pages: Pages | undefined;
  #ranges: Ranges = NONE;
  #current = 0;
  #tags: readonly string[] = [];
  #sort: string | undefined;
  #isMirrored = false;
  #isShifted = false;
  /** New cells stand there that nothing has been said of yet. */
  #hasNew = false;
  /** Where the focus was last. */
  #column = "time";
  /** What is to have the focus once it is there. */
  #due: { row: number; column: string } | undefined;

  constructor(layout: Layout, events: HostEvents) {
    this.#layout = layout;
    this.events = events;
  }

  /** The grid's code takes its time when it runs first: frame, columns and places are made in tasks of their own. */
  async open(api: GridApi<object>, element: HTMLElement): Promise<void> {
    this.#api = api;
    this.#element = element;
    await nextTask();
    if (this.#api !== api) return;
    const sorting = { sort: () => this.#sort, onSort: (sort: string | undefined) => this.events.onSort(sort) };
    api.setGridOption("columnDefs", columnDefs(this.#layout, this.#places, sorting));
    await nextTask();
    if (this.#api !== api) return;
    this.#isOpen = true;
    this.measure();
  }

  /** The grid is taken off the page; it may be opened again. */
  close(): void {
    this.#scroll.end();
    this.#pages = undefined;
    this.#api = undefined;
    this.#isOpen = false;
    this.#sight.places = 0;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  readonly #places: Places = {
    rowIn: (place) => this.#pages?.row(this.#sight.first + place),
    tags: () => this.#tags,
    add: (cell) => {
      this.#cells.add(cell);
      if (this.#hasNew) return;
      this.#hasNew = true;
      // when all that are drawn with it stand there
      queueMicrotask(() => this.#onDrawn());
    },
    remove: (cell) => this.#cells.delete(cell),
  };

  #onDrawn(): void {
    this.#hasNew = false;
    if (!this.#isOpen) return;
    this.number();
    this.#mirror();
    this.#isShifted = false;
    this.#shift();
    const due = this.#due;
    this.#due = undefined;
    if (due && this.#mayFocus) this.focusCell(due.row, due.column);
  }

  /** The row in a place of the grid. */
  rowIn(place: number): number {
    return this.#sight.first + place;
  }

  /**
   * Another answer, drawn before this returns: the rows that came with it replace those that are seen, the others are
   * fetched. `top`: the first row to be seen; absent: as it was.
   */
  show(pages: Pages, top = this.#sight.top): void {
    this.#pages = pages;
    this.#sight.count = pages.count;
    this.#sight.top = this.#sight.inside(top);
    this.#tellView();
    this.#fill();
    this.#scroll.begin(pages);
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
      const isChosen = has(this.#ranges, this.rowIn(node.rowIndex ?? 0));
      if (node.isSelected() !== isChosen) node.setSelected(isChosen);
    });
    this.#isMirrored = this.#ranges.length > 0;
  }

  #write(): void {
    for (const cell of this.#cells) cell.write();
  }

  /** Writes into each place the row that stands there now. */
  #fill(): void {
    this.#write();
    this.number();
    this.#mirror();
    this.#fetch();
    this.#shift();
  }

  /** The last place is seen in part, but for the last row. */
  #shift(): void {
    const { isAtEnd, places } = this.#sight;
    const viewport = this.#viewport;
    if (viewport && this.#isShifted !== isAtEnd) viewport.scrollTop = isAtEnd ? places * ROW_PX : 0;
    this.#isShifted = isAtEnd;
  }

  /** Rows that did not come with the answer, as after a taller window, stand there once they are loaded. */
  #fetch(): void {
    const pages = this.#pages;
    const { first, places } = this.#sight;
    if (!pages || pages.has(first, first + places)) return;
    pages.load(first, first + places).then(
      () => {
        if (this.#pages === pages) this.#write();
      },
      () => undefined,
    );
  }

  /** What the grid says of its places is said of the rows in them; one without a row is not there. */
  number(): void {
    const { count } = this.#sight;
    this.#viewport?.setAttribute("aria-rowcount", String(count + 1));
    for (const element of this.#element?.querySelectorAll<HTMLElement>(".ag-row") ?? []) {
      const row = this.rowIn(Number(element.getAttribute("row-index")));
      element.setAttribute("aria-rowindex", String(row + 2));
      element.classList.toggle("row-current", row === this.#current);
      element.classList.toggle("row-none", row >= count);
    }
  }

  get #viewport(): Element | null {
    return this.#element?.querySelector(".ag-grid-viewport") ?? null;
  }

  get top(): number {
    return this.#sight.top;
  }

  /** Rows that are seen whole. */
  get fit(): number {
    return this.#sight.fit;
  }

  /** Measured when the grid changes its size, not with every scroll: measuring makes the browser lay out the page. */
  measure(): void {
    if (!this.#isOpen) return;
    const sight = this.#sight;
    const wasSeen = sight.has(this.#current);
    sight.fit = Math.max(1, Math.floor(((this.#viewport?.clientHeight ?? 0) - HEADING_PX) / ROW_PX));
    this.#makePlaces(sight.fit + 1);
    // the current row stays in sight
    if (this.#pages) sight.top = sight.inside(wasSeen ? Math.max(sight.top, this.#current - sight.fit + 1) : sight.top);
    this.#tellView();
    this.#fill();
    this.#keepFocus();
  }

  #makePlaces(count: number): void {
    if (this.#sight.places === count) return;
    this.#sight.places = count;
    this.#api?.setGridOption(
      "rowData",
      Array.from({ length: count }, () => ({})),
    );
    if (this.#viewport) this.#viewport.scrollTop = 0;
    this.#isShifted = false;
  }

  /** The current row; scrolls only as far as it takes to see it. */
  async moveTo(row: number, column: string, hasFocus: boolean): Promise<void> {
    this.#current = row;
    if (this.#sight.has(row)) this.number();
    else await this.scrollTo(this.#sight.topFor(row));
    if (hasFocus && this.#current === row && this.#mayFocus) this.focusCell(row, column);
  }

  /** Moves once the rows are loaded. */
  scrollTo(top: number): Promise<void> {
    return this.#scroll.to(top);
  }

  #onMoved(): void {
    // before the rows change: what is told of it scrolls a bar, which lays out whatever has changed by then
    this.#tellView();
    this.#fill();
    this.#keepFocus();
  }

  /** What was written is laid out before this returns, and not with the frame that shows it. */
  layOut(): void {
    void this.#element?.offsetHeight;
  }

  get hasFocus(): boolean {
    return this.#element?.contains(document.activeElement) ?? false;
  }

  /** Nothing else took the focus while rows were on their way. */
  get #mayFocus(): boolean {
    return document.activeElement === document.body || this.hasFocus;
  }

  /** The focus goes with its row; while that is out of sight the grid itself has it. */
  #keepFocus(): void {
    if (!this.hasFocus) return;
    const focused = this.#api?.getFocusedCell();
    const place = this.#sight.placeOf(this.#current);
    if (focused && focused.rowIndex === place) return;
    if (place !== undefined) this.#api?.setFocusedCell(place, focused?.column.getColId() ?? this.#column);
    else if (focused) {
      this.#column = focused.column.getColId();
      this.#element?.focus({ preventScroll: true });
      this.#api?.clearFocusedCell();
    }
  }

  /** The row comes into sight first. */
  focusCell(row: number, column: string): void {
    if (!this.#isOpen) {
      this.#due = { row, column };
      return;
    }
    const focus = () => {
      const place = this.#sight.placeOf(row);
      if (place !== undefined) this.#api?.setFocusedCell(place, column);
    };
    if (this.#sight.has(row)) focus();
    else
      void this.scrollTo(this.#sight.topFor(row)).then(() => {
        if (this.#mayFocus) focus();
      });
  }

  /** Where a cell stands on the page; the grid itself where it is out of sight. */
  boxOf(row: number, column: string): DOMRect | undefined {
    const cell = this.#element?.querySelector(`.ag-row[aria-rowindex="${row + 2}"] [col-id="${column}"]`);
    return (cell ?? this.#element)?.getBoundingClientRect();
  }

  /** Tells of each scroll and each change of size, until what it gives is called. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #tellView(): void {
    if (this.#isOpen) for (const watcher of this.#watchers) watcher(this.top, this.fit);
  }

  showColumns(visible: ReadonlySet<string>): void {
    if (!this.#isOpen) return;
    for (const { id } of COLUMNS) this.#api?.setColumnsVisible([id], visible.has(id));
    this.tellLayout();
  }

  /** Ids of the columns that are seen, in their order. */
  shownColumns(): string[] {
    return this.#api?.getAllDisplayedColumns().map((column) => column.getColId()) ?? [];
  }

  tellLayout(): void {
    if (this.#api) this.events.onLayout(layoutOf(this.#api));
  }
}

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

import {
  CellStyleModule,
  ColumnApiModule,
  createGrid,
  type GridApi,
  type GridOptions,
  type IGetRowsParams,
  InfiniteRowModelModule,
  type IRowNode,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
} from "ag-grid-community";
import type { CallRow } from "../../../shared/model/explore.ts";
import { styleNonce } from "../../app/client.ts";
import { cellOf } from "./cells.ts";
import { type CallColumn, COLUMNS } from "./columns.ts";
import { HeaderCell } from "./headercell.ts";
import type { Pages } from "./pages.ts";
import { has, NONE, type Ranges } from "./ranges.ts";
import { gridTheme } from "./theme.ts";

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  RowSelectionModule,
  RowStyleModule,
  CellStyleModule,
  RowApiModule,
  ScrollApiModule,
  ColumnApiModule,
  RenderApiModule,
]);

export const ROW = 24;
/** The heading, with its line. */
const HEADER = 29;
/** Rows loaded beyond each end of what is seen before it is shown; the grid itself draws two of them. */
export const AROUND = 10;
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
 * AG Grid over rows that are always loaded before they are shown: scrolling is ours, for its own loses rows beyond 32
 * million pixels and shows blank ones until an answer comes.
 */
export class GridHost {
  readonly #api: GridApi<CallRow>;
  readonly #element: HTMLElement;
  readonly #events: HostEvents;
  #pages: Pages | undefined;
  #ranges: Ranges = NONE;
  #current = 0;
  #tags: readonly string[] = [];
  #top = 0;
  /** Where the grid was last told to be. */
  #placed = 0;
  #wanted: { top: number } | undefined;
  #isMoving = false;
  #isMirrored = false;
  #later: ReturnType<typeof setTimeout> | undefined;
  #fit = 20;
  #sort: string | undefined;

  constructor(element: HTMLElement, label: string, layout: Layout, events: HostEvents) {
    this.#element = element;
    this.#events = events;
    this.#api = createGrid(element, this.#options(layout));
    this.#api.setGridAriaProperty("label", label);
    this.#measure();
  }

  destroy(): void {
    clearTimeout(this.#later);
    this.#pages = undefined;
    this.#api.destroy();
  }

  #options(layout: Layout): GridOptions<CallRow> {
    const byLayout = [...COLUMNS].sort((a, b) => rank(layout, a) - rank(layout, b));
    return {
      theme: gridTheme,
      styleNonce: styleNonce(),
      rowModelType: "infinite",
      cacheBlockSize: 100,
      maxBlocksInCache: 12,
      maxConcurrentDatasourceRequests: 4,
      infiniteInitialRowCount: 0,
      rowBuffer: 2,
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
      columnDefs: byLayout.map((column) => {
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
          cellRenderer: cellOf(column, () => this.#tags),
          headerComponentParams: {
            ...(column.sort === undefined ? {} : { field: column.sort }),
            sort: () => this.#sort,
            onSort: (sort: string | undefined) => this.#events.onSort(sort),
          },
        };
      }),
      rowClassRules: { "row-current": ({ rowIndex }) => rowIndex === this.#current },
      datasource: { getRows: (params) => this.#answer(params) },
      onCellMouseDown: ({ rowIndex, column, event }) => {
        if (rowIndex !== null && event instanceof MouseEvent && event.button === 0)
          this.#events.onPress(rowIndex, column.getColId(), event);
      },
      onCellDoubleClicked: ({ rowIndex }) => {
        if (rowIndex !== null) this.#events.onOpen(rowIndex);
      },
      onCellContextMenu: ({ rowIndex, column, event }) => {
        if (rowIndex !== null && event instanceof MouseEvent)
          this.#events.onMenu(rowIndex, column.getColId(), { left: event.clientX, top: event.clientY });
      },
      onColumnMoved: ({ finished, source }) => {
        if (finished && source !== "api") this.#tellLayout();
      },
      onColumnResized: ({ finished, source }) => {
        if (finished && source === "uiColumnResized") this.#tellLayout();
      },
      onGridSizeChanged: () => this.#measure(),
    };
  }

  #answer(params: IGetRowsParams): void {
    const pages = this.#pages;
    if (!pages) {
      params.successCallback([], 0);
      return;
    }
    const give = () => {
      const rows: (CallRow | undefined)[] = [];
      for (let at = params.startRow; at < Math.min(params.endRow, pages.count); at += 1) rows.push(pages.row(at));
      params.successCallback(rows, pages.count);
      this.#mirror(params.startRow, params.endRow);
    };
    if (pages.has(params.startRow, params.endRow)) give();
    else pages.load(params.startRow, params.endRow).then(give, () => params.failCallback());
  }

  /**
   * Another answer, drawn before this returns: the rows that came with it replace those that are seen, the others are
   * fetched. `top`: the first row to be seen; absent: as it was.
   */
  show(pages: Pages, top?: number): void {
    this.#pages = pages;
    this.#wanted = undefined;
    if (this.#api.getDisplayedRowCount() !== pages.count) this.#api.setRowCount(pages.count, true);
    this.#top = Math.max(0, Math.min(top ?? this.#top, pages.count - this.fit));
    this.#tellView();
    this.#fill();
    this.#place();
    this.#mirror(0, Number.POSITIVE_INFINITY);
    this.#fetchAround(pages);
  }

  /** Rows beyond those that came with the answer still show the answer before, out of sight: they follow. */
  #fetchAround(pages: Pages): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      pages.load(this.#top - AROUND, this.#top + this.fit + AHEAD / 3).then(
        () => {
          if (this.#pages === pages) this.#replace(pages);
        },
        () => undefined,
      );
    }, LATER);
  }

  /** Only what is another row: the grid's own refresh draws all that are seen anew. */
  #replace(pages: Pages): void {
    this.#api.forEachNode((node) => {
      const row = node.rowIndex === null ? undefined : pages.row(node.rowIndex);
      if (row) put(node, row);
    });
  }

  set tags(tags: readonly string[]) {
    this.#tags = tags;
  }

  set sort(sort: string | undefined) {
    if (sort === this.#sort) return;
    this.#sort = sort;
    this.#api.refreshHeader();
  }

  set ranges(ranges: Ranges) {
    if (ranges === this.#ranges) return;
    this.#ranges = ranges;
    this.#mirror(0, Number.POSITIVE_INFINITY);
  }

  /** `aria-selected` of the loaded rows follows our ranges. */
  #mirror(from: number, to: number): void {
    if (this.#ranges.length === 0 && !this.#isMirrored) return;
    this.#api.forEachNode((node) => {
      const { rowIndex } = node;
      if (rowIndex === null || rowIndex < from || rowIndex >= to || !node.data) return;
      const isChosen = has(this.#ranges, rowIndex);
      if (node.isSelected() !== isChosen) node.setSelected(isChosen);
    });
    this.#isMirrored = this.#ranges.length > 0;
  }

  /** Gives the grid the rows that it will draw next: left to itself it draws them empty first, and asks then. */
  #fill(): void {
    const pages = this.#pages;
    if (!pages) return;
    const to = Math.min(pages.count, this.#top + this.fit + AROUND + 1);
    for (let at = Math.max(0, this.#top - AROUND); at < to; at += 1) {
      const node = this.#api.getDisplayedRowAtIndex(at);
      const row = pages.row(at);
      if (!node || !row || node.data === row) continue;
      put(node, row);
      if (this.#ranges.length > 0) node.setSelected(has(this.#ranges, at));
    }
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
    const viewport = this.#element.querySelector(".ag-grid-viewport");
    this.#fit = Math.max(1, Math.floor(((viewport?.clientHeight ?? 0) - HEADER) / ROW));
    this.#tellView();
  }

  /** The current row; scrolls only as far as it takes to see it. */
  async moveTo(row: number, column: string, hasFocus: boolean): Promise<void> {
    const before = this.#current;
    this.#current = row;
    if (row < this.#top) await this.scrollTo(row);
    else if (row >= this.#top + this.fit) await this.scrollTo(row - this.fit + 1);
    for (const each of [before, row])
      for (const found of this.#element.querySelectorAll(`.ag-row[row-index="${each}"]`))
        found.classList.toggle("row-current", each === this.#current);
    if (hasFocus && this.#current === row) this.#api.setFocusedCell(row, column);
  }

  /** Loads, then moves; of several wishes the latest counts. */
  async scrollTo(top: number): Promise<void> {
    const pages = this.#pages;
    if (!pages) return;
    this.#wanted = { top: Math.round(Math.max(0, Math.min(top, pages.count - this.fit))) };
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
        this.#place();
        pages.load(next - (isDown ? 0 : AHEAD), next + this.fit + (isDown ? AHEAD : 0)).catch(() => undefined);
      }
    } catch {
      // the answer's own error says why there are no rows
      this.#wanted = undefined;
    } finally {
      this.#isMoving = false;
    }
  }

  #place(): void {
    const count = this.#pages?.count ?? 0;
    if (count === 0) return;
    // at the top already: asking the grid would lay out the page in the middle of a change
    if (this.#top === 0 && this.#placed === 0) return;
    this.#placed = this.#top;
    if (this.#top + this.fit >= count) this.#api.ensureIndexVisible(count - 1, "bottom");
    else this.#api.ensureIndexVisible(this.#top, "top");
  }

  #tellView(): void {
    this.#events.onView(this.#top, this.fit);
  }

  showColumns(visible: ReadonlySet<string>): void {
    for (const { id } of COLUMNS) this.#api.setColumnsVisible([id], visible.has(id));
    this.#tellLayout();
  }

  focusCell(row: number, column: string): void {
    this.#api.setFocusedCell(row, column);
  }

  focusedColumn(): string | undefined {
    return this.#api.getFocusedCell()?.column.getColId();
  }

  /** Ids of the columns that are seen, in their order. */
  shownColumns(): string[] {
    return this.#api.getAllDisplayedColumns().map((column) => column.getColId());
  }

  #tellLayout(): void {
    const columns = this.#api.getAllGridColumns();
    this.#events.onLayout(
      columns.map((column) => ({
        id: column.getColId(),
        ...(column.getFlex() ? {} : { width: Math.round(column.getActualWidth()) }),
        isHidden: !column.isVisible(),
      })),
    );
  }
}

/** Cells that are there are filled anew; `setData` would make others. */
function put(node: IRowNode<CallRow>, row: CallRow): void {
  if (node.data === undefined) node.setData(row);
  else if (node.data !== row) node.updateData(row);
}

const FLEX: Readonly<Record<string, number>> = { developer: 1, operation: 1.65 };

function rank(layout: Layout, column: CallColumn): number {
  const at = layout.findIndex(({ id }) => id === column.id);
  return at < 0 ? COLUMNS.indexOf(column) + 100 : at;
}

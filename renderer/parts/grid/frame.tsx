import {
  CellStyleModule,
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  type GridOptions,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
} from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { memo, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { styleNonce } from "../../session/client.ts";
import { HeaderCell } from "./header-cell.ts";
import type { GridHost } from "./host.ts";
import { gridTheme, HEADING_PX, ROW_PX } from "./theme.ts";

ModuleRegistry.registerModules([
  ClientSideRowModelModule,
  RowSelectionModule,
  CellStyleModule,
  RowApiModule,
  ColumnApiModule,
  RenderApiModule,
]);

/** What the places have in common. Keys are ours, and so is sorting. */
const COLUMN: ColDef<object> = {
  resizable: true,
  suppressKeyboardEvent: () => true,
  headerComponent: HeaderCell,
  minWidth: 32,
};

/** The grid as a frame of places that stay: nothing in it moves or is made by itself. */
const STILL: GridOptions<object> = {
  rowData: [],
  suppressRowVirtualisation: true,
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
};

/** AG Grid's own component, mounted once for a host, in a task of its own. */
export const Frame = memo(function Frame({ host, label }: { host: GridHost; label: string }): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsDue(true));
    return () => clearTimeout(timer);
  }, []);
  useLayoutEffect(() => () => host.close(), [host]);
  return (
    <div ref={element} className="grid-rows" tabIndex={-1}>
      {isDue && (
        <AgGridReact<object>
          gridOptions={STILL}
          theme={gridTheme}
          styleNonce={styleNonce()}
          rowHeight={ROW_PX}
          headerHeight={HEADING_PX - 1}
          defaultColDef={COLUMN}
          onGridReady={({ api }) => {
            api.setGridAriaProperty("label", label);
            if (element.current) void host.open(api, element.current);
          }}
          onCellMouseDown={({ rowIndex, column, event }) => {
            if (rowIndex !== null && event instanceof MouseEvent && event.button === 0)
              host.events.onPress(host.rowIn(rowIndex), column.getColId(), event);
          }}
          onCellDoubleClicked={({ rowIndex }) => {
            if (rowIndex !== null) host.events.onOpen(host.rowIn(rowIndex));
          }}
          onCellContextMenu={({ rowIndex, column, event }) => {
            if (rowIndex === null || !(event instanceof MouseEvent)) return;
            host.events.onMenu(host.rowIn(rowIndex), column.getColId(), { left: event.clientX, top: event.clientY });
          }}
          onColumnMoved={({ finished, source }) => {
            if (finished && source !== "api") host.tellLayout();
          }}
          onColumnResized={({ finished, source }) => {
            if (finished && source === "uiColumnResized") host.tellLayout();
          }}
          onGridSizeChanged={() => host.measure()}
          // the grid numbers its places, when it makes them
          onModelUpdated={() => host.number()}
        />
      )}
    </div>
  );
});

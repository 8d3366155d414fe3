import { themeQuartz } from "ag-grid-community";

/** Height of a row. */
export const ROW_PX = 24;
/** Height of the heading, with its line. */
export const HEADING_PX = 29;

/** The grid in the window's own colours and measures; both themes come with the tokens. */
export const gridTheme = themeQuartz.withParams({
  spacing: 4,
  rowHeight: ROW_PX,
  headerHeight: HEADING_PX - 1,
  fontFamily: "var(--sans)",
  fontSize: 12,
  dataFontSize: 12,
  headerFontSize: 12,
  headerFontWeight: 600,
  cellHorizontalPadding: 4,
  foregroundColor: "var(--text)",
  backgroundColor: "var(--panel)",
  headerBackgroundColor: "var(--app)",
  headerTextColor: "var(--muted)",
  accentColor: "var(--focus)",
  borderColor: "var(--hair)",
  oddRowBackgroundColor: "var(--panel)",
  rowHoverColor: "var(--hover)",
  selectedRowBackgroundColor: "var(--selected)",
  borderRadius: 0,
  wrapperBorderRadius: 0,
  wrapperBorder: false,
  headerColumnBorder: false,
  columnBorder: false,
  headerColumnResizeHandleColor: "transparent",
  focusShadow: "none",
  browserColorScheme: "inherit",
});

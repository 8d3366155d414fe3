/** What the chart takes from the page's styles, read once for each picture. */
export interface ChartTheme {
  /** A colour or font by its name in theme/tokens.css. */
  token(name: string): string;
  readonly font: { readonly fontFamily: string; readonly fontSize: number };
  /** The colour of labels. */
  readonly text: string;
}

export function chartTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return { token, font: { fontFamily: token("--sans"), fontSize: 11 }, text: token("--muted") };
}

/**
 * What the host saw and refused, for tests: `app.evaluate(() => globalThis.standIn)`.
 * A refusal `by: "app"` is the app's own policy at work; one `by: "host"` got past that policy and was stopped by the
 * proxy, which is Chromium's only way out. A correct app has none of the second kind.
 */
export interface Refused {
  by: "app" | "host";
  what: string;
  url: string;
}

export interface Journal {
  refused: Refused[];
  /** Calls of `shell`, which are recorded and never carried out: method and argument. */
  shell: [method: string, argument: string][];
  /** Names the page suggested for downloads; every download is refused. */
  downloads: string[];
  /** Milliseconds from process start. */
  marks: Record<string, number>;
  /** Product and version of the browser underneath. */
  browser: string;
}

export const journal: Journal = { refused: [], shell: [], downloads: [], marks: {}, browser: "" };
Object.assign(globalThis, { standIn: journal });

/** Notes when `name` first happened. */
export function mark(name: string): void {
  journal.marks[name] ??= Math.round(performance.now());
}

import { given } from "../../shared/base/given.ts";
/** Where one is: a screen, the filter's text, the order and the row. Back and Forward walk places; every change here is pure. */

export const SCREENS = [
  "start",
  "sources",
  "explore",
  "answer",
  "developers",
  "developer",
  "claims",
  "remedy",
  "coverage",
  "bundle",
  "custody",
  "import",
  "policy",
  "registry",
  "clocks",
  "changes",
  "verify",
  "settings",
] as const;
export type Screen = (typeof SCREENS)[number];

export interface Place {
  readonly screen: Screen;
  /** The filter's text, kept from screen to screen. */
  readonly text: string;
  /** As requests take it: `time` or `time:desc`. */
  readonly sort?: string;
  /** The current row, 0-based, in the list of this screen. */
  readonly row?: number;
  /** What the screen is of: a developer's id, a source's number, a claim's id; on Explore the second of two filters compared. */
  readonly of?: string;
}

export interface History {
  /** Oldest first. */
  readonly past: readonly Place[];
  readonly here: Place;
  /** Nearest first. */
  readonly future: readonly Place[];
  /** The text is being typed: further typing changes this same place. */
  readonly isTyping: boolean;
}

export type Change = Partial<Omit<Place, "sort" | "row" | "of">> & {
  readonly [Key in "sort" | "of"]?: string | undefined;
} & { readonly row?: number | undefined };

const MAX_PLACES = 500;

export function historyAt(here: Place): History {
  return { past: [], here, future: [], isTyping: false };
}

/** To another place. On another screen `sort`, `row` and `of` begin anew; with another text the row does. */
export function go(history: History, change: Change): History {
  const there = changed(history.here, change);
  if (isSame(history.here, there)) return history;
  return { past: [...history.past, history.here].slice(-MAX_PLACES), here: there, future: [], isTyping: false };
}

/** The same place, seen differently: the row moved to, the order. */
export function amend(history: History, change: Change): History {
  const here = changed(history.here, change);
  return isSame(history.here, here) ? history : { ...history, here };
}

/** A text in the course of being typed: the first change makes a place, the next ones change that one, until `settle`. */
export function type(history: History, text: string): History {
  if (history.isTyping) return amend(history, { text });
  const there = go(history, { text });
  return there === history ? history : { ...there, isTyping: true };
}

/** Enter, blur, or two seconds: what is typed next makes a new place. */
export function settle(history: History): History {
  return history.isTyping ? { ...history, isTyping: false } : history;
}

export function back(history: History): History {
  const here = history.past.at(-1);
  if (!here) return history;
  return { past: history.past.slice(0, -1), here, future: [history.here, ...history.future], isTyping: false };
}

export function forward(history: History): History {
  const [here, ...future] = history.future;
  if (!here) return history;
  return { past: [...history.past, history.here], here, future, isTyping: false };
}

function changed(here: Place, change: Change): Place {
  const screen = change.screen ?? here.screen;
  const text = change.text ?? here.text;
  const isElsewhere = screen !== here.screen || ("of" in change && change.of !== here.of);
  const sort = "sort" in change ? change.sort : isElsewhere ? undefined : here.sort;
  const row =
    "row" in change ? change.row : isElsewhere || text !== here.text || sort !== here.sort ? undefined : here.row;
  const of = "of" in change ? change.of : isElsewhere ? undefined : here.of;
  return {
    screen,
    text,
    ...given({ sort, row, of }),
  };
}

function isSame(a: Place, b: Place): boolean {
  return a.screen === b.screen && a.text === b.text && a.sort === b.sort && a.row === b.row && a.of === b.of;
}

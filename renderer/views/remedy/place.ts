import type { Place } from "../../session/places.ts";

export type RemedyView = "board" | "table";

/** Which developers a number of the sentence counts. */
export const LISTS = ["all", "held", "revoked", "holding", "after", "certified", "overdue"] as const;
export type ListName = (typeof LISTS)[number];

/** What of the screen is in view. */
export interface Shown {
  readonly view: RemedyView;
  readonly list: ListName;
  /** Whose steps stand below the board. */
  readonly developer?: string | undefined;
  /** What stands in the box. */
  readonly text: string;
}

/** As a place's `of`, so that Back brings it again. An id comes last: it may hold anything. */
export function ofShown({ view, list, text, developer }: Shown): string {
  return [view, list, text.replaceAll("\n", " "), developer ?? ""].join("\n");
}

export function shownOf({ of }: Place): Shown {
  const [view, list, text = "", ...rest] = (of ?? "").split("\n");
  const developer = rest.join("\n");
  return {
    view: view === "table" ? "table" : "board",
    list: LISTS.find((each) => each === list) ?? "all",
    text,
    ...(developer === "" ? {} : { developer }),
  };
}

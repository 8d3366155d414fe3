import type { Look, MonthBars } from "../../../../shared/charts/month-bars.ts";

/** A document as it is meant, for every way to print it. Texts are data, never markup. */

/** Where a number comes from: the file of the bundle and the key in it, and the filter whose calls it counts. */
export interface Origin {
  readonly file: string;
  readonly key?: string | undefined;
  readonly filter?: string | undefined;
}

export type Inline =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  /** A number, and what it comes from as a note. */
  | { readonly figure: string; readonly from: Origin }
  /** What a person has still to fill in. */
  | { readonly open: string };

export type Text = readonly Inline[];

export interface TableColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  /** Its share of the width. */
  readonly share: number;
}

export interface Chart extends Pick<Look, "kinds" | "isStacked"> {
  readonly months: readonly MonthBars[];
}

export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[]; readonly isNumbered?: boolean }
  /** Pairs of a label and what it says. */
  | { readonly kind: "facts"; readonly rows: readonly (readonly [label: string, text: Text])[] }
  /** `more`: where the rows are that are left out here. */
  | {
      readonly kind: "table";
      readonly title: string;
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly Text[])[];
      readonly more?: Text | undefined;
    }
  /** A picture of bars by month. Its figures stand in a table beside, and `words` says what it shows to whoever cannot see it. */
  | { readonly kind: "chart"; readonly title: string; readonly words: string; readonly chart: Chart }
  | { readonly kind: "box"; readonly title: string; readonly text: Text };

export interface ReportDocument {
  readonly title: string;
  /** Of every page: whose document this is, and where it may go. */
  readonly head: string;
  readonly foot: string;
  readonly author: string;
  /** ISO 8601, of the bundle: no clock of the machine is in a document. */
  readonly at: string;
  readonly blocks: readonly Block[];
}

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: "heading", level, text });
export const paragraph = (...text: Inline[]): Block => ({ kind: "paragraph", text });

/** What an origin says, in words. */
export const originText = ({ file, key, filter }: Origin): string =>
  [file, key, filter === undefined ? undefined : `filter: ${filter}`].filter((part) => part !== undefined).join(", ");

/** Characters that a reader cannot see, or that turn the direction of what follows, as what they are. */
export const visible = (text: string): string =>
  text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\uFFFE\uFFFF]|\p{Surrogate}/gu,
    (char) => `\\u${(char.codePointAt(0) as number).toString(16).padStart(4, "0")}`,
  );

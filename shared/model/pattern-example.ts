/** What a regular expression of a mapping does to the first records of a file. */
export interface PatternExample {
  /** Where it stands in the mapping: `fields.resource.match`, `rules[0].when.path`, `pattern`. */
  readonly at: string;
  readonly pattern: string;
  /** Records that have a text for it, and those in which it caught something. */
  readonly of: number;
  readonly caught: number;
  /** The first text in which it caught something. */
  readonly from?: string;
  /** What it caught there: of `pattern` by group. */
  readonly value?: string;
  /** The first text in which it caught nothing. */
  readonly missed?: string;
}

/** What does not keep to the house yet. The list only shrinks. */
export const STILL: {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly functions: number;
  readonly copies: number;
} = {
  folders: [],
  files: [],
  functions: 0,
  copies: 0,
};

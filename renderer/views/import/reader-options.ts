interface ReaderOption {
  readonly option: "delimiter" | "skip_rows" | "records" | "pattern";
  readonly label: string;
  readonly hint: string;
}

/** What a reader can be told, beside the format. */
export const READER_OPTIONS: Readonly<Record<string, readonly ReaderOption[]>> = {
  csv: [
    { option: "delimiter", label: "Between cells", hint: "as found" },
    { option: "skip_rows", label: "Lines before the header", hint: "0" },
  ],
  json: [{ option: "records", label: "Records are in", hint: "as found; or a path such as data.items" }],
  regex: [{ option: "pattern", label: "Pattern", hint: "^(?<time>\\S+) (?<ip>\\S+) (?<path>.*)$" }],
};

import type { Mapping } from "./mapping-document.ts";

/** Readers; every other format is a mapping over one of them, a file in `resources/formats/`. */
export const READERS = ["csv", "headers", "json", "jsonl", "keyvalue", "regex"] as const;
export type ReaderName = (typeof READERS)[number];

/** What `must` asks for: all places of one of these. */
export const signaturesOf = ({ must }: Mapping): readonly Readonly<Record<string, string>>[] =>
  must === undefined ? [] : Array.isArray(must) ? must : [must];

/** Where the records of a document lie. */
export const recordsOf = ({ records }: Pick<Mapping, "records">): string | undefined =>
  typeof records === "string" ? records : records?.[0];

/** Where in each record its calls lie, if it holds several. */
export const callsOf = ({ records }: Pick<Mapping, "records">): string | undefined =>
  typeof records === "object" ? records[1] : undefined;

/** The same mapping with its records elsewhere. */
export const withRecords = <M extends Pick<Mapping, "records">>(mapping: M, records: string): M => {
  const calls = callsOf(mapping);
  return { ...mapping, records: calls === undefined ? records : [records, calls] };
};

const CHARACTERS: Readonly<Record<string, string>> = {
  tab: "\t",
  "\\t": "\t",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  space: " ",
};

/** The byte a `delimiter` stands for, undefined if it is none. */
export function delimiterByte(text: string): number | undefined {
  const char = CHARACTERS[text.toLowerCase()] ?? text;
  const code = char.charCodeAt(0);
  return char.length === 1 && code < 0x80 && code !== 10 && code !== 13 && code !== 34 ? code : undefined;
}

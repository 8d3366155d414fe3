/** Concordance's marks: between values, around each, and for a line break inside one. */
const BETWEEN = "\u0014";
const AROUND = "\u00fe";
const LINE_BREAK = "\u00ae";
const BOM = "\uFEFF";

/** What takes the place of marks that stand in a value, which the form has no way to write. */
const REPLACED: readonly (readonly [mark: string, by: string])[] = [
  [AROUND, "th"],
  [LINE_BREAK, "(R)"],
  [BETWEEN, " "],
];

export interface DatField<Row> {
  readonly name: string;
  readonly meaning: string;
  value(row: Row): string | number | undefined;
}

export interface DatFile {
  readonly text: string;
  /** Values in which a mark had to be replaced, by document and field. */
  readonly replaced: readonly string[];
}

/**
 * A load file as review platforms take it (DAT): UTF-8 with a byte-order mark, a header, a row a document, CRLF. Several values in one
 * field are joined by `;`. The form is a convention and has no escape: marks in a value are replaced, and listed.
 */
export function datFile<Row>(
  fields: readonly DatField<Row>[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): DatFile {
  const replaced: string[] = [];
  const line = (values: readonly string[]) => `${values.map((value) => AROUND + value + AROUND).join(BETWEEN)}\r\n`;
  const body = rows.map((row) =>
    line(
      fields.map(({ name, value }) => {
        const written = String(value(row) ?? "");
        let text = written;
        for (const [mark, by] of REPLACED) text = text.replaceAll(mark, by);
        if (text !== written) replaced.push(`${keyOf(row)} ${name}`);
        return text.replaceAll(/\r\n|\n|\r|\u2028|\u2029/gu, LINE_BREAK);
      }),
    ),
  );
  return { text: BOM + line(fields.map(({ name }) => name)) + body.join(""), replaced };
}

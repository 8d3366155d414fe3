/** Tables as Exhibit writes them: RFC 4180 with commas, and line feeds alone. */

/** The cells of a record. */
export function cellsOf(record: string): string[] {
  if (!record.includes('"')) return record.split(",");
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/gu;
  for (let match = cell.exec(record); match; match = cell.exec(record)) {
    cells.push(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"'));
    if (cell.lastIndex >= record.length) {
      if (record.endsWith(",")) cells.push("");
      break;
    }
  }
  return cells;
}

/** What a cell says: one that a spreadsheet would take for a formula has an apostrophe before it. */
export const withoutApostrophe = (cell: string): string => (/^'[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell);

/** The records of the beginning of a table; one that is cut off is left out. Line breaks inside quotes belong to their record. */
export function recordsOfStart(text: string): string[] {
  const records: string[] = [];
  let open: string | undefined;
  for (const line of text.split("\n").slice(0, -1)) {
    const record: string = open === undefined ? line : `${open}\n${line}`;
    const quotes = line.split('"').length - 1;
    const isOpen: boolean = (open !== undefined) !== (quotes % 2 === 1);
    open = isOpen ? record : undefined;
    if (!isOpen) records.push(record);
  }
  return records;
}

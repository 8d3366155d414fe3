/** The cells of a CSV text as RFC 4180 has them, written for the specs alone. */
export function cellsOf(text: string): string[][] {
  const records: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/guy;
  for (const [all, quoted, plain, end] of text.matchAll(cell)) {
    if (all === "" && records.at(-1)?.length === 0) break;
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== "," && end !== "") records.push([]);
  }
  return records.filter((record) => record.length > 0);
}

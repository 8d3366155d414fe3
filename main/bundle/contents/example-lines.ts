import { cellsOf } from "../../platform/csv-cells.ts";
import type { SourceRecord } from "./source-records.ts";

/** So much of lines/index.csv, and of a file of lines/, is looked through for a call to show. */
const INDEX_BYTES = 1 << 20;
const LINES_BYTES = 1 << 20;
/** Characters of a line on paper. */
const MAX_LINE = 900;

/** A call that a rule counts, as it stands in the log. */
export interface ExampleLine {
  readonly rule: string;
  /** Its number in the bundle. */
  readonly event: number;
  readonly developer: string;
  readonly source: number;
  readonly line: string;
  readonly offset: string;
  readonly text: string;
}

type Read = (name: string, most?: number) => string | Promise<string>;

/**
 * For each rule the first call that got restricted data and whose line stands in the first mebibyte of its file of lines/. Of
 * logs in UTF-8 alone: others cannot be cut by bytes from their text.
 */
export async function exampleLines(
  read: Read,
  firstCalls: readonly string[],
  sources: readonly SourceRecord[],
): Promise<ExampleLine[]> {
  const columns = cellsOf((firstCalls[0] ?? "").replace(/^\uFEFF/u, ""));
  const at = (name: string) => columns.indexOf(name);
  const [ruleAt, levelAt, developerAt] = [at("rule"), at("level"), at("developer_id")];
  if (ruleAt < 0 || levelAt < 0) return [];
  const places = (await read("lines/index.csv", INDEX_BYTES)).split("\n").slice(1, -1);
  const plain = new Map(
    sources.map(({ source, encoding }) => [source, /^(?:utf-?8|us-ascii|ascii)$/iu.test(encoding)]),
  );
  const files = new Map<string, Buffer>();
  const found = new Map<string, ExampleLine>();
  for (const [index, row] of firstCalls.slice(1).entries()) {
    const place = places[index];
    if (place === undefined) break;
    if (!row.includes("obtained")) continue;
    const cells = cellsOf(row);
    const rules = (cells[ruleAt] ?? "").split(";");
    const levels = (cells[levelAt] ?? "").split(";");
    const open = rules.filter((rule, n) => levels[n] === "obtained" && !found.has(rule));
    if (open.length === 0) continue;
    const [file = "", from = "", source = "", line = "", offset = "", length = ""] = place.split(",");
    if (!plain.get(Number(source)) || Number(from) + Number(length) > LINES_BYTES) continue;
    let bytes = files.get(file);
    if (!bytes) {
      bytes = Buffer.from(await read(`lines/${file}`, LINES_BYTES));
      files.set(file, bytes);
    }
    const text = bytes
      .subarray(Number(from), Number(from) + Number(length))
      .toString("utf8")
      .trimEnd();
    if (text === "" || text.includes("\uFFFD")) continue;
    const shown =
      text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)} (and ${text.length - MAX_LINE} more characters)` : text;
    for (const rule of open)
      found.set(rule, {
        ...{ rule, event: index + 1, developer: cells[developerAt] ?? "", source: Number(source) },
        ...{ line, offset, text: shown },
      });
  }
  return [...found.values()];
}

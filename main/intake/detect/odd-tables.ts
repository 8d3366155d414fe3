import { resolveMapping } from "../mapping/formats.ts";
import type { Mapping } from "../mapping/mapping-document.ts";
import { fieldNamed } from "../mapping/synonyms.ts";
import { sniffDelimiter, sniffHeader } from "./sniff-header.ts";
import { bestTrial, type Trial, tryFormat } from "./try-format.ts";

/** Rows above the header of a table that are skipped in search of it. */
const MAX_PREAMBLE_ROWS = 10;

const CSV_MAPPING: Mapping = { schema: "exhibit/mapping@1", format: "csv" };

/**
 * A row of names with a time and something else among them is a table's header, whatever its rows have. Taken for text they
 * would be read without their columns, and a time without the zone that makes it unreadable.
 */
export function namesTime(text: Buffer, whole: boolean): boolean {
  const { csv } = sniffHeader("csv", CSV_MAPPING, text, whole, "");
  const known = new Set((csv?.header ?? []).map((name) => fieldNamed(name)?.field));
  known.delete(undefined);
  return known.has("time") && known.size > 1;
}

/** A table without a column called like a time, but with one full of ISO times: read by that one. */
export function byTimeColumn(text: Buffer, whole: boolean): Trial | undefined {
  const { csv } = sniffHeader("csv", CSV_MAPPING, text, whole, "");
  return bestTrial(
    (csv?.header ?? [])
      .filter((name) => name !== "")
      .map((name) =>
        tryFormat(resolveMapping({ ...CSV_MAPPING, fields: { time: { from: name, parse: "iso" } } }), text, whole),
      )
      .filter((trial) => trial !== undefined && trial.share > 0.9),
  );
}

/** A table whose header stands below a title or other rows: the first row that names a time and something else. */
export function belowPreamble(text: Buffer, whole: boolean): Trial | undefined {
  let at = 0;
  for (let rows = 1; rows <= MAX_PREAMBLE_ROWS; rows++) {
    const end = text.indexOf(10, at);
    if (end < 0) return undefined;
    at = end + 1;
    const line = text.toString("utf8", at, Math.max(at, text.indexOf(10, at)));
    const names = line.split(String.fromCharCode(sniffDelimiter(text, at, 34, whole).value));
    const known = new Set(names.flatMap((name) => fieldNamed(name.replaceAll('"', ""))?.field ?? []));
    if (!known.has("time") || names.length < 2) continue;
    const trial = tryFormat(resolveMapping({ ...CSV_MAPPING, skip_rows: rows }), text, whole);
    return trial && trial.share > 0 ? trial : undefined;
  }
  return undefined;
}

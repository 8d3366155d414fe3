import { isoOf } from "../../../../shared/base/time.ts";
import type { Case } from "../../../case/case.ts";
import type { SourceRecord } from "../../contents/source-records.ts";

/**
 * Filters of claims and rules may name a source, by number or file, so the throw-away case's are the bundle's. The next
 * import takes the number after the highest: before a source that would get a lower one than it had stands an empty row,
 * withdrawn, for those of which the bundle has no line.
 */
export function nextSourceIs({ db }: Case, number: number): void {
  if (!Number.isInteger(number) || number < 2) return;
  const highest = db.prepare("select coalesce(max(id), 0) from source").pluck().get() as number;
  if (highest >= number - 1) return;
  db.prepare(
    `insert into source (id, state, name, path, sha256, bytes, format, encoding, timezone, timezone_from, mapping, began, withdrawn)
     values (@id, 'complete', '', '', @name, 0, 'jsonl', 'utf-8', 'UTC', 'timestamps', '{}', @began, 'not in the bundle')`,
  ).run({ id: number - 1, name: `none ${number - 1}`, began: isoOf(0) });
}

/** Calls a source that was read again as the bundle does. */
export function nameSource({ db }: Case, number: number, { file, member }: SourceRecord): void {
  db.prepare("update source set name = ?, member = ? where id = ?").run(file, member ?? null, number);
}

import type { Reply } from "../../../shared/contract/contract.ts";
import type { Case } from "../../case/case.ts";
import { sourceRow } from "../../case/sources.ts";
import { openOriginal } from "../../evidence/original.ts";

/** A rejected record may have 64 MiB and more. Its first bytes show what it is. */
const MAX_RECORD_BYTES = 4096;

/** A page of a source's rejected records, each with its own bytes from evidence. @throws Refusal `source-missing`, `file-missing` */
export function rejectPage(
  caseFile: Case,
  { source, offset, limit }: { source: number; offset: number; limit: number },
): Reply<"rejects"> {
  const { encoding } = sourceRow(caseFile.db, source);
  const total = caseFile.db.prepare("select count(*) from reject where source = ?").pluck().get(source) as number;
  const rows = caseFile.db
    .prepare(
      'select line, lines, "offset", length, reason from reject where source = ? order by line, "offset" limit ? offset ?',
    )
    .all(source, limit, offset) as { line: number; lines: number; offset: number; length: number; reason: string }[];
  if (rows.length === 0) return { total, rejects: [] };
  const original = openOriginal(caseFile, source);
  try {
    const decoder = new TextDecoder(encoding);
    const rejects = rows.map(({ line, lines, reason, ...at }) => ({
      line,
      lines,
      reason,
      text: decoder.decode(original.read(at.offset, Math.min(at.length, MAX_RECORD_BYTES))),
    }));
    return { total, rejects };
  } finally {
    original.close();
  }
}

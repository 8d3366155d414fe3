import type { CustodyRow } from "../../../shared/contract/case.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import type { Case } from "../../case/case.ts";
import { timeOfAct } from "../../custody/append.ts";
import { verifyCustody } from "../../custody/case-chain.ts";
import { writeWhole } from "./export-events.ts";

/** The record of acts, newest first, those that hold the search text in any case. */
export function custodyRows(
  { db }: Pick<Case, "db">,
  { offset, limit, search = "" }: { offset: number; limit: number; search?: string },
): { rows: CustodyRow[]; total: number } {
  const where = "where @search = '' or instr(lower(entry), lower(@search)) > 0";
  const total = db.prepare(`select count(*) from custody ${where}`).pluck().get({ search }) as number;
  const lines = db
    .prepare(`select entry from custody ${where} order by seq desc limit @limit offset @offset`)
    .pluck()
    .all({ search, limit, offset });
  return { rows: (lines as string[]).map((line) => JSON.parse(line) as CustodyRow), total };
}

/**
 * The head of the chain at this moment, to be kept outside the case (printed, signed, sent): whoever rewrites the chain
 * later cannot rewrite that copy.
 */
export function writeCheckpoint(
  caseFile: Case,
  file: string,
  custody: Pick<Case, "db"> = caseFile,
): Reply<"checkpoint"> {
  const { entries, head, ok } = verifyCustody(custody);
  const document = {
    schema: "exhibit/checkpoint@1",
    case: caseFile.id,
    title: caseFile.title,
    entries,
    head,
    at: timeOfAct(custody).at,
  };
  writeWhole(file, [`${JSON.stringify(document, undefined, 2)}\n`]);
  return { entries, head, ok, file };
}

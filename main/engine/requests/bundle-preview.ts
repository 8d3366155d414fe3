import type { Reply } from "../../../shared/contract/contract.ts";
import { chooseEvents } from "../../bundle/contents/choose-events.ts";
import { Dossier, developerNamed } from "../../bundle/contents/dossier.ts";
import { COUNTS } from "../../case/sources.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { remedyOf } from "../../remedy/remedy.ts";

/** What a bundle would hold. @throws Refusal `filter-wrong`, `policy-missing` */
export function bundleChoice(inquiry: Inquiry, filter: string | undefined, developer?: string): Reply<"bundleChoice"> {
  const { columns, caseFile } = inquiry.dataset;
  const { positions, reasons } = chooseEvents(
    inquiry,
    remedyOf(inquiry),
    filter,
    developer === undefined ? undefined : new Dossier(inquiry, developerNamed(inquiry, developer)),
  );
  const originals = caseFile.db
    .prepare(`select count(*) as files, coalesce(sum(bytes), 0) as bytes from source where ${COUNTS}`)
    .get() as { files: number; bytes: number };
  return { events: positions.length, left_out: columns.rows - positions.length, reasons: [...reasons], originals };
}

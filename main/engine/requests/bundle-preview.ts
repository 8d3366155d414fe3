import { given } from "../../../shared/base/given.ts";
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
  const length = columns.numbers("length");
  let line_bytes = 0;
  for (const position of positions) line_bytes += length[position] as number;
  const findings = inquiry.findings(given({ developer })).rules.reduce((sum, rule) => sum + rule.developers.length, 0);
  const left_out = columns.rows - positions.length;
  return { events: positions.length, left_out, reasons: [...reasons], originals, line_bytes, findings };
}

import { given } from "../../../shared/base/given.ts";
import type { Input, Reply } from "../../../shared/contract/contract.ts";
import { DISPOSITIONS, type Disposition } from "../../../shared/model/finding.ts";
import { chooseEvents, statesOf } from "../../bundle/contents/choose-events.ts";
import { Dossier, developerNamed } from "../../bundle/contents/dossier.ts";
import { COUNTS } from "../../case/sources.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { remedyOf } from "../../remedy/remedy.ts";

/** What a bundle would hold. @throws Refusal `filter-wrong`, `policy-missing` */
export function bundleChoice(
  inquiry: Inquiry,
  { filter, developer, findings: chosen }: Input<"bundleChoice">,
): Reply<"bundleChoice"> {
  const { columns, caseFile } = inquiry.dataset;
  const states = developer === undefined ? statesOf(chosen) : undefined;
  const { positions, reasons } = chooseEvents(inquiry, remedyOf(inquiry), {
    filter,
    findings: states,
    dossier: developer === undefined ? undefined : new Dossier(inquiry, developerNamed(inquiry, developer)),
  });
  const originals = caseFile.db
    .prepare(`select count(*) as files, coalesce(sum(bytes), 0) as bytes from source where ${COUNTS}`)
    .get() as { files: number; bytes: number };
  const length = columns.numbers("length");
  let line_bytes = 0;
  for (const position of positions) line_bytes += length[position] as number;
  const findings = inquiry.findings(given({ developer })).rules.flatMap((rule) => rule.developers);
  const by_state = Object.fromEntries(
    DISPOSITIONS.map((state) => [state, findings.filter(({ status }) => status === state).length]),
  ) as Record<Disposition, number>;
  const left_out = columns.rows - positions.length;
  return {
    events: positions.length,
    left_out,
    reasons: [...reasons],
    originals,
    line_bytes,
    findings: findings.length,
    by_state,
  };
}

import { knownMoment } from "../../../../shared/base/moment.ts";
import type { Remedy } from "../../../../shared/model/accountability/remedy.ts";
import type { Findings } from "../../../../shared/model/finding.ts";
import type { Inquiry } from "../../../findings/inquiry.ts";
import { remedyOf } from "../../../remedy/remedy.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import { differences } from "../extract/differences.ts";
import { readJson } from "../extract/read-extract.ts";
import { inOneSpelling } from "./spelling.ts";

interface Said {
  readonly remedy: Remedy | undefined;
  readonly contradictions: BundleDocument["contradictions"];
}

/**
 * Of a bundle of findings in some states: those findings, their decisions and their steps against the calls read again. What rests on
 * the calls of others, too, is not to be worked out.
 */
export async function compareChosen(
  bag: Bag,
  inquiry: Inquiry,
  about: BundleDocument,
  { remedy, contradictions }: Said,
): Promise<string[]> {
  const at = knownMoment(about.at);
  const said = await readJson<Findings>(bag, "findings.json");
  const worked = inquiry.findings({ at });
  // A finding is of a state by what decisions say, not by what its row does.
  const states = new Map<string, string>();
  for (const each of about.decisions) states.set(JSON.stringify([each.rule, each.developer_id]), each.disposition);
  const isChosen = (rule: string, developer: string) =>
    about.findings?.some((state) => state === (states.get(JSON.stringify([rule, developer])) ?? "open")) === true;
  const rows = (findings: Findings) =>
    inOneSpelling(findings).rules.map(({ rule, developers }) => ({
      rule,
      developers: developers.filter(({ developer_id: id }) => isChosen(rule, id)),
    }));
  const faults = differences(rows(said), rows(worked)).map((fault) => `findings.json: ${fault}`);
  for (const { rule, developers } of said.rules)
    for (const { developer_id: id, status } of developers)
      if (isChosen(rule, id) !== (about.findings?.includes(status) === true))
        faults.push(`findings.json: ${id} under rule ${rule} is said to be ${status}, and its decisions do not say so`);
  faults.push(
    ...differences(about.contradictions, contradictions).map((fault) => `bundle.json, contradictions: ${fault}`),
  );
  if (remedy === undefined) return faults;
  const known = new Set(
    said.rules.flatMap(({ rule, developers }) => developers.map((row) => `${rule} ${row.developer_id}`)),
  );
  const steps = ({ rules }: Remedy) =>
    rules.map(({ rule, developers }) => ({
      rule,
      developers: developers.filter(({ developer_id: id }) => known.has(`${rule} ${id}`) && isChosen(rule, id)),
    }));
  const again = remedyOf(inquiry, { at });
  return [...faults, ...differences(steps(remedy), steps(again)).map((fault) => `remedy.json: ${fault}`)];
}

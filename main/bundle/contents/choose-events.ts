import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { loadClaims } from "../../findings/rules/policy.ts";
import { EventSet } from "../../query/columns/event-set.ts";
import { evaluate } from "../../query/filter/evaluate.ts";

/** One reason why events are in a bundle, word for word, and how many it brings. */
export interface Reason {
  readonly why: string;
  readonly filter: string;
  readonly events: number;
}

export interface Choice {
  /** Ascending positions. */
  readonly positions: Uint32Array;
  readonly reasons: readonly Reason[];
}

/** Every event that a finding, a claim or a tag rests on, and the denied calls; `filter` adds to them. */
export function chooseEvents(inquiry: Inquiry, filter: string | undefined): Choice {
  const { dataset } = inquiry;
  const wanted: [why: string, filter: string][] = [
    ["denied calls", "outcome:denied"],
    ["tagged", "tag:*"],
    ["noted", "note:*"],
  ];
  if (inquiry.policy) wanted.unshift(["findings rest on them, dismissed ones too", "level:attempted+"]);
  for (const claim of loadClaims(dataset.caseFile)?.claims ?? []) {
    if (claim.measure !== undefined && claim.rule === undefined && claim.level === undefined)
      wanted.push([`claim ${claim.id} rests on them`, claim.filter]);
  }
  if (filter !== undefined) wanted.push(["asked for", filter]);
  const chosen = EventSet.none(dataset.columns.rows);
  const reasons = wanted.map(([why, text]) => {
    const set = evaluate(resolve(parse(text), dataset.times), dataset);
    chosen.unite(set);
    return { why, filter: text, events: set.count };
  });
  return { positions: chosen.positions(), reasons };
}

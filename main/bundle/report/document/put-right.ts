import type { DeveloperRemedy } from "../../../../shared/model/accountability/remedy.ts";
import { remedySummary } from "../../../../shared/model/accountability/remedy-summary.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { RuleFacts } from "./rule-facts.ts";
import type { Origin } from "./tree.ts";

type Named = { readonly developer_id: string; readonly developer: string };

/** Who of those that held the permission lost it. The first has as many as the next four together. */
export interface PutRight {
  readonly held: readonly Named[];
  readonly revoked: readonly Named[];
  readonly holding: readonly Named[];
  /** Their grants ended, and no step says so. */
  readonly withoutStep: readonly Named[];
  /** To another owner of the app. */
  readonly passedOn: readonly Named[];
  /** Called with success after that, and when it was. */
  readonly after: readonly (Named & { readonly revokedOn?: string | undefined })[];
  readonly certifiedAgainst: readonly Named[];
  /** What says so. */
  readonly by: "the steps recorded" | "the registry";
  readonly origin: Origin;
}

/** By the steps of the case's remedy, as its own fifth answer is; by the registry where there are none. */
export function putRightOf(
  { remedy }: PageInput,
  { found, held, revoked, holding, passedOn, after, origin }: RuleFacts,
): PutRight {
  const steps = remedy?.rules.find(({ rule }) => rule === found.rule);
  if (remedy === undefined || !steps?.developers.some(({ entries }) => entries.length > 0))
    return {
      ...{ held, revoked, holding, withoutStep: [], passedOn, certifiedAgainst: [], by: "the registry" },
      after: after.map((row) => ({ ...row, revokedOn: row.revoked_at })),
      origin: origin("developers[].revoked_at"),
    };
  const sum = remedySummary(found, steps, remedy.at);
  const withoutStep = sum.held.filter((row) => !sum.revoked.includes(row) && !sum.holding.includes(row));
  const revokedOn = ({ entries }: DeveloperRemedy) =>
    entries.findLast(({ step, taken_back }) => step === "revoked" && taken_back === undefined)?.on;
  return {
    ...{ ...sum, withoutStep, passedOn: [], by: "the steps recorded" },
    after: sum.calledAfter.map((row) => ({ ...row, revokedOn: revokedOn(row) })),
    origin: { file: "extract/remedy.json", key: `rules[${remedy.rules.indexOf(steps)}].developers[].entries` },
  };
}

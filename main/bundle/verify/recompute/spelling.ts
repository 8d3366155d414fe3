import { idKey } from "../../../../shared/base/same-id.ts";
import type { Findings } from "../../../../shared/model/finding.ts";

/** An id is shown as the case first spells it, maybe in a call that the bundle does not hold. */
export const inOneSpelling = (findings: Findings): Findings => ({
  ...findings,
  rules: findings.rules.map((rule) => ({
    ...rule,
    developers: rule.developers.map((row) => ({ ...row, apps: row.apps.map(idKey).sort() })),
  })),
});

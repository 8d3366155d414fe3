import { Inquiry } from "../../../main/findings/inquiry.ts";
import type { Call, Policy, RegistryRows, Rule } from "../../reference/model.ts";
import { datasets, type SaidCall } from "../query/dataset-of.ts";

export const CUTOFF = "2018-04-04T00:00:00Z";
export const BEFORE_CUTOFF = "2018-04-03T23:59:59.999999Z";
export const AS_OF = "2019-11-05T00:00:00Z";
export const BEFORE_AS_OF = "2019-11-04T23:59:59.999999Z";

export const RULE: Rule = {
  id: "members",
  title: "No member names or pictures",
  effective_from: CUTOFF,
  grace_days: 0,
  applies_to: { api: ["groups"] },
  restricted_fields: ["name", "picture"],
  permission: "member_info",
};

/** A call that got the name of p1; `over` says what it did otherwise, undefined what it does not say. */
export function got(time: string, over: { [K in keyof Call]?: Call[K] | undefined } = {}): SaidCall {
  const call = { time, app: "a1", api: "groups", status: 200, outcome: "allowed", fields: ["name"], subjects: ["p1"] };
  const said = Object.entries({ ...call, ...over }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as unknown as SaidCall;
}

interface Given {
  readonly registry?: Partial<RegistryRows>;
  /** Laid over RULE. */
  readonly rule?: Partial<Rule>;
  /** Laid over a policy of that one rule; null: the case has none. */
  readonly policy?: (Omit<Partial<Policy>, "as_of"> & { readonly as_of?: string | undefined }) | null;
}

/** For one test file: calls → them held against a policy. All share a case, as `datasets` has it. */
export function inquiries(): (calls: readonly SaidCall[], given?: Given) => Inquiry {
  const datasetOf = datasets();
  return (calls, { registry = {}, rule = {}, policy = {} } = {}) => {
    const { caseFile } = datasetOf(calls, registry);
    const whole = {
      schema: "exhibit/policy@1",
      as_of: AS_OF,
      recent_days: 60,
      rules: [{ ...RULE, ...rule }],
      ...policy,
    };
    if (policy)
      caseFile.db
        .prepare("insert into policy (name, sha256, document, at) values ('p', '', ?, '')")
        .run(JSON.stringify(whole));
    return new Inquiry(caseFile);
  };
}

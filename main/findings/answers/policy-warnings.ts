import { idKey } from "../../../shared/base/same-id.ts";
import { endOf, isBareDate, isoOf } from "../../../shared/base/time.ts";
import { fieldPaths, fold, matcher } from "../../../shared/filter/match.ts";
import { callerOf } from "../../../shared/model/event.ts";
import type { Inquiry } from "../inquiry.ts";
import type { Judged } from "../rules/judge.ts";
import { groupsOf, setNamed } from "../rules/operation-sets.ts";
import { namedValues } from "./claim-values.ts";

/** What in a policy meets nothing in the case: most often a spelling. Says nothing while the case has no events. */
export function policyWarnings(inquiry: Inquiry): string[] {
  const { dataset, policy } = inquiry;
  const { columns } = dataset;
  if (!policy) return [];
  const warnings: string[] = [];
  const texts = (name: "api" | "operation" | "app" | "fields") =>
    columns
      .dictionary(name)
      .all()
      .filter((text) => text !== undefined);
  const paths = new Set(
    texts("fields")
      .flatMap((list) => (JSON.parse(list) as string[]).flatMap(fieldPaths))
      .map(fold),
  );
  if (policy.as_of === undefined) warnings.push("as_of is absent: the last event's time is taken");
  else if (isBareDate(policy.as_of))
    warnings.push(`as_of ${policy.as_of} is a day without a clock: it is the day's end, ${isoOf(endOf(policy.as_of))}`);
  const { apps, grants, consents } = dataset.registry;
  const known = new Set([...texts("app"), ...[...apps, ...grants, ...consents].map(({ app }) => app)].map(idKey));
  const apis = new Set(texts("api").map(fold));
  const operations = texts("operation");
  const granted = new Set(grants.map(({ permission }) => permission));
  const consented = new Set(consents.map(({ permission }) => permission));
  // Rules of one policy often name the same operations.
  const met = new Map<string, boolean>();
  const isMet = (operation: string): boolean => {
    const known = met.get(operation) ?? operations.some(matcher(operation.split("*")));
    met.set(operation, known);
    return known;
  };
  for (const judged of inquiry.judged) {
    const { rule, cutoff, asOf } = judged;
    const say = (what: string) => warnings.push(`rule ${rule.id}: ${what}`);
    if (isBareDate(rule.effective_from))
      say(`effective_from ${rule.effective_from} is a day without a clock: it is the day's beginning, UTC`);
    if (Number.isFinite(asOf) && cutoff >= asOf) say("its cutoff is not before as_of, so it speaks of no call");
    if (rule.permission === undefined)
      say("it names no permission, so nobody is entitled and nothing is said of revocation");
    else if (!granted.has(rule.permission)) say(`no grant of ${rule.permission} is in the registry`);
    if (rule.consent_permission !== undefined && !consented.has(rule.consent_permission))
      say(`no consent for ${rule.consent_permission} is in the registry`);
    if (columns.rows === 0) continue;
    const said = warnings.length;
    for (const api of rule.applies_to.api ?? []) if (!apis.has(fold(api))) say(`no call is to the API ${api}`);
    for (const operation of rule.applies_to.operations ?? [])
      if (!groupsOf([operation]).some((group) => group.operations.some(isMet)))
        say(
          setNamed(operation) === undefined ? `no call's operation is ${operation}` : `no call is one of ${operation}`,
        );
    for (const caller of rule.applies_to.caller ?? []) {
      const flags = columns.codes("flags");
      if (!flags.some((bits) => callerOf(bits) === caller)) say(`no call's caller is ${caller}`);
    }
    for (const { term, isUnmet } of namedValues(dataset, rule.applies_to.filter ?? ""))
      if (isUnmet) say(`no log has a call with ${term}, which its filter names`);
    // Each part meets something, and no call all of them. Where the span is empty that has been said.
    if (warnings.length === said && cutoff < asOf && !judged.inside.includes(1))
      say("no call in its time is all that applies_to names, so it speaks of none");
    for (const field of rule.restricted_fields ?? [])
      if (!paths.has(fold(field))) say(`no call names the field ${field}`);
    for (const app of rule.exempt_apps) if (!known.has(idKey(app))) say(`no call is by the exempt app ${app}`);
    if (rule.consent_permission !== undefined && listsNobody(inquiry, judged))
      say(`no call it speaks of lists people, so ${rule.consent_permission} excuses none`);
  }
  return warnings;
}

/** The rule speaks of calls, and none of them lists anybody. */
function listsNobody({ returned }: Inquiry, { inside, from, to }: Judged): boolean {
  let calls = 0;
  for (let p = from; p < to; p += 1) {
    if (inside[p] === 0) continue;
    calls += 1;
    if (returned.listOf(p) !== 0 && !returned.nobody(p)) return false;
  }
  return calls > 0;
}

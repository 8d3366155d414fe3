import { Refusal } from "../../../shared/base/errors.ts";
import { nearest } from "../../../shared/base/nearest.ts";
import { fold, matcher } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import type { PolicyDraft, RuleDraft } from "../../session/policy-draft.ts";
import { asOfOf, cutoffOf, dayOrTime, isDay, isWholeNumber } from "./days.ts";
import type { Known } from "./use-known.ts";

/** What is wrong, or odd, with one key of the draft: one sentence beside its field. */
export interface Fault {
  /** Absent: of the policy itself. */
  readonly rule?: number;
  readonly key: keyof RuleDraft | keyof PolicyDraft;
  readonly text: string;
  /** Nothing stops the policy from being set: a rule may come before its first call. */
  readonly isWarning?: true;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;

/** Every fault of a draft, in the order of its fields. */
export function faultsOf(draft: PolicyDraft, known: Known): Fault[] {
  const faults: Fault[] = [];
  const asOf = draft.as_of.trim();
  if (asOf !== "" && !isDay(asOf))
    faults.push({
      key: "as_of",
      text: `"${asOf}" is no day: write it as 2019-11-05, or with a clock as 2019-11-05T00:00:00Z.`,
    });
  if (draft.recent_days.trim() !== "" && (!isWholeNumber(draft.recent_days) || Number(draft.recent_days) === 0))
    faults.push({ key: "recent_days", text: "Recent is a whole number of days, at least 1." });
  if (draft.rules.length === 0) faults.push({ key: "rules", text: "A policy needs at least one rule." });
  for (const [rule, each] of draft.rules.entries())
    faults.push(...ruleFaults(draft, each, known).map((fault) => ({ rule, ...fault })));
  return faults;
}

function ruleFaults(draft: PolicyDraft, rule: RuleDraft, known: Known): Fault[] {
  return [
    ...idFaults(draft, rule),
    ...timeFaults(draft, rule, known),
    ...nameFaults(rule, known),
    ...filterFaults(rule),
  ];
}

function idFaults({ rules }: PolicyDraft, { id }: RuleDraft): Fault[] {
  if (!ID.test(id)) return [{ key: "id", text: "An id holds letters, digits, dots, dashes and underscores." }];
  if (rules.filter((each) => each.id === id).length > 1) return [{ key: "id", text: `Two rules have the id "${id}".` }];
  return [];
}

function timeFaults(draft: PolicyDraft, rule: RuleDraft, { lastCall }: Known): Fault[] {
  const from = rule.effective_from.trim();
  if (from === "") return [{ key: "effective_from", text: "A rule needs a day from which it is in force." }];
  if (!isDay(from))
    return [
      {
        key: "effective_from",
        text: `"${from}" is no day: write it as 2018-04-04, or with a clock as 2018-04-04T00:00:00Z.`,
      },
    ];
  if (rule.grace_days.trim() !== "" && !isWholeNumber(rule.grace_days))
    return [{ key: "grace_days", text: "Grace is a whole number of days." }];
  const cutoff = cutoffOf(rule);
  const end = asOfOf(draft.as_of) ?? lastCall;
  if (cutoff === undefined || end === undefined || Date.parse(cutoff) < Date.parse(end)) return [];
  const why = draft.as_of.trim() === "" ? "the last call" : "as-of";
  return [
    { key: "effective_from", text: `${dayOrTime(cutoff)} is not before ${why}: no call can count.`, isWarning: true },
  ];
}

/** Names that no log and no registry has. While they are not known yet nothing is said of them. */
function nameFaults(rule: RuleDraft, known: Known): Fault[] {
  if (!known.isRead) return [];
  const faults: Fault[] = [];
  const odd = (key: keyof RuleDraft, text: string) => faults.push({ key, text, isWarning: true });
  const guess = (word: string, words: readonly string[]) => {
    const meant = nearest(word, words);
    return meant === undefined ? "" : ` Did you mean ${meant}?`;
  };
  const has = (words: readonly string[], word: string) => words.some((each) => fold(each) === fold(word));
  const apis = known.apis.map(({ value }) => value);
  for (const api of rule.api) if (!has(apis, api)) odd("api", `"${api}" is no API in these logs.${guess(api, apis)}`);
  const operations = known.operations.map(({ value }) => value);
  for (const operation of rule.operations)
    if (!operation.startsWith("set:") && !operations.some(matcher(operation.split("*"))))
      odd("operations", `"${operation}" is no operation of these logs.${guess(operation, operations)}`);
  const fields = known.fields.map(({ value }) => value);
  for (const field of rule.restricted_fields)
    if (!has(known.fieldPaths, field))
      odd("restricted_fields", `No call names the field "${field}".${guess(field, fields)}`);
  const apps = known.apps.map(({ value }) => value);
  for (const app of rule.exempt_apps) if (!has(apps, app)) odd("exempt_apps", `No call is by the app "${app}".`);
  const permissions = known.permissions.map(({ value }) => value);
  if (rule.permission !== "" && !permissions.includes(rule.permission))
    odd("permission", `No grant of "${rule.permission}" is in the registry.${guess(rule.permission, permissions)}`);
  const consents = known.consents.map(({ value }) => value);
  if (rule.consent_permission !== "" && !consents.includes(rule.consent_permission))
    odd("consent_permission", `No consent for "${rule.consent_permission}" is in the registry.`);
  return faults;
}

/** Fields that change with the case or rest on rules: no rule can rest on them. */
export const NOT_IN_A_RULE: Readonly<Record<string, string>> = {
  level: "levels rest on the rule itself",
  finding: "findings rest on the rule itself",
  tag: "tags change",
  note: "notes change",
};

function filterFaults({ filter }: RuleDraft): Fault[] {
  if (filter.trim() === "") return [];
  try {
    const named = fieldsIn(parse(filter)).find((field) => NOT_IN_A_RULE[field] !== undefined);
    return named === undefined
      ? []
      : [{ key: "filter", text: `"${named}:" cannot stand in a rule: ${NOT_IN_A_RULE[named]}.` }];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [{ key: "filter", text: `${capital(error.what)}: ${error.todo}.` }];
  }
}

/** The fields that a filter names. */
function fieldsIn(filter: Filter): string[] {
  if (filter.kind === "and" || filter.kind === "or") return filter.terms.flatMap(fieldsIn);
  if (filter.kind === "not") return fieldsIn(filter.term);
  return filter.kind === "field" ? [filter.field] : [];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

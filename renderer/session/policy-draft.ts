import { useSyncExternalStore } from "react";
import type { Policy, Rule } from "../../shared/model/policy.ts";
import { RECENT_DAYS } from "../../shared/model/recent-days.ts";
import { useShared } from "./session.tsx";
import { createStore } from "./store.ts";
import { keepUnsaved, unsaved } from "./use-unsaved.ts";

/** A policy while it is written: every key as text or a list, so that what is wrong can stand there and be said. */
export interface PolicyDraft {
  readonly title: string;
  readonly authority: string;
  readonly as_of: string;
  readonly recent_days: string;
  readonly rules: readonly RuleDraft[];
}

export interface RuleDraft {
  readonly id: string;
  readonly title: string;
  readonly effective_from: string;
  readonly grace_days: string;
  readonly api: readonly string[];
  readonly operations: readonly string[];
  /** Empty: all but the platform's own services. */
  readonly caller: readonly string[];
  readonly filter: string;
  /** Empty: everything that is returned. */
  readonly restricted_fields: readonly string[];
  readonly permission: string;
  readonly consent_permission: string;
  readonly exempt_apps: readonly string[];
}

/** What is kept of a draft: with the file it came from, as long as nothing in it was changed. */
export interface KeptDraft {
  readonly draft: PolicyDraft;
  readonly file?: { readonly name: string; readonly document: string };
}

export const NO_POLICY: PolicyDraft = {
  title: "",
  authority: "",
  as_of: "",
  recent_days: String(RECENT_DAYS),
  rules: [],
};

export const NO_RULE: RuleDraft = {
  id: "",
  title: "",
  effective_from: "",
  grace_days: "0",
  api: [],
  operations: [],
  caller: [],
  filter: "",
  restricted_fields: [],
  permission: "",
  consent_permission: "",
  exempt_apps: [],
};

export function draftOf(policy: Policy): PolicyDraft {
  return {
    title: policy.title ?? "",
    authority: policy.authority ?? "",
    as_of: policy.as_of ?? "",
    recent_days: String(policy.recent_days),
    rules: policy.rules.map(ruleDraftOf),
  };
}

function ruleDraftOf(rule: Rule): RuleDraft {
  const { api, operations, caller, filter } = rule.applies_to;
  return {
    id: rule.id,
    title: rule.title ?? "",
    effective_from: rule.effective_from,
    grace_days: String(rule.grace_days),
    api: api ?? [],
    operations: operations ?? [],
    caller: caller ?? [],
    filter: filter ?? "",
    restricted_fields: rule.restricted_fields ?? [],
    permission: rule.permission ?? "",
    consent_permission: rule.consent_permission ?? "",
    exempt_apps: rule.exempt_apps,
  };
}

/** The document (`exhibit/policy@1`): a key that says nothing is left out. */
export function documentOf(draft: PolicyDraft): string {
  const given = (key: string, value: unknown) =>
    value === "" || (Array.isArray(value) && value.length === 0) ? {} : { [key]: value };
  const number = (text: string) => (/^\d+$/u.test(text.trim()) ? Number(text) : text);
  const document = {
    schema: "exhibit/policy@1",
    ...given("title", draft.title.trim()),
    ...given("authority", draft.authority.trim()),
    ...given("as_of", draft.as_of.trim()),
    ...given("recent_days", number(draft.recent_days)),
    rules: draft.rules.map((rule) => ({
      id: rule.id,
      ...given("title", rule.title.trim()),
      effective_from: rule.effective_from.trim(),
      ...given("grace_days", number(rule.grace_days)),
      applies_to: {
        ...given("api", rule.api),
        ...given("operations", rule.operations),
        ...given("caller", rule.caller),
        ...given("filter", rule.filter.trim()),
      },
      ...given("restricted_fields", rule.restricted_fields),
      ...given("permission", rule.permission),
      ...given("consent_permission", rule.consent_permission),
      ...given("exempt_apps", rule.exempt_apps),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

export const withRule = (draft: PolicyDraft, index: number, change: Partial<RuleDraft>): PolicyDraft => ({
  ...draft,
  rules: draft.rules.map((rule, at) => (at === index ? { ...rule, ...change } : rule)),
});

/** One more rule at the end, under an id of its own. */
export function withNewRule(draft: PolicyDraft, rule: RuleDraft): PolicyDraft {
  const id = freeId(draft, rule.id === "" ? idOf(rule.title) : rule.id);
  return { ...draft, rules: [...draft.rules, { ...rule, id }] };
}

export const withoutRule = (draft: PolicyDraft, index: number): PolicyDraft => ({
  ...draft,
  rules: draft.rules.filter((_, at) => at !== index),
});

/** A title as an id: `No member names` is `no-member-names`. */
export function idOf(title: string): string {
  const id = title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, MAX_ID)
    .replace(/-+$/u, "");
  return id === "" ? "rule" : id;
}

const MAX_ID = 48;

function freeId({ rules }: PolicyDraft, wanted: string): string {
  const isTaken = (id: string) => rules.some((rule) => rule.id === id);
  if (!isTaken(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!isTaken(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

const NAME = "policy draft";
/** By the case's folder. */
const kept = createStore<ReadonlyMap<string, KeptDraft | undefined>>(new Map());
const read = new Map<string, KeptDraft | undefined>();

function draftIn(folder: string): KeptDraft | undefined {
  const drafts = kept.get();
  if (drafts.has(folder)) return drafts.get(folder);
  if (!read.has(folder)) read.set(folder, storedIn(folder));
  return read.get(folder);
}

function storedIn(folder: string): KeptDraft | undefined {
  try {
    const text = unsaved(folder, NAME);
    return text === "" ? undefined : (JSON.parse(text) as KeptDraft);
  } catch {
    // of a version that wrote it otherwise
    return undefined;
  }
}

/** Keeps a draft of a case on this machine; undefined forgets it. */
export function keepPolicyDraft(folder: string, draft: KeptDraft | undefined): void {
  keepUnsaved(folder, NAME, draft === undefined ? "" : JSON.stringify(draft));
  kept.update((drafts) => new Map(drafts).set(folder, draft));
}

/** The draft of this case; undefined: nothing was changed. */
export function usePolicyDraft(): KeptDraft | undefined {
  const folder = useShared((state) => state.info?.case ?? "");
  return useSyncExternalStore(kept.subscribe, () => draftIn(folder));
}

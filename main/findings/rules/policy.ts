import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { DAY, instantOf, type Micros } from "../../../shared/base/time.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import { CLAIMS, type Claim, type Claims } from "../../../shared/model/claims.ts";
import { POLICY, type Policy, type Rule } from "../../../shared/model/policy.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import {
  checkedDocument,
  keepDocument,
  latestDocument,
  parseDocument,
  wrongDocument as wrong,
} from "../../case/documents.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { readText } from "../../platform/small-file.ts";
import { operationSets, setNamed } from "./operation-sets.ts";

/** @throws Refusal `policy-wrong` naming the key, `file-missing` and the like; the case is untouched then */
export function importPolicy(caseFile: Case, file: string, by?: string): Policy {
  demandWritable(caseFile);
  const { bytes, policy } = readPolicy(file);
  keepDocument(caseFile, "policy", path.basename(file), bytes, { rules: policy.rules.map((rule) => rule.id) }, by);
  return policy;
}

/** The same of a document that was written in the window, under a name of its own. @throws Refusal `policy-wrong` */
export function setPolicy(
  caseFile: Case,
  { document, name, note, by }: { document: string; name: string; note?: string; by?: string },
): Policy {
  demandWritable(caseFile);
  const bytes = Buffer.from(document, "utf8");
  const policy = checkPolicy(bytes, name);
  const said = note === undefined ? {} : { note };
  keepDocument(caseFile, "policy", name, bytes, { rules: policy.rules.map((rule) => rule.id), ...said }, by);
  return policy;
}

/** A policy's document as its file has it, checked as it would be to be set. Nothing is set. */
export function readPolicyFile(file: string): { name: string; document: string; policy: Policy } {
  const { bytes, policy } = readPolicy(file);
  return { name: path.basename(file), document: bytes.toString("utf8"), policy };
}

/** A policy that was written here, checked as it would be to be set. @throws Refusal `policy-wrong` */
export const policyWritten = (document: string): Policy => checkPolicy(Buffer.from(document, "utf8"), "the policy");

/** The policy that was set under this number. */
export const policySetAs = (caseFile: Case, n: number): Policy | undefined =>
  policiesSet(caseFile).find((each) => each.n === n)?.policy;

/** Every policy that was set, the last one first. */
export function policiesSet({ db }: Case): { n: number; name: string; at: string; policy: Policy }[] {
  const rows = db.prepare("select id as n, name, at, document from policy order by id desc").all() as {
    n: number;
    name: string;
    at: string;
    document: string;
  }[];
  return rows.flatMap(({ document, ...row }) => {
    const policy = policyOf(document);
    return policy === undefined ? [] : [{ ...row, policy }];
  });
}

/** Each rule is judged for every call and keeps two bytes of it. No policy that people wrote comes near. */
const MAX_RULES = 1000;

function readPolicy(file: string): { bytes: Buffer; policy: Policy } {
  const bytes = readText(file);
  return { bytes, policy: checkPolicy(bytes, path.basename(file)) };
}

/** @throws Refusal `policy-wrong` */
function checkPolicy(bytes: Buffer, name: string): Policy {
  const policy = checkedDocument(bytes, name, "policy-wrong", (value, words) => POLICY.safeParse(value, words));
  if (policy.rules.length > MAX_RULES)
    throw wrong(
      "policy-wrong",
      name,
      `it has ${figure(policy.rules.length)} rules, and a case takes ${figure(MAX_RULES)}: one rule may name many operations`,
    );
  const ids = policy.rules.map((rule) => rule.id);
  const twice = firstTwice(ids);
  if (twice !== undefined) throw wrong("policy-wrong", name, `two rules have the id "${twice}"`);
  for (const rule of policy.rules) {
    checkLists(rule, name);
    checkSets(rule, name);
    checkRuleFilter(rule, name);
  }
  return policy;
}

const firstTwice = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index);

/** An empty list may mean nothing or everything; a key that is left out means everything. */
function checkLists(rule: Rule, file: string): void {
  for (const [key, list] of Object.entries(rule.applies_to))
    if (Array.isArray(list) && list.length === 0) {
      const why = `rule ${rule.id}: applies_to.${key} is an empty list: name what the rule speaks of, or leave the key out`;
      throw wrong("policy-wrong", file, why);
    }
}

/** A set that Exhibit does not bring holds nothing, and would let every call pass. */
function checkSets(rule: Rule, file: string): void {
  for (const operation of rule.applies_to.operations ?? []) {
    const name = setNamed(operation);
    if (name === undefined || operationSets().has(name)) continue;
    const known = [...operationSets().keys()].map((each) => `set:${each}`).join(", ");
    throw wrong("policy-wrong", file, `rule ${rule.id}: there is no set of operations "${name}", only ${known}`);
  }
}

/** Fields that acts and rules change: a rule cannot rest on what rests on rules, and not on what changes with the case. */
const CHANGING: Partial<Record<FieldName, string>> = {
  level: "which rests on the rule itself",
  finding: "which rests on the rule itself",
  tag: "which changes with the case",
  note: "which changes with the case",
};

function checkRuleFilter(rule: Rule, file: string): void {
  const text = rule.applies_to.filter ?? "";
  const visit = (node: Filter): void => {
    if (node.kind === "and" || node.kind === "or") node.terms.forEach(visit);
    else if (node.kind === "not") visit(node.term);
    else if (node.kind === "field" && CHANGING[node.field] !== undefined)
      throw wrong("policy-wrong", file, `rule ${rule.id}: its filter names ${node.field}, ${CHANGING[node.field]}`);
  };
  try {
    visit(parse(text));
  } catch (error) {
    if (error instanceof Refusal && error.code === "filter-wrong")
      throw wrong("policy-wrong", file, `rule ${rule.id}, applies_to.filter: ${error.what}`);
    throw error;
  }
}

/** @throws Refusal `claims-wrong` */
export function importClaims(caseFile: Case, file: string, by?: string): Claims {
  demandWritable(caseFile);
  const bytes = readText(file);
  const name = path.basename(file);
  const claims = checkedDocument(bytes, name, "claims-wrong", (value, words) => CLAIMS.safeParse(value, words));
  const ids = claims.claims.map((claim) => claim.id);
  const twice = firstTwice(ids);
  if (twice !== undefined) throw wrong("claims-wrong", name, `two claims have the id "${twice}"`);
  const policy = loadPolicy(caseFile);
  for (const claim of claims.claims) checkClaim(claim, policy, name);
  keepDocument(
    caseFile,
    "claims",
    name,
    bytes,
    { claims: ids, read_sha256: sha256Of(JSON.stringify(parseDocument(bytes.toString("utf8")))) },
    by,
  );
  return claims;
}

/** What cannot be judged is refused before anything changes: the claims in force stay. */
function checkClaim(claim: Claim, policy: Policy | undefined, file: string): void {
  const refused = (why: string) => wrong("claims-wrong", file, `claim ${claim.id}${why}`);
  if (claim.value !== undefined && !Number.isSafeInteger(claim.value))
    throw refused(`: its value ${claim.value} is no whole number`);
  try {
    const filter = parse(claim.filter);
    // The times themselves do not matter: without a policy, words such as `cutoff` are refused.
    if (!policy) resolve(filter, {});
  } catch (error) {
    if (error instanceof Refusal) throw refused(`, filter: ${error.what}`);
    throw error;
  }
  const needsRule = claim.rule !== undefined || claim.level !== undefined || claim.recent;
  if (!needsRule) return;
  if (!policy)
    throw new Refusal(
      "policy-missing",
      `${file}: claim ${claim.id} needs a rule, and the case has no policy`,
      "import one with `exhibit policy CASE POLICY.json`, then the claims; nothing was changed",
    );
  const ids = policy.rules.map((rule) => rule.id);
  if (claim.rule === undefined && ids.length > 1)
    throw refused(`: it names no rule, and the policy has several: ${ids.join(", ")}`);
  if (claim.rule !== undefined && !ids.includes(claim.rule))
    throw refused(`: the policy has no rule "${claim.rule}", only ${ids.join(", ")}`);
}

/** The policy in force, word for word as it was given. */
export const policyDocument = (caseFile: Case): string | undefined => latestDocument(caseFile, "policy");

/** The policy in force: the last one imported. */
export function loadPolicy(caseFile: Case): Policy | undefined {
  const document = latestDocument(caseFile, "policy");
  return document === undefined ? undefined : policyOf(document);
}

/** A policy from its document, or none from one that says nothing. */
export const policyOf = (document: string): Policy | undefined =>
  document.trim() === "{}" ? undefined : POLICY.parse(parseDocument(document));

export function loadClaims(caseFile: Case): Claims | undefined {
  const document = latestDocument(caseFile, "claims");
  return document === undefined ? undefined : CLAIMS.parse(parseDocument(document));
}

/** From when on the rule binds, its grace over. */
export const cutoffOf = (rule: Rule): Micros => instantOf(rule.effective_from) + rule.grace_days * DAY;

/** A claim that needs a rule and leaves open which. */
export const noRuleNamed = (rules: readonly Rule[]): Refusal =>
  new Refusal(
    "rule-unknown",
    "The policy has several rules, and the claim names none",
    `choose one of ${rules.map((each) => each.id).join(", ")}`,
  );

/** The policy's rule of that id; @throws Refusal `rule-unknown`, `policy-missing` */
export function ruleNamed(policy: Policy | undefined, id: string): Rule {
  if (!policy)
    throw new Refusal("policy-missing", "The case has no policy", "import one with `exhibit policy CASE POLICY.json`");
  const rule = policy.rules.find((each) => each.id === id);
  if (!rule)
    throw new Refusal(
      "rule-unknown",
      `The policy has no rule "${id}"`,
      `choose one of ${policy.rules.map((each) => each.id).join(", ")}`,
    );
  return rule;
}

/** The claims in force as their file has them. */
export function claimsDocument(caseFile: Case): unknown {
  const document = latestDocument(caseFile, "claims");
  return document === undefined ? null : parseDocument(document);
}

import fs from "node:fs";
import { figure } from "../../shared/base/figure.ts";
import { instant, type Moment } from "../../shared/base/moment.ts";
import { LETTERS, type Letter, type LetterKind } from "../../shared/model/accountability/letter.ts";
import type { DeveloperRemedy, Step } from "../../shared/model/accountability/remedy.ts";
import { againstText } from "../../shared/model/accountability/remedy-text.ts";
import type { DeveloperFinding } from "../../shared/model/finding.ts";
import { peopleText } from "../../shared/model/people-text.ts";
import { dossier } from "../findings/answers/dossier.ts";
import type { Inquiry } from "../findings/inquiry.ts";
import { ruleNamed } from "../findings/rules/policy.ts";
import { remedyOf } from "./remedy.ts";

const FOLDER = new URL("../../resources/letters/", import.meta.url);
/** `{developer}` in a template. */
const PLACE = /\{([a-z_]+)\}/gu;
/** Columns of a line that is folded. Tables of blanks to write in are longer. */
const LINE_LENGTH = 100;

/**
 * A letter to one developer, filled from the case. What the case does not know stays open, in brackets, and is named.
 * @throws Refusal `developer-unknown`, `policy-missing`, `rule-unknown`
 */
export function draftLetter(
  inquiry: Inquiry,
  asked: { kind: LetterKind; developer_id: string; rule?: string | undefined; at?: Moment | undefined },
): Letter {
  const at = asked.at ?? instant(Date.now() * 1000);
  const values = valuesOf(inquiry, asked.developer_id, asked.rule, at);
  const open: string[] = [];
  const template = fs.readFileSync(new URL(`${asked.kind}.txt`, FOLDER), "utf8");
  const filled = template.replace(PLACE, (_, name: string) => {
    const value = values[name]?.trim();
    if (value) return value;
    if (!open.includes(name)) open.push(name);
    return `[${name.replaceAll("_", " ")}]`;
  });
  const text = filled.split("\n\n").map(folded).join("\n\n");
  const { title } = LETTERS[asked.kind];
  return {
    kind: asked.kind,
    title,
    developer_id: asked.developer_id,
    text,
    open: open.map((name) => name.replaceAll("_", " ")),
  };
}

function valuesOf(
  inquiry: Inquiry,
  developer: string,
  named: string | undefined,
  at: Moment,
): Record<string, string | undefined> {
  const about = dossier(inquiry, { developer_id: developer, ...(named === undefined ? {} : { rule: named }) });
  const rule = ruleNamed(inquiry.policy, about.rule);
  const row = remedyOf(inquiry, { rule: about.rule, at }).rules[0]?.developers.find(
    ({ developer_id }) => developer_id === developer,
  );
  const finding = about.finding;
  return {
    date: at.text.slice(0, 10),
    examiner: inquiry.dataset.caseFile.examiner,
    developer: about.developer,
    developer_id: about.developer_id,
    contact: about.contact,
    country: about.country,
    rule: rule.title ?? rule.id,
    authority: inquiry.policy?.authority,
    permission: rule.permission,
    cutoff: about.cutoff.slice(0, 10),
    as_of: about.as_of?.slice(0, 10),
    apps: about.apps.map(({ app, app_name }) => (app_name === undefined ? app : `${app_name} (${app})`)).join(", "),
    fields_of_rule: rule.restricted_fields?.join(", ") ?? "any data that these operations return",
    did: finding && didWords(finding),
    revoked: row && doneOn(row, "revoked"),
    requested: row && doneOn(row, "requested"),
    due_certified: row && dueOn(row, "certified"),
    due_audited: row && dueOn(row, "audited"),
    against: row && againstWords(row),
  };
}

function didWords({ obtained, possible, attempted, entitled }: DeveloperFinding): string {
  const parts: string[] = [];
  const span = ({ first = "", last = "" }: { first?: string; last?: string }) =>
    `from ${first.slice(0, 10)} to ${last.slice(0, 10)}`;
  const calls = (events: number) => `${figure(events)} ${events === 1 ? "call" : "calls"}`;
  if (obtained.events > 0) {
    const asked = obtained.fields_are === "requested" ? "asked for and was answered" : "received";
    parts.push(
      `in ${calls(obtained.events)} ${span(obtained)} it ${asked} ${obtained.fields.join(", ")} of people: ${peopleText(obtained.people)}`,
    );
  }
  if (possible.events > 0)
    parts.push(
      `in ${calls(possible.events)} ${span(possible)} it may have received such data: the logs do not say which`,
    );
  if (attempted.events > 0)
    parts.push(`in ${calls(attempted.events)} ${span(attempted)} it asked for such data and received none`);
  if (parts.length === 0 && entitled) parts.push("it held the permission, and no call with it is logged");
  return parts.join("; ");
}

const counting = (row: DeveloperRemedy, step: Step) =>
  row.entries.filter((entry) => entry.step === step && entry.taken_back === undefined);
const doneOn = (row: DeveloperRemedy, step: Step) => counting(row, step).findLast(({ on }) => on !== undefined)?.on;
const dueOn = (row: DeveloperRemedy, step: Step) => counting(row, step).findLast(({ due }) => due !== undefined)?.due;

function againstWords({ entries }: DeveloperRemedy): string {
  const said = entries
    .filter(({ against }) => against.length > 0)
    .map(({ step, on, against }) => `${step} on ${on}: ${against.map(againstText).join(", ")}`);
  return said.length === 0 ? "nothing" : said.join("; ");
}

/** Lines of a paragraph that were filled, folded anew. What is indented or listed stays as it is. */
function folded(paragraph: string): string {
  const lines = paragraph.split("\n");
  if (lines.every((line) => line.length <= LINE_LENGTH) || lines.some((line) => /^(?:\s|\d+\.)/u.test(line)))
    return paragraph;
  const result: string[] = [""];
  for (const word of paragraph.split(/\s+/u)) {
    const line = result.at(-1) as string;
    if (line !== "" && line.length + 1 + word.length > LINE_LENGTH) result.push(word);
    else result[result.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return result.join("\n");
}

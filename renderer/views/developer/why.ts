import type { Dossier } from "../../../shared/model/dossier.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { LEVEL_WORDS } from "../../parts/finding-table/words.ts";
import { counted, day, instant, peopleWords } from "../../text/format.ts";

const MAX_GRANT_SENTENCES = 4;

/** Why the developer has its level, in sentences, each with the filter of the calls it speaks of. */
export interface Sentence {
  readonly text: string;
  readonly filter?: string;
}

export function whySentences(dossier: Dossier, rule: Rule): Sentence[] {
  const { finding } = dossier;
  const sentences: Sentence[] = [{ text: ruleSentence(dossier, rule) }];
  if (rule.permission !== undefined) sentences.push(...grantSentences(dossier, rule.permission));
  if (!finding) {
    sentences.push({
      text: "No call of this developer counts under the rule, and it held no grant in that time: no finding.",
    });
    return sentences;
  }
  const counts = (level: "obtained" | "possible" | "attempted", what: (was: string) => string) => {
    const { events, first, last } = finding[level];
    if (events === 0 || first === undefined || last === undefined) return;
    const when = first === last ? `on ${instant(first)}` : `from ${instant(first)} to ${instant(last)}`;
    sentences.push({
      text: `${counted(events, "call")} ${what(events === 1 ? "was" : "were")}, ${when}.`,
      filter: `finding:${dossier.rule} level:${level} ${dossier.term}`,
    });
  };
  const fields = finding.obtained.fields.join(", ");
  const basis = {
    returned: "were returned",
    requested: "were asked for, which is all the log has",
    both: "were returned or, where that is all the log has, asked for",
  };
  counts(
    "obtained",
    (was) => `${was} allowed and got restricted fields: ${fields} ${basis[finding.obtained.fields_are ?? "returned"]}`,
  );
  counts("possible", (was) => `${was} allowed and may have returned somebody, but the log does not say which fields`);
  counts("attempted", () => "for restricted fields, or for fields that the log does not name, got nothing");
  sentences.push(...revocationSentences(dossier));
  sentences.push({ text: `The highest of these is its level: ${LEVEL_WORDS[finding.level].toLowerCase()}.` });
  return sentences;
}

function ruleSentence({ cutoff, as_of }: Dossier, rule: Rule): string {
  const { api, operations, filter } = rule.applies_to;
  const what = [
    api && api.length > 0 ? `calls to ${api.join(", ")}` : "all calls",
    operations && operations.length > 0 ? `by ${operations.join(", ")}` : "",
    filter ? `that match ${filter}` : "",
  ].filter(Boolean);
  const until = as_of === undefined ? "" : ` until before ${moment(as_of)}`;
  const named = rule.title === undefined ? rule.id : `${rule.id} (${rule.title})`;
  return `The rule ${named} speaks of ${what.join(" ")}, from ${moment(cutoff)}${until}. What nobody may get by them: ${rule.restricted_fields?.join(", ") ?? "anything that they return"}.`;
}

function grantSentences({ grants, apps, cutoff, as_of }: Dossier, permission: string): Sentence[] {
  if (grants.length === 0) return [{ text: `No app of its own was granted ${permission}.` }];
  const name = (app: string) => apps.find((each) => each.app === app)?.app_name ?? app;
  const sentences = grants.slice(0, MAX_GRANT_SENTENCES).map(({ app, from, until }): Sentence => {
    const began = from === undefined ? "" : ` from ${moment(from)}`;
    const ended = until === undefined ? ", and it was not revoked" : ` until ${moment(until)}`;
    const cut = Date.parse(cutoff);
    const isAfter =
      (until === undefined || Date.parse(until) > cut) &&
      (as_of === undefined || from === undefined || Date.parse(from) < Date.parse(as_of));
    return {
      text: `${name(app)} held ${permission}${began}${ended}: ${isAfter ? "past the cutoff" : "not past the cutoff"}.`,
    };
  });
  return grants.length > MAX_GRANT_SENTENCES
    ? [
        ...sentences,
        { text: `So did ${counted(grants.length - MAX_GRANT_SENTENCES, "more grant")}; the table has them.` },
      ]
    : sentences;
}

function revocationSentences({ finding, after_revocation, as_of }: Dossier): Sentence[] {
  if (!finding) return [];
  if (after_revocation.events > 0) {
    return [
      {
        text: `${counted(after_revocation.events, "call")} got or may have got data while no grant was held any more: revoking the permission did not close the door.`,
        filter: after_revocation.filter,
      },
    ];
  }
  if (finding.revoked_at === undefined)
    return finding.entitled
      ? [{ text: `It still held the permission at ${as_of === undefined ? "the end" : moment(as_of)}.` }]
      : [];
  if (as_of !== undefined && Date.parse(finding.revoked_at) >= Date.parse(as_of))
    return [
      {
        text: `Its permission was revoked at ${instant(finding.revoked_at)}, where the rule's time ends: nothing says what came after.`,
      },
    ];
  return [
    {
      text: `Its permission was revoked at ${instant(finding.revoked_at)}; no call that got data is logged after that.`,
    },
  ];
}

/** How the number of people is known, from what the calls say of them. */
export function peopleSentences({ finding, listing }: Dossier): string[] {
  if (!finding || finding.obtained.events === 0) {
    if (!finding || finding.possible.events === 0) return ["No call got data, so nobody's was got."];
    return [
      `No call got data for certain. The ${counted(finding.possible.events, "call")} that may have: ${peopleWords(finding.possible.people)}${finding.possible.people.basis === "exact" ? ", exact" : ""}.`,
    ];
  }
  const { people } = finding.obtained;
  const sentences = [`${capital(peopleWords(people))}${people.basis === "exact" ? ", exact" : ""}.`];
  if (listing.listed > 0 && people.basis !== "exact")
    sentences.push(`${counted(listing.listed, "call")} ${listing.listed === 1 ? "lists" : "list"} people by id.`);
  if (listing.counted > 0)
    sentences.push(
      `${counted(listing.counted, "call")} ${listing.counted === 1 ? "says" : "say"} only how many were returned: they may be the same people or others.`,
    );
  if (listing.silent > 0)
    sentences.push(`${counted(listing.silent, "call")} ${listing.silent === 1 ? "says" : "say"} nothing of people.`);
  if (people.basis === "between" || people.basis === "at-most")
    sentences.push("The upper bound adds those counts, cut at the known size of what was asked for.");
  if (people.basis === "at-least")
    sentences.push("There is no upper bound: some calls have neither a count nor a resource of known size.");
  if (people.basis === "exact")
    sentences.push(`Each of the ${counted(listing.listed, "call")} lists ids; people who had consented are left out.`);
  return sentences;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A day where it is its midnight. */
function moment(time: string): string {
  return time.endsWith("T00:00:00Z") ? `${day(time)}` : instant(time);
}

/** How many calls it made, and how many of them count for no level of the rule. */
export function callsInAll(dossier: Dossier): { readonly all: number; readonly other: number } {
  const sum = (kind: "got" | "may" | "tried" | "other") =>
    dossier.calls[kind].reduce((total, count) => total + count, 0);
  const other = sum("other");
  return { all: other + sum("got") + sum("may") + sum("tried"), other };
}

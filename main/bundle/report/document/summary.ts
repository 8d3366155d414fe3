import { measuredText } from "../../../../shared/model/people-text.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { putRightOf } from "./put-right.ts";
import type { RuleFacts } from "./rule-facts.ts";
import { statesText } from "./states-text.ts";
import { type Block, heading, paragraph, type Text } from "./tree.ts";
import { counted, day, people, plural, shortName, someNames, utc } from "./words.ts";

/** Of each list in the finding, and of those on the first page. */
const MAX_NAMES = 40;
const MAX_FIRST_NAMES = 12;

/** The first page: who, what was asked, and the answer in two minutes. */
export function summary(input: PageInput, rules: readonly RuleFacts[]): Block[] {
  const { about, findings, policy, key } = input;
  return [
    ...letterhead(about),
    heading(1, about.title),
    paragraph(
      policy?.title === undefined ? "What the logs of this case show." : `${policy.title}.`,
      policy?.authority === undefined ? "" : ` Authority: ${policy.authority}.`,
    ),
    {
      kind: "facts",
      rows: [
        ["Evidence bundle", [`${about.name} (number ${about.number} of the case)`]],
        ...recipient(about),
        ["Made by", [`${about.made_by}, ${utc(about.at)}, by the clock of the examiner's computer`]],
        ["Examiner", [about.examiner]],
        ...ofStates(input),
        ["As of", [findings.as_of === undefined ? "no instant was chosen" : utc(findings.as_of)]],
        ...supplement(input),
        ["Software", [`${about.software}, build ${about.build.slice(0, 16)}`]],
        ["Signature", [key === undefined ? "none: this bundle is unsigned" : `by the key ${key.fingerprint}`]],
      ],
    },
    heading(2, "In two minutes"),
    ...(rules.length === 0
      ? [paragraph("The case has no policy, so that nothing is judged. The calls of the bundle stand for themselves.")]
      : rules.flatMap((facts) => inTwoMinutes(input, facts))),
  ];
}

/** Of which findings it has the calls, and how many others there are. */
function ofStates({ about, findings }: PageInput): [string, Text][] {
  const said = statesText(about, findings);
  return said === undefined ? [] : [["Calls", [said]]];
}

/** The lines that whoever hands it over puts above. */
export const letterhead = ({ letterhead: lines }: PageInput["about"]): Block[] =>
  (lines ?? []).flatMap((line) => (line.trim() === "" ? [] : [paragraph(line)]));

const recipient = (about: PageInput["about"]): [string, Text][] =>
  (
    [
      ["For", about.for],
      ["Matter", about.matter],
      ["Reason", about.reason],
    ] as const
  ).flatMap(([label, said]) => (said === undefined ? [] : [[label, [said]] as [string, Text]]));

/** The bundle of the case that was sealed before, and the acts since: what is otherwise, `verify --after` lists. */
function supplement({ about, acts }: PageInput): [string, Text][] {
  // In a dossier the last one may stand as its digest: then an older one is not the bundle before.
  const seal = acts.findLast(({ act }) => act === "seal");
  if (seal?.detail === undefined) return [];
  const since = acts.filter(({ seq, act }) => seq > seal.seq && seq < about.custody.entries && act !== "bundle-failed");
  const kinds = [...Map.groupBy(since, ({ act }) => act)].map(([act, of]) => `${of.length} ${act}`);
  return [
    [
      "Supplement to",
      [
        `${String(seal.detail.name)} (number ${String(seal.detail.number)}, tag manifest `,
        { code: String(seal.detail.tagmanifest_sha256) },
        `). Acts of the case since: ${kinds.length === 0 ? "none" : kinds.join(", ")}. What changed between the two: exhibit verify --after.`,
      ],
    ],
  ];
}

function inTwoMinutes(input: PageInput, facts: RuleFacts): Block[] {
  const { found, title, cutoff, recentDays, recent, origin } = facts;
  const { totals } = found;
  const requested = totals.obtained.fields_are === undefined || totals.obtained.fields_are === "returned";
  const answers: Text[] = [
    [
      { strong: "Who kept access? " },
      counted(totals.entitled.developers, origin("totals.entitled.developers")),
      ` ${totals.entitled.developers === 1 ? "developer" : "developers"} held it after ${utc(cutoff)}, exact, from the registry's grants.`,
    ],
    [
      { strong: "Who used it? " },
      counted(totals.obtained.developers, origin("totals.obtained.developers", "obtained")),
      ` ${totals.obtained.developers === 1 ? "developer" : "developers"} got data${requested ? "" : ", as far as requested fields show"}; `,
      counted(totals.recent.developers, origin("totals.recent.developers")),
      ` got or may have got data in the last ${recentDays} days.`,
    ],
    [
      { strong: "What did they get? " },
      facts.fields.length === 0
        ? "No restricted field is seen."
        : `${facts.fields.map(([field, count]) => `${field} (${plural(count, "developer")})`).join(", ")}.`,
    ],
    [
      { strong: "From how many? " },
      people(totals.obtained.people, origin("totals.obtained.people", "obtained")),
      `; in the last ${recentDays} days ${measuredText(totals.recent.people)}.`,
    ],
    [{ strong: "Is it put right? " }, ...putRight(input, facts, MAX_FIRST_NAMES)],
  ];
  return [
    heading(3, title),
    { kind: "list", items: answers, isNumbered: true },
    ...(recent.length === 0
      ? []
      : [
          paragraph(
            { strong: `The ${recent.length} of the last ${recentDays} days: ` },
            someNames(
              recent.map(({ developer }) => shortName(developer)),
              MAX_NAMES,
            ),
            ".",
          ),
        ]),
  ];
}

/** As the page's fifth answer, each number with who it leaves, by name: two that do not add up say nothing. */
export function putRight(input: PageInput, facts: RuleFacts, most = MAX_NAMES): Text {
  const { held, revoked, holding, withoutStep, passedOn, after, certifiedAgainst, by, origin } = putRightOf(
    input,
    facts,
  );
  const names = (rows: readonly { readonly developer: string }[]) =>
    someNames(
      rows.map(({ developer }) => shortName(developer)),
      most,
    );
  return [
    ...(held.length === 0
      ? ["Nobody held the permission by the registry, so that nothing could be taken away. "]
      : [
          `By ${by}, `,
          counted(revoked.length, origin),
          ` of ${plural(held.length, "developer")} that held access lost it; `,
          holding.length === 0
            ? "none still holds it. "
            : `${plural(holding.length, "developer")} still ${holding.length === 1 ? "holds" : "hold"} it: ${names(holding)}. `,
          withoutStep.length === 0
            ? ""
            : `${plural(withoutStep.length, "developer")} lost it by the registry, without a step: ${names(withoutStep)}. `,
          passedOn.length === 0
            ? ""
            : `${plural(passedOn.length, "developer")} passed it on with the app, to another owner: ${names(passedOn)}. `,
        ]),
    after.length === 0
      ? "No call succeeded after a revocation."
      : `After their revocation called successfully: ${someNames(
          after.map(
            ({ developer, revokedOn }) =>
              `${shortName(developer)}${revokedOn === undefined ? "" : ` (revoked ${day(revokedOn)})`}`,
          ),
          most,
        )}.`,
    certifiedAgainst.length === 0 ? "" : ` Certified against the log: ${names(certifiedAgainst)}.`,
  ];
}

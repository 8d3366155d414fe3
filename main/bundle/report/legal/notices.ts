import { figure } from "../../../../shared/base/figure.ts";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type RuleFacts, ruleFacts } from "../document/rule-facts.ts";
import { type Block, heading, paragraph, type Text } from "../document/tree.ts";
import { day, peopleCell, plural, utc } from "../document/words.ts";
import { type Draft, draft } from "./draft.ts";

/** A notice to each developer that got, or may have got, restricted data; nobody else is named in it. */
export function notices(input: PageInput): Draft {
  const told = ruleFacts(input).flatMap((facts) =>
    facts.found.developers
      .filter(({ obtained, possible, status }) => status !== "dismissed" && obtained.events + possible.events > 0)
      .map((row) => ({ facts, row })),
  );
  return draft(
    input,
    "notices",
    "Notices to developers",
    [
      paragraph(
        told.length === 0
          ? "No finding that holds or is open speaks of a developer that got, or may have got, restricted data."
          : `${plural(told.length, "notice")}, one for each developer and rule. Findings that were dismissed have none. Send each by itself.`,
      ),
      ...told.flatMap(({ facts, row }) => notice(input, facts, row)),
    ],
    [
      "What a notice to a developer must say, and by when it must answer, is for the platform's terms and the order: neither was looked up.",
    ],
  );
}

function notice({ about }: PageInput, { found, title, cutoff }: RuleFacts, row: DeveloperFinding): Block[] {
  const { developer, developer_id: id, obtained, possible } = row;
  const named = developer === id ? id : `${developer} (${id})`;
  const got = obtained.fields_are === "requested" ? "asked for and were answered" : "received";
  const span = ({ first = "", last = "" }: { first?: string; last?: string }) => `from ${day(first)} to ${day(last)}`;
  const did: Text[] = [
    ...(obtained.events > 0
      ? [
          [
            `In ${figure(obtained.events)} calls ${span(obtained)} your apps ${got} ${obtained.fields.join(", ")} of people: ${peopleCell(obtained.people)}.`,
          ],
        ]
      : []),
    ...(possible.events > 0
      ? [
          [
            `In ${figure(possible.events)} calls ${span(possible)} your apps may have received such data: the logs do not say which fields.`,
          ],
        ]
      : []),
    ...(row.allowed_after_revocation > 0
      ? [[`${plural(row.allowed_after_revocation, "call was", "calls were")} allowed after your access was revoked.`]]
      : []),
  ];
  return [
    heading(2, `Notice to ${named}`),
    paragraph({ open: `address of ${named}` }, `, concerning the apps ${row.apps.join(", ")}.`),
    paragraph(
      `The rule "${title}" (${found.rule}) has been in force since ${utc(cutoff)}. The logs of the platform, examined in ${about.title}, show:`,
    ),
    { kind: "list", items: did },
    paragraph(
      "We ask you to stop such calls; to say by ",
      { open: "date of the answer" },
      " what you did with the data, with whom you shared it, and where it is; to delete it, with all copies; and to certify the deletion. Keep your own logs of these calls until then. You may send what speaks against this.",
    ),
  ];
}

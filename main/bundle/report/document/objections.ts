import { peopleText } from "../../../../shared/model/people-text.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { RuleFacts } from "./rule-facts.ts";
import { type Block, heading, type Text } from "./tree.ts";
import { plural } from "./words.ts";

/** The twelve things an opposing expert says first, each answered from the case or admitted. */
export function objections(input: PageInput, rules: readonly RuleFacts[]): Block[] {
  const { about, findings, joined, sources, key } = input;
  const counted = sources.filter(({ withdrawn }) => withdrawn === undefined);
  const sum = (of: (source: (typeof counted)[number]) => number) => counted.reduce((all, each) => all + of(each), 0);
  const assumed = counted.filter(({ timezone_from: from }) => from === "assumed");
  const gaps = findings.coverage.reduce((all, lane) => all + lane.gaps.length, 0);
  const unsure = rules.filter(({ found }) => found.totals.obtained.people.basis !== "exact");
  const acquired = counted.filter((source) => source.acquisition !== undefined);
  const answer = (said: string, ...text: Text): Text => [{ strong: `"${said}" ` }, ...text];
  return [
    heading(2, "Objections and answers"),
    {
      kind: "list",
      isNumbered: true,
      items: [
        answer(
          "The logs were altered before you had them.",
          acquired.length === 0
            ? "Admitted as open: nobody recorded how the files came. What was imported is fixed by SHA-256 from then on."
            : `For ${plural(acquired.length, "source")} of ${counted.length} it is recorded from whom, when and how they came (extract/sources.json). Before that the producer answers for them.`,
        ),
        answer(
          "You altered them.",
          `Each file's SHA-256 stands in custody with the act that took it in, and in extract/sources.json; the lines in extract/lines/ are bytes of these files${Object.keys(about.originals).length === 0 ? ". The originals are not in this bundle; they can be asked for and compared" : ", which lie in originals/"}.`,
        ),
        answer(
          "The bundle was changed later.",
          key === undefined
            ? "It is unsigned. Its digests show accidents and careless edits, not intent."
            : `It is signed by the key ${key.fingerprint}. Whose key that is must be known from elsewhere.`,
        ),
        answer(
          "Lines were left out.",
          `Every physical line is accounted for: ${plural(
            sum(({ lines }) => lines),
            "line",
          )} are ${plural(
            sum(({ line_ledger: ledger }) => ledger.events),
            "line",
          )} of calls, ${plural(
            sum(({ line_ledger: ledger }) => ledger.rejected),
            "rejected line",
          )} and ${plural(
            sum(({ line_ledger: ledger }) => ledger.skipped),
            "skipped line",
          )}.`,
        ),
        answer(
          "Calls were counted twice.",
          `${plural(
            sum(({ duplicates }) => duplicates),
            "record",
          )} are marked as duplicates, kept, and in no count.`,
        ),
        answer(
          "The clocks are wrong.",
          assumed.length === 0
            ? "No source's zone was assumed. Whether a server's clock was right the logs alone cannot show."
            : `The zone of ${plural(assumed.length, "source")} was assumed, because the log does not say it.`,
        ),
        answer(
          "The logs have holes.",
          gaps === 0
            ? "No run of hours lacks calls that were to be expected, where that can be told."
            : `${plural(gaps, "gap")} ${gaps === 1 ? "is" : "are"} listed. A gap can only add calls: no number here rests on one.`,
        ),
        answer(
          "The number of people is a guess.",
          unsure.length === 0
            ? "It is exact: distinct ids that stand in the lines."
            : `It says how it is known: ${unsure.map(({ title, found }) => `${title}: ${peopleText(found.totals.obtained.people)}`).join("; ")}. METHOD.txt has the arithmetic.`,
        ),
        answer(
          "A request is not a receipt.",
          "Where a log has only the fields that were asked for, the finding says so, and counts them as requested.",
        ),
        answer(
          "They were allowed to.",
          "Grants, exemptions and consents of the registry are part of the judgement; extract/registry.json and extract/policy.json hold them.",
        ),
        ...(joined.length === 0
          ? []
          : [
              answer(
                "Those are two developers, not one.",
                `${plural(joined.length, "developer")} ${joined.length === 1 ? "was" : "were"} joined to another by hand, each with a reason in custody; METHOD.txt, section 3, names them.`,
              ),
            ]),
        answer(
          "You looked only for what incriminates.",
          "Denied calls, dismissed findings with their reasons, gaps, and claims that the record contradicts are in the bundle.",
        ),
        answer(
          "Nobody can repeat this.",
          "`exhibit verify --recompute` makes every number anew from the lines, and METHOD.txt says how to do it without this program.",
        ),
      ],
    },
  ];
}

import type { PageInput } from "../../contents/page-input.ts";
import { heading, paragraph, type Text } from "../document/tree.ts";
import { plural, utc } from "../document/words.ts";
import { type Draft, draft } from "./draft.ts";

/** What is withheld, where, why and by whom, with digests: of the whole bundle nothing, of a dossier what names others. */
export function redactionLog(input: PageInput): Draft {
  const { about, acts } = input;
  const hidden = acts.filter(({ detail }) => detail === undefined);
  const { developer } = about;
  const rows = hidden.map((act): Text[] => [
    [`Act ${act.seq} of extract/custody.jsonl: ${act.act}, ${utc(act.at)}`],
    ["names other developers"],
    [about.made_by],
    [utc(about.at)],
    [{ code: (act as { digest?: string }).digest ?? "" }],
  ]);
  return draft(
    input,
    "redaction-log",
    "Redaction log",
    [
      paragraph(
        developer === undefined
          ? "Nothing in this bundle is redacted. What it leaves out by selection is said, filter by filter, in extract/bundle.json."
          : `This bundle is a dossier of the developer ${developer}: what is about others is not in it. Withheld are ${plural(hidden.length, "act")} of custody, listed below, which stand there as their digests; "[hidden]" in a text of this bundle stands for a name of others.`,
      ),
      ...(developer === undefined
        ? []
        : [
            {
              kind: "table" as const,
              title: "Withheld",
              columns: [
                { title: "Item and place", share: 4 },
                { title: "Reason", share: 2 },
                { title: "By", share: 2.4 },
                { title: "When", share: 2 },
                { title: "SHA-256 of what was withheld", share: 4 },
              ],
              rows,
            },
          ]),
      heading(2, "Privilege"),
      paragraph("Withheld as privileged (item, date, author, recipients, subject, basis): ", {
        open: "what is withheld as privileged, or that nothing is",
      }),
    ],
    [
      "The form of a redaction log (item, place, reason, by whom, when, digest) is from memory.",
      "What a privilege log must state (FRCP 26(b)(5)(A)) was taken from a secondary source.",
    ],
  );
}

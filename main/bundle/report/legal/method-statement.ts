import { figure } from "../../../../shared/base/figure.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { heading, paragraph } from "../document/tree.ts";
import { plural } from "../document/words.ts";
import { type Draft, draft } from "./draft.ts";

/** What a witness says of how the numbers were made (FRE 901(b)(9)). */
export function methodStatement(input: PageInput): Draft {
  const { about, policy, sources } = input;
  const counted = sources.filter(({ withdrawn }) => withdrawn === undefined);
  const lines = counted.reduce((sum, source) => sum + source.lines, 0);
  const rejected = counted.reduce((sum, source) => sum + source.rejected, 0);
  return draft(
    input,
    "method-statement",
    "Statement of method",
    [
      {
        kind: "list",
        isNumbered: true,
        items: [
          [`My name is ${about.examiner}. I am `, { open: "occupation, qualification, by whom retained" }, "."],
          [
            `I was given ${plural(counted.length, "file")} of logs with ${figure(lines)} lines and took them into a case with ${about.software}, which reads each line into a record or says why it cannot. ${plural(rejected, "record")} could not be read.`,
          ],
          [
            policy === undefined
              ? "No rule was applied."
              : `I applied ${plural(policy.rules.length, "rule")} of the policy in extract/policy.json. A call counts as "obtained" where it was allowed, lies in the rule's scope and time, and the log has a restricted field in what was returned.`,
          ],
          [
            "Each number in the report is worked out by the software from the calls; METHOD.txt has each definition in full and the SQL that gives the number from extract/events.csv.",
          ],
          [
            `The same software, given the bundle, works every number out anew from the original lines (\`verify --recompute\`). I ran this on `,
            { open: "date and result of the check" },
            ".",
          ],
          ['What the logs cannot show is in the report under "What speaks against it" and "What this does not show".'],
        ],
      },
      heading(2, "What I looked for and did not find"),
      paragraph({ open: "tests that were made and gave nothing" }),
    ],
    [
      "Rule 901(b)(9) wants a description of the process and that it gives an accurate result; the second part is from memory.",
    ],
  );
}

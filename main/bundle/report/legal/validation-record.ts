import type { PageInput } from "../../contents/page-input.ts";
import { heading, paragraph } from "../document/tree.ts";
import { type Draft, draft } from "./draft.ts";
import { knownFaults } from "./known-faults.ts";

/** Of the software: which it is, how that can be checked, what it was tested on, and what is known to be wrong with it. */
export function validationRecord(input: PageInput): Draft {
  const { about } = input;
  return draft(
    input,
    "validation-record",
    "Validation record of the software",
    [
      {
        kind: "facts",
        rows: [
          ["Software", [about.software]],
          ["Digest of the build", [{ code: about.build }]],
          [
            "What the digest is of",
            [
              "SHA-256 over the list, as sha256sum prints it and sorted by name, of all files in main, shared and resources and of package.json. Whoever has the program works it out anew; another build of the same version has another digest.",
            ],
          ],
          ["Used for", [`the bundle ${about.name}, number ${about.number} of the case, ${about.at}`]],
        ],
      },
      heading(2, "Tests of this build"),
      paragraph(
        "The program brings its tests (npm test): each is a sentence about the product, checked on real files and databases. A second, slow implementation of filters, people, coverage, findings, claims and remedy is compared with the program on random cases; vectors made by other programs (ssh-keygen, zip, sha256sum, DuckDB) are among the inputs. A bundle does not carry their result. ",
        {
          open: "date, machine, number of tests passed, failed and left out when npm test was run on the build of this digest",
        },
        ".",
      ),
      heading(2, "Tests on this bundle"),
      paragraph(
        "As soon as it was written the bundle was to be checked by `exhibit verify --recompute`, which reads every original line again and works out every number anew. Whoever was handed it can repeat that. ",
        { open: "date and last line of exhibit verify --recompute on this bundle" },
        ". METHOD.txt gives the SQL by which another program works the numbers out from extract/events.csv.",
      ),
      heading(2, "Known faults and limits of this version"),
      { kind: "list", items: knownFaults().map((fault) => [fault]) },
    ],
    ["What a court or an accreditation body asks of a validation record was not looked up."],
  );
}

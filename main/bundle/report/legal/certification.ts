import { namedFile } from "../../../../shared/model/source.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type Block, heading, paragraph, type Text } from "../document/tree.ts";
import { utc } from "../document/words.ts";
import { type Draft, draft } from "./draft.ts";

/** A certification of records that a system made, and of copies by their digests (FRE 902(13), 902(14), form of 902(11), 28 U.S.C. 1746). */
export function certification(input: PageInput): Draft {
  const { about, sources, key } = input;
  const counted = sources.filter(({ withdrawn }) => withdrawn === undefined);
  const files = counted.map((source): Text[] => [
    [String(source.source)],
    [namedFile(source)],
    [String(source.bytes)],
    [{ code: source.sha256 }],
    source.acquisition === undefined
      ? [{ open: `from whom and how source ${source.source} came` }]
      : [
          `${source.acquisition.from}, ${source.acquisition.on}, ${source.acquisition.medium}, ${source.acquisition.method}`,
        ],
  ]);
  const blocks: Block[] = [
    heading(2, "Declarant"),
    {
      kind: "facts",
      rows: [
        ["Name", [about.examiner]],
        ["Title and employer", [{ open: "the declarant's title and employer" }]],
        ["Qualification", [{ open: "the declarant's training and experience in digital identification of data" }]],
        [
          "Matter",
          about.matter === undefined
            ? [{ open: "court, parties and matter number" }]
            : [`${about.matter}; `, { open: "court and parties" }],
        ],
      ],
    },
    heading(2, "Statements"),
    {
      kind: "list",
      isNumbered: true,
      items: [
        [
          "I am a qualified person in the sense of Federal Rules of Evidence 902(11), 902(13) and 902(14), and make this certification in their form.",
        ],
        [
          "The records below were made by electronic processes that log calls to an application programming interface, at or near the time of each call. That they were kept in the course of a regularly conducted activity, as a regular practice, is certified by ",
          { open: "the custodian of the producing party" },
          ".",
        ],
        [
          `On the dates in the bundle's custody I took the files listed below into a case with ${about.software}, which computed the SHA-256 digest of each whole file and keeps it with the act that took it in.`,
        ],
        [
          "SHA-256 is a digest that is known to identify data reliably. Equal digests of two files mean, beyond practical doubt, that they are identical. ",
          { open: "against what the digests were compared, by whom and when" },
        ],
        [
          `The calls in extract/events.jsonl of the bundle ${about.name} were made from lines of these files by that software, as METHOD.txt describes; the lines lie in extract/lines, byte for byte, with source, line and offset.`,
        ],
        [
          `The bundle was made at ${utc(about.at)}, by the clock of my computer${key === undefined ? ", and is not signed" : `, and is signed by the key ${key.fingerprint}`}.`,
        ],
      ],
    },
    {
      kind: "table",
      title: "Files",
      columns: [
        { title: "No", share: 0.7, isNumber: true },
        { title: "File", share: 3 },
        { title: "Bytes", share: 1.5, isNumber: true },
        { title: "SHA-256", share: 5 },
        { title: "How it came", share: 3 },
      ],
      rows: files,
    },
    heading(2, "Notice"),
    paragraph(
      "Reasonable written notice of the intent to offer these records, with the records and this certification open to inspection, was given on ",
      { open: "date of notice, and to whom" },
      ".",
    ),
    heading(2, "Declaration"),
    paragraph(
      'I declare under penalty of perjury that the foregoing is true and correct. (Outside the United States: "under penalty of perjury under the laws of the United States of America".)',
    ),
    paragraph("Executed on ", { open: "date" }, ". Signature: ", { open: "signature" }, "."),
  ];
  return draft(input, "certification-fre-902", "Certification under FRE 902(11), 902(13) and 902(14)", blocks, [
    "The wording of Rules 902(11), (13) and (14) and of 28 U.S.C. 1746 was taken from secondary sources.",
    "A certification under 902(13) and (14) shows authenticity only; hearsay and relevance stay open.",
    "Which statements about regular activity a declarant may make who is not the custodian is for counsel to decide.",
  ]);
}

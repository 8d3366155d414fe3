import type { Claim } from "../../../../shared/model/claims.ts";
import { measuredText } from "../../../../shared/model/people-text.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type Block, heading, paragraph } from "./tree.ts";

/** The claims of bundle.json, as they were read. */
const claimsOf = (document: unknown): Claim[] => (document as { claims?: Claim[] } | null)?.claims ?? [];

const SIGNS = { "<=": "at most", ">=": "at least", "<": "fewer than", ">": "more than", "=": "exactly" } as const;

/** Signs of a claim as words. */
const inWords = (why: string): string =>
  why.replace(
    /(the claim says )(<=|>=|<|>|=)(?= )/gu,
    (_, before: string, sign: keyof typeof SIGNS) => before + SIGNS[sign],
  );

/** What was said in public, in its words, held against the record. */
export function claimsSection({ about, claims }: PageInput): Block[] {
  const said = new Map(claimsOf(about.claims).map((claim) => [claim.id, claim]));
  return [
    heading(2, "What was said, held against the record"),
    ...(claims.length === 0
      ? [paragraph("The case holds no claims.")]
      : claims.flatMap(({ id, verdict, measured, why, filter }): Block[] => {
          const claim = said.get(id);
          const speaker = [claim?.said_by, claim?.said_on, claim?.source].filter(
            (part) => part !== undefined && part !== "",
          );
          return [
            paragraph(
              { strong: `${verdict.toUpperCase()}: ` },
              `"${claim?.text ?? id}"`,
              speaker.length === 0 ? "" : ` (${speaker.join(", ")})`,
              ". ",
              measured === undefined
                ? "Not measured"
                : {
                    figure: `Measured: ${measuredText(measured, claim?.measure ?? "people")}`,
                    from: { file: "extract/claims.json", key: id, filter: filter === "" ? undefined : filter },
                  },
              `. ${inWords(why)}.`,
            ),
          ];
        })),
  ];
}

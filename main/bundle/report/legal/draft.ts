import type { PageInput } from "../../contents/page-input.ts";
import { letterhead } from "../document/summary.ts";
import { type Block, paragraph, type ReportDocument } from "../document/tree.ts";

/** A draft for counsel: what the case gives is filled in, the rest is marked and listed. */
export interface Draft {
  /** Of its files in `legal/`, without the ending. */
  readonly name: string;
  readonly document: ReportDocument;
}

/** A draft's page: that it is one, its text, what nobody confirmed of its law, and what is still open. */
export function draft(
  { about }: PageInput,
  name: string,
  title: string,
  blocks: readonly Block[],
  unconfirmed: readonly string[],
): Draft {
  const open = openOf(blocks);
  return {
    name,
    document: {
      title,
      head: "DRAFT for counsel: not legal advice, not filed",
      foot: `${title}, of bundle ${about.name}, ${about.at}`,
      author: about.examiner,
      at: about.at,
      blocks: [
        ...letterhead(about),
        { kind: "heading", level: 1, text: title },
        {
          kind: "box",
          title: "Draft for counsel.",
          text: [
            "Filled from the case by the software; what stands in marks is open. The legal facts below rest on secondary sources and were not checked against the official text by anybody.",
          ],
        },
        ...blocks,
        { kind: "heading", level: 2, text: "Still open" },
        open.length === 0
          ? paragraph("Nothing that the software knows of.")
          : { kind: "list", items: open.map((each) => [each]) },
        { kind: "heading", level: 2, text: "Legal facts that nobody confirmed" },
        { kind: "list", items: unconfirmed.map((each) => [each]) },
      ],
    },
  };
}

/** What a person has to fill in, once each, in order. */
function openOf(blocks: readonly Block[]): string[] {
  const texts = blocks.flatMap((block) => {
    if (block.kind === "paragraph" || block.kind === "box") return [block.text];
    if (block.kind === "list") return block.items;
    if (block.kind === "facts") return block.rows.map(([, text]) => text);
    return block.kind === "table" ? block.rows.flat() : [];
  });
  return [
    ...new Set(texts.flat().flatMap((piece) => (typeof piece !== "string" && "open" in piece ? [piece.open] : []))),
  ];
}

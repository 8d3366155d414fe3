import type { PageInput } from "../../contents/page-input.ts";
import { claimsSection } from "./claims-section.ts";
import { clocksSection } from "./clocks-section.ts";
import { findingSection } from "./finding-section.ts";
import { againstSection, limitsSection, methodSection } from "./limits-section.ts";
import { objections } from "./objections.ts";
import { remedySection } from "./remedy-section.ts";
import { ruleFacts } from "./rule-facts.ts";
import { sensitivitySection } from "./sensitivity-section.ts";
import { summary } from "./summary.ts";
import { type Block, heading, paragraph, type ReportDocument } from "./tree.ts";
import { plural } from "./words.ts";

/** The accountability report, made from the extract alone: one tree for paper and for the word processor. */
export function reportDocument(input: PageInput): ReportDocument {
  const { about } = input;
  const rules = ruleFacts(input);
  return {
    title: about.title,
    head: `${about.title}: accountability report`,
    foot: `Bundle ${about.name}, ${about.at}`,
    author: about.examiner,
    at: about.at,
    blocks: [
      ...summary(input, rules),
      ...againstSection(input, rules),
      ...methodSection(input),
      ...rules.flatMap((facts) => findingSection(facts, input)),
      ...claimsSection(input),
      ...remedySection(input),
      ...clocksSection(input),
      ...sensitivitySection(input),
      ...limitsSection(input),
      ...custodySection(input),
      ...objections(input, rules),
    ],
  };
}

const custodySection = ({ about }: PageInput): Block[] => [
  heading(2, "Custody and how to check"),
  paragraph(
    `Custody holds ${plural(about.custody.entries, "act")}, each with the digest of the one before; the last is `,
    { code: about.custody.head },
    ". A chain proves accidents and later edits, not intent: its owner can write it anew. What ties it to a time is a time stamp, a second signature, or a checkpoint that was handed over.",
  ),
  paragraph(
    "VERIFY.txt says how to check every file with stock tools of Windows, macOS and Linux. The validity of this document as PDF/UA-1 was checked by the program that set it, and by nobody else.",
  ),
];

import type { Step } from "./remedy.ts";

/** Letters that are drafted for a developer, each with the step that it is for. */
export const LETTERS = {
  notice: { title: "Notice", step: "notified" },
  deletion: { title: "Request for deletion", step: "requested" },
  certification: { title: "Request for certification", step: "certified" },
  audit: { title: "Audit questions", step: "audited" },
} as const satisfies Record<string, { title: string; step: Step }>;

export type LetterKind = keyof typeof LETTERS;
export const LETTER_KINDS = Object.keys(LETTERS) as [LetterKind, ...LetterKind[]];

export interface Letter {
  readonly kind: LetterKind;
  readonly title: string;
  readonly developer_id: string;
  readonly text: string;
  /** What the case could not fill, in words. */
  readonly open: readonly string[];
}

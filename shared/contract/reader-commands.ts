import { COMMANDS, type CommandId, isSingleKey, keysOf } from "./commands.ts";

/** What the page of a bundle does by the keys of the window; where it says it in other words, they stand beside the command. */
const AS_IN_THE_WINDOW = {
  filter: "Find; on Calls the filter",
  "go.answer": undefined,
  "go.developers": undefined,
  "go.explore": "Calls",
  "go.sources": undefined,
  "go.claims": undefined,
  "go.remedy": undefined,
  "go.clocks": undefined,
  "go.coverage": undefined,
  "go.custody": undefined,
  "row.first": undefined,
  "row.last": undefined,
  "row.goto": "Go to a call by its number",
  "tagged.next": undefined,
  "tagged.previous": undefined,
  "developer.page": undefined,
  "same.developer": undefined,
  "same.app": undefined,
  "same.actor": undefined,
  "same.ip": undefined,
  "same.request": undefined,
  "finding.confirm": undefined,
  "finding.dispute": undefined,
  note: "Comment on the finding or the call",
  "tag.1": "Tag the call, by the tag's number",
  "tag.2": undefined,
  "tag.3": undefined,
  "tag.4": undefined,
  "tag.5": undefined,
  "tag.6": undefined,
  "tag.7": undefined,
  "tag.8": undefined,
  "tag.9": undefined,
  "tag.other": undefined,
  undo: "Take the last remark back (macOS: Cmd+Z)",
  keys: "These keys",
} as const satisfies { readonly [Id in CommandId]?: string | undefined };

/** What a list has keys for by itself there, and what the window has no command for: none of these keys means another thing in it. */
const OWN = {
  "row.next": { title: "Next row, or call", keys: ["j"] },
  "row.previous": { title: "Row, or call, before", keys: ["k"] },
  "undecided.next": { title: "Next finding that nobody decided", keys: ["f"] },
  "undecided.previous": { title: "The one before", keys: ["Shift+F"] },
} as const;

export type ReaderCommandId = keyof typeof AS_IN_THE_WINDOW | keyof typeof OWN;

export interface ReaderCommand {
  readonly id: ReaderCommandId;
  readonly title: string;
  readonly keys: readonly string[];
}

/** In the order in which `?` lists them. Keys with Mod are the browser's own, but for undo. */
export const READER_COMMANDS: readonly ReaderCommand[] = [
  ...(Object.entries(OWN) as [keyof typeof OWN, (typeof OWN)[keyof typeof OWN]][]).map(([id, own]) => ({ id, ...own })),
  ...(Object.entries(AS_IN_THE_WINDOW) as [keyof typeof AS_IN_THE_WINDOW, string | undefined][]).map(([id, title]) => ({
    id,
    title: title ?? COMMANDS[id].title,
    keys: id === "undo" ? ["Mod+Z"] : keysOf(id, false).filter(isSingleKey),
  })),
];

import { CALLERS, type MappedField, OUTCOMES } from "../../../shared/model/event.ts";
import { callerSaid, outcomeSaid } from "./values.ts";

/** Fields whose values are a closed list; a row holds the index of its word. */
export type ChoiceField = "outcome" | "caller";

export const isChoice = (field: MappedField): field is ChoiceField => field === "outcome" || field === "caller";

/** The words of each, by index. */
export const CHOICE_WORDS: Readonly<Record<ChoiceField, readonly string[]>> = { outcome: OUTCOMES, caller: CALLERS };

/** The index of what a log's or a mapping's own word says, -1 where it says none of them. */
export const choiceSaid = (field: ChoiceField, text: string): number =>
  field === "outcome" ? indexIn(OUTCOMES, outcomeSaid(text)) : indexIn(CALLERS, callerSaid(text));

const indexIn = <Word extends string>(words: readonly Word[], word: Word | undefined): number =>
  word === undefined ? -1 : words.indexOf(word);

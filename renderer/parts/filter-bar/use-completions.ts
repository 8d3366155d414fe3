import { useEffect, useMemo, useState } from "react";
import { type Completion, complete } from "../../../shared/filter/complete.ts";
import { type Suggestion, suggestions } from "../../../shared/filter/typed/suggest.ts";
import { useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";

/** Fields whose values the engine can list. */
const LISTED_FIELDS = new Set([
  "app",
  "developer",
  "api",
  "operation",
  "method",
  "path",
  "actor",
  "resource",
  "ip",
  "user_agent",
  "status",
  "fields",
  "source",
]);

/** Milliseconds without a key before the engine is asked for a field's values. */
const ASKS_AFTER_MS = 60;
const MAX_VALUES = 12;

/** What may be written at the caret, and which of it the arrows stand on. */
export interface Completions {
  readonly completion: Completion;
  /** Empty while the list is closed. */
  readonly found: readonly Suggestion[];
  /** Of `found`; -1: none yet. */
  readonly active: number;
  setIsOpen(isOpen: boolean): void;
  /** To the next of `found`, or the one before, round in a circle. */
  move(by: 1 | -1): void;
}

export function useCompletions(
  text: string,
  caret: number | undefined,
  months: readonly string[],
  tags: readonly string[],
): Completions {
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const policy = useShared((state) => state.policy);
  const completion = useMemo(() => complete(text, caret ?? text.length), [text, caret]);
  const isListed =
    isOpen && completion.kind === "value" && completion.field !== undefined && LISTED_FIELDS.has(completion.field);
  const prefix = useLater(completion.prefix, ASKS_AFTER_MS);
  const values = useAsk(
    "values",
    isListed ? { filter: "", field: completion.field as string, contains: prefix, limit: MAX_VALUES } : undefined,
  );
  const found = useMemo(
    () =>
      isOpen
        ? suggestions(completion, {
            hasPolicy: policy !== undefined,
            rules: policy?.rules.map((rule) => rule.id) ?? [],
            months,
            tags,
            values: isListed ? (values.reply?.values ?? []) : [],
          })
        : [],
    [isOpen, completion, policy, months, tags, isListed, values.reply],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: both are what is waited for
  useEffect(() => setActive(-1), [text, isOpen]);
  const move = (by: 1 | -1) =>
    setActive((before) => (before + (by === 1 ? 1 : before < 0 ? 0 : -1) + found.length) % found.length);
  return { completion, found, active, setIsOpen, move };
}

/** The value as it was some time ago, so that not every key asks the engine. */
function useLater<T>(value: T, milliseconds: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return later;
}

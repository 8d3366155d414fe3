import { memo, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { accepted, type Suggestion } from "../../../shared/filter/typed/suggest.ts";
import { useCommand } from "../../session/use-command.ts";
import { Inert } from "../inert.tsx";
import { ColouredCopy } from "./coloured-copy.tsx";
import { CompletionList } from "./completion-list.tsx";
import type { Draft } from "./draft.ts";
import { onFilterKey } from "./filter-keys.ts";
import { sentence } from "./sentence.ts";
import { useCompletions } from "./use-completions.ts";
import "./filter-bar.css";

interface FilterBarProps {
  readonly draft: Draft;
  /** What the engine refused of the filter that holds: a policy it has not, a rule nobody wrote. */
  readonly refused?: RefusalData | undefined;
  readonly months: readonly string[];
  readonly tags: readonly string[];
  /** Esc with nothing left to undo here: one step out. */
  onLeave(): void;
}

/** The filter's text: a combobox with a coloured copy under its input, and errors under the place they speak of. */
export const FilterBar = memo(function FilterBar({ draft, refused, months, tags, onLeave }: FilterBarProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const copy = useRef<HTMLDivElement>(null);
  const list = useId();
  const [caret, setCaret] = useState<number>();
  /** Where the caret goes once a completion has been written. */
  const nextCaret = useRef<number | undefined>(undefined);
  const completions = useCompletions(draft.text, caret, months, tags);
  const { completion, found, active, setIsOpen } = completions;
  const mistake = draft.mistake ?? refused;

  useCommand("filter", () => {
    input.current?.focus();
    input.current?.select();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what is waited for
  useLayoutEffect(() => {
    if (nextCaret.current !== undefined) {
      input.current?.setSelectionRange(nextCaret.current, nextCaret.current);
      setCaret(nextCaret.current);
      nextCaret.current = undefined;
    }
    scrollCopy();
  }, [draft.text]);

  const scrollCopy = () => {
    if (copy.current && input.current) copy.current.scrollLeft = input.current.scrollLeft;
  };
  const noteCaret = () => {
    setCaret(input.current?.selectionStart ?? undefined);
    scrollCopy();
  };
  const take = (chosen: Suggestion) => {
    const next = accepted(draft.text, completion, chosen);
    nextCaret.current = next.caret;
    draft.change(next.text);
    setIsOpen(chosen.written.endsWith(":"));
    input.current?.focus();
  };
  return (
    <div className="filter-field" data-mistake={mistake ? (draft.mistake ? "held" : "refused") : undefined}>
      <ColouredCopy element={copy} text={draft.text} position={draft.mistake?.position} />
      <input
        ref={input}
        className="filter-input mono"
        role="combobox"
        aria-label="Filter"
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
        aria-invalid={mistake !== undefined}
        aria-describedby={mistake ? `${list}-mistake` : undefined}
        placeholder="Every call. Type words, or a field: api:groups time>=cutoff"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={draft.text}
        onChange={(event) => {
          setIsOpen(true);
          setCaret(event.target.selectionStart ?? undefined);
          draft.change(event.target.value, event.timeStamp);
        }}
        onSelect={noteCaret}
        onScroll={scrollCopy}
        onKeyDown={(event) => onFilterKey(event, { draft, completions, onTake: take, onLeave })}
        onBlur={() => {
          setIsOpen(false);
          draft.settle();
        }}
      />
      {found.length > 0 && (
        <CompletionList id={list} found={found} active={active} field={completion.field} onTake={take} />
      )}
      {mistake && found.length === 0 && (
        <div id={`${list}-mistake`} className="filter-mistake" role="alert">
          <p>
            <Inert text={sentence(mistake)} />
          </p>
          {draft.mistake && <p className="muted">The last good filter holds. Esc brings it back.</p>}
        </div>
      )}
    </div>
  );
});
